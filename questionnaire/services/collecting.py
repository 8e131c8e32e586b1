"""Collecting the documents that wait for a reviewer, over all vendors of an organisation.

Pages go by key (assessment, document) along an index of just these documents, 20 at a time, so
that those of one vendor stand together. What is sealed, or not handed in yet, is never among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Bank
from questionnaire.models import (
    Answer,
    Assessment,
    Clarification,
    Evidence,
    Membership,
    Rfi,
    Vendor,
)
from questionnaire.services.editions import bank_of
from questionnaire.services.reading import before_asking

PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Key:
    """Where a document stands in the list."""

    assessment_id: UUID
    id: UUID

    def __str__(self) -> str:
        return f"{self.assessment_id}_{self.id}"

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """The key that an address holds; None when it holds none."""
        assessment, _, document = (text or "").partition("_")
        try:
            return cls(UUID(assessment), UUID(document))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One document that nobody has reviewed: columns only."""

    id: UUID
    assessment_id: UUID
    question_id: str
    name: str
    document_type: str
    issued_on: date | None
    uploaded_at: datetime
    vendor: str
    rfi: str
    edition_digest: str

    @property
    def key(self) -> Key:
        return Key(self.assessment_id, self.id)


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Waiting, ...]
    after: Key | None
    before: Key | None


def page(
    session: Session,
    organisation_id: UUID,
    user_id: UUID,
    *,
    assessment_id: UUID | None = None,
    after: Key | None = None,
    before: Key | None = None,
) -> Page:
    """The documents behind `after`, or the last ones ahead of `before`; two statements."""
    back = before is not None and after is None
    query = _walk(
        _statement(session, organisation_id, user_id, assessment_id, *_SHOWN),
        before if back else after,
        back=back,
    )
    found = [Waiting(*row) for row in session.execute(query.limit(PAGE + 1))]
    more = len(found) > PAGE
    found = found[:PAGE]
    if back:
        found.reverse()
    return Page(
        tuple(found),
        after=found[-1].key if found and (more or back) else None,
        before=found[0].key if found and (more if back else after is not None) else None,
    )


def neighbour(
    session: Session,
    organisation_id: UUID,
    user_id: UUID,
    key: Key | None,
    *,
    assessment_id: UUID | None = None,
    back: bool = False,
) -> Key | None:
    """The document next to a place in the list, be it reviewed by now; without a key the first."""
    columns = (Evidence.assessment_id, Evidence.id)
    query = _walk(
        _statement(session, organisation_id, user_id, assessment_id, *columns), key, back=back
    )
    row = session.execute(query.limit(1)).first()
    return Key(*row) if row else None


def count(session: Session, organisation_id: UUID, user_id: UUID) -> int:
    """How many documents wait."""
    query = _statement(session, organisation_id, user_id, None, sa.func.count())
    return session.scalar(query) or 0


def sites_of(session: Session, assessment_id: UUID, bank: Bank) -> tuple[str, ...]:
    """The names of the vendor's sites, as it has given them; two statements."""
    if "sites.name" not in bank.roles:
        return ()
    part = bank.part("sites.name")
    rows = session.scalar(
        sa.select(Answer.value).where(
            Answer.assessment_id == assessment_id, Answer.question_id == part.question
        )
    )
    if (asked := before_asking(session, assessment_id).get(part.question)) is not None:
        rows = asked.value
    names = [row.get(part.column) for row in rows if isinstance(row, dict)] if rows else []
    return tuple(dict.fromkeys(one for one in names if isinstance(one, str) and one))


_SHOWN: Final = (
    Evidence.id,
    Evidence.assessment_id,
    Evidence.question_id,
    Evidence.name,
    Evidence.document_type,
    Evidence.issued_on,
    Evidence.uploaded_at,
    Vendor.name,
    Rfi.title,
    Rfi.edition_digest,
)
_SENT_SINCE: Final = (
    sa.select(Clarification.id)
    .where(
        Clarification.assessment_id == Evidence.assessment_id,
        Clarification.question_id == Evidence.question_id,
        Clarification.answered_at >= Evidence.uploaded_at,
    )
    .correlate(Evidence)
    .exists()
)


def _statement(
    session: Session,
    organisation_id: UUID,
    user_id: UUID,
    assessment_id: UUID | None,
    *columns: Any,
) -> sa.Select[Any]:
    """What waits for this person's organisation: handed in or sent in a reply, and not sealed."""
    member = sa.and_(
        Membership.organisation_id == Evidence.organisation_id,
        Membership.user_id == user_id,
        Membership.ended_at.is_(None),
    )
    # As literals, so that the database knows the partial index to be about just these.
    waits = sa.and_(Evidence.reviews == sa.literal_column("0"), Evidence.removed_at.is_(None))
    query = (
        sa.select(*columns)
        .select_from(Evidence)
        .join(Membership, member)
        .join(Assessment, Assessment.id == Evidence.assessment_id)
        .join(Rfi, Rfi.id == Assessment.rfi_id)
        .join(Vendor, Vendor.id == Assessment.vendor_id)
        .where(
            waits,
            Evidence.organisation_id == organisation_id,
            Assessment.state == "submitted",
            Rfi.state != "withdrawn",
            sa.or_(Evidence.uploaded_at <= Assessment.submitted_at, _SENT_SINCE),
            *_unsealed(session, organisation_id),
        )
    )
    if assessment_id is not None:
        query = query.where(Evidence.assessment_id == assessment_id)
    return query


def _unsealed(session: Session, organisation_id: UUID) -> Sequence[sa.ColumnElement[bool]]:
    """What each edition seals stays out, whichever editions the organisation's RFIs are of."""
    digests = session.scalars(
        sa.select(Rfi.edition_digest).where(Rfi.organisation_id == organisation_id).distinct()
    ).all()
    sealed = {one: bank_of(session, one).sealed_questions for one in digests}
    return [
        sa.not_(sa.and_(Rfi.edition_digest == digest, Evidence.question_id.in_(sorted(ids))))
        for digest, ids in sealed.items()
        if ids
    ]


def _walk(query: sa.Select[Any], key: Key | None, *, back: bool) -> sa.Select[Any]:
    order = (Evidence.assessment_id, Evidence.id)
    if key is not None:
        here = sa.tuple_(sa.literal(key.assessment_id, sa.Uuid()), sa.literal(key.id, sa.Uuid()))
        place = sa.tuple_(*order)
        query = query.where(place < here if back else place > here)
    return query.order_by(*(one.desc() if back else one for one in order))
