"""The step *Requirements*: every one in a plain sentence, by section and severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request

from question_bank.model import SEVERITIES, Bank, Question, Section
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page, show
from questionnaire.core.sentences import requirement_sentence
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.models import Rfi
from questionnaire.services import boarding, drafting, requiring, supposing, versioning
from questionnaire.services.editions import bank_of
from questionnaire.services.requiring import Held

#: Besides the severities, what the list can be narrowed to.
STATES = ("changed", "own", "off")


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement as the list shows it."""

    held: Held
    question: Question
    sentence: str
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    section: Section
    lines: tuple[Line, ...]


@blueprint.get("/<uuid:rfi_id>/requirements")
def requirements(rfi_id: UUID) -> Page:
    """The requirement set; `only` narrows it to a severity or a state."""
    session = database.session
    rfi = drafting.rfi_of(session, current().organisation_id, rfi_id)
    bank = bank_of(session, rfi.edition_digest)
    number = request.args.get("version", type=int)
    found = _held(rfi, bank, number)
    asked = [one for one in found if one.requirement.question in set(rfi.question_ids)]
    only = request.args.get("only", "")
    context = {
        "groups": list(_groups(bank, rfi, [one for one in asked if _shown(one, only)])),
        "counts": _counts(asked),
        "unasked": len(found) - len(asked),
        "only": only,
    }
    if rfi.sent_at is None:
        return show("buyer/requirements.html", rfi, "requirements", **context)
    context["number"] = number or supposing.number_of(session, rfi.id)
    context["version"] = number
    head = boarding.head(session, rfi.organisation_id, rfi.id)
    return render_template("buyer/requirements_sent.html", rfi=head, **context)


def _held(rfi: Rfi, bank: Bank, number: int | None) -> list[Held]:
    """The newest requirements; of an RFI that was sent, those of any of its versions."""
    if number is None or rfi.sent_at is None:
        return requiring.held(database.session, rfi, bank)
    return versioning.held_of(database.session, rfi, bank, number)


def _shown(one: Held, only: str) -> bool:
    if only in SEVERITIES:
        return one.requirement.severity == only and not one.off
    states = {"changed": one.changed, "own": one.own, "off": one.off}
    return states.get(only, True)


def _counts(asked: Sequence[Held]) -> Counter[str]:
    counts: Counter[str] = Counter(one.requirement.severity for one in asked if not one.off)
    counts["all"] = len(asked)
    for state in STATES:
        counts[state] = sum(_shown(one, state) for one in asked)
    return counts


def _groups(bank: Bank, rfi: Rfi, found: Sequence[Held]) -> Iterator[Group]:
    for section in bank.sections:
        lines = tuple(
            line_of(bank, rfi, one)
            for one in found
            if bank.questions[one.requirement.question].section == section.id
        )
        if lines:
            yield Group(section, lines)


def line_of(bank: Bank, rfi: Rfi, one: Held) -> Line:
    """A requirement with its sentence and its reason."""
    requirement = one.requirement
    return Line(
        one,
        bank.questions[requirement.question],
        requirement_sentence(requirement, bank, rfi.brief, language()),
        requirement.rationale.text(language()),
    )
