"""What other requirements do to the buyer's own team: told beside what they do to vendors."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation, Rfi, User
from questionnaire.services import (
    concluding,
    differing,
    foreseeing,
    judging,
    listing,
    supposing,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.editions import bank_of
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.changing import document, propose
from tests.services.locks import amber
from tests.services.reviewed import GOOD, PRICE, RTO, question_of

__all__ = ["amber"]

INES = {"name": "Ines", "email": "ines@alderfinch.example", "language": "en"}
ANSWERS = {name: one for name, one in GOOD.items() if name != question_of(PRICE)}


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


@pytest.fixture
def include(session: Session, clock: MovableClock, actor: Actor, rfi: Rfi):
    def include() -> Assessment:
        return listing.add(session, clock, actor, rfi.id, INES, own_team=True)

    return include


def hand_in(session: Session, clock: MovableClock, own: Assessment, hours: int) -> None:
    for question_id, value in (ANSWERS | {question_of(RTO): hours}).items():
        reviewed.answer(session, clock, own, question_id, value)
    own.state, own.submitted_at = "submitted", clock()
    session.flush()
    judging.judge(session, clock, own.id)
    session.expire_all()


def test_a_version_says_what_it_did_to_the_own_team(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, amber: Assessment, include
) -> None:
    own = include()
    hand_in(session, clock, own, hours=7)
    made = propose(session, clock, actor, rfi, document(session, rfi, {RTO: {"threshold": 6}}))
    assert made.effects is not None
    assert [one["vendor"] for one in made.effects["vendors"]] == ["Amber Call"]
    kept = made.effects["own_team"]
    (turn,) = kept["turns"]
    assert (turn["before"]["status"], turn["after"]["status"]) == ("met", "not_met")
    assert RTO in kept["flags"]["raised"]
    *vendors, told = differing.effects(made.effects, bank_of(session, rfi.edition_digest), "en")
    assert not any(one.own_team for one in vendors)
    assert (told.own_team, told.flips, told.is_felt) == (True, False, True)
    assert [at.question_id for at in told.turns] == [question_of(RTO)]


def test_a_what_if_foretells_for_the_own_team_what_publishing_does(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, amber: Assessment, include
) -> None:
    own = include()
    hand_in(session, clock, own, hours=7)
    wish = document(session, rfi, {RTO: {"threshold": 6}})
    now = supposing.present(session, rfi)
    wanted = supposing.from_document(now, wish)
    session.expire_all()
    found = concluding.conclude(session, rfi.organisation_id, rfi.id, clock())
    after, verdicts = foreseeing.tried(now, wanted, found)
    foretold = foreseeing.effects_of(now, found, after, verdicts, "en")[-1]
    made = propose(session, clock, actor, rfi, wish)
    published = differing.effects(made.effects, now.bank, "en")[-1]
    assert foretold.own_team
    assert foretold.turns == published.turns
    assert (foretold.findings, foretold.sunk) == (published.findings, published.sunk)


def test_a_version_before_the_own_team_answered_says_nothing_of_it(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, amber: Assessment, include
) -> None:
    include()
    made = propose(session, clock, actor, rfi, document(session, rfi, {RTO: {"threshold": 6}}))
    assert made.effects is not None
    assert "own_team" not in made.effects
    bank = bank_of(session, rfi.edition_digest)
    assert not any(one.own_team for one in differing.effects(made.effects, bank, "en"))
