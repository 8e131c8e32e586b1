"""A vendor that was asked the questions of the real bank, for what a vendor can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.loader import requirement_to_document
from question_bank.model import Bank, Question
from questionnaire.models import (
    Answer,
    Assessment,
    Invitation,
    Organisation,
    RequirementSetVersion,
    Rfi,
)
from questionnaire.services import editions
from questionnaire.services.links import Links, hash_of
from questionnaire.services.questionnaires import Questionnaire, questionnaire_of
from questionnaire.services.reaching import Reached, reach
from tests.harness.clock import START
from tests.services.rounds import make_assessment, make_invitation, make_rfi

BRIEF: dict[str, Any] = {
    "currency": "EUR",
    "home_market": "LV",
    "data_classes": ["pii", "card"],
    "jurisdictions": ["eu"],
    "service_lines": ["inbound_care"],
    "seats_needed": 20,
    "contract_start": "2027-03-01",
}
#: Answers every sealed amount of the tests, and may be found nowhere else.
SECRET_PRICE = "731.25"
LINKS = Links("http://localhost", "t" * 40)


@dataclass
class Asked:
    """One assessment, and what its vendor has in its mail."""

    session: Session
    rfi: Rfi
    assessment: Assessment
    invitation: Invitation
    bank: Bank

    @property
    def token(self) -> str:
        return LINKS.token("vendor", self.invitation.id)

    @property
    def questionnaire(self) -> Questionnaire:
        return questionnaire_of(self.session, self.rfi.id)

    def reached(self, now: datetime = START) -> Reached:
        self.session.flush()
        return reach(self.session, self.invitation.id, self.assessment.id, now, to_change=True)

    def a(self, kind: str, **facts: Any) -> Question:
        """The first question of this kind, with these facts."""
        return next(
            one
            for one in self.questionnaire.questions.values()
            if one.kind == kind
            and all(getattr(one, name) == value for name, value in facts.items())
        )


def ask(
    session: Session,
    organisation: Organisation,
    *,
    question_ids: list[str] | None = None,
    brief: dict[str, Any] | None = None,
    vendor: str = "Amber Call",
    rfi_values: dict[str, Any] | None = None,
    **values: Any,
) -> Asked:
    """Ask all questions (or some) with the default requirements of general retail."""
    bank = editions.current_bank()
    rfi = make_rfi(
        session,
        organisation,
        edition_digest=editions.keep(session, bank, START),
        question_ids=question_ids or list(bank.questions),
        brief=BRIEF | (brief or {}),
        profiles=["general-retail"],
        **(rfi_values or {}),
    )
    session.add(
        RequirementSetVersion(
            organisation_id=organisation.id,
            rfi_id=rfi.id,
            number=1,
            documents=[
                requirement_to_document(one)
                for one in bank.requirements
                if "general-retail" in one.profiles and one.question in rfi.question_ids
            ],
            digest="d" * 64,
            frozen_at=START,
        )
    )
    assessment = make_assessment(session, organisation, rfi, vendor=vendor, answered=0, **values)
    asked = questionnaire_of(session, rfi.id)
    assessment.asked = len(asked.questions)
    return Asked(session, rfi, assessment, invite(session, assessment), bank)


def invite(session: Session, assessment: Assessment, **values: Any) -> Invitation:
    """A link whose token is the real one."""
    invitation = make_invitation(session, assessment, **values)
    invitation.token_hash = hash_of(LINKS.token("vendor", invitation.id))
    session.flush()
    return invitation


def raw_of(question: Question) -> Any:
    """Something that answers a question of any kind, as it is typed."""
    match question.kind:
        case "yes_no":
            return "yes"
        case "single_choice":
            return question.choices[0].code
        case "multi_choice":
            return [question.choices[0].code]
        case "number" | "percentage":
            return str(question.minimum or 5)
        case "money":
            return {"amount": "12.50", "currency": "EUR"}
        case "date":
            return date(2026, 1, 31).isoformat()
        case "countries":
            return ["Latvia", "PH"]
        case "table":
            return [{column.name: _cell(column) for column in question.columns}]
        case _:
            return "As we said on the telephone."


def _cell(column: Any) -> Any:
    typed = {
        "number": "3", "percentage": "12", "money": "2000000 EUR", "date": "2027-12-31",
        "time": "08:30", "year": "2019", "yes_no": "yes", "country": "Latvia",
        "language": "English", "text": "Riga House",
    }  # fmt: skip
    if column.choices_from:
        return "Riga House"
    if column.kind == "choice":
        return column.choices[0].code
    if column.kind == "multi_choice":
        return [column.choices[0].code]
    if column.kind in ("number", "percentage") and column.minimum:
        return str(column.minimum)
    return typed[column.kind]


def stored(session: Session, question: Question) -> Answer:
    """The row of an answer."""
    return session.execute(sa.select(Answer).where(Answer.question_id == question.id)).scalar_one()


def counters(session: Session, asked: Asked) -> tuple[int, int, str]:
    """How many questions are asked and answered, and the state."""
    query = sa.select(Assessment.asked, Assessment.answered, Assessment.state)
    row = session.execute(query.where(Assessment.id == asked.assessment.id)).one()
    return row.asked, row.answered, row.state
