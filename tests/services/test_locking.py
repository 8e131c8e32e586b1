"""Locking a review: by two people, with nothing open; what stands still then; how it ends."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.values import Money
from questionnaire.models import Assessment, AuditRow, Organisation, ReviewLock, Rfi, User
from questionnaire.services import (
    clarifying,
    deciding_together,
    locking,
    pricing,
    reviewing,
    standing,
    undoing,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.flag_rows import SEVERITY_RANKS
from questionnaire.services.ruling import Decision
from questionnaire.services.standing import Lock
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.services import reviewed
from tests.services.drafts import LINKS
from tests.services.reviewed import GOOD, MAJOR, MANDATORY, MINOR, flag_of, flags_of
from tests.services.rounds import make_invitation

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


def test_prices_are_sealed_without_a_lock_and_open_once_on_record(
    session: Session, clock: MovableClock, rfi, amber, decide_all, remi_, rosa_, ada, organisation
) -> None:
    buyer = actor_of(ada, organisation)
    decide_all(amber)
    locking.propose(session, clock, remi_, rfi.id)
    with pytest.raises(Refused, match="sealed until two reviewers"):
        locking.open_prices(session, clock, buyer, rfi.id)
    locking.agree(session, clock, rosa_, rfi.id, lock_of(session, rfi).id)
    assert pricing.offers(session, organisation.id, rfi.id).offers == ()
    opened_at = clock()
    locking.open_prices(session, clock, buyer, rfi.id)
    clock.move(timedelta(hours=1))
    locking.open_prices(session, clock, buyer, rfi.id)
    found = pricing.offers(session, organisation.id, rfi.id)
    assert shown(session, rfi).opened_at == opened_at
    assert audited(session).count("prices_opened") == 1
    (offer,) = found.offers
    assert [str(one.value) for one in offer.answers.values()] == [str(reviewed.SECRET_PRICE)]


def test_an_amount_without_a_currency_is_shown_in_the_buyers(
    session: Session, clock: MovableClock, rfi, amber, decide_all, remi_, rosa_, ada, organisation
) -> None:
    rfi.question_ids = [*rfi.question_ids, "price.rate"]
    rfi.brief = rfi.brief | {"currency": "EUR"}
    reviewed.answer(session, clock, amber, "price.rate", 13.2)
    decide_all(amber)
    locking.propose(session, clock, remi_, rfi.id)
    locking.agree(session, clock, rosa_, rfi.id, lock_of(session, rfi).id)
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    (offer,) = pricing.offers(session, organisation.id, rfi.id).offers
    assert offer.answers["price.rate"].value == Money(Decimal("13.2"), "EUR")


def test_who_submits_after_the_lock_stays_sealed(
    session: Session, clock: MovableClock, organisation, rfi, locked, ada
) -> None:
    reviewed.submitted(session, clock, organisation, rfi, vendor="Cedar Voice", answers=GOOD)
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    found = pricing.offers(session, organisation.id, rfi.id)
    assert [one.vendor for one in found.offers] == ["Amber Call"]
    assert found.uncovered == ("Cedar Voice",)


def test_a_lock_ends_by_two_people_with_a_reason_and_prices_are_sealed_again(
    session: Session, clock: MovableClock, organisation, rfi, locked, amber, remi_, rosa_, ada
) -> None:
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    with pytest.raises(Invalid, match="Say why"):
        locking.propose_end(session, clock, remi_, rfi.id, locked, "  ")
    with pytest.raises(Invalid, match="at most"):
        locking.propose_end(session, clock, remi_, rfi.id, locked, "x" * 1_001)
    locking.propose_end(session, clock, remi_, rfi.id, locked, "A document was overlooked.")
    with pytest.raises(Refused, match="two people"):
        locking.agree_end(session, clock, remi_, rfi.id, locked)
    locking.agree_end(session, clock, rosa_, rfi.id, locked)
    found = pricing.offers(session, organisation.id, rfi.id)
    assert (found.offers, found.review.lock) == ((), None)
    assert found.review.seen_before is not None
    flag = flag_of(session, amber, MAJOR)
    reviewing.decide(session, clock, remi_, flag.id, flag.version, Decision("reopen", "Look."))


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


def test_a_stranger_reaches_nothing(
    session: Session, clock: MovableClock, rfi, locked, stan: User
) -> None:
    stranger = actor_of(stan, stan.memberships[0].organisation)
    for act in (
        lambda: locking.propose(session, clock, stranger, rfi.id),
        lambda: locking.agree_end(session, clock, stranger, rfi.id, locked),
        lambda: locking.open_prices(session, clock, stranger, rfi.id),
        lambda: pricing.offers(session, stranger.organisation_id, rfi.id),
        lambda: standing.review(session, stranger.organisation_id, rfi.id),
    ):
        with pytest.raises(Missing):
            act()
    assert standing.rounds(session, stranger.organisation_id) == []


def test_more_vendors_ask_no_more_of_the_database(
    session: Session, clock: MovableClock, organisation, rfi, locked, ada, connection
) -> None:
    mine = organisation.id
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    session.flush()
    with statements(connection) as few:
        pricing.offers(session, mine, rfi.id)
    for number in range(3):
        reviewed.submitted(session, clock, organisation, rfi, vendor=f"V{number}", answers=GOOD)
    lock_of(session, rfi).covers = [
        str(one.assessment_id) for one in standing.vendors(session, mine, rfi.id)
    ]
    session.flush()
    with statements(connection) as more:
        found = pricing.offers(session, mine, rfi.id)
    assert len(found.offers) == 4
    assert len(few) == len(more)
