"""How much customers' needs matter to a buyer: kept, told, never lost, and nothing rests on it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import AuditRow, Organisation, Rfi
from questionnaire.services import drafting, editions, snapshotting, valuing
from questionnaire.services.faults import Invalid, Missing, Refused
from tests.cast import actor_of
from tests.harness.clock import START
from tests.services import reviewed
from tests.services.locks import amber
from tests.services.rounds import make_rfi

__all__ = ["amber"]


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


@pytest.fixture
def state(session: Session, clock, organisation: Organisation, ada):
    """Call it with weights: Ada states them on the page that she sees now."""

    def state(rfi: Rfi, *, seen: str | None = None, **typed: Any) -> None:
        if seen is None:
            seen = valuing.seen_of(kept(session, rfi))
        actor = actor_of(ada, organisation)
        valuing.state(session, clock, actor, rfi.id, typed, seen=seen)
        session.expire_all()

    return state


def kept(session: Session, rfi: Rfi) -> dict[str, int]:
    return valuing.weights(session, rfi.organisation_id, rfi.id)


def rows(session: Session) -> list[AuditRow]:
    query = sa.select(AuditRow).where(AuditRow.object_kind == "needs").order_by(AuditRow.id)
    return list(session.scalars(query))


def test_nothing_is_stated_at_first(session, rfi) -> None:
    assert kept(session, rfi) == {}


def test_what_is_stated_is_kept_and_told_and_an_empty_one_is_not_stated(
    session, rfi, state
) -> None:
    state(rfi, understood="5", reached="0", solved="")
    assert kept(session, rfi) == {"understood": 5, "reached": 0}
    (row,) = rows(session)
    assert (row.details["understood"], row.details["title"]) == (5, rfi.title)
    state(rfi, understood="5")
    assert kept(session, rfi) == {"understood": 5}


def test_the_same_again_changes_nothing(session, rfi, state) -> None:
    state(rfi, understood="5")
    state(rfi, understood="5", seen="an older page")
    assert len(rows(session)) == 1


def test_what_somebody_else_stated_meanwhile_is_not_overwritten(session, rfi, state) -> None:
    seen = valuing.seen_of({})
    state(rfi, understood="5")
    with pytest.raises(drafting.Stale):
        state(rfi, understood="1", seen=seen)
    assert kept(session, rfi) == {"understood": 5}


@pytest.mark.parametrize("weight", ["6", "-1", "2.5", "five", "٣"])
def test_a_weight_that_is_none_is_refused_in_a_sentence(session, rfi, state, weight) -> None:
    with pytest.raises(Invalid) as fault:
        state(rfi, understood=weight, reached="3")
    assert fault.value.faults == {"need-understood": "Choose a weight from 0 to 5."}
    assert kept(session, rfi) == {}


def test_what_is_no_need_is_left_out(session, rfi, state) -> None:
    state(rfi, moon="5", understood="2")
    assert kept(session, rfi) == {"understood": 2}


def test_no_verdict_rests_on_it(session, clock, organisation, rfi, amber, state) -> None:
    def ground() -> str:
        session.expire_all()
        taken = snapshotting.take(session, organisation.id, rfi.id, clock())
        return snapshotting.ground_of(taken.document)

    before, version = ground(), rfi.version
    state(rfi, understood="5", reached="0")
    assert (ground(), rfi.version) == (before, version)


def test_a_draft_has_no_such_table(session, organisation, state) -> None:
    digest = editions.keep(session, editions.current_bank(), START)
    draft = make_rfi(session, organisation, state="draft", sent_at=None, edition_digest=digest)
    with pytest.raises(Refused):
        state(draft, understood="5")


def test_a_stranger_states_and_sees_nothing(session, clock, rfi, stan, state) -> None:
    state(rfi, understood="5")
    elsewhere = stan.memberships[0].organisation
    actor = actor_of(stan, elsewhere)
    with pytest.raises(Missing):
        valuing.state(session, clock, actor, rfi.id, {"understood": "1"}, seen="")
    assert valuing.weights(session, elsewhere.id, rfi.id) == {}
