"""What a decision went against, once the prices that it was made on are sealed again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Decision, ReviewLock, Rfi
from questionnaire.services import proof_lines, reading_decisions, recomputing, snapshotting
from tests.services.chosen import ada_, choice_of, choose, passing, passing_rfi
from tests.services.locks import decide_all, remi_, rosa_

__all__ = ["ada_", "choice_of", "choose", "decide_all", "passing", "passing_rfi", "remi_", "rosa_"]

CLOSE = {"kind": "close_call", "text": "Close call.", "points": [], "reason": "We like them."}


@pytest.fixture
def lock(session: Session, clock, passing_rfi: Rfi, passing, ada_) -> ReviewLock:
    """The prices are open."""
    by = dict.fromkeys(("proposed_by", "agreed_by", "opened_by"), ada_.id)
    at = dict.fromkeys(("proposed_at", "agreed_at", "opened_at"), clock())
    made = ReviewLock(
        organisation_id=passing_rfi.organisation_id,
        rfi_id=passing_rfi.id,
        covers=[str(passing.id)],
        unlock_reason="",
        **by,
        **at,
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def seal(session: Session, clock, lock: ReviewLock):
    def seal() -> None:
        clock.move(timedelta(hours=1))
        lock.ended_by, lock.ended_at = lock.opened_by, clock()
        session.flush()
        session.expire_all()

    return seal


@pytest.fixture
def over(passing_rfi: Rfi, passing, choose, lock: ReviewLock, monkeypatch) -> Decision:
    """A decision for a vendor above the ceiling of the brief, made on open prices."""
    monkeypatch.setattr("questionnaire.core.advice.is_over_budget", lambda *_args: True)
    made: Decision = choose(passing_rfi, "vendor", passing.id)
    return made


def kinds(one: Any) -> list[str]:
    return [each["kind"] for each in one.against]


def listed(session: Session, rfi: Rfi) -> reading_decisions.Made:
    found = reading_decisions.ledger(session, rfi.organisation_id, rfi.id).in_force
    assert found is not None
    return found


def test_advice_of_prices_is_read_while_they_are_open(session, passing_rfi, over) -> None:
    assert "over_budget" in kinds(listed(session, passing_rfi))
    assert not listed(session, passing_rfi).held_back


def test_sealed_again_it_is_not_shown_and_the_record_still_proves_it(
    session, passing_rfi, over, seal
) -> None:
    before = kinds(over)
    seal()
    stored = session.get_one(Decision, over.id)
    for made in (listed(session, passing_rfi), reading_decisions.shown(session, stored)):
        assert made.held_back
        assert kinds(made) == [one for one in before if one != "over_budget"]
    assert kinds(stored) == before
    assert recomputing.prove(session, stored).holds


def test_what_is_held_back_does_not_tell_whether_there_was_any(
    session, passing_rfi, passing, choose, lock, seal
) -> None:
    made = choose(passing_rfi, "vendor", passing.id)
    assert "over_budget" not in kinds(made)
    seal()
    assert listed(session, passing_rfi).held_back


def test_a_close_call_is_held_back_too(session, passing_rfi, over, seal) -> None:
    session.execute(sa.update(Decision).values(against=[CLOSE]))
    seal()
    assert kinds(listed(session, passing_rfi)) == []


def test_nothing_is_held_back_where_no_price_had_been_seen(
    session, passing_rfi, passing, choose
) -> None:
    made = choose(passing_rfi, "vendor", passing.id)
    assert "sealed" in kinds(made)
    assert not listed(session, passing_rfi).held_back
    assert kinds(listed(session, passing_rfi)) == kinds(made)


def test_keeping_the_service_in_house_has_nothing_to_hold_back(
    session, passing_rfi, choose, lock, seal
) -> None:
    made = choose(passing_rfi, "in_house")
    seal()
    assert not listed(session, passing_rfi).held_back
    assert kinds(listed(session, passing_rfi)) == kinds(made)


def test_a_proof_names_no_figure_while_prices_are_sealed_again(
    session, passing_rfi, choose, lock, seal, monkeypatch
) -> None:
    made = choose(passing_rfi, "in_house")
    document = snapshotting.read(made.snapshot)
    assert not reading_decisions.hides(session, made, document)
    seal()
    assert reading_decisions.hides(session, session.get_one(Decision, made.id), document)
    monkeypatch.setattr("questionnaire.core.gaps.compare", lambda *_args: False)
    proof = recomputing.prove(session, session.get_one(Decision, made.id))
    assert proof.differences
    named = [one for one in proof_lines.lines_of(proof) if "requirement" in one]
    assert named
    assert not set(named) & set(proof_lines.lines_of(proof, priced=False))
    assert proof_lines.verdict_of(proof).startswith("Not the same result")
