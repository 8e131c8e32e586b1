"""Putting the audit trail into words: one sentence a change, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask
from flask_babel import format_date, format_datetime, get_locale, gettext
from flask_babel import lazy_gettext as _l

from question_bank.model import Bank
from questionnaire.services.editions import current_bank
from questionnaire.services.trailing import Step
from questionnaire.telling.colleagues import COLLEAGUES
from questionnaire.telling.decisions import DECISIONS
from questionnaire.telling.reports import REPORTS
from questionnaire.telling.trials import FIGURES, TRIALS
from questionnaire.telling.versions import VERSIONS

#: (kind of object, action) -> the sentence. `who` acts; `rfi`, `vendor` and `question` are the
#: names of what the change belongs to; all else are details that the service noted.
SENTENCES: dict[tuple[str, str], Any] = TRIALS | {
    ("organisation", "created"): _l("%(who)s set up %(name)s"),
    ("member", "invited"): _l("%(who)s invited %(email)s as %(roles)s"),
    ("member", "uninvited"): _l("%(who)s revoked the invitation of %(email)s"),
    ("member", "joined"): _l("%(who)s joined as %(roles)s"),
    ("member", "changed_roles"): _l(
        "%(who)s changed the roles of %(name)s from %(before)s to %(roles)s"
    ),
    ("member", "ended"): _l("%(who)s ended the membership of %(name)s"),
    ("account", "changed"): _l("%(who)s changed their name or language"),
    ("account", "changed_password"): _l("%(who)s changed their password"),
    ("account", "reset_password"): _l("%(who)s set a new password with a mailed link"),
    ("account", "set_second_factor"): _l("%(who)s set up an authenticator app"),
    ("account", "removed_second_factor"): _l("%(who)s took the authenticator app off the account"),
    ("account", "added_passkey"): _l("%(who)s added a passkey"),
    ("account", "removed_passkey"): _l("%(who)s removed a passkey"),
    ("account", "unlocked"): _l("%(who)s took the second factor off the account of %(name)s"),
    ("message", "failed"): _l("The mail to %(to)s could not be delivered"),
    ("message", "read"): _l("%(who)s read the kept mail to %(to)s"),
    ("message", "repeated"): _l("%(who)s had the mail to %(to)s sent again"),
    ("rfi", "created"): _l("%(who)s began the RFI “%(rfi)s”"),
    ("rfi", "changed"): _l("%(who)s changed the basics of “%(rfi)s”: %(changed)s"),
    ("rfi", "sent"): _l("%(who)s sent the RFI “%(rfi)s”"),
    ("rfi", "extended"): _l(
        "%(who)s moved the deadline of “%(rfi)s” from %(before)s to %(deadline)s"
    ),
    ("rfi", "withdrawn"): _l("%(who)s withdrew the RFI “%(rfi)s”"),
    ("rfi", "discarded"): _l("%(who)s discarded the draft “%(rfi)s”"),
    ("brief", "stated"): _l("%(who)s changed the brief of “%(rfi)s”: %(fields)s"),
    ("questions", "chosen"): _l("%(who)s chose %(asked)s questions for “%(rfi)s”"),
    ("requirement", "added"): _l("%(who)s added a requirement on “%(question)s” (%(severity)s)"),
    ("requirement", "changed"): _l(
        "%(who)s changed a requirement on “%(question)s” (%(severity)s): %(says)s"
    ),
    ("requirement", "weakened"): _l(
        "%(who)s let a gate on “%(question)s” ask less, and confirmed it (%(severity)s): %(says)s"
    ),
    ("requirement", "switched_off"): _l(
        "%(who)s switched off a requirement on “%(question)s”: %(said)s"
    ),
    ("requirement", "removed"): _l("%(who)s removed a requirement on “%(question)s”"),
    ("requirement", "restored"): _l("%(who)s restored the requirement on “%(question)s”"),
    ("vendor", "listed"): _l("%(who)s put %(vendor)s on the list of “%(rfi)s”"),
    ("vendor", "changed"): _l("%(who)s changed the contact of %(vendor)s"),
    ("vendor", "removed"): _l("%(who)s took %(vendor)s off the list of “%(rfi)s”"),
    ("invitation", "invited"): _l("%(who)s invited %(vendor)s"),
    ("invitation", "resent"): _l("%(who)s sent the invitation to %(vendor)s again"),
    ("invitation", "revoked"): _l("%(who)s revoked the link of %(vendor)s"),
    ("invitation", "opened"): _l("%(who)s opened the invitation of %(vendor)s with a code"),
    ("assessment", "extended"): _l(
        "%(who)s gave %(vendor)s until %(deadline)s instead of %(before)s"
    ),
    ("assessment", "withdrawn"): _l("%(who)s withdrew “%(rfi)s” from %(vendor)s"),
    ("assessment", "reminded"): _l("%(who)s reminded %(vendor)s of the deadline"),
    ("assessment", "submitted"): _l("%(who)s handed in the answers of %(vendor)s"),
    ("assessment", "declined"): _l("%(who)s declined for %(vendor)s"),
    ("assessment", "judged"): _l(
        "%(who)s judged the answers of %(vendor)s: %(met)s met, %(not_met)s not met, "
        "%(unknown)s unknown"
    ),
    ("answer", "answered"): _l("%(who)s answered “%(question)s” for %(vendor)s"),
    ("evidence", "attached"): _l("%(who)s attached evidence to “%(question)s” for %(vendor)s"),
    ("evidence", "removed"): _l("%(who)s removed evidence from “%(question)s” for %(vendor)s"),
    ("evidence", "reviewed"): _l(
        "%(who)s reviewed “%(document)s” beside “%(question)s” of %(vendor)s"
    ),
    ("evidence", "rejected"): _l(
        "%(who)s did not accept “%(document)s” beside “%(question)s” of %(vendor)s"
    ),
    ("evidence", "lapsed"): _l("“%(document)s” beside “%(question)s” of %(vendor)s lapsed"),
    ("needs", "weighed"): _l("%(who)s said how much each need of customers matters on “%(rfi)s”"),
    ("clarification", "asked"): _l("%(who)s asked %(vendor)s about “%(question)s”"),
    ("clarification", "replied"): _l("%(who)s replied about “%(question)s” for %(vendor)s"),
    ("clarification", "taken back"): _l(
        "%(who)s took back what %(vendor)s was asked about “%(question)s”"
    ),
    ("review", "lock_proposed"): _l("%(who)s proposed to lock the review of “%(rfi)s”"),
    ("review", "locked"): _l(
        "%(who)s agreed as second person: the review of “%(rfi)s” is locked for %(vendors)s vendors"
    ),
    ("review", "lock_taken_back"): _l("%(who)s took back the proposal to lock “%(rfi)s”"),
    ("review", "unlock_proposed"): _l(
        "%(who)s proposed to end the lock of “%(rfi)s”, because “%(reason)s”"
    ),
    ("review", "unlocked"): _l(
        "%(who)s agreed as second person: the lock of “%(rfi)s” has ended, because “%(reason)s”"
    ),
    ("review", "lock_kept"): _l("%(who)s took back the proposal to end the lock of “%(rfi)s”"),
    ("review", "prices_opened"): _l(
        "%(who)s opened the prices of %(vendors)s vendors of “%(rfi)s”"
    ),
    ("flag", "raised"): _l("Judging raised a flag on “%(question)s” of %(vendor)s"),
    ("flag", "reopened"): _l("%(who)s re-opened the flag on “%(question)s” of %(vendor)s"),
    ("flag", "closed"): _l("The flag on “%(question)s” of %(vendor)s closed: met now"),
    ("flag", "dropped"): _l("The flag on “%(question)s” of %(vendor)s closed: no longer required"),
    ("flag", "gone"): _l(
        "The flag on “%(question)s” of %(vendor)s closed: the answers do not show it any more"
    ),
    ("flag", "confirmed"): _l("%(who)s confirmed the gap in “%(question)s” of %(vendor)s"),
    ("flag", "accepted"): _l("%(who)s accepted “%(question)s” of %(vendor)s as sufficient"),
    ("flag", "waived"): _l(
        "%(who)s waived the gap in “%(question)s” of %(vendor)s until %(until)s"
    ),
    ("flag", "not_applicable_accepted"): _l(
        "%(who)s accepted that “%(question)s” does not apply to %(vendor)s"
    ),
    ("flag", "accept_proposed"): _l(
        "%(who)s proposed to accept “%(question)s” of %(vendor)s as sufficient"
    ),
    ("flag", "waive_proposed"): _l(
        "%(who)s proposed to waive the gap in “%(question)s” of %(vendor)s until %(until)s"
    ),
    ("flag", "not_applicable_proposed"): _l(
        "%(who)s proposed to accept that “%(question)s” does not apply to %(vendor)s"
    ),
    ("flag", "accept_agreed"): _l(
        "%(who)s agreed as second person: “%(question)s” of %(vendor)s is accepted as sufficient"
    ),
    ("flag", "waive_agreed"): _l(
        "%(who)s agreed as second person: the gap in “%(question)s” of %(vendor)s is waived "
        "until %(until)s"
    ),
    ("flag", "not_applicable_agreed"): _l(
        "%(who)s agreed as second person: “%(question)s” does not apply to %(vendor)s"
    ),
    ("flag", "proposal_declined"): _l(
        "%(who)s declined what was proposed for “%(question)s” of %(vendor)s"
    ),
    ("flag", "proposal_withdrawn"): _l(
        "%(who)s took back the proposal for “%(question)s” of %(vendor)s"
    ),
    ("flag", "proposal_fell"): _l(
        "The proposal for “%(question)s” of %(vendor)s fell: what it rested on has changed"
    ),
    ("flag", "assigned"): _l("%(who)s assigned the flag on “%(question)s” of %(vendor)s"),
    ("flag", "unassigned"): _l(
        "%(who)s assigned the flag on “%(question)s” of %(vendor)s to nobody"
    ),
    ("flag", "noted"): _l("%(who)s made a note on “%(question)s” of %(vendor)s"),
    ("flag", "asked"): _l("%(who)s asked %(vendor)s about “%(question)s”"),
    ("flag", "asking_withdrawn"): _l(
        "%(who)s took back what %(vendor)s was asked about “%(question)s”"
    ),
    ("flag", "replied"): _l("%(vendor)s replied about “%(question)s”: judged again"),
    ("flag", "rejudged"): _l("“%(question)s” of %(vendor)s was judged again"),
    ("flag", "lapsed"): _l("The waiver for “%(question)s” of %(vendor)s ended"),
    ("flag", "undone"): _l("%(who)s undid the decision on “%(question)s” of %(vendor)s"),
}
SENTENCES |= VERSIONS | DECISIONS | REPORTS | COLLEAGUES


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T|$)")
_ROLES = {"buyer": _l("buyer"), "reviewer": _l("reviewer"), "admin": _l("admin")}
_SEVERITIES = {"mandatory": _l("mandatory"), "major": _l("major"), "minor": _l("minor")}


class _Details(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def init(app: Flask) -> None:
    """Let every template say `told(step)`."""
    app.jinja_env.globals["told"] = told


def told(step: Step) -> str:
    """The sentence of one step; a change without one of its own is still named."""
    bank = current_bank()
    values = _Details({name: _said(value, bank) for name, value in step.details.items()})
    rfi = step.rfi_title or step.details.get("title") or gettext("a discarded draft")
    if "colleague" in step.details and "to" in values:
        values["to"] = str(gettext("a colleague at %(vendor)s", vendor=step.vendor or "…"))
    values |= {"rfi": rfi, "who": _who(step), "question": _question(step, bank)}
    values.setdefault("vendor", step.vendor or "…")
    for status in ("met", "not_met", "unknown"):
        values.setdefault(status, "0")
    sentence = SENTENCES.get((step.object_kind, step.action))
    if sentence is None:
        values |= {"what": step.action.replace("_", " "), "kind": step.object_kind}
        return str(gettext("%(who)s: %(kind)s %(what)s") % values)
    return str(sentence) % values


def _who(step: Step) -> str:
    if step.actor_kind == "service":
        return str(gettext("The service"))
    if "colleague" in step.details:
        # Whom a vendor let in is its own business: the trail keeps the name, no page shows it.
        return str(gettext("A colleague at %(vendor)s", vendor=step.vendor or "…"))
    return step.actor_name


def _question(step: Step, bank: Bank) -> str:
    """What it is about, as the bank names it now: the finding, or the question.

    A requirement's id begins with its question.
    """
    for one in bank.findings:
        if one.id == step.details.get("finding"):
            return one.title.text(str(get_locale()))
    named = step.details.get("question") or step.details.get("requirement") or step.object_id
    question = bank.questions.get(str(named).partition("#")[0])
    if question is None:
        return "…"
    return (question.subject or question.text).text(str(get_locale()))


def _said(value: object, bank: Bank) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_said(one, bank) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_said(one, bank)}" for name, one in value.items())
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if isinstance(value, str):
        return _word(value, bank)
    return "…" if value is None else str(value)


def _word(text: str, bank: Bank) -> str:
    """Codes by their names, and moments as people write them."""
    if (word := _ROLES.get(text) or _SEVERITIES.get(text) or FIGURES.get(text)) is not None:
        return str(word)
    for field in bank.brief:
        if field.name == text:
            return field.label.text(str(get_locale()))
    if not _MOMENT.match(text):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if len(text) == len("2026-11-23"):
        return str(format_date(moment.date(), "d MMM y"))
    return str(gettext("%(moment)s UTC", moment=format_datetime(moment, "d MMM y, HH:mm")))
