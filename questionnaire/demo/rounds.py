"""The two RFIs of the demo: one that was answered and judged, one that is under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from questionnaire.demo.answering_vendor import AnsweringVendor
from questionnaire.demo.reviewing_papers import review_papers
from questionnaire.demo.stage import Stage, the_case, what_vendors_did
from questionnaire.demo.trying import held_trials, planned_trials
from questionnaire.services import briefing, drafting, editions, listing, sending
from questionnaire.services.basics import Basics

_JUDGED = Basics(
    title="Customer service from March 2027",
    purpose=(
        "We want one partner for our evenings and weekends: orders, returns and complaints of "
        "people who furnish a home. Please answer for the site that would serve us, and say "
        "plainly what you do not know."
    ),
    reply_to="",
    deadline=datetime(2026, 11, 20, 22, 0, tzinfo=UTC),
    time_zone="America/New_York",
    profiles=("general-retail", "card-payments"),
)
#: Why the fictional buyer outsources; its case does not say so, its purpose does.
_REASONS = ["staff", "hours", "languages"]
_UNDER_WAY_TITLE = "Spring sale overflow team"
_UNDER_WAY_PURPOSE = (
    "A second, smaller round: forty seats for ten weeks. Only the six topics that we must know "
    "before anything else."
)
#: How far each vendor of the second round has come: opened, and so many questions answered.
_FAR: Mapping[str, int | None] = {"CR": 31, "DO": 12, "PH": 0, "US": None, "IN": 0}
_NO_SEATS = "All our seats are taken until the summer. Please ask us again for the autumn."


def judged_round(stage: Stage) -> None:
    """Six vendors answer everything and hand in, one too late; papers are read, all are tried."""
    stage.clock.present = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
    codes = tuple(what_vendors_did())
    sent_at = datetime(2026, 11, 3, 14, 0, tzinfo=UTC)
    rfi_id, assessments = _sent(stage, _JUDGED, "full", codes, sent_at)
    for code in sorted(codes, key=lambda one: str(what_vendors_did()[one]["submitted"])):
        did = what_vendors_did()[code]
        opened, submitted = (datetime.fromisoformat(did[one]) for one in ("opened", "submitted"))
        vendor = AnsweringVendor(stage, code, assessments[code])
        vendor.open(opened)
        vendor.answer(submitted - timedelta(hours=1))
        vendor.hand_in(submitted)
    held_trials(stage, rfi_id, assessments)
    stage.clock.present = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    review_papers(stage, assessments)


def round_under_way(stage: Stage, now: datetime) -> None:
    """Vendors who have answered much, little, only looked, not yet looked, or declined."""
    stage.clock.present = now - timedelta(days=4, hours=2)
    deadline = (now + timedelta(days=11)).replace(hour=22, minute=0, second=0, microsecond=0)
    basics = Basics(
        title=_UNDER_WAY_TITLE,
        purpose=_UNDER_WAY_PURPOSE,
        reply_to="",
        deadline=deadline,
        time_zone="America/New_York",
        profiles=("general-retail",),
    )
    sent_at = now - timedelta(days=4)
    rfi_id, assessments = _sent(stage, basics, "six-topics", tuple(_FAR), sent_at)
    planned_trials(stage, rfi_id, assessments["CR"])
    at = sent_at + timedelta(hours=3)
    for code, answered in _FAR.items():
        at += timedelta(hours=5)
        if answered is not None:
            vendor = AnsweringVendor(stage, code, assessments[code])
            vendor.open(at)
            vendor.answer(at + timedelta(hours=1), answered)
    AnsweringVendor(stage, "IN", assessments["IN"]).decline(at + timedelta(hours=2), _NO_SEATS)


def _sent(
    stage: Stage, basics: Basics, preset: str, codes: Sequence[str], at: datetime
) -> tuple[UUID, Mapping[str, UUID]]:
    """Draft, brief, list of vendors, and off it goes; gives the RFI and the assessments."""
    session, clock, buyer = stage.session, stage.clock, stage.buyer
    written = replace(basics, reply_to=stage.reply_to)
    rfi = drafting.create(session, clock, buyer, written, preset=preset)
    bank = editions.bank_of(session, rfi.edition_digest)
    known = {"currency": "USD", "reasons": _REASONS, **the_case()["buyer"]}
    typed = briefing.typed_brief(briefing.asked(session, rfi, bank), known)
    briefing.state(session, clock, buyer, rfi.id, typed, seen=drafting.digest(rfi.brief))
    assessments = {
        code: listing.add(session, clock, buyer, rfi.id, _contact(code)).id for code in codes
    }
    clock.present = at
    sending.send(session, clock, stage.links, buyer, rfi.id)
    return rfi.id, assessments


def _contact(code: str) -> dict[str, str]:
    told, person = the_case()["vendors"][code], what_vendors_did()[code]["contact"]
    address = f"{person.split()[0].lower()}@{told['domain']}"
    return {"vendor": told["name"], "name": person, "email": address, "language": "en"}
