"""An RFI whose review can be locked, and who does it. Import the fixtures that you need."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, AuditRow, Organisation, ReviewLock, Rfi, User
from questionnaire.services import (
    locking,
    reviewing,
    standing,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.flag_rows import SEVERITY_RANKS
from questionnaire.services.ruling import Decision
from questionnaire.services.standing import Lock
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.reviewed import flags_of

CONFIRM = Decision("confirm", "")


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation)


@pytest.fixture
def amber(session: Session, clock: MovableClock, organisation: Organisation, rfi: Rfi):
    return reviewed.submitted(session, clock, organisation, rfi)


@pytest.fixture
def remi_(organisation: Organisation, remi: User) -> Actor:
    return actor_of(remi, organisation)


@pytest.fixture
def rosa_(organisation: Organisation, rosa: User) -> Actor:
    return actor_of(rosa, organisation)


@pytest.fixture
def decide_all(session: Session, clock: MovableClock, remi_: Actor):
    """Call it with an assessment: every flag that a lock waits for is confirmed."""

    def decide_all(assessment: Assessment) -> None:
        for flag in flags_of(session, assessment).values():
            if flag.state == "open" and flag.severity_rank < SEVERITY_RANKS["minor"]:
                reviewing.decide(session, clock, remi_, flag.id, flag.version, CONFIRM)
        session.expire_all()

    return decide_all


@pytest.fixture
def locked(session: Session, clock: MovableClock, rfi, amber, decide_all, remi_, rosa_):
    """The id of a lock that two people have put on."""
    decide_all(amber)
    locking.propose(session, clock, remi_, rfi.id)
    lock = lock_of(session, rfi)
    locking.agree(session, clock, rosa_, rfi.id, lock.id)
    return lock.id


def lock_of(session: Session, rfi: Rfi) -> ReviewLock:
    """The lock or proposal that stands."""
    found = standing.lock_of(session, rfi.id)
    assert found is not None
    return found


def shown(session: Session, rfi: Rfi) -> Lock:
    """The same as a page shows it."""
    found = standing.review(session, rfi.organisation_id, rfi.id).lock
    assert found is not None
    return found


def audited(session: Session) -> list[str]:
    query = sa.select(AuditRow.action).where(AuditRow.object_kind == "review")
    return list(session.scalars(query.order_by(AuditRow.id)))
