"""Locking a review: by two people, with nothing open; what stands still then; how it ends."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import ReviewLock
from questionnaire.services import (
    clarifying,
    deciding_together,
    locking,
    reviewing,
    standing,
    undoing,
)
from questionnaire.services.faults import Refused
from questionnaire.services.ruling import Decision
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.drafts import LINKS
from tests.services.locks import (
    CONFIRM,
    amber,
    audited,
    decide_all,
    lock_of,
    locked,
    remi_,
    rfi,
    rosa_,
    shown,
)
from tests.services.reviewed import MAJOR, MANDATORY, MINOR, flag_of, flags_of
from tests.services.rounds import make_invitation

__all__ = ["amber", "decide_all", "locked", "remi_", "rfi", "rosa_"]


def test_an_open_flag_keeps_a_review_from_being_locked(
    session: Session, clock: MovableClock, rfi, amber, remi_
) -> None:
    with pytest.raises(Refused, match="Still open at: Amber Call"):
        locking.propose(session, clock, remi_, rfi.id)
    assert not standing.review(session, rfi.organisation_id, rfi.id).can_lock


def test_open_minor_flags_count_as_gaps_and_keep_nobody_waiting(
    session: Session, clock: MovableClock, rfi, amber, decide_all, remi_
) -> None:
    decide_all(amber)
    assert flag_of(session, amber, MINOR).state == "open"
    locking.propose(session, clock, remi_, rfi.id)
    assert audited(session) == ["lock_proposed"]


def test_a_proposal_that_waits_for_a_second_person_is_undecided(
    session: Session, clock: MovableClock, rfi, amber, decide_all, remi_
) -> None:
    flag = flag_of(session, amber, MANDATORY)
    accept = Decision("accept", "Audited last month.")
    reviewing.decide(session, clock, remi_, flag.id, flag.version, accept)
    session.expire_all()
    for one in flags_of(session, amber).values():
        if one.state == "open" and not one.proposed_action:
            reviewing.decide(session, clock, remi_, one.id, one.version, CONFIRM)
    session.expire_all()
    with pytest.raises(Refused, match="Still open"):
        locking.propose(session, clock, remi_, rfi.id)


def test_nobody_locks_alone(
    session: Session, clock: MovableClock, rfi, amber, decide_all, remi_, rosa_
) -> None:
    decide_all(amber)
    locking.propose(session, clock, remi_, rfi.id)
    lock = lock_of(session, rfi)
    with pytest.raises(Refused, match="takes two people"):
        locking.agree(session, clock, remi_, rfi.id, lock.id)
    locking.agree(session, clock, rosa_, rfi.id, lock.id)
    found = shown(session, rfi)
    assert (found.locked, found.covers) == (True, (str(amber.id),))
    assert (found.proposer, found.second) == ("Remi Okafor", "Rosa Lind")


def test_a_vendor_that_submits_meanwhile_must_be_reviewed_first(
    session: Session, clock: MovableClock, organisation, rfi, amber, decide_all, remi_, rosa_
) -> None:
    decide_all(amber)
    locking.propose(session, clock, remi_, rfi.id)
    lock = lock_of(session, rfi)
    reviewed.submitted(session, clock, organisation, rfi, vendor="Cedar Voice")
    with pytest.raises(Refused, match="Still open at: Cedar Voice"):
        locking.agree(session, clock, rosa_, rfi.id, lock.id)


def test_under_a_lock_no_flag_is_decided_in_any_way(
    session: Session, clock: MovableClock, locked, amber, remi_
) -> None:
    make_invitation(session, amber)
    confirmed, minor = flag_of(session, amber, MAJOR), flag_of(session, amber, MINOR)
    for act in (
        lambda: reviewing.decide(session, clock, remi_, minor.id, minor.version, CONFIRM),
        lambda: reviewing.decide(
            session, clock, remi_, confirmed.id, confirmed.version, Decision("reopen", "Again.")
        ),
        lambda: deciding_together.decide(session, clock, remi_, {minor.id: minor.version}, CONFIRM),
        lambda: clarifying.ask(
            session, clock, LINKS, remi_, minor.id, minor.version, "Please explain."
        ),
    ):
        with pytest.raises(Refused, match="review of this RFI is locked"):
            act()


def test_under_a_lock_nothing_is_undone(
    session: Session, clock: MovableClock, rfi, amber, decide_all, remi_, rosa_
) -> None:
    flag = flag_of(session, amber, MINOR)
    batch = reviewing.decide(session, clock, remi_, flag.id, flag.version, CONFIRM)
    session.expire_all()
    decide_all(amber)
    locking.propose(session, clock, remi_, rfi.id)
    locking.agree(session, clock, rosa_, rfi.id, lock_of(session, rfi).id)
    with pytest.raises(Refused, match="locked"):
        undoing.undo(session, clock, remi_, batch)


def test_other_rfis_go_on(
    session: Session, clock: MovableClock, organisation, locked, remi_
) -> None:
    other = reviewed.submitted(session, clock, organisation, vendor="Cedar Voice")
    flag = flag_of(session, other, MAJOR)
    reviewing.decide(session, clock, remi_, flag.id, flag.version, CONFIRM)
    session.expire_all()
    assert flag_of(session, other, MAJOR).state == "gap_confirmed"


def test_what_was_proposed_can_be_taken_back_and_declined(
    session: Session, clock: MovableClock, rfi, amber, decide_all, remi_, rosa_
) -> None:
    decide_all(amber)
    for who in (remi_, rosa_):
        locking.propose(session, clock, remi_, rfi.id)
        locking.take_back(session, clock, who, rfi.id, lock_of(session, rfi).id)
        assert standing.lock_of(session, rfi.id) is None
    assert session.scalar(sa.select(sa.func.count()).select_from(ReviewLock)) == 2


def test_a_lock_is_kept_when_its_end_is_declined(
    session: Session, clock: MovableClock, rfi, locked, remi_, rosa_
) -> None:
    locking.propose_end(session, clock, remi_, rfi.id, locked, "A document was overlooked.")
    locking.keep(session, clock, rosa_, rfi.id, locked)
    found = shown(session, rfi)
    assert (found.locked, found.unlock_proposed_by, found.unlock_reason) == (True, None, "")


def test_a_step_about_a_lock_that_is_no_more_changes_nothing(
    session: Session, clock: MovableClock, rfi, amber, decide_all, remi_, rosa_
) -> None:
    decide_all(amber)
    locking.propose(session, clock, remi_, rfi.id)
    old = lock_of(session, rfi).id
    with pytest.raises(Refused, match="faster"):
        locking.propose(session, clock, rosa_, rfi.id)
    locking.take_back(session, clock, remi_, rfi.id, old)
    locking.propose(session, clock, rosa_, rfi.id)
    for step in (locking.agree, locking.take_back, locking.agree_end, locking.keep):
        with pytest.raises(Refused, match="faster"):
            step(session, clock, remi_, rfi.id, old)
