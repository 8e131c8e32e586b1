"""What a new version of the requirements does: to decisions, tiers, flags, and to nobody else."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.verdict import Verdict
from questionnaire.core.weighting import Weighting
from questionnaire.core.whatif import try_out
from questionnaire.models import (
    Assessment,
    AuditRow,
    Message,
    Organisation,
    RequirementChange,
    RequirementSetVersion,
    Rfi,
    User,
)
from questionnaire.services import concluding, publishing, reviewing, supposing
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.changing import document, propose
from tests.services.locks import amber, decide_all, locked, remi_, rosa_
from tests.services.reviewed import (
    GOOD,
    MAJOR,
    MANDATORY,
    MINOR,
    RTO,
    events,
    flag_of,
    question_of,
)

__all__ = ["amber", "decide_all", "locked", "remi_", "rosa_"]


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


@pytest.fixture
def ada_(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


def versions(session: Session, rfi: Rfi) -> list[int]:
    query = sa.select(RequirementSetVersion.number).filter_by(rfi_id=rfi.id)
    return sorted(session.scalars(query))


def verdicts(session: Session, clock: MovableClock, rfi: Rfi) -> dict[str, Verdict]:
    session.expire_all()
    found = concluding.conclude(session, rfi.organisation_id, rfi.id, clock())
    return {one.name: one for one in found.verdicts}


def effects(made: RequirementChange) -> list[dict[str, Any]]:
    assert made.effects is not None
    return list(made.effects["vendors"])


def told(session: Session) -> list[tuple[str, int]]:
    query = sa.select(AuditRow.action, AuditRow.details).filter_by(object_kind="requirements")
    return [(action, said["number"]) for action, said in session.execute(query.order_by("id"))]


def test_a_decision_on_a_changed_requirement_opens_again_and_others_stand(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment, ada_, remi_: Actor
) -> None:
    for name in (MAJOR, MINOR):
        flag = flag_of(session, amber, name)
        decision = Decision("accept", "They showed it to us.")
        reviewing.decide(session, clock, remi_, flag.id, flag.version, decision)
    made = propose(
        session, clock, ada_, rfi, document(session, rfi, {MAJOR: {"severity": "mandatory"}})
    )
    again = flag_of(session, amber, MAJOR)
    assert (again.state, again.reopened_why) == ("open", "The requirement changed.")
    assert flag_of(session, amber, MINOR).state == "accepted"
    assert events(session, again)[-1] == "reopened"
    (vendor,) = effects(made)
    assert vendor["flags"]["reopened"] == [MAJOR]


def test_the_effects_say_from_what_to_what_and_stay(
    session: Session, clock: MovableClock, organisation, ada_: Actor
) -> None:
    rfi = reviewed.reviewed_rfi(
        session, organisation, profiles=["general-retail"], question_ids=[question_of(MINOR)]
    )
    reviewed.submitted(session, clock, organisation, rfi, answers={question_of(MINOR): False})
    made = propose(
        session, clock, ada_, rfi, document(session, rfi, {MINOR: {"severity": "mandatory"}})
    )
    (vendor,) = effects(made)
    assert vendor["vendor"] == "Amber Call"
    assert vendor["tier"] == ["conditional", "not_eligible"]
    (turn,) = vendor["turns"]
    assert (turn["before"]["severity"], turn["after"]["severity"]) == ("minor", "mandatory")
    assert turn["after"]["status"] == "not_met"


def test_weights_are_published_as_requirements_are(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment, ada_: Actor
) -> None:
    weighed = Weighting({"resilience": Decimal(3)}, {"resilience": 80}, Decimal("0.1"))
    propose(session, clock, ada_, rfi, document(session, rfi, weighting=weighed))
    found = concluding.conclude(session, rfi.organisation_id, rfi.id, clock())
    assert (found.basis.weights, found.basis.floors) == ({"resilience": 3}, {"resilience": 80})
    assert found.basis.price_weight == Decimal("0.1")
    propose(session, clock, ada_, rfi, document(session, rfi, {MAJOR: {"severity": "mandatory"}}))
    assert supposing.present(session, rfi).demanded.weighting == weighed


@pytest.mark.parametrize(
    ("weighed", "control"),
    [
        (Weighting({"resilience": Decimal(0)}), "weight-resilience"),
        (Weighting({"resilience": Decimal(40)}), "weight-quality"),
        (Weighting({"price": Decimal(5)}), "weight-price"),
        (Weighting(floors={"resilience": 59}), "floor-resilience"),
        (Weighting(floors={"company": 70}), "floor-company"),
        (Weighting(price_weight=Decimal("0.31")), "price_weight"),
    ],
)
def test_weights_that_the_brief_does_not_allow_are_refused(
    session: Session, clock: MovableClock, rfi: Rfi, ada_: Actor, weighed: Weighting, control: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        propose(session, clock, ada_, rfi, document(session, rfi, weighting=weighed))
    assert list(refusal.value.faults) == [control]


def test_vendors_are_told_nothing(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment, ada_: Actor
) -> None:
    before = session.scalar(sa.select(sa.func.count()).select_from(Message))
    propose(session, clock, ada_, rfi, document(session, rfi, {MAJOR: {"severity": "mandatory"}}))
    assert session.scalar(sa.select(sa.func.count()).select_from(Message)) == before


def test_neither_a_stranger_nor_a_withdrawn_round_gets_a_version(
    session: Session, clock: MovableClock, rfi: Rfi, ada_: Actor, stan: User
) -> None:
    wanted = document(session, rfi, {MAJOR: {"severity": "mandatory"}})
    with pytest.raises(Missing):
        propose(session, clock, actor_of(stan, stan.memberships[0].organisation), rfi, wanted)
    rfi.state = "withdrawn"
    session.flush()
    with pytest.raises(Refused, match="withdrawn"):
        propose(session, clock, ada_, rfi, wanted)


@pytest.mark.parametrize("seed", range(8))
def test_a_what_if_is_what_publishing_comes_to(
    session: Session, clock: MovableClock, organisation, rfi: Rfi, amber, ada_, remi_, rosa_, seed
) -> None:
    dice = random.Random(seed)
    for number in range(3):
        some = {name: dice.choice((GOOD[name], reviewed.BAD[name])) for name in GOOD}
        reviewed.submitted(session, clock, organisation, rfi, vendor=f"V{number}", answers=some)
    for name in dice.sample((MAJOR, MINOR, RTO), 2):
        flag = flag_of(session, amber, name)
        decision = Decision("accept", "They showed it to us.")
        reviewing.decide(session, clock, remi_, flag.id, flag.version, decision)
    edits: dict[str, dict[str, Any]] = {
        name: {"severity": dice.choice(("mandatory", "major", "minor"))}
        for name in dice.sample((MAJOR, MINOR, MANDATORY), 2)
    }
    edits[RTO] = {"threshold": Decimal(dice.choice((2, 8, 30)))}
    wanted = document(session, rfi, edits, weighting=Weighting(floors={"resilience": 90}))
    session.expire_all()
    found = concluding.conclude(session, organisation.id, rfi.id, clock())
    now = supposing.present(session, rfi)
    after = supposing.on(now, supposing.from_document(now, wanted), found.basis)
    old = list(found.verdicts)
    tried = try_out(found.basis, after, [found.offers[one.code] for one in old], old)
    made = propose(session, clock, ada_, rfi, wanted)
    if made.published_at is None:
        publishing.agree(session, clock, rosa_, rfi.id, made.id)
    assert verdicts(session, clock, rfi) == {one.name: one for one in tried}
