"""Consenting: a vendor's written consent to test calls, before any is planned or entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import worded
from questionnaire.core.texts import CELL_LIMIT, REASON_LIMIT, clean
from questionnaire.models import TrialConsent
from questionnaire.services import auditing, drafting, trialling
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.trialling import Subject

FIELDS = ("given_by", "given_on", "note")


@dataclass(frozen=True, slots=True)
class Consent:
    """The newest consent of a trial; `version` is 0 before any was recorded.

    `given_by` is who agreed at the vendor, `note` where the document is or what was written.
    """

    version: int = 0
    given_by: str = ""
    given_on: date | None = None
    note: str = ""
    stated_by: str = ""
    stated_at: datetime | None = None

    @property
    def given(self) -> bool:
        return self.version > 0


NOTHING = Consent()


def consent(session: Session, trial_id: UUID) -> Consent:
    """The newest consent of a trial that the caller reached."""
    row = session.scalars(
        sa.select(TrialConsent)
        .where(TrialConsent.trial_id == trial_id)
        .order_by(TrialConsent.version.desc())
        .limit(1)
    ).first()
    if row is None:
        return NOTHING
    return Consent(
        row.version, row.given_by, row.given_on, row.note, row.stated_by, row.stated_at
    )  # fmt: skip


def demand(session: Session, subject: Subject) -> None:
    """Refused for a vendor that has not agreed in writing; the own team needs no such paper."""
    if subject.vendor is not None and not consent(session, subject.trial_id).given:
        raise Refused(
            "Nobody has recorded that this vendor agreed to test calls in writing. Record its "
            "consent first: who gave it, when, and where the document is."
        )


def state(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    trial_id: UUID,
    typed: Mapping[str, str],
    *,
    seen: int,
    language: str = "en",
) -> Consent:
    """Keep a consent as a new version; Stale when somebody else did since, Invalid by control."""
    rfi = trialling.open_rfi(session, actor, rfi_id)
    subject = trialling.subject_of(session, actor.organisation_id, rfi_id, trial_id)
    if subject.vendor is None:
        raise Refused("Your own team is tried by its own house: no vendor has to agree.")
    now = clock()
    given_by, given_on, note = read(typed, now.date(), language)
    present = consent(session, trial_id)
    if (given_by, given_on, note) == (present.given_by, present.given_on, present.note):
        return present
    if seen != present.version:
        raise drafting.Stale
    session.add(
        TrialConsent(
            organisation_id=rfi.organisation_id,
            trial_id=trial_id,
            version=present.version + 1,
            given_by=given_by,
            given_on=given_on,
            note=note,
            stated_by=actor.name[:200],
            stated_at=now,
        )
    )
    session.flush()
    auditing.append(
        session, actor, now, "consented", "trial", trial_id,
        rfi_id=rfi.id, assessment_id=subject.assessment_id, vendor=subject.name,
        given_by=given_by, given_on=given_on.isoformat(), version=present.version + 1,
    )  # fmt: skip
    return consent(session, trial_id)


def read(typed: Mapping[str, str], today: date, language: str = "en") -> tuple[str, date, str]:
    """Who, when and where the document is; all of it is needed."""
    faults: dict[str, str] = {}
    wanted = {
        "given_by": (CELL_LIMIT, worded("Write who at the vendor agreed.")),
        "note": (REASON_LIMIT, worded("Write where the document is, or what was agreed in it.")),
    }
    texts = {}
    for name, (limit, missing) in wanted.items():
        try:
            texts[name] = clean(typed.get(name, ""), limit, language, lines=name == "note")
        except AnswerFault as fault:
            faults[name] = fault.sentence
            continue
        if not texts[name]:
            faults[name] = missing
    day: date | None = None
    try:
        day = date.fromisoformat(str(typed.get("given_on", "")).strip())
    except ValueError:
        faults["given_on"] = worded("Write the day on which it was given.")
    if day is not None and day > today:
        faults["given_on"] = worded("This day has not come yet.")
    if faults or day is None:
        raise Invalid(faults)
    return texts["given_by"], day, texts["note"]
