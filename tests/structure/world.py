"""Two companies with one thing of everything each, for the cells of the roster.

The rows are made by hand, so that the gates are tried even where a use case would not lead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from question_bank.loader import requirement_to_document
from questionnaire.db import new_id
from questionnaire.models import (
    Answer,
    Assessment,
    Clarification,
    Evidence,
    Flag,
    FlagEvent,
    Invitation,
    Message,
    Organisation,
    RequirementSetVersion,
    Rfi,
    StaffInvitation,
    User,
    Vendor,
)
from questionnaire.services import editions
from tests import cast
from tests.harness.clock import START

#: Variables of addresses that name no row: they are the same for everybody.
CONTENT = {"filename": "app.css", "token": "nobody-has-this-token"}


@dataclass
class World:
    """A company, and for each variable that an address can have its own thing's value."""

    organisation: Organisation
    member: User
    owned: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.owned[name] if name in self.owned else self.content[name]

    def lacks(self, names: Iterable[str]) -> set[str]:
        """The variables that this world has nothing for: they belong in here."""
        return set(names) - set(self.owned) - set(self.content)

    def with_another(self, name: str, value: Any) -> World:
        """The same, with one thing that is not its own."""
        return World(self.organisation, self.member, self.owned | {name: value}, self.content)


class Unknown:
    """Gives every variable a value that nothing answers to."""

    def __getitem__(self, name: str) -> Any:
        return CONTENT.get(name) or new_id()


def worlds(session: Session) -> tuple[World, World]:
    """Ours and a stranger's."""
    return _world(session, "Brightlane Retail"), _world(session, "Otherwise Holding")


def neighbour(session: Session, world: World) -> World:
    """What another vendor has in an RFI of the same company."""
    return _of_one_vendor(session, world.organisation, world.member, "Cedar Voice")


def let_in(client: FlaskClient, world: World) -> None:
    """Make this browser the vendor's of this world: its link was opened, the code was right."""
    until = int((START + timedelta(hours=1)).timestamp())
    with client.session_transaction() as cookie:
        entry = [world["invitation_id"].hex, until]
        cookie["invitations"] = {world["assessment_id"].hex: entry}


def _world(session: Session, name: str) -> World:
    organisation = cast.make_organisation(session, name)
    user = cast.make_member(session, organisation, "Ada Marsh", ("buyer", "reviewer", "admin"))
    return _of_one_vendor(session, organisation, user, "Amber Call")


def _of_one_vendor(
    session: Session, organisation: Organisation, user: User, vendor_name: str
) -> World:
    mine = {"organisation_id": organisation.id}
    rfi, question = _rfi(session, mine, user)
    assessment = _assessment(session, mine, rfi, vendor_name)
    below = mine | {"assessment_id": assessment.id}
    answered = below | {"question_id": question.id}
    flag = _flag(session, answered, rfi, question)
    made = {
        "rfi_id": rfi,
        "assessment_id": assessment,
        "vendor_id": assessment.vendor,
        "flag_id": flag,
        "user_id": user,
        "membership_id": user.memberships[0],
        **_beside(session, answered),
        **_letters(session, mine, below),
    }
    session.flush()
    batch = _decided_together(session, mine, flag, user)
    return World(
        organisation,
        user,
        {variable: one.id for variable, one in made.items()} | mine | {"batch": batch},
        CONTENT | {"question_id": question.id, "section_id": question.section},
    )


def _rfi(session: Session, mine: dict[str, Any], user: User) -> tuple[Rfi, Any]:
    bank = editions.current_bank()
    open_sections = [one for one in bank.sections if not one.sealed]
    question = open_sections[0].questions[0]
    documents = [requirement_to_document(one) for one in bank.requirements]
    rfi = Rfi(
        **mine,
        title="Customer service in three languages",
        purpose="Evenings and weekends.",
        reply_to=user.email,
        state="open",
        deadline=START + timedelta(days=30),
        profiles=[bank.profiles[0].id],
        brief={},
        question_ids=list(bank.questions),
        edition_digest=editions.keep(session, bank, START),
        created_by=user.id,
        created_at=START,
        sent_at=START,
    )
    session.add(rfi)
    session.flush()
    version = RequirementSetVersion(
        **mine, rfi_id=rfi.id, number=1, documents=documents, digest="0" * 64, frozen_at=START
    )
    session.add(version)
    return rfi, question


def _assessment(session: Session, mine: dict[str, Any], rfi: Rfi, name: str) -> Assessment:
    vendor = Vendor(**mine, name=name, created_at=START)
    session.add(vendor)
    session.flush()
    assessment = Assessment(
        **mine,
        rfi_id=rfi.id,
        vendor=vendor,
        state="submitted",
        contact_name="Vera Ozola",
        contact_email="vera@ambercall.example",
        submitted_at=START,
        created_at=START,
    )
    session.add(assessment)
    session.flush()
    return assessment


def _flag(session: Session, answered: dict[str, Any], rfi: Rfi, question: Any) -> Flag:
    bank = editions.current_bank()
    requirement = next(one for one in bank.requirements if one.question == question.id)
    flag = Flag(
        **answered,
        rfi_id=rfi.id,
        requirement_id=requirement.id,
        section_id=question.section,
        severity="major",
        severity_rank=1,
        status="unknown",
        explanation="Nothing was answered.",
        basis={},
        raised_at=START,
        changed_at=START,
    )
    session.add(flag)
    session.flush()
    return flag


def _beside(session: Session, answered: dict[str, Any]) -> dict[str, Any]:
    answer = Answer(
        **answered, state="dont_know", version=1, changed_at=START, changed_by="vera", reason=""
    )
    evidence = Evidence(
        **answered,
        name="certificate.pdf",
        document_type="certificate",
        content_type="application/pdf",
        size=4,
        sha256="0" * 64,
        store_key=f"{new_id()}",
        uploaded_at=START,
        uploaded_by="vera@ambercall.example",
    )
    clarification = Clarification(
        **answered, remark="Which one?", before={"state": "dont_know"}, asked_at=START
    )
    session.add_all([answer, evidence, clarification])
    return {"evidence_id": evidence, "clarification_id": clarification}


def _letters(session: Session, mine: dict[str, Any], below: dict[str, Any]) -> dict[str, Any]:
    lasting = {"created_at": START, "expires_at": START + timedelta(days=60)}
    address = {"email": "vera@ambercall.example", "name": "Vera Ozola"}
    invitation = Invitation(**below, **address, **lasting, token_hash=new_id().hex)
    staff = StaffInvitation(**mine, **address, **lasting, roles=["buyer"], token_hash=new_id().hex)
    message = Message(
        **below,
        kind="invitation",
        to_address="vera@ambercall.example",
        subject="An invitation",
        text="Please answer.",
        message_id=f"<{new_id()}@service.example>",
        state="kept",
        due_at=START,
        created_at=START,
    )
    session.add_all([invitation, staff, message])
    return {"invitation_id": invitation, "staff_invitation_id": staff, "message_id": message}


def _decided_together(session: Session, mine: dict[str, Any], flag: Flag, user: User) -> Any:
    event = FlagEvent(
        **mine,
        flag_id=flag.id,
        at=START,
        by=user.id,
        action="confirm",
        from_state="open",
        to_state="gap_confirmed",
        batch=new_id(),
        before={"state": "open"},
    )
    session.add(event)
    session.flush()
    return event.batch
