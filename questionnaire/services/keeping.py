"""Keeping evidence: the bytes in a store (a local folder or S3), what they are in the database.

The bytes are written before the row that names them is committed: a crash between the two leaves
a file that nobody sees, never a row without its file.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

import obstore
import sqlalchemy as sa
import structlog
from obstore.store import LocalStore, from_url
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, Clarification, Evidence, Rfi
from questionnaire.services import auditing
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.sniffing import ALLOWED, ENDINGS, MOST_BYTES, MOST_MEGABYTES

if TYPE_CHECKING:
    from obstore.store import ObjectStore

__all__ = [
    "ALLOWED", "ENDINGS", "MOST_BYTES", "MOST_FILES", "MOST_MEGABYTES",
    "Checked", "Place", "for_staff", "put", "read", "read_own", "remove", "store", "store_at",
]  # fmt: skip

log = structlog.get_logger(__name__)

#: So many files can stand beside one answer.
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Whose answer a file stands beside."""

    organisation_id: UUID
    rfi_id: UUID
    assessment_id: UUID
    question_id: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that `sniffing.content_type` let pass."""

    name: str
    content: bytes
    content_type: str
    document_type: str
    issued_on: date | None = None


@cache
def store_at(url: str) -> ObjectStore:
    """The evidence store of `config.evidence_url`: `file:///…` (made when absent) or `s3://…`."""
    if url.startswith("file:"):
        return LocalStore.from_url(url, mkdir=True)
    return from_url(url)


def store(
    session: Session,
    clock: Clock,
    where: ObjectStore,
    actor: Actor,
    place: Place,
    file: Checked,
    *,
    by: str,
) -> Evidence:
    """Keep one file beside an answer; the same file sent twice is kept once."""
    digest = hashlib.sha256(file.content).hexdigest()
    if (held := _held(session, place, file, digest)) is not None:
        return held
    now, id = clock(), new_id()
    key = f"{place.organisation_id}/{place.assessment_id}/{id}"
    put(where, key, file.content)
    evidence = Evidence(
        id=id,
        organisation_id=place.organisation_id,
        assessment_id=place.assessment_id,
        question_id=place.question_id,
        name=file.name,
        document_type=file.document_type,
        issued_on=file.issued_on,
        content_type=file.content_type,
        size=len(file.content),
        sha256=digest,
        store_key=key,
        uploaded_at=now,
        uploaded_by=by,
    )
    session.add(evidence)
    _audit(session, clock, actor, place, "attached", evidence)
    session.flush()
    return evidence


def _held(session: Session, place: Place, file: Checked, digest: str) -> Evidence | None:
    return session.scalars(
        sa.select(Evidence).where(
            Evidence.assessment_id == place.assessment_id,
            Evidence.question_id == place.question_id,
            Evidence.sha256 == digest,
            Evidence.name == file.name,
            Evidence.document_type == file.document_type,
            Evidence.issued_on.is_(None)
            if file.issued_on is None
            else Evidence.issued_on == file.issued_on,
            Evidence.removed_at.is_(None),
        )
    ).first()


def put(where: ObjectStore, key: str, content: bytes) -> None:
    """Write the bytes so that they are there after a power cut, too."""
    obstore.put(where, key, content)
    if isinstance(where, LocalStore) and where.prefix is not None:
        path = where.prefix / key
        for one in (path, path.parent):
            handle = os.open(one, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def remove(session: Session, clock: Clock, actor: Actor, place: Place, evidence_id: UUID) -> None:
    """Take a file away from an answer: it is hidden, its bytes stay. Twice has one effect."""
    evidence = _one(session, place.organisation_id, place.assessment_id, evidence_id)
    if evidence.question_id != place.question_id:
        raise Missing(evidence_id)
    if evidence.removed_at is None:
        evidence.removed_at = clock()
        _audit(session, clock, actor, place, "removed", evidence)
        session.flush()


def read_own(
    session: Session, where: ObjectStore, organisation_id: UUID, assessment_id: UUID, id: UUID
) -> tuple[Evidence, bytes]:
    """A file for the vendor that attached it."""
    evidence = _one(session, organisation_id, assessment_id, id)
    return evidence, _bytes(where, evidence)


def read(
    session: Session, where: ObjectStore, organisation_id: UUID, assessment_id: UUID, id: UUID
) -> tuple[Evidence, bytes]:
    """A file for staff, with its bytes; Missing where `for_staff` says so."""
    evidence = for_staff(session, organisation_id, assessment_id, id)
    return evidence, _bytes(where, evidence)


def for_staff(session: Session, organisation_id: UUID, assessment_id: UUID, id: UUID) -> Evidence:
    """A file that staff may see: of their organisation, handed in, not beside a sealed answer."""
    evidence = _one(session, organisation_id, assessment_id, id)
    query = (
        sa.select(Rfi.edition_digest, Assessment.submitted_at)
        .join(Assessment, Assessment.rfi_id == Rfi.id)
        .where(Assessment.id == assessment_id, Assessment.submitted_at.is_not(None))
    )
    handed_in = session.execute(query).one_or_none()
    if handed_in is None:
        raise Missing(id)
    digest, submitted_at = handed_in
    if evidence.question_id in bank_of(session, digest).sealed_questions:
        raise Missing(id)
    replied = sa.select(Clarification.answered_at).where(
        Clarification.assessment_id == assessment_id,
        Clarification.question_id == evidence.question_id,
        Clarification.answered_at.is_not(None),
    )
    if not any(_stood(evidence, at) for at in (submitted_at, *session.scalars(replied))):
        raise Missing(id)
    return evidence


def _stood(evidence: Evidence, at: datetime | None) -> bool:
    """Whether the file was beside its answer when that was handed in or replied with at `at`.

    What a vendor took away before, or has put there and not sent yet, is nobody else's to read.
    """
    if at is None or evidence.uploaded_at > at:
        return False
    return evidence.removed_at is None or evidence.removed_at > at


def _bytes(where: ObjectStore, evidence: Evidence) -> bytes:
    try:
        return bytes(obstore.get(where, evidence.store_key).bytes())
    except FileNotFoundError as fault:
        log.error("evidence without its file", evidence=str(evidence.id))
        raise Refused(
            "The file cannot be read at the moment. Try again later; if it stays so, tell whoever "
            "runs this service."
        ) from fault


def _one(session: Session, organisation_id: UUID, assessment_id: UUID, id: UUID) -> Evidence:
    query = sa.select(Evidence).where(
        Evidence.id == id,
        Evidence.assessment_id == assessment_id,
        Evidence.organisation_id == organisation_id,
    )
    if (found := session.scalars(query).one_or_none()) is None:
        raise Missing(id)
    return found


def _audit(
    session: Session, clock: Clock, actor: Actor, place: Place, action: str, evidence: Evidence
) -> None:
    auditing.append(
        session,
        actor,
        clock(),
        action,
        "evidence",
        evidence.id,
        rfi_id=place.rfi_id,
        assessment_id=place.assessment_id,
        question=place.question_id,
        sha256=evidence.sha256,
    )
