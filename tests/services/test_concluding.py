"""The verdicts of a round: out of what was submitted and decided, no price before its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.truth import Unsure
from questionnaire.db import new_id
from questionnaire.models import Assessment, Clarification, Flag, Organisation, Rfi, User
from questionnaire.services import concluding, locking, reading, reviewing
from questionnaire.services.concluding import Conclusion
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.services import reviewed
from tests.services.locks import amber, decide_all, lock_of, locked, remi_, rosa_
from tests.services.reviewed import (
    GOOD,
    MANDATORY,
    NEVER,
    RTO,
    SECRET_PRICE,
    flag_of,
    question_of,
)
from tests.services.rounds import make_assessment

__all__ = ["amber", "decide_all", "locked", "remi_", "rosa_"]


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


@pytest.fixture
def conclude(session: Session, clock: MovableClock, organisation: Organisation, rfi: Rfi):
    mine, wanted = organisation.id, rfi.id

    def conclude() -> Conclusion:
        session.expire_all()
        return concluding.conclude(session, mine, wanted, clock())

    return conclude


def missed(found: Conclusion, vendor: str = "Amber Call") -> set[str]:
    """The mandatory requirements that keep the vendor out."""
    (verdict,) = (one for one in found.verdicts if one.name == vendor)
    return {gap.requirement.id for one in verdict.tier.mandatory for gap in one.gaps}


def settle(session: Session, assessment: Assessment, requirement_id: str, **values: object) -> Flag:
    """Store a decision on a flag as it stands in the end, whatever the way to it."""
    flag = flag_of(session, assessment, requirement_id)
    for name, value in values.items():
        setattr(flag, name, value)
    session.flush()
    return flag


def test_only_who_has_submitted_is_judged_and_the_others_are_named(
    session: Session, organisation: Organisation, rfi: Rfi, amber: Assessment, conclude
) -> None:
    for vendor, state in (
        ("Cedar Voice", "in_progress"),
        ("Birch Line", "sent"),
        ("Dune Voice", "declined"),
        ("Elm Desk", "withdrawn"),
    ):
        make_assessment(session, organisation, rfi, vendor=vendor, state=state)
    found = conclude()
    assert [one.name for one in found.verdicts] == ["Amber Call"]
    assert found.missing == ("Birch Line", "Cedar Voice")
    assert found.declined == ("Dune Voice",)
    assert found.nobody_passes


def test_nobody_passes_is_not_said_of_a_round_without_answers(rfi: Rfi, conclude) -> None:
    assert (conclude().verdicts, conclude().nobody_passes) == ((), False)


def test_a_waiver_counts_until_its_day_and_not_after_it(
    session: Session, clock: MovableClock, amber: Assessment, conclude
) -> None:
    assert MANDATORY in missed(conclude())
    today = clock().date()
    settle(session, amber, MANDATORY, state="waived", waived_until=today)
    found = conclude()
    assert MANDATORY not in missed(found)
    assert [(one.vendor, one.question_id, one.until) for one in found.waivers] == [
        ("Amber Call", question_of(MANDATORY), today)
    ]
    clock.move(timedelta(days=1))
    found = conclude()
    assert MANDATORY in missed(found)
    assert found.waivers == ()


def test_what_reviewers_accept_as_sufficient_is_met(
    session: Session, amber: Assessment, conclude
) -> None:
    settle(session, amber, RTO, state="accepted", decision="accept")
    found = conclude()
    (judgement,) = (one for one in found.verdicts[0].judgements if one.requirement.id == RTO)
    assert judgement.status == "met"
    assert "Accepted by reviewers" in judgement.explanation


def test_a_decision_on_one_vendor_settles_nothing_at_another(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    rfi: Rfi,
    amber: Assessment,
    conclude,
) -> None:
    reviewed.submitted(session, clock, organisation, rfi, vendor="Cedar Voice")
    settle(session, amber, MANDATORY, state="accepted", decision="accept")
    assert MANDATORY not in missed(found := conclude(), "Amber Call")
    assert MANDATORY in missed(found, "Cedar Voice")


@pytest.mark.parametrize("state", ["accepted", "waived"])
def test_what_the_law_demands_is_cured_by_no_decision(
    session: Session, clock: MovableClock, amber: Assessment, conclude, state: str
) -> None:
    until = clock().date() if state == "waived" else None
    settle(session, amber, NEVER, state=state, decision="accept", waived_until=until)
    assert NEVER in missed(conclude())


def test_a_real_decision_of_a_reviewer_is_read_as_it_was_made(
    session: Session, clock: MovableClock, amber: Assessment, remi_, conclude
) -> None:
    flag = flag_of(session, amber, reviewed.MAJOR)
    before = len(conclude().verdicts[0].tier.majors)
    reviewing.decide(
        session, clock, remi_, flag.id, flag.version, Decision("accept", "They told us by phone.")
    )
    assert len(conclude().verdicts[0].tier.majors) == before - 1


def test_sealed_answers_are_read_only_once_the_prices_are_open(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    rfi: Rfi,
    locked,
    ada: User,
    conclude,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[object] = []
    as_it_is = reading.typed

    def typed(bank, kept):
        read.extend(one.value for one in kept.values())
        return as_it_is(bank, kept)

    monkeypatch.setattr(reading, "typed", typed)
    before = conclude()
    assert not before.prices_open
    assert SECRET_PRICE not in read
    assert isinstance(before.verdicts[0].cost.adjusted, Unsure)
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    reviewed.submitted(session, clock, organisation, rfi, vendor="Cedar Voice", answers=GOOD)
    after = conclude()
    assert after.prices_open
    assert read.count(SECRET_PRICE) == 1, "Cedar Voice is not covered by the lock"
    assert missed(after) == missed(before)


def test_a_question_back_is_judged_by_the_answer_that_was_submitted(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    amber: Assessment,
    conclude,
) -> None:
    before = missed(conclude())
    assert MANDATORY in before
    question_id = question_of(MANDATORY)
    asked = clarification(session, clock, organisation, amber, question_id)
    reviewed.answer(session, clock, amber, question_id, True)
    assert missed(conclude()) == before
    reviewed.reply(session, asked.id, 2, clock())
    assert MANDATORY not in missed(conclude())


def clarification(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    assessment: Assessment,
    question_id: str,
) -> Clarification:
    """A question back on one answer, which the vendor may change from now on."""
    kept = reading.held(session, assessment.id, question_id)[question_id]
    made = Clarification(
        id=new_id(),
        organisation_id=organisation.id,
        assessment_id=assessment.id,
        question_id=question_id,
        before=kept.to_json(),
        asked_at=clock(),
    )
    session.add(made)
    session.flush()
    return made


def test_a_round_without_a_base_profile_is_refused_with_what_to_do(
    session: Session, rfi: Rfi, amber: Assessment, conclude
) -> None:
    rfi.profiles = ["card-payments"]
    session.flush()
    with pytest.raises(Refused, match=r"without a base profile.*Begin a new RFI and choose one"):
        conclude()


def test_a_stranger_a_draft_and_nothing_are_answered_alike(
    session: Session, clock: MovableClock, organisation: Organisation, rfi: Rfi, stan: User
) -> None:
    elsewhere = stan.memberships[0].organisation_id
    for mine, wanted in ((elsewhere, rfi.id), (organisation.id, new_id())):
        with pytest.raises(Missing):
            concluding.conclude(session, mine, wanted, clock())
    session.execute(sa.update(Rfi).where(Rfi.id == rfi.id).values(state="draft", sent_at=None))
    with pytest.raises(Missing):
        concluding.conclude(session, organisation.id, rfi.id, clock())


def test_more_vendors_ask_no_more_of_the_database(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    rfi: Rfi,
    locked,
    ada: User,
    conclude,
    connection: sa.Connection,
) -> None:
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    conclude()
    with statements(connection) as few:
        conclude()
    for number in range(3):
        reviewed.submitted(session, clock, organisation, rfi, vendor=f"V{number}", answers=GOOD)
    lock_of(session, rfi).covers = [str(one.assessment_id) for one in conclude().review.vendors]
    session.flush()
    with statements(connection) as more:
        assert len(conclude().verdicts) == 4
    assert len(few) == len(more) <= 18
