"""Taking in a filled spreadsheet: it is kept as it was read, and no answer is touched."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say
from questionnaire.core.sheet.filled import Reading
from questionnaire.core.sheet.finding import WrongFile
from questionnaire.core.sheet.grid import Grid
from questionnaire.core.sheet.reading import read
from questionnaire.db import new_id
from questionnaire.models import SheetUpload
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Missing
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached, closed
from questionnaire.services.sniffing import clean_name

#: How long what was read waits to be applied, and how much of it at once for one vendor.
DAYS_KEPT: Final = 30
MOST_KEPT: Final = 5


def take_in(
    session: Session,
    clock: Clock,
    reached: Reached,
    questionnaire: Questionnaire,
    name: str,
    grids: tuple[Grid, ...],
) -> UUID:
    """Keep what is filled in; Invalid when the file was made for something else.

    Refused when the answers are closed. `grids` are what `sheet_opening` found.
    """
    if not reached.answering:
        raise closed(reached)
    wanted = {"assessment": str(reached.assessment_id), "edition": questionnaire.digest}
    try:
        reading = read(grids, questionnaire.sections, wanted, reached.language)
    except WrongFile as fault:
        raise Invalid({"file": fault.sentence}) from fault
    now, id = clock(), new_id()
    session.add(
        SheetUpload(
            id=id,
            organisation_id=reached.organisation_id,
            assessment_id=reached.assessment_id,
            name=_shown(name, reached.language),
            reading=reading.document(),
            applied=[],
            uploaded_at=now,
            uploaded_by=reached.email,
            expires_at=now + timedelta(days=DAYS_KEPT),
        )
    )
    session.flush()
    _forget_older(session, reached.assessment_id)
    return id


def _shown(name: str, language: str) -> str:
    try:
        return clean_name(name, language)
    except AnswerFault:
        return say(language, "Spreadsheet")


def _forget_older(session: Session, assessment_id: UUID) -> None:
    newest = (
        sa.select(SheetUpload.id)
        .where(SheetUpload.assessment_id == assessment_id)
        .order_by(SheetUpload.id.desc())
        .limit(MOST_KEPT)
    )
    session.execute(
        sa.delete(SheetUpload)
        .where(
            SheetUpload.assessment_id == assessment_id,
            SheetUpload.id.not_in(newest.scalar_subquery()),
        )
        .execution_options(synchronize_session=False)
    )


def kept(session: Session, reached: Reached, upload_id: UUID, now: datetime) -> SheetUpload:
    """One of this vendor's own; Missing when it is not there any more."""
    query = sa.select(SheetUpload).where(
        SheetUpload.id == upload_id,
        SheetUpload.assessment_id == reached.assessment_id,
        SheetUpload.expires_at > now,
    )
    if (found := session.scalars(query).one_or_none()) is None:
        raise Missing(upload_id)
    return found


def reading_of(upload: SheetUpload) -> Reading:
    """What was filled in."""
    return Reading.of(upload.reading)


def forget(session: Session, now: datetime) -> int:
    """Delete what has waited too long; returns how many there were."""
    gone = session.execute(
        sa.delete(SheetUpload)
        .where(SheetUpload.expires_at <= now)
        .returning(SheetUpload.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
