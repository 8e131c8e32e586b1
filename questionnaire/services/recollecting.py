"""What a vendor handed in last, in other RFIs of the same organisation; read in one statement
(and what an earlier RFI asked, where this process has not read that yet).

Nothing of another organisation can be here: a vendor is a row of one organisation, and what is
read are the assessments of that row alone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from questionnaire.core.reuse import Said
from questionnaire.models import (
    Answer,
    Assessment,
    Clarification,
    Evidence,
    EvidenceReview,
    Rfi,
)
from questionnaire.services.bundling import id_of, in_one, moment, read_one, rows_of
from questionnaire.services.questionnaires import questionnaire_of
from questionnaire.services.resuming import Kept


@dataclass(frozen=True, slots=True)
class Round:
    """An earlier assessment of the vendor, handed in."""

    assessment_id: UUID
    rfi_id: UUID
    rfi_version: int
    title: str
    edition: str
    in_house: bool
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Document:
    """A file that stood beside the earlier answer; `expires_on` is what a review said."""

    id: UUID
    name: str
    document_type: str
    issued_on: date | None
    expires_on: date | None

    def lapsed(self, on: date) -> bool:
        return self.expires_on is not None and self.expires_on < on


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last answer to one question that was handed in, and when somebody last stood for it."""

    question_id: str
    said: Said
    by: str
    at: datetime
    of: Round
    documents: tuple[Document, ...] = ()


#: Of a round without a moment: none is, they are chosen by it.
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_NEVER_YET: Final = datetime.max.replace(tzinfo=UTC)
_itself = aliased(Assessment)
_this = sa.bindparam("assessment_id", type_=sa.Uuid())
_asked = sa.bindparam("question_ids", expanding=True, type_=sa.String())
_before = sa.bindparam("before", type_=Assessment.submitted_at.type)
_mine = sa.select(Assessment.vendor_id).where(Assessment.id == _this).scalar_subquery()
_handed_in = sa.select(_itself.submitted_at).where(_itself.id == _this).scalar_subquery()
#: What was said after this moment is not earlier.
_UNTIL: Final = sa.func.coalesce(_handed_in, _before)
_ROUNDS: Any = (
    sa.select(
        Assessment.id,
        Assessment.rfi_id,
        Rfi.version,
        Rfi.title,
        Rfi.edition_digest,
        Assessment.in_house,
        Assessment.submitted_at,
        _UNTIL.label("until"),
    )
    .join(Rfi, Rfi.id == Assessment.rfi_id)
    .where(
        Assessment.vendor_id == _mine,
        Assessment.id != _this,
        Assessment.submitted_at < _UNTIL,
    )
)
_ids = sa.select(_ROUNDS.subquery().c.id)
_ANSWERS: Any = sa.select(
    Answer.assessment_id,
    Answer.question_id,
    Answer.state,
    sa.cast(Answer.value, sa.Text),
    Answer.comment,
    Answer.reason,
    Answer.changed_by,
).where(Answer.assessment_id.in_(_ids), Answer.question_id.in_(_asked))
_REPLIES: Any = sa.select(
    Clarification.assessment_id,
    Clarification.question_id,
    Clarification.answered_at,
    sa.cast(Clarification.before, sa.Text),
).where(
    Clarification.assessment_id.in_(_ids),
    Clarification.question_id.in_(_asked),
    Clarification.cancelled_at.is_(None),
)
_FILES: Any = (
    sa.select(
        Evidence.assessment_id,
        Evidence.question_id,
        Evidence.id,
        Evidence.name,
        Evidence.document_type,
        Evidence.issued_on,
        EvidenceReview.expires_on,
    )
    .outerjoin(
        EvidenceReview,
        sa.and_(
            EvidenceReview.evidence_id == Evidence.id, EvidenceReview.version == Evidence.reviews
        ),
    )
    .where(
        Evidence.assessment_id.in_(_ids),
        Evidence.question_id.in_(_asked),
        Evidence.removed_at.is_(None),
    )
)
_QUERY: Final = sa.select(in_one(_ROUNDS), in_one(_ANSWERS), in_one(_REPLIES, 3), in_one(_FILES, 3))


