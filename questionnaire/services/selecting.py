"""Choosing what is asked: sections and questions of the bank, by preset, by tick and by search."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from question_bank.model import SEVERITIES, Bank, Question, Requirement, Section
from questionnaire.core.conditions import questions_in
from questionnaire.core.phrases import worded
from questionnaire.models import Rfi
from questionnaire.services import auditing, drafting, editions
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid


@dataclass(frozen=True, slots=True)
class Offered:
    """One question as the chooser shows it."""

    question: Question
    chosen: bool
    #: The severest requirement that goes when the question goes, None when there is none.
    severity: str | None
    #: Questions on whose answers it depends; those that are not chosen come second.
    parents: tuple[Question, ...]
    missing_parents: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class OfferedSection:
    section: Section
    questions: tuple[Offered, ...]

    @property
    def chosen(self) -> int:
        return sum(one.chosen for one in self.questions)


def choose(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    question_ids: Iterable[str],
    *,
    seen: str,
    shown: Collection[str] | None = None,
) -> Rfi:
    """Ask these questions and no others; with `shown`, change only those and leave the rest.

    A page that shows the finds of a search names them in `shown`.
    """
    rfi = drafting.draft(session, actor, rfi_id)
    drafting.unchanged(seen, rfi.question_ids)
    bank = editions.bank_of(session, rfi.edition_digest)
    wanted = set(question_ids)
    if shown is not None:
        wanted = (set(rfi.question_ids) - set(shown)) | (wanted & set(shown))
    return _ask(session, clock, actor, rfi, bank, drafting.in_order(bank, wanted))


def use_preset(
    session: Session, clock: Clock, actor: Actor, rfi_id: UUID, preset_id: str, *, seen: str
) -> Rfi:
    """Ask exactly what a preset holds."""
    rfi = drafting.draft(session, actor, rfi_id)
    drafting.unchanged(seen, rfi.question_ids)
    bank = editions.bank_of(session, rfi.edition_digest)
    try:
        wanted = drafting.preset_questions(bank, preset_id)
    except KeyError:
        raise Invalid({"preset": worded("Choose one of the presets shown.")}) from None
    return _ask(session, clock, actor, rfi, bank, wanted)


def _ask(
    session: Session, clock: Clock, actor: Actor, rfi: Rfi, bank: Bank, wanted: list[str]
) -> Rfi:
    if not wanted:
        raise Invalid({"questions": worded("Choose at least one question: an RFI asks something.")})
    before = set(rfi.question_ids)
    if wanted == rfi.question_ids:
        return rfi
    rfi.question_ids = wanted
    session.flush()
    auditing.append(
        session,
        actor,
        clock(),
        "chosen",
        "questions",
        rfi.id,
        rfi_id=rfi.id,
        asked=len(wanted),
        added=sorted(set(wanted) - before),
        left_out=sorted(before - set(wanted)),
    )
    return rfi


def offered(
    bank: Bank,
    chosen: Collection[str],
    requirements: Iterable[Requirement],
    *,
    search: str = "",
    language: str = "en",
) -> tuple[OfferedSection, ...]:
    """The bank as the chooser shows it; with `search`, only what has all of its words."""
    severities = _severest(requirements)
    found = tuple(_matching(bank, search, language))
    taken = set(chosen)
    shown = []
    for section in bank.sections:
        questions = tuple(
            _offer(bank, one, taken, severities) for one in section.questions if one.id in found
        )
        if questions:
            shown.append(OfferedSection(section, questions))
    return tuple(shown)


def _offer(
    bank: Bank, question: Question, chosen: Collection[str], severities: Mapping[str, str]
) -> Offered:
    ids = questions_in(question.show_when)
    parents = tuple(one for name, one in bank.questions.items() if name in ids)
    return Offered(
        question,
        question.id in chosen,
        severities.get(question.id),
        parents,
        tuple(one for one in parents if one.id not in chosen),
    )


def _severest(requirements: Iterable[Requirement]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in sorted(requirements, key=lambda one: SEVERITIES.index(one.severity)):
        found.setdefault(one.question, one.severity)
    return found


def _matching(bank: Bank, search: str, language: str) -> Iterator[str]:
    words = _plain(search).split()
    for question in bank.questions.values():
        text = _searched(bank, question, language)
        if all(word in text for word in words):
            yield question.id


def _searched(bank: Bank, question: Question, language: str) -> str:
    section = bank.sections_by_id[question.section]
    parts = [question.id, *question.standards]
    for one in (question.subject, question.text, question.help, question.evidence, section.title):
        parts += [one.text(language), one.en] if one else []
    parts += [choice.label.text(language) for choice in question.choices]
    parts += [column.label.text(language) for column in question.columns]
    return _plain(" ".join(parts))


def _plain(text: str) -> str:
    """Without case and diacritics, so that whoever types quickly finds too."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def left_out(requirements: Iterable[Requirement], chosen: Collection[str]) -> Counter[str]:
    """How many requirements of each severity are not in force because nobody is asked."""
    return Counter(one.severity for one in requirements if one.question not in chosen)
