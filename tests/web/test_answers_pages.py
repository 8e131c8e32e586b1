"""A vendor's answers beside the requirements, their evidence, and prices that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, AuditRow, Message, Rfi, User
from questionnaire.services import editions, keeping, trialling
from questionnaire.services.auditing import Actor
from tests.cast import sign_in
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.services import drafts
from tests.web.buying import actor, attach, buyer, draft, path, ready, sent, submit, vendors

__all__ = ["actor", "buyer", "draft", "ready", "sent"]

#: A price that stands nowhere else, and what of it could give it away.
PRICE = 987654.32
TRACES = ("987654", "987,654", "987 654", "987\u00a0654", "rate-card-of-amber")


@pytest.fixture
def full(session: Session, clock: MovableClock, actor: Actor) -> Rfi:
    return drafts.sent(session, clock, actor, vendors=2, preset="full")


@pytest.fixture
def answered(session: Session, clock: MovableClock, full: Rfi) -> Assessment:
    """Amber Call, with prices in every way that a price can be said, and a file beside them."""
    one = vendors(session, full)[0]
    bank = editions.current_bank()
    said: dict[str, Any] = {"resilience.rto": 24, "culture.hours": 40}
    for name in bank.sealed_questions:
        question = bank.questions[name]
        if question.kind == "table":
            said[name] = [
                {
                    column.name: PRICE if column.kind in ("money", "number") else None
                    for column in question.columns
                }
            ]
        elif question.kind in ("money", "number", "percentage"):
            said[name] = PRICE
        elif question.kind in ("text", "long_text"):
            said[name] = f"We ask {PRICE}."
    assert len(said) > 3
    attach(session, clock, one, "resilience.rto", "continuity-plan.pdf")
    for name in bank.sealed_questions:
        attach(session, clock, one, name, "rate-card-of-amber.pdf")
    submit(session, clock, one, said)
    return one


def section(full: Rfi, one: Assessment, name: str) -> str:
    return path(full, f"/answers/{one.id}/{name}")


def test_answers_stand_beside_their_requirements(
    buyer: StrictClient, full: Rfi, answered: Assessment
) -> None:
    page = buyer.show(section(full, answered, "resilience"))
    text = page.text.replace("\u00a0", " ")
    assert "24 hours" in text
    assert "About 24." in text
    assert "Not met Major Recovery time: 24 hours; required: at most 8 hours (your brief)." in text
    assert "Unknown Mandatory" in text
    (file,) = [href for words, href in page.links if words == "continuity-plan.pdf"]
    assert file.startswith(path(full, f"/evidence/{answered.id}/"))


def test_a_sealed_section_says_that_it_is_sealed_and_nothing_else(
    buyer: StrictClient, full: Rfi, answered: Assessment
) -> None:
    page = buyer.show(section(full, answered, "price"))
    assert "Sealed until the review is locked." in page.text
    bank = editions.current_bank()
    for name in bank.sealed_questions:
        assert bank.questions[name].text.en not in page.text
    assert not [one for one in ("Met", "Not met", "Unknown") if f" {one} " in page.text]


def test_nothing_can_be_read_before_the_vendor_has_submitted(
    buyer: StrictClient, session: Session, full: Rfi, answered: Assessment
) -> None:
    other = vendors(session, full)[1]
    assert buyer.get(section(full, other, "resilience")).status_code == 404
    assert buyer.get(section(full, answered, "none-such")).status_code == 404


def test_evidence_beside_a_sealed_answer_is_not_there(
    buyer: StrictClient, session: Session, clock: MovableClock, full: Rfi, answered: Assessment
) -> None:
    sealed = attach(session, clock, answered, "price.rate", "rate-card-of-amber.pdf")
    session.commit()
    reply = buyer.get(path(full, f"/evidence/{answered.id}/{sealed.id}"))
    assert reply.status_code == 404


def _addresses(app: Flask, rfi: Rfi, one: Assessment, trial_id: UUID) -> Iterator[str]:
    """Every page of a buyer that can be asked for, about this RFI and this vendor."""
    bank = editions.current_bank()
    held = "resilience.rto#1"
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if not rule.endpoint.startswith("buyer.") or "GET" not in (rule.methods or set()):
                continue
            values = {"rfi_id": rfi.id, "assessment_id": one.id, "requirement_id": held}
            # No file of a report and no decision yet: what makes one is asked for with the others.
            values |= {"trial_id": trial_id, "number": 1}
            values |= {"file_id": rfi.id, "decision_id": rfi.id}
            if "evidence_id" in rule.arguments:
                continue
            for name in bank.sections_by_id if "section_id" in rule.arguments else ("",):
                mine = values | ({"section_id": name} if name else {})
                yield adapter.build(rule.endpoint, {key: mine[key] for key in rule.arguments})


def test_no_price_shows_on_any_page_of_a_buyer(
    app: Flask,
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    actor: Actor,
    full: Rfi,
    answered: Assessment,
) -> None:
    trial_id = trialling.begin(session, clock, actor, full.id, answered.id)
    session.commit()
    tried, found = 0, []
    for address in _addresses(app, full, answered, trial_id):
        text = buyer.get(address, follow_redirects=True).get_data(as_text=True)
        tried += 1
        found += [(address, one) for one in TRACES if one in text]
    assert tried > 40
    assert found == []


def test_no_price_is_in_the_trail_the_tally_or_a_mail_to_staff(
    session: Session, full: Rfi, answered: Assessment
) -> None:
    details = [str(one) for one in session.scalars(sa.select(AuditRow.details))]
    details += [str(answered.tally)]
    details += list(session.scalars(sa.select(Message.text)))
    assert [one for one in details if any(trace in one for trace in TRACES)] == []
    assert "price" not in (answered.tally or {})["sections"]


def test_evidence_is_handed_out_to_be_saved_and_only_to_its_own_organisation(
    app: Flask,
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    actor: Actor,
    full: Rfi,
    answered: Assessment,
    stan: User,
) -> None:
    where = keeping.store_at(app.extensions["questionnaire"]["config"].evidence_url)
    place = keeping.Place(full.organisation_id, full.id, answered.id, "resilience.rto")
    file = keeping.Checked("plān – “A”.pdf", b"%PDF-1.7 plan", "application/pdf", "test_report")
    kept = keeping.store(session, clock, where, actor, place, file, by="vera@amber.example")
    session.commit()
    address = path(full, f"/evidence/{answered.id}/{kept.id}")
    reply = buyer.get(address)
    assert (reply.status_code, reply.get_data()) == (200, b"%PDF-1.7 plan")
    assert reply.headers["Content-Disposition"].startswith("attachment; filename")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    other = vendors(session, full)[1]
    assert buyer.get(path(full, f"/evidence/{other.id}/{kept.id}")).status_code == 404
    sign_in(buyer, stan)
    assert buyer.get(address).status_code == 404