def recollect(
    session: Session,
    assessment_id: UUID,
    question_ids: Collection[str],
    before: datetime,
    deciding: Collection[str] = (),
) -> dict[str, Earlier]:
    """Question id -> the newest answer that was handed in before this moment, whatever it says.

    Of an assessment that was handed in itself: before that.

    What was hidden at that time nobody stood for: it is left out. `deciding` are the questions
    whose answers show or hide others.
    """
    values = {
        "assessment_id": assessment_id,
        "question_ids": sorted({*question_ids, *deciding}),
        "before": before,
    }
    rounds, answers, replies, files = map(rows_of, read_one(session, _QUERY, values))
    found: dict[str, Earlier] = {}
    kept: dict[UUID, dict[str, Earlier]] = {}
    of = {id_of(row[0]): _round(row) for row in rounds}
    documents = _documents(files)
    asked_again = _replies(replies)
    until = (moment(rounds[0][-1]) if rounds else None) or before
    for raw_id, question_id, state, value, comment, reason, by in answers:
        one = of[id_of(raw_id)]
        said = Said(state, json.loads(value) if value is not None else None, comment, reason)
        key = (one.assessment_id, question_id)
        earlier = Earlier(question_id, said, by, one.submitted_at, one, documents.get(key, ()))
        kept.setdefault(one.assessment_id, {})[question_id] = _replied(
            earlier, asked_again.get(key, ()), until
        )
    for earlier_id, mine in kept.items():
        hidden = _hidden(session, of[earlier_id], mine)
        for question_id in mine.keys() & set(question_ids) - hidden:
            newer = found.get(question_id)
            if newer is None or newer.at < mine[question_id].at:
                found[question_id] = mine[question_id]
    return found


def _round(row: list[Any]) -> Round:
    id, rfi_id, version, title, edition, in_house, at, _until = row
    submitted = moment(at) or _NEVER
    return Round(id_of(id), id_of(rfi_id), version, title, edition, bool(in_house), submitted)


def _documents(rows: list[list[Any]]) -> dict[tuple[UUID, str], tuple[Document, ...]]:
    found: dict[tuple[UUID, str], tuple[Document, ...]] = {}
    for raw_id, question_id, id, name, document_type, issued_on, expires_on in rows:
        key = (id_of(raw_id), question_id)
        one = Document(id_of(id), name, document_type, _day(issued_on), _day(expires_on))
        found[key] = (*found.get(key, ()), one)
    return found


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None


def _replies(
    rows: list[list[Any]],
) -> dict[tuple[UUID, str], tuple[tuple[datetime | None, Mapping[str, Any]], ...]]:
    found: dict[tuple[UUID, str], tuple[tuple[datetime | None, Mapping[str, Any]], ...]] = {}
    for raw_id, question_id, answered_at, before in rows:
        key = (id_of(raw_id), question_id)
        found[key] = (*found.get(key, ()), (moment(answered_at), json.loads(before)))
    return found


def _replied(
    earlier: Earlier,
    asked: tuple[tuple[datetime | None, Mapping[str, Any]], ...],
    until: datetime,
) -> Earlier:
    """As it stood at that moment: a reply counts from when it was sent, a draft not at all."""
    sent = [at for at, _before in asked if at is not None and at <= until]
    if sent:
        earlier = replace(earlier, at=max(earlier.at, *sent))
    later = [(at or _NEVER_YET, before) for at, before in asked if at is None or at > until]
    if not later:
        return earlier
    before = min(later, key=lambda one: one[0])[1]
    then = {UUID(one["id"]) for one in before["files"]}
    said = Said(before["state"], before["value"], before["comment"], before["reason"])
    stood = tuple(one for one in earlier.documents if one.id in then)
    return replace(earlier, said=said, documents=stood)


def _hidden(session: Session, of: Round, mine: Mapping[str, Earlier]) -> frozenset[str]:
    asked = questionnaire_of(session, of.rfi_id, of.rfi_version, in_house=of.in_house)
    given = {id: Kept(one.said.state, one.said.value) for id, one in mine.items()}
    return asked.hidden_then(given) | (mine.keys() - asked.questions.keys())
