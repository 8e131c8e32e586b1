"""What a draft still lacks before it can be sent, and what its buyer should know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.check import lint_requirement
from question_bank.model import Bank, BriefField, Question, Reference, Requirement, RowRule
from questionnaire.core.briefs import stated
from questionnaire.core.case import subject
from questionnaire.core.conditions import questions_in
from questionnaire.core.dates import show_date
from questionnaire.core.needed import brief_faults, brief_fields_needed
from questionnaire.core.phrases import reader, worded, worded_count
from questionnaire.core.possible import impossible
from questionnaire.models import Assessment, Rfi
from questionnaire.services import requiring
from questionnaire.services.editions import bank_of
from questionnaire.services.requiring import Held
from questionnaire.services.selecting import left_out


@dataclass(frozen=True, slots=True)
class Point:
    """One thing about a draft: what it is, in which step it is put right, whether it blocks.

    `about` names the field, requirement or question that the step's page should open at.
    """

    step: str
    sentence: str
    blocking: bool = True
    about: str = ""


def points(session: Session, rfi: Rfi, now: datetime) -> list[Point]:
    """Everything that blocks sending first, step by step, then what is good to know."""
    bank = bank_of(session, rfi.edition_digest)
    found = requiring.held(session, rfi, bank)
    forced = requiring.in_force(found, rfi.question_ids)
    vendors = session.scalar(
        sa.select(sa.func.count())
        .select_from(Assessment)
        .where(Assessment.rfi_id == rfi.id, Assessment.in_house.is_(False))
    )
    all_points = [
        *_basics(rfi, now),
        *_questions(bank, rfi, forced),
        *_brief(bank, rfi, forced, now),
        *_requirements(bank, rfi, found, forced),
        *_impossible(bank, rfi, forced, now),
    ]
    if not vendors:
        all_points.append(
            Point("vendors", worded("No vendor is on the list yet: add at least one."))
        )
    return sorted(all_points, key=lambda one: not one.blocking)


def _basics(rfi: Rfi, now: datetime) -> Iterator[Point]:
    if rfi.deadline <= now:
        yield Point(
            "basics", worded("The deadline has passed: choose a later one."), about="deadline_day"
        )
    if not rfi.purpose:
        sentence = worded(
            "No purpose is stated: vendors answer better when they know what it is for."
        )
        yield Point("basics", sentence, blocking=False, about="purpose")


def _questions(bank: Bank, rfi: Rfi, forced: Iterable[Requirement]) -> Iterator[Point]:
    needed = companions(bank, rfi.question_ids, forced)
    for name, needing in needed.items():
        others = _some(subject(bank.questions[one], reader()) for one in needing)
        yield Point(
            "questions",
            worded(
                "“{question}” is not asked, and {others} cannot be judged well without it.",
                question=subject(bank.questions[name], reader()),
                others=others,
            ),
            blocking=False,
            about=name,
        )


def _brief(bank: Bank, rfi: Rfi, forced: Sequence[Requirement], now: datetime) -> Iterator[Point]:
    fields = brief_fields_needed(bank, forced, rfi.question_ids, rfi.profiles)
    labels = {one.name: one.label.text(reader()) for one in fields}
    for name, sentence in brief_faults(bank, fields, rfi.brief, reader()):
        if stated(rfi.brief, name) is None:
            yield Point(
                "brief", worded("“{field}” is not stated yet.", field=labels[name]), about=name
            )
        else:
            yield Point("brief", f"“{labels[name]}”: {sentence}", about=name)
    yield from _passed(rfi, [one for one in fields if one.kind == "date"], now.date())


def _passed(rfi: Rfi, fields: Iterable[BriefField], today: date) -> Iterator[Point]:
    """Days that are over: seldom meant, and possible where a service runs already."""
    for field in fields:
        day = stated(rfi.brief, field.name)
        if day is not None and (shown := date.fromisoformat(day)) < today:
            sentence = worded(
                "“{field}”, {day}, has passed: is it the day you mean?",
                field=field.label.text(reader()),
                day=show_date(shown, reader()),
            )
            yield Point("brief", sentence, blocking=False, about=field.name)


def _requirements(
    bank: Bank, rfi: Rfi, found: Sequence[Held], forced: Sequence[Requirement]
) -> Iterator[Point]:
    for one in forced:
        name = subject(bank.questions[one.question], reader())
        for sentence in lint_requirement(one, bank):
            yield Point("requirements", f"{name}: {sentence}", about=one.id)
        for answer in _answers_named(one):
            if answer not in rfi.question_ids:
                yield Point(
                    "requirements",
                    worded(
                        "{name} is compared with an answer that is not asked: ask “{question}” "
                        "too, or change the requirement.",
                        name=name,
                        question=subject(bank.questions[answer], reader()),
                    ),
                    about=one.id,
                )
    yield from _good_to_know(rfi, found, forced)


def _impossible(
    bank: Bank, rfi: Rfi, forced: Sequence[Requirement], now: datetime
) -> Iterator[Point]:
    """What no answer could meet with the brief as it is, beyond what each says by itself."""
    told = {one.id for one in forced if lint_requirement(one, bank)}
    for one in impossible(bank, rfi.brief, forced, on=now.date(), language=reader()):
        if not told.issuperset(one.requirements):
            yield Point("requirements", one.sentence, about=one.requirements[0])


def _good_to_know(
    rfi: Rfi, found: Sequence[Held], forced: Sequence[Requirement]
) -> Iterator[Point]:
    if not forced:
        sentence = worded("No requirement counts: answers will be collected and nothing judged.")
        yield Point("requirements", sentence, blocking=False)
    mandatory = left_out((one.requirement for one in found if not one.off), rfi.question_ids)
    if mandatory["mandatory"]:
        sentence = worded_count(
            "{n} mandatory requirement of your profiles does not count, because its question is "
            "not asked.",
            "{n} mandatory requirements of your profiles do not count, because their questions "
            "are not asked.",
            mandatory["mandatory"],
        )
        yield Point("questions", sentence, blocking=False)
    loosened = [one for one in found if one.changed and _was_gate(one)]
    if loosened:
        sentence = worded_count(
            "{n} mandatory requirement differs from what was suggested.",
            "{n} mandatory requirements differ from what was suggested.",
            len(loosened),
        )
        yield Point("requirements", sentence, blocking=False)


def _was_gate(one: Held) -> bool:
    return one.suggested is not None and one.suggested.severity == "mandatory"


def companions(
    bank: Bank, question_ids: Collection[str], forced: Iterable[Requirement]
) -> dict[str, tuple[str, ...]]:
    """Questions that are not asked although others need their answers -> those others, by id."""
    asked = set(question_ids)
    found: dict[str, dict[str, None]] = {}
    for name in bank.questions:
        if name in asked:
            for needed in _needed_by(bank, bank.questions[name]):
                found.setdefault(needed, {})[name] = None
    for one in forced:
        for needed in (*_answers_named(one), *_sites_named(bank, one)):
            found.setdefault(needed, {})[one.question] = None
    return {
        name: tuple(found[name]) for name in bank.questions if name in found and name not in asked
    }


def _needed_by(bank: Bank, question: Question) -> Iterator[str]:
    yield from questions_in(question.show_when)
    for column in question.columns:
        if column.choices_from:
            yield column.choices_from.rpartition(".")[0]


def _answers_named(requirement: Requirement) -> Iterator[str]:
    threshold = requirement.threshold
    values: list[object] = [threshold.value if isinstance(threshold, RowRule) else threshold]
    if isinstance(threshold, RowRule):
        for where in (threshold.where, threshold.numerator, threshold.denominator):
            values.extend((where or {}).values())
    for one in values:
        if isinstance(one, Reference) and one.source == "answer":
            yield one.path


def _sites_named(bank: Bank, requirement: Requirement) -> Iterator[str]:
    """Certificates are held against the sites' names."""
    rule = requirement.threshold
    certificates = isinstance(rule, RowRule) and rule.quantifier == "any_valid_cert"
    if certificates and "sites.name" in bank.roles:
        yield bank.part("sites.name").question


def _some(names: Iterable[str]) -> str:
    found = [f"“{one}”" for one in names]
    return ", ".join(found[:3]) + (f" and {len(found) - 3} more" if len(found) > 3 else "")
