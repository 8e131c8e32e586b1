"""A vendor that was asked, and its saving, for the tests of what a vendor does."""

from __future__ import annotations

import pytest

from questionnaire.services import answering, measuring, submitting, summarising
from questionnaire.services.submitting import Attestation
from questionnaire.services.taking import Typed
from tests.cast import actor_of
from tests.services.asked import SECRET_PRICE, ask, raw_of
from tests.services.trials import trying

VERA = Attestation("Vera Ozola", "Managing director", True)


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


@pytest.fixture
def small(session, organisation):
    """Asked the first section, and the sealed one."""
    bank = ask(session, organisation, vendor="Only for the bank").bank
    sealed = next(one for one in bank.sections if one.sealed)
    ids = [one.id for one in (*bank.sections[0].questions, *sealed.questions)]
    return ask(session, organisation, question_ids=ids, rfi_values={"title": "Small round"})


@pytest.fixture
def answer_all(session, clock, small):
    def answer_all(**changed):
        typed = {
            one.id: changed.get(one.id, Typed(raw=raw_of(one)))
            for one in small.questionnaire.questions.values()
            if one.kind != "money"
        }
        typed |= {
            one.id: Typed(
                raw={"amount": SECRET_PRICE, "currency": "EUR"}, comment="Only 731.25, promised"
            )
            for one in small.questionnaire.questions.values()
            if one.kind == "money"
        }
        done = answering.save_section(session, clock, small.reached(), small.questionnaire, typed)
        assert not done.faults
        session.expire_all()

    return answer_all


@pytest.fixture
def submit(session, clock, small):
    def submit(attestation=VERA, seen=None):
        reached = small.reached(clock())
        done = submitting.submit(
            session, clock, reached, small.questionnaire, attestation,
            seen=seen or reached.changed_at, link="http://localhost/l",
            board_link="http://localhost/board",
        )  # fmt: skip
        session.flush()
        session.expire_all()
        return done

    return submit


@pytest.fixture
def trial(session, clock, organisation, ada):
    """An open RFI of Ada's with two vendors, for their trials."""
    return trying(session, clock, actor_of(ada, organisation))


@pytest.fixture
def amber(trial):
    """The first vendor's trial, with 20 calls and three more for calibration."""
    begun = trial.begin(trial.vendors[0])
    trial.plan(begun, each="20", calibration="3")
    return begun


@pytest.fixture
def measure(session, clock, trial):
    def measure(trial_id, *, seen=0, **typed):
        return measuring.state(
            session, clock, trial.actor, trial.rfi.id, trial_id, typed, seen=seen
        )

    return measure


@pytest.fixture
def summarise(session, clock, trial):
    def summarise(trial_id, mean="4.5", *, seen=0, **typed):
        given = {f"mean-{one.id}": mean for one in trial.scorecard.criteria}
        given |= {"source": "Lab North", "calls": "120", "critical_errors": "0"} | typed
        return summarising.state(
            session, clock, trial.actor, trial.rfi.id, trial_id, given, seen=seen
        )

    return summarise
