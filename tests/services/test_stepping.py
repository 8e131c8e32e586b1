"""What was judged by older rules is judged again, once, and nothing that people decided is lost."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Flag, FlagEvent, Organisation, User
from questionnaire.services import judging, reviewing, stepping
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services.found import SLOWER, slow, slow_rfi
from tests.services.reviewed import ACHIEVED, flag_of, flags_of
from tests.services.rounds import make_assessment


@pytest.fixture
def old(
    session: Session, clock: MovableClock, organisation: Organisation, remi: User
) -> Assessment:
    """An assessment as it stood before findings raised flags, with a decision on its gap."""
    assessment = slow(session, clock, organisation)
    found = sa.select(Flag.id).where(Flag.finding_id.is_not(None))
    session.execute(sa.delete(FlagEvent).where(FlagEvent.flag_id.in_(found)))
    session.execute(sa.delete(Flag).where(Flag.finding_id.is_not(None)))
    session.execute(sa.update(Flag).values(explained_by=None, covered=False))
    flag = flag_of(session, assessment, ACHIEVED)
    by_remi = actor_of(remi, organisation)
    made = Decision("accept", "A storm that comes once in a lifetime.")
    reviewing.decide(session, clock, by_remi, flag.id, flag.version, made)
    assessment.rules = 0
    session.flush()
    session.expire_all()
    return assessment


def test_it_is_found_judged_once_and_in_step(
    session: Session, clock: MovableClock, old: Assessment
) -> None:
    assert stepping.due(session) == [old.id]
    assert stepping.step(session, clock, old.id)
    session.expire_all()
    flags = flags_of(session, old)
    assert (flags[SLOWER].state, flags[ACHIEVED].state) == ("open", "accepted")
    assert (old.rules, old.open_major) == (judging.RULES, 1)
    assert stepping.due(session) == []
    assert not stepping.step(session, clock, old.id)


def test_any_judging_brings_it_into_step(
    session: Session, clock: MovableClock, old: Assessment
) -> None:
    judging.judge(session, clock, old.id)
    assert stepping.due(session) == []


def test_who_has_not_submitted_is_not_judged(
    session: Session, clock: MovableClock, organisation: Organisation
) -> None:
    rfi = slow_rfi(session, organisation)
    waiting = make_assessment(session, organisation, rfi, vendor="Birch Line", state="in_progress")
    assert stepping.due(session) == []
    assert waiting.rules == 0
