"""A draft can be thrown away and is gone; what was sent cannot; the trail keeps both."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Base, Organisation, Rfi, User, Vendor
from questionnaire.services import discarding, rounds, trailing
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Missing, Refused
from tests.cast import actor_of, make_member, make_organisation
from tests.harness.clock import MovableClock
from tests.services import drafts


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


def _rows_of(session: Session, rfi_id: Any) -> set[str]:
    """The tables that hold something of an RFI; the trail is not counted."""
    return {
        table.name
        for table in Base.metadata.sorted_tables
        if table.name != "audit_row"
        for column in [table.c.id if table.name == "rfi" else table.c.get("rfi_id")]
        if column is not None and session.scalar(sa.select(sa.func.count()).where(column == rfi_id))
    }


def test_a_draft_goes_with_everything_in_it_and_nothing_else_does(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    draft, kept = drafts.ready(session, clock, actor), drafts.ready(session, clock, actor)
    before = _rows_of(session, draft.id)
    assert {"rfi", "assessment", "requirement_set_version"} <= before
    gone_id = draft.id
    discarding.discard(session, clock, actor, gone_id)
    session.commit()
    assert _rows_of(session, gone_id) == set()
    assert _rows_of(session, kept.id) == before
    lines, _older = rounds.rfis(session, actor.organisation_id)
    assert [one.id for one in lines] == [kept.id]
    assert set(session.scalars(sa.select(Assessment.rfi_id))) == {kept.id}


def test_its_vendors_stay_known_to_the_organisation(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    draft = drafts.ready(session, clock, actor)
    known = set(session.scalars(sa.select(Vendor.name)))
    assert known
    discarding.discard(session, clock, actor, draft.id)
    assert set(session.scalars(sa.select(Vendor.name))) == known


def test_the_trail_keeps_what_was_done_and_who_discarded_it(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    draft = drafts.ready(session, clock, actor)
    id, title = draft.id, draft.title
    discarding.discard(session, clock, actor, id)
    steps = trailing.trail(session, actor.organisation_id, rfi_id=id).steps
    assert (steps[0].action, steps[0].actor_name) == ("discarded", actor.name)
    assert steps[0].details["title"] == title
    assert "created" in {one.action for one in steps}


def test_discarding_twice_has_one_effect(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    id = drafts.ready(session, clock, actor).id
    discarding.discard(session, clock, actor, id)
    discarding.discard(session, clock, actor, id)
    steps = trailing.trail(session, actor.organisation_id, rfi_id=id).steps
    assert [one.action for one in steps].count("discarded") == 1


def test_what_was_sent_is_not_discarded(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    sent = drafts.sent(session, clock, actor)
    with pytest.raises(Refused, match="withdrawn"):
        discarding.discard(session, clock, actor, sent.id)
    assert session.get(Rfi, sent.id) is not None


def test_a_strangers_draft_is_missing_and_stays_so_after_it_was_discarded(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    other = make_organisation(session, "Otherwise Co")
    stan = actor_of(make_member(session, other, "Stan Otter", ("buyer",)), other)
    id = drafts.ready(session, clock, actor).id
    for _ in range(2):
        with pytest.raises(Missing):
            discarding.discard(session, clock, stan, id)
        discarding.discard(session, clock, actor, id)
