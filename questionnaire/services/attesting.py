"""Standing for what is handed in: a named person, its role, the statement as it was shown.

Each time is kept for ever; a later one does not replace the first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say
from questionnaire.core.texts import clean
from questionnaire.models import Attestation as AttestationRow
from questionnaire.services.faults import Invalid
from questionnaire.services.reaching import Reached

LINE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Attestation:
    """Who stands for the answers; `agreed` is the tick under the statement."""

    name: str
    role: str
    agreed: bool


def statement(reached: Reached, speech: str) -> str:
    """What a named person attests when the answers are handed in."""
    return say(
        speech,
        "I am entitled to speak for {vendor}. To the best of my knowledge these answers and the "
        "attached documents are true and complete as of today.",
        vendor=reached.vendor,
    )


def statement_of_replies(reached: Reached, speech: str) -> str:
    """What a named person attests when replies are sent."""
    return say(
        speech,
        "I am entitled to speak for {vendor}. To the best of my knowledge these replies and the "
        "documents attached to them are true and complete as of today.",
        vendor=reached.vendor,
    )


def attested(attestation: Attestation, speech: str) -> tuple[str, str]:
    """Name and role, cleaned; Invalid under `name`, `role` and `agreed`."""
    faults, found = {}, {}
    labels = {"name": say(speech, "Name"), "role": say(speech, "Role")}
    wanted = {
        "name": (attestation.name, say(speech, "Write the name of the person who attests.")),
        "role": (attestation.role, say(speech, "Write what that person's role is.")),
    }
    for field, (typed, sentence) in wanted.items():
        try:
            found[field] = clean(typed, LINE_LIMIT, speech, lines=False)
            if not found[field]:
                faults[field] = sentence
        except AnswerFault as fault:
            faults[field] = f"{labels[field]}: {fault.sentence}"
    if not attestation.agreed:
        faults["agreed"] = say(speech, "Tick the statement: without it nothing can be handed in.")
    if faults:
        raise Invalid(faults)
    return found["name"], found["role"]


def keep(
    session: Session,
    now: datetime,
    reached: Reached,
    person: tuple[str, str],
    text: str,
    question_ids: Collection[str] | None = None,
) -> None:
    """Add one attestation to the history; `question_ids` of replies, None of all answers."""
    name, role = person
    session.add(
        AttestationRow(
            organisation_id=reached.organisation_id,
            assessment_id=reached.assessment_id,
            about="submitted" if question_ids is None else "replied",
            name=name,
            role=role,
            text=text,
            question_ids=None if question_ids is None else sorted(question_ids),
            attested_by=reached.email,
            attested_at=now,
        )
    )
