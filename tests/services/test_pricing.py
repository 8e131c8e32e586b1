"""Prices: sealed until a locked review was opened, on record; whose, and in what currency."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from question_bank.values import Money
from questionnaire.models import User
from questionnaire.services import (
    locking,
    pricing,
    reviewing,
    standing,
)
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.services import reviewed
from tests.services.locks import (
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
from tests.services.reviewed import GOOD, MAJOR, flag_of

__all__ = ["amber", "decide_all", "locked", "remi_", "rfi", "rosa_"]


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
