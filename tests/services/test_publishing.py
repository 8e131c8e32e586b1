"""Other requirements for a sent RFI: who may, who must agree, and what becomes of everybody."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.verdict import Verdict
from questionnaire.models import (
    Assessment,
    AuditRow,
    Organisation,
    RequirementChange,
    RequirementSetVersion,
    Rfi,
    User,
)
from questionnaire.services import concluding, locking, publishing, supposing
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Refused
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.changing import WHY, document, propose, requirement
from tests.services.locks import amber, decide_all, lock_of, locked, remi_, rosa_
from tests.services.reviewed import (
    MAJOR,
    MANDATORY,
    MINOR,
    NEVER,
    PRICE,
    RTO,
    flag_of,
    statuses,
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


def test_what_asks_more_is_published_by_one_person_and_everybody_is_judged_on_it(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment, ada_: Actor
) -> None:
    before = copy.deepcopy(requirement(session, rfi, MAJOR))
    made = propose(
        session, clock, ada_, rfi, document(session, rfi, {MAJOR: {"severity": "mandatory"}})
    )
    assert (made.number, made.reason, made.proposed_by) == (2, WHY, ada_.id)
    assert made.published_at == clock()
    assert versions(session, rfi) == [1, 2]
    assert requirement(session, rfi, MAJOR).severity == "mandatory"
    assert flag_of(session, amber, MAJOR).severity == "mandatory"
    first = session.scalars(sa.select(RequirementSetVersion).filter_by(number=1)).one()
    (kept,) = [one for one in first.documents if one["id"] == MAJOR]
    assert kept["severity"] == before.severity == "major"
    second = session.scalars(sa.select(RequirementSetVersion).filter_by(number=2)).one()
    assert second.frozen_at == clock()
    assert second.digest not in (None, first.digest)
    assert told(session) == [("published", 2)]


def test_a_gate_that_asks_less_takes_a_second_person(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment, ada_: Actor, rosa_: Actor
) -> None:
    wanted = document(session, rfi, {MANDATORY: {"severity": "major"}})
    made = propose(session, clock, ada_, rfi, wanted)
    assert (made.number, made.asks_less) == (None, True)
    assert versions(session, rfi) == [1]
    assert flag_of(session, amber, MANDATORY).severity == "mandatory"
    with pytest.raises(Refused, match="takes two people"):
        publishing.agree(session, clock, ada_, rfi.id, made.id)
    publishing.agree(session, clock, rosa_, rfi.id, made.id)
    assert (made.number, made.agreed_by) == (2, rosa_.id)
    assert flag_of(session, amber, MANDATORY).severity == "major"
    assert told(session) == [("proposed", 2), ("published", 2)]


def test_a_mandatory_requirement_that_is_switched_off_closes_its_flags(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment, ada_: Actor, rosa_: Actor
) -> None:
    made = propose(session, clock, ada_, rfi, document(session, rfi, off=[MANDATORY]))
    publishing.agree(session, clock, rosa_, rfi.id, made.id)
    assert MANDATORY not in statuses(session, amber)
    assert flag_of(session, amber, MANDATORY).state == "closed"
    (vendor,) = effects(made)
    assert vendor["flags"]["closed"] == [MANDATORY]
    assert vendor["turns"][0]["after"] is None


@pytest.mark.parametrize("ends", ["taken_back", "declined"])
def test_a_proposal_can_be_taken_back_or_declined_and_another_made(
    session: Session, clock: MovableClock, rfi: Rfi, amber, ada_: Actor, rosa_: Actor, ends: str
) -> None:
    wanted = document(session, rfi, off=[MANDATORY])
    made = propose(session, clock, ada_, rfi, wanted)
    with pytest.raises(Refused, match="proposed already"):
        propose(session, clock, rosa_, rfi, wanted)
    by = ada_ if ends == "taken_back" else rosa_
    publishing.end(session, clock, by, rfi.id, made.id)
    assert told(session)[-1] == (ends, 2)
    assert versions(session, rfi) == [1]
    with pytest.raises(Refused, match="Nothing is proposed"):
        publishing.agree(session, clock, rosa_, rfi.id, made.id)
    assert propose(session, clock, ada_, rfi, wanted).id != made.id


def test_under_a_locked_review_nothing_is_published(
    session: Session, clock: MovableClock, rfi: Rfi, locked, ada_: Actor
) -> None:
    with pytest.raises(Refused, match="none is loosened because an offer is cheap"):
        propose(
            session, clock, ada_, rfi, document(session, rfi, {MAJOR: {"severity": "mandatory"}})
        )
    assert versions(session, rfi) == [1]


def test_a_lock_that_came_after_the_proposal_stops_it_as_well(
    session: Session, clock: MovableClock, rfi: Rfi, amber, ada_, remi_, rosa_, decide_all
) -> None:
    made = propose(session, clock, ada_, rfi, document(session, rfi, off=[MANDATORY]))
    decide_all(amber)
    locking.propose(session, clock, remi_, rfi.id)
    locking.agree(session, clock, rosa_, rfi.id, lock_of(session, rfi).id)
    with pytest.raises(Refused, match="is locked"):
        publishing.agree(session, clock, rosa_, rfi.id, made.id)


def test_once_prices_were_seen_every_change_takes_two_and_says_so_for_ever(
    session: Session, clock: MovableClock, rfi: Rfi, locked, ada_: Actor, remi_: Actor, rosa_: Actor
) -> None:
    locking.open_prices(session, clock, ada_, rfi.id)
    seen = clock()
    locking.propose_end(session, clock, remi_, rfi.id, locked, "A document has come.")
    locking.agree_end(session, clock, rosa_, rfi.id, locked)
    made = propose(
        session, clock, ada_, rfi, document(session, rfi, {MAJOR: {"severity": "mandatory"}})
    )
    assert made.published_at is None
    publishing.agree(session, clock, rosa_, rfi.id, made.id)
    assert (made.number, made.prices_seen_at, made.asks_less) == (2, seen, False)


@pytest.mark.parametrize("edit", [{"severity": "major"}, {"threshold": False}])
def test_what_the_law_demands_is_not_weakened_by_any_document(
    session: Session, clock: MovableClock, rfi: Rfi, ada_: Actor, edit: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refusal:
        propose(session, clock, ada_, rfi, document(session, rfi, {NEVER: edit}))
    assert "law or the card schemes demand this" in refusal.value.faults[NEVER]
    with pytest.raises(Invalid):
        propose(session, clock, ada_, rfi, document(session, rfi, off=[NEVER]))


def test_what_no_answer_can_meet_is_refused(
    session: Session, clock: MovableClock, rfi: Rfi, ada_: Actor
) -> None:
    with pytest.raises(Invalid) as refusal:
        propose(
            session, clock, ada_, rfi, document(session, rfi, {RTO: {"threshold": Decimal(-1)}})
        )
    assert RTO in refusal.value.faults


def test_requirements_on_prices_are_no_part_of_it(
    session: Session, clock: MovableClock, rfi: Rfi, ada_: Actor
) -> None:
    assert PRICE not in supposing.present(session, rfi).held
    forged = {"edits": {PRICE: {"off": True}}, "weighting": None}
    with pytest.raises(Refused, match="Nothing differs"):
        propose(session, clock, ada_, rfi, forged)


@pytest.mark.parametrize(
    "junk",
    [
        None,
        [],
        {"edits": 3},
        {"edits": {MINOR: {"threshold": {}}}, "weighting": None},
        {"edits": {}, "weighting": {"weights": {"a": "x"}}},
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    session: Session, clock: MovableClock, rfi: Rfi, ada_: Actor, junk: object
) -> None:
    with pytest.raises(Invalid):
        propose(session, clock, ada_, rfi, junk)


def test_it_needs_a_reason_a_difference_and_the_newest_version(
    session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment, ada_: Actor
) -> None:
    wanted = document(session, rfi, {MAJOR: {"severity": "mandatory"}})
    with pytest.raises(Invalid) as refusal:
        propose(session, clock, ada_, rfi, wanted, reason="  ")
    assert "reason" in refusal.value.faults
    with pytest.raises(Refused, match="newer version"):
        propose(session, clock, ada_, rfi, wanted, seen=7)
    propose(session, clock, ada_, rfi, wanted)
    with pytest.raises(Refused, match="Nothing differs"):
        propose(session, clock, ada_, rfi, wanted)
