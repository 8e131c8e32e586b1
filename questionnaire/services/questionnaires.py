"""What one RFI asks: its edition, its selection and its brief, put together once per process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank, Question, Section
from questionnaire.core.answers import Answer, Answers, kept_answer
from questionnaire.core.conditions import open_case, questions_in
from questionnaire.core.faults import AnswerFault
from questionnaire.models import Organisation, Rfi
from questionnaire.services.editions import bank_of
from questionnaire.services.estimating import minutes
from questionnaire.services.faults import Missing
from questionnaire.services.remembering import Memory
from questionnaire.services.resuming import MOST_KEPT as MOST_ANSWERS
from questionnaire.services.resuming import Kept
from questionnaire.services.telling import Told, told

#: So many RFIs are kept ready; the one that was not used for longest goes first.
MOST_KEPT = 200

#: A value that does not fit the edition is not known.
UNFIT = Answer("blank")

_answers: Memory[Answer] = Memory(MOST_ANSWERS)


def _fitting(question: Question, kept: Kept) -> Answer:
    try:
        return kept_answer(
            question,
            kept.state,
            kept.value,
            comment=kept.comment or "",
            reason=kept.reason or "",
        )
    except AnswerFault:
        return UNFIT


_kept: OrderedDict[tuple[UUID, int, bool], Questionnaire] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Questionnaire:
    """One RFI as a vendor gets it. It never changes: another version of the RFI is another one."""

    rfi_id: UUID
    version: int
    bank: Bank
    organisation_id: UUID
    organisation: str
    title: str
    purpose: str
    reply_to: str
    deadline: datetime
    time_zone: str
    brief: Mapping[str, Any]
    selection: frozenset[str]
    #: Only sections with something to ask, and of these only the questions that were chosen and
    #: that the brief does not rule out for good.
    sections: tuple[Section, ...] = field(repr=False)
    #: As the buyer's own team gets it: without what only vendors are asked.
    in_house: bool = False
    #: What all vendors were told about its questions, oldest first.
    told: tuple[Told, ...] = ()

    @property
    def digest(self) -> str:
        """Names the edition."""
        return self.bank.digest

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question that can be asked, by id, in order; some wait for another answer."""
        return {one.id: one for section in self.sections for one in section.questions}

    @cached_property
    def sections_by_id(self) -> Mapping[str, Section]:
        return {one.id: one for one in self.sections}

    @cached_property
    def within(self) -> Mapping[str, frozenset[str]]:
        """Section id -> the questions in it."""
        return {one.id: frozenset(asked.id for asked in one.questions) for one in self.sections}

    @cached_property
    def currency(self) -> str:
        """The buyer's currency."""
        return open_case(self.bank, self.brief, {}).currency

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        """The questions that other answers show or hide."""
        return tuple(id for id, one in self.questions.items() if questions_in(one.show_when))

    @cached_property
    def triggers(self) -> frozenset[str]:
        """The questions whose answers show or hide others."""
        asked = [questions_in(self.questions[one].show_when) for one in self.waiting]
        return frozenset[str]().union(*asked) & self.questions.keys()

    @cached_property
    def naming(self) -> Mapping[str, frozenset[str]]:
        """Section id -> the questions whose rows give its tables their choices."""
        return {
            section.id: frozenset(
                column.choices_from.rpartition(".")[0]
                for question in section.questions
                for column in question.columns
                if column.choices_from
            )
            for section in self.sections
        }

    def hidden(self, kept: Mapping[str, Kept]) -> frozenset[str]:
        """The questions that are not shown with these answers; only `triggers` need be there."""
        deciding = tuple(kept.get(one) for one in self._deciding)
        return self._hiding.get(deciding, lambda: self.hidden_by(self.typed(kept, self.triggers)))

    @cached_property
    def _deciding(self) -> tuple[str, ...]:
        return tuple(sorted(self.triggers))

    @cached_property
    def _hiding(self) -> Memory[frozenset[str]]:
        """What some answers of a few vendors hide: every page and save asks."""
        return Memory(128)

    def hidden_by(self, answers: Answers) -> frozenset[str]:
        """Like `hidden`, from answers that have been read already."""
        if not self.waiting:
            return frozenset()
        case = open_case(self.bank, self.brief, answers, selection=self.selection)
        return frozenset(one for one in self.waiting if not case.shown(one))

    def typed(self, kept: Mapping[str, Kept], only: frozenset[str] | None = None) -> Answers:
        """Stored answers as the core reads them."""
        wanted = self.questions.keys() & (kept.keys() if only is None else only & kept.keys())
        found = {id: self._read(id, kept[id]) for id in self.questions if id in wanted}
        return {id: one for id, one in found.items() if one is not UNFIT}

    def hidden_then(self, kept: Mapping[str, Kept]) -> frozenset[str]:
        """Like `hidden`, for answers that are looked at once: nothing of them is kept ready."""
        read = {id: _fitting(self.questions[id], kept[id]) for id in self.triggers & kept.keys()}
        return self.hidden_by({id: one for id, one in read.items() if one is not UNFIT})

    def _read(self, id: str, kept: Kept) -> Answer:
        """One stored answer, read once in this edition; UNFIT when it does not fit there."""
        return _answers.get((self.digest, id, kept), lambda: _fitting(self.questions[id], kept))

    @cached_property
    def minutes(self) -> int:
        """About how long answering takes."""
        return minutes(self.questions.values())


