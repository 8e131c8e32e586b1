"""The buyer's own team as an option: asked the same, judged the same, priced by nobody."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation, Rfi, Trial, User
from questionnaire.services import (
    boarding,
    concluding,
    judging,
    listing,
    locking,
    preparing,
    pricing,
    rounds,
    sending,
    standing,
    trialling,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.links import Links
from questionnaire.services.questionnaires import questionnaire_of
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.locks import amber, decide_all, lock_of, locked, remi_, rosa_
from tests.services.reviewed import GOOD, PRICE, RTO, question_of

__all__ = ["amber", "decide_all", "locked", "remi_", "rosa_"]

LINKS = Links("https://service.example", "s" * 40)
INES = {"name": "Ines", "email": "ines@alderfinch.example", "language": "en"}
SLOW = {question_of(RTO): 24}
ANSWERS = {name: one for name, one in (GOOD | SLOW).items() if name != question_of(PRICE)}


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


@pytest.fixture
def include(session: Session, clock: MovableClock, actor: Actor, rfi: Rfi):
    def include(**changes: str) -> Assessment:
        return listing.add(session, clock, actor, rfi.id, INES | changes, own_team=True)

    return include


@pytest.fixture
def answered(session: Session, clock: MovableClock, include) -> Assessment:
    """The own team, handed in and judged; it would recover too slowly."""
    own = include()
    for question_id, value in ANSWERS.items():
        reviewed.answer(session, clock, own, question_id, value)
    own.state, own.submitted_at = "submitted", clock()
    session.flush()
    judging.judge(session, clock, own.id)
    session.expire_all()
    return own


def conclude(session: Session, clock: MovableClock, rfi: Rfi) -> concluding.Conclusion:
    session.expire_all()
    return concluding.conclude(session, rfi.organisation_id, rfi.id, clock())


def test_it_takes_part_once_under_its_own_name(session: Session, include, rfi: Rfi) -> None:
    own = include(vendor="Something else")
    assert (own.in_house, own.vendor.name, own.state) == (True, "Your own team", "not_sent")
    assert include().id == own.id
    with pytest.raises(Refused, match="takes part already"):
        include(email="other@alderfinch.example")


def test_the_database_holds_one_own_team_at_most(session: Session, include, amber) -> None:
    include()
    other = sa.update(Assessment).where(Assessment.id == amber.id).values(in_house=True)
    with pytest.raises(sa.exc.IntegrityError):
        session.execute(other)


def test_its_address_is_no_vendors(session, amber: Assessment, include) -> None:
    with pytest.raises(Invalid) as fault:
        include(email=amber.contact_email)
    assert "is the address of Amber Call already" in fault.value.faults["email"]


def test_its_name_stays_when_its_contact_is_corrected(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, include
) -> None:
    own = include()
    typed = {"vendor": "Amber Call", "name": "Iris", "email": "iris@a.example", "language": "en"}
    seen = listing.seen_of(own)
    listing.change(session, clock, actor, rfi.id, own.id, typed, seen=seen)
    assert (own.vendor.name, own.contact_name) == ("Your own team", "Iris")


def test_an_rfi_needs_a_vendor_beside_it(
    session: Session, clock: MovableClock, rfi: Rfi, include
) -> None:
    include()
    steps = [one.step for one in preparing.points(session, rfi, clock()) if one.blocking]
    assert "vendors" in steps


def test_it_can_be_added_and_invited_after_sending(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, include
) -> None:
    own = include()
    assert sending.invite_added(session, clock, LINKS, actor, rfi.id) == 1
    asked = questionnaire_of(session, rfi.id, in_house=True)
    assert (own.state, own.asked) == ("sent", len(asked.questions))


def test_it_is_asked_everything_but_what_only_vendors_are_asked(session: Session, rfi: Rfi) -> None:
    bank = bank_of(session, rfi.edition_digest)
    vendors, own = (questionnaire_of(session, rfi.id, in_house=one) for one in (False, True))
    assert vendors.questions.keys() - own.questions.keys() == (
        bank.vendors_only & vendors.questions.keys()
    )
    assert question_of(PRICE) not in own.questions
    assert own.questions


def test_it_is_judged_by_the_requirements_that_vendors_are(
    session: Session, clock: MovableClock, rfi: Rfi, answered: Assessment
) -> None:
    found = conclude(session, clock, rfi)
    own = found.inhouse_verdict
    assert own is not None
    asked = questionnaire_of(session, rfi.id, in_house=True).questions.keys()
    assert {one.requirement.question for one in own.judgements} <= asked
    assert (found.inhouse_state, own.shore.type) == ("submitted", "in_house")
    assert found.verdicts == ()
    assert found.missing == ()


def test_a_gap_of_it_is_a_flag_like_a_vendors(
    session: Session, clock: MovableClock, rfi: Rfi, answered: Assessment
) -> None:
    flags = reviewed.flags_of(session, answered)
    assert flags[RTO].state == "open"
    assert all(one.question_id in ANSWERS for one in flags.values())
    (row,) = standing.vendors(session, rfi.organisation_id, rfi.id)
    assert (row.in_house, row.finished) == (True, False)


def test_before_it_has_answered_there_is_no_verdict_on_it(
    session: Session, clock: MovableClock, rfi: Rfi, include
) -> None:
    assert conclude(session, clock, rfi).inhouse_state == ""
    include()
    found = conclude(session, clock, rfi)
    assert (found.inhouse_state, found.inhouse_verdict) == ("not_sent", None)


def test_a_review_is_not_locked_while_a_flag_of_it_is_open(
    session: Session, clock: MovableClock, rfi: Rfi, amber, decide_all, remi_, answered
) -> None:
    decide_all(amber)
    own = session.get(Assessment, answered.id)
    assert own is not None
    assert own.open_mandatory or own.open_major
    with pytest.raises(Refused):
        locking.propose(session, clock, remi_, rfi.id)
    decide_all(own)
    locking.propose(session, clock, remi_, rfi.id)


def test_it_has_no_price_among_the_prices(
    session: Session,
    clock: MovableClock,
    rfi: Rfi,
    amber,
    decide_all,
    remi_,
    rosa_,
    actor,
    answered,
) -> None:
    for one in (amber, answered):
        decide_all(session.get(Assessment, one.id))
    locking.propose(session, clock, remi_, rfi.id)
    locking.agree(session, clock, rosa_, rfi.id, lock_of(session, rfi).id)
    locking.open_prices(session, clock, actor, rfi.id)
    found = pricing.offers(session, rfi.organisation_id, rfi.id)
    assert [one.vendor for one in found.offers] == ["Amber Call"]
    assert found.uncovered == ()


def test_its_trial_is_the_own_teams_trial(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, amber, include
) -> None:
    own = include()
    first = trialling.begin(session, clock, actor, rfi.id, None)
    assert trialling.begin(session, clock, actor, rfi.id, own.id) == first
    assert session.scalar(sa.select(sa.func.count()).select_from(Trial)) == 1
    rows = trialling.tried(session, rfi.id)
    assert [(one.vendor, one.trial_id) for one in rows] == [(None, first), ("Amber Call", None)]


def test_it_counts_as_no_vendor(
    session: Session, clock: MovableClock, rfi: Rfi, amber, answered
) -> None:
    (line,), _ = rounds.rfis(session, rfi.organisation_id)
    assert (line.vendors, line.submitted) == (1, 1)
    board = boarding.board(session, rfi.organisation_id, rfi.id, clock())
    assert [one.in_house for one in board.vendors if one.vendor == "Your own team"] == [True]
    assert "price" in board.of_vendors
