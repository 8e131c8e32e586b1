"""A vendor that was asked, and its saving, for the tests of what a vendor does."""

from __future__ import annotations

import pytest

from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests.services.asked import ask


@pytest.fixture
def asked(session, organisation):
    return ask(session, organisation)


@pytest.fixture
def save(session, clock, asked):
    """Save one answer as the vendor's page would."""

    def save(question, raw=None, *, version=0, key=None, by=None, **facts):
        reached = by or asked.reached(clock())
        typed = Typed(raw=raw, version=version, **facts)
        return answering.save(
            session, clock, reached, asked.questionnaire, question.id, typed, save_key=key
        )

    return save


@pytest.fixture
def pair(asked):
    """A question that waits for another's answer, and answers that hide and show it."""
    waiting = asked.questionnaire.questions[asked.questionnaire.waiting[0]]
    condition = waiting.show_when
    trigger = asked.questionnaire.questions[condition.question]
    other = next(one.code for one in trigger.choices if one.code not in condition.value)
    return waiting, trigger, other, condition.value[0]
