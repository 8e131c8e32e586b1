"""Ada's browser, and RFIs as far as a test needs them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Answer, Assessment, Evidence, Organisation, Rfi, User
from questionnaire.services import judging, listing
from questionnaire.services.auditing import Actor
from tests.cast import actor_of, sign_in
from tests.harness.clock import MovableClock
from tests.harness.page import Page, text_of
from tests.harness.web import StrictClient
from tests.services import drafts


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


@pytest.fixture
def buyer(client: StrictClient, ada: User) -> StrictClient:
    """Ada's browser."""
    sign_in(client, ada)
    return client


@pytest.fixture
def draft(session: Session, clock: MovableClock, actor: Actor) -> Rfi:
    """A draft with nothing stated but its basics."""
    return drafts.begin(session, clock, actor)


@pytest.fixture
def ready(session: Session, clock: MovableClock, actor: Actor) -> Rfi:
    """A draft that lacks nothing."""
    return drafts.ready(session, clock, actor)


@pytest.fixture
def sent(session: Session, clock: MovableClock, actor: Actor) -> Rfi:
    """An open RFI with three vendors."""
    return drafts.sent(session, clock, actor, vendors=3)


def path(rfi: Rfi, rest: str = "") -> str:
    return f"/rfis/{rfi.id}{rest}"


def vendors(session: Session, rfi: Rfi) -> list[Assessment]:
    return listing.vendors_of(session, rfi)


def submit(session: Session, clock: MovableClock, one: Assessment, answers: dict[str, Any]) -> None:
    """Hand in these answers and have them judged."""
    for question_id, value in answers.items():
        session.add(
            Answer(
                organisation_id=one.organisation_id,
                assessment_id=one.id,
                question_id=question_id,
                state="answered",
                value=value,
                comment=f"About {value}.",
                reason="",
                version=1,
                changed_at=clock(),
                changed_by=one.contact_email,
            )
        )
    one.state, one.submitted_at, one.answered = "submitted", clock(), len(answers)
    session.flush()
    judging.judge(session, clock, one.id)
    session.commit()


def attach(
    session: Session, clock: MovableClock, one: Assessment, question_id: str, name: str
) -> Evidence:
    """A file beside an answer; its bytes are nobody's business here."""
    made = Evidence(
        organisation_id=one.organisation_id,
        assessment_id=one.id,
        question_id=question_id,
        name=name,
        document_type="register_extract",
        content_type="application/pdf",
        size=4,
        sha256="0" * 64,
        store_key=str(one.id),
        uploaded_at=clock(),
        uploaded_by=one.contact_email,
    )
    session.add(made)
    session.flush()
    return made


def table_lines(page: Page, table: int = 0) -> list[str]:
    """The words of every row of a table's body."""
    found = list(page.root.iter("table"))[table]
    return [text_of(row) for body in found.iter("tbody") for row in body.iter("tr")]