def questionnaire_of(
    session: Session, rfi_id: UUID, version: int | None = None, *, in_house: bool = False
) -> Questionnaire:
    """The questionnaire of an RFI; with its present `version` at hand no statement is needed.

    `in_house` asks for the one of the buyer's own team.
    """
    if version is None:
        version = session.scalar(sa.select(Rfi.version).where(Rfi.id == rfi_id))
        if version is None:
            raise Missing(rfi_id)
    key = (rfi_id, version, in_house)
    with _lock:
        if (found := _kept.get(key)) is not None:
            _kept.move_to_end(key)
            return found
    made, frozen = _made(session, rfi_id, in_house)
    if not frozen:
        # A draft's version can come again with other content, when its transaction rolls back.
        return made
    with _lock:
        _kept[made.rfi_id, made.version, in_house] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def _made(session: Session, rfi_id: UUID, in_house: bool) -> tuple[Questionnaire, bool]:
    """The questionnaire, and whether it was sent: then what it asks is fixed."""
    query = (
        sa.select(
            Rfi.sent_at,
            Rfi.version,
            Rfi.edition_digest,
            Rfi.organisation_id,
            Organisation.name,
            Rfi.title,
            Rfi.purpose,
            Rfi.reply_to,
            Rfi.deadline,
            Rfi.time_zone,
            Rfi.brief,
            Rfi.question_ids,
        )
        .join(Organisation, Organisation.id == Rfi.organisation_id)
        .where(Rfi.id == rfi_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise Missing(rfi_id)
    bank = bank_of(session, row.edition_digest)
    selection = asked_of(bank, row.question_ids, in_house=in_house)
    made = Questionnaire(
        rfi_id=rfi_id,
        version=row.version,
        bank=bank,
        organisation_id=row.organisation_id,
        organisation=row.name,
        title=row.title,
        purpose=row.purpose,
        reply_to=row.reply_to,
        deadline=row.deadline,
        time_zone=row.time_zone,
        brief=row.brief,
        selection=selection,
        sections=_sections(bank, row.brief, selection),
        in_house=in_house,
        told=told(session, rfi_id) if row.sent_at is not None else (),
    )
    return made, row.sent_at is not None


def asked_of(bank: Bank, question_ids: Iterable[str], *, in_house: bool) -> frozenset[str]:
    """The questions of an RFI that a vendor is asked, or the buyer's own team."""
    chosen = frozenset(question_ids)
    return chosen - bank.vendors_only if in_house else chosen


def _sections(
    bank: Bank, brief: Mapping[str, Any], selection: frozenset[str]
) -> tuple[Section, ...]:
    # With no answers known, a condition is false only when the brief alone makes it so.
    case = open_case(bank, brief, {}, selection=selection)
    found = []
    for section in bank.sections:
        asked = tuple(one for one in section.questions if case.shown(one.id))
        if asked:
            found.append(
                Section(section.id, section.title, section.intro, asked, sealed=section.sealed)
            )
    return tuple(found)
