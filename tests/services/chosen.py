"""Rounds in which somebody passes, and decisions on them. Import the fixtures that you need."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from questionnaire.core.advice import against
from questionnaire.db import new_id
from questionnaire.models import Assessment, Decision, Organisation, Rfi, User
from questionnaire.services import choosing, snapshotting
from questionnaire.services.auditing import Actor
from questionnaire.services.justifying import Choice
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.reviewed import MINOR, PRICE, SECRET_PRICE, question_of

WHY = "They answered best, and we trust them."


@pytest.fixture
def passing_rfi(session: Session, organisation: Organisation) -> Rfi:
    """An RFI that asks two easy questions, one of them sealed: who answers well passes its gate."""
    return reviewed.reviewed_rfi(
        session,
        organisation,
        profiles=["general-retail"],
        question_ids=[question_of(MINOR), question_of(PRICE)],
        brief={"inhouse": {"rate": 34, "aht": 360, "occ": 0.78, "fcr": 80, "csat": 88}},
    )


@pytest.fixture
def passing(
    session: Session, clock: MovableClock, organisation: Organisation, passing_rfi: Rfi
) -> Assessment:
    answers = {question_of(MINOR): True, question_of(PRICE): SECRET_PRICE}
    return reviewed.submitted(session, clock, organisation, passing_rfi, answers=answers)


@pytest.fixture
def ada_(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


@pytest.fixture
def choice_of(session: Session, clock: MovableClock):
    """Call it with an RFI and an option: what somebody types who looks at the page now."""

    def choice_of(rfi: Rfi, option: str, code: object = "", **typed: Any) -> Choice:
        session.expire_all()
        snapshot = snapshotting.take(session, rfi.organisation_id, rfi.id, clock())
        former = choosing.in_force(session, rfi.id)
        kinds = [one.kind for one in against(snapshot.situation, option, str(code))]
        usual: dict[str, Any] = {
            "reason": WHY,
            "reasons": {kind: f"We know about {kind}." for kind in kinds},
            "superseding_reason": "Things are different now." if former else "",
            "seen": choosing.seen_of(snapshot, former),
            "key": new_id().hex,
        }
        return Choice(option, str(code), **(usual | typed))

    return choice_of


@pytest.fixture
def choose(session: Session, clock: MovableClock, ada_: Actor, choice_of):
    """Call it with an RFI and an option: Ada decides."""

    def choose(rfi: Rfi, option: str, code: object = "", **typed: Any) -> Decision:
        made = choosing.choose(session, clock, ada_, rfi.id, choice_of(rfi, option, code, **typed))
        session.expire_all()
        return made

    return choose
