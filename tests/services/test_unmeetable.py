"""Requirements that no answer can meet stop where they are edited, and at the latest on sending."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from question_bank.model import Reference
from questionnaire.models import Organisation, Rfi, User
from questionnaire.services import drafting, preparing, revising, sending
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.requiring import Held
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import drafts
from tests.services.drafts import LINKS


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


@pytest.fixture
def rfi(session: Session, clock: MovableClock, actor: Actor) -> Rfi:
    return drafts.ready(session, clock, actor)


class Edits:
    """Adding and changing requirements on one question."""

    def __init__(self, session: Session, clock: MovableClock, actor: Actor, rfi: Rfi) -> None:
        self.where = (session, clock, actor, rfi.id)
        self.session, self.rfi = session, rfi

    def add(self, **changes: Any) -> Held:
        wanted: dict[str, Any] = {
            "question_id": "culture.hours",
            "operator": "at_least",
            "threshold": 40,
            "severity": "major",
            "rationale": "Our customers are particular.",
        }
        return revising.add(*self.where, **(wanted | changes))

    def revise(self, before: Held, **changes: Any) -> Held:
        one = before.requirement
        wanted: dict[str, Any] = {
            "threshold": one.threshold,
            "severity": one.severity,
            "assurance": one.assurance,
            "rationale": one.rationale.en,
            "off": before.off,
            "seen": drafting.digest(before.to_document()),
        }
        return revising.revise(*self.where, before.id, **(wanted | changes))


@pytest.fixture
def edits(session: Session, clock: MovableClock, actor: Actor, rfi: Rfi) -> Edits:
    return Edits(session, clock, actor, rfi)


def test_what_no_answer_can_meet_with_the_brief_as_it_is_is_refused(
    edits: Edits, rfi: Rfi, session: Session
) -> None:
    rfi.brief = {**rfi.brief, "seats_needed": 45}
    session.flush()
    far = Reference("buyer", "seats_needed", Decimal(1_000_000))
    with pytest.raises(Invalid, match="No answer can meet") as caught:
        edits.add(question_id="culture.hours", threshold=far)
    assert set(caught.value.faults) == {"threshold"}
    assert "your brief" in caught.value.faults["threshold"]


def test_a_gate_that_contradicts_another_gate_is_refused_unless_it_is_off(edits: Edits) -> None:
    edits.add(operator="at_least", threshold=40, severity="mandatory")
    with pytest.raises(Invalid, match="together, and each of them is mandatory"):
        edits.add(operator="at_most", threshold=20, severity="mandatory")
    own = edits.add(operator="at_most", threshold=20, severity="major")
    with pytest.raises(Invalid, match="together"):
        edits.revise(own, severity="mandatory")
    assert edits.revise(own, severity="mandatory", off=True).off


def test_what_no_answer_can_meet_with_the_brief_blocks(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.ready(session, clock, actor)
    added = revising.add(
        session,
        clock,
        actor,
        rfi.id,
        question_id="culture.attitude-complaints",
        operator="at_least",
        threshold=Reference("buyer", "seats_needed"),
        severity="mandatory",
        rationale="So that it depends on the brief.",
    )
    rfi.brief = {**rfi.brief, "seats_needed": 20_000}
    session.flush()
    (point,) = [one for one in preparing.points(session, rfi, clock()) if one.blocking]
    assert (point.step, point.about) == ("requirements", added.id)
    with pytest.raises(Refused, match="No answer can meet"):
        sending.send(session, clock, LINKS, actor, rfi.id)
    assert rfi.state == "draft"
