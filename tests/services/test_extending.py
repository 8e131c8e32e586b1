"""Moving deadlines and taking vendors out: who is told, what stays, what a second press does."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, AuditRow, Message, Organisation, Rfi, User
from questionnaire.services import extending, inviting, listing
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Missing, Refused
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import drafts
from tests.services.drafts import LINKS


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


@pytest.fixture
def rfi(session: Session, clock: MovableClock, actor: Actor) -> Rfi:
    return drafts.sent(session, clock, actor, vendors=3)


def told(session: Session, kind: str) -> Counter[str]:
    query = sa.select(Message.to_address).where(Message.kind == kind)
    return Counter(address.partition("@")[2] for address in session.scalars(query))


def three(session: Session, rfi: Rfi) -> tuple[Assessment, ...]:
    return tuple(listing.vendors_of(session, rfi))


def test_a_new_deadline_is_told_to_those_who_are_still_answering(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    amber, cobalt, _dune = three(session, rfi)
    amber.state, cobalt.state = "submitted", "declined"
    later = rfi.deadline + timedelta(days=7)
    assert extending.extend_all(session, clock, LINKS, actor, rfi.id, later, "UTC") == 1
    assert rfi.deadline == later
    assert told(session, "deadline_changed") == {"dunevoice.example": 1}


def test_the_same_deadline_again_has_no_effect(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    later = rfi.deadline + timedelta(days=7)
    for expected in (3, 0):
        done = extending.extend_all(session, clock, LINKS, actor, rfi.id, later, "UTC")
        assert done == expected
    assert told(session, "deadline_changed").total() == 3


def test_a_later_deadline_of_ones_own_stays_and_an_earlier_one_goes(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    amber, cobalt, _dune = three(session, rfi)
    week = timedelta(days=7)
    amber.due_at, cobalt.due_at = rfi.deadline + 2 * week, rfi.deadline + week / 2
    own = amber.due_at
    extending.extend_all(session, clock, LINKS, actor, rfi.id, rfi.deadline + week, "UTC")
    assert (amber.due_at, cobalt.due_at) == (own, None)
    assert told(session, "deadline_changed") == {
        "cobaltdesk.example": 1,
        "dunevoice.example": 1,
    }


def test_one_vendor_gets_a_deadline_of_its_own_and_its_link_lives_on(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    amber = three(session, rfi)[0]
    later = rfi.deadline + timedelta(days=30)
    assert extending.extend_one(session, clock, LINKS, actor, rfi.id, amber.id, later) == "told"
    assert extending.extend_one(session, clock, LINKS, actor, rfi.id, amber.id, later) == "same"
    invitation = inviting.active(session, amber.id)
    assert invitation is not None
    assert amber.due_at == later
    assert invitation.expires_at == inviting.link_end(later)
    assert told(session, "deadline_changed") == {"ambercall.example": 1}
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "extended")).one()
    assert (row.object_kind, row.assessment_id) == ("assessment", amber.id)


def test_whoever_was_shut_out_is_not_told_of_another_deadline(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    amber, *others = three(session, rfi)
    inviting.revoke(session, clock, actor, amber)
    later = rfi.deadline + timedelta(days=30)
    assert extending.extend_one(session, clock, LINKS, actor, rfi.id, amber.id, later) == "untold"
    later += timedelta(days=30)
    assert extending.extend_all(session, clock, LINKS, actor, rfi.id, later, "UTC") == len(others)
    assert "ambercall.example" not in told(session, "deadline_changed")


def test_a_deadline_in_the_past_is_refused(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    before = rfi.deadline
    with pytest.raises(Invalid, match="passed"):
        extending.extend_all(
            session, clock, LINKS, actor, rfi.id, clock() - timedelta(seconds=1), "UTC"
        )
    assert rfi.deadline == before


def test_no_deadline_concerns_who_has_finished(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    amber = three(session, rfi)[0]
    amber.state = "submitted"
    with pytest.raises(Refused, match="finished"):
        extending.extend_one(
            session, clock, LINKS, actor, rfi.id, amber.id, rfi.deadline + timedelta(days=1)
        )


def test_a_withdrawn_vendor_loses_its_link_is_told_once_and_keeps_its_answers(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    amber = three(session, rfi)[0]
    amber.answered = 7
    for _ in range(2):
        extending.withdraw_one(session, clock, actor, rfi.id, amber.id)
    assert (amber.state, amber.answered) == ("withdrawn", 7)
    assert inviting.active(session, amber.id) is None
    assert told(session, "withdrawn") == {"ambercall.example": 1}
    with pytest.raises(Refused, match="out of the RFI"):
        inviting.reissue(session, clock, LINKS, actor, amber, instead_of=None)


def test_who_has_submitted_stays_in_the_comparison(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    amber = three(session, rfi)[0]
    amber.state = "submitted"
    with pytest.raises(Refused, match="stay in the comparison"):
        extending.withdraw_one(session, clock, actor, rfi.id, amber.id)
    extending.withdraw_all(session, clock, actor, rfi.id)
    assert amber.state == "submitted"


def test_withdrawing_the_rfi_ends_every_link_of_who_was_still_answering(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    drafts.add_vendor(session, clock, actor, rfi, "Echo Line")
    for _ in range(2):
        extending.withdraw_all(session, clock, actor, rfi.id)
    assert (rfi.state, rfi.withdrawn_at) == ("withdrawn", clock())
    assert all(inviting.active(session, one.id) is None for one in three(session, rfi))
    assert told(session, "withdrawn").total() == 3
    with pytest.raises(Refused):
        extending.extend_all(
            session, clock, LINKS, actor, rfi.id, rfi.deadline + timedelta(days=1), "UTC"
        )
    with pytest.raises(Refused):
        drafts.add_vendor(session, clock, actor, rfi, "Fjord Talk")


def test_a_draft_has_nothing_to_withdraw_or_extend(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    draft = drafts.ready(session, clock, actor)
    with pytest.raises(Refused, match="not been sent"):
        extending.withdraw_all(session, clock, actor, draft.id)
    with pytest.raises(Refused):
        extending.extend_all(
            session, clock, LINKS, actor, draft.id, draft.deadline + timedelta(days=1), "UTC"
        )


def test_a_stranger_and_a_vendor_of_another_rfi_are_missing(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, stan: User
) -> None:
    stranger = actor_of(stan, stan.memberships[0].organisation)
    other = drafts.sent(session, clock, actor, vendors=1)
    foreign = three(session, other)[0]
    with pytest.raises(Missing):
        extending.withdraw_all(session, clock, stranger, rfi.id)
    with pytest.raises(Missing):
        extending.withdraw_one(session, clock, actor, rfi.id, foreign.id)
