"""What reviewers decided about findings reaches the verdict, the lock and the vendor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from questionnaire.core.verdict import Verdict
from questionnaire.models import Assessment, Flag, Organisation, User
from questionnaire.services import clarifying, concluding, locking, reviewing
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.judging import judge
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.drafts import LINKS
from tests.services.found import PROMISED, SLOWER, TOOK, finding_flag, slow
from tests.services.reviewed import ACHIEVED, answer, flags_of


@pytest.fixture
def assessment(session: Session, clock: MovableClock, organisation: Organisation) -> Assessment:
    return slow(session, clock, organisation)


@pytest.fixture
def by_remi(remi: User, organisation: Organisation) -> Actor:
    return actor_of(remi, organisation)


@pytest.fixture
def decide(session: Session, clock: MovableClock, assessment: Assessment, by_remi: Actor):
    def act(action: str, about: str = SLOWER, **values) -> None:
        flag = flags_of(session, assessment)[about]
        made = Decision(action, "We have seen why.", **values)
        reviewing.decide(session, clock, by_remi, flag.id, flag.version, made)

    return act


@pytest.fixture
def conclude(session: Session, clock: MovableClock, assessment: Assessment):
    mine, rfi_id = assessment.organisation_id, assessment.rfi_id

    def act() -> concluding.Conclusion:
        session.expire_all()
        return concluding.conclude(session, mine, rfi_id, clock())

    return act


def majors(found: concluding.Conclusion) -> set[str]:
    """What counts as a major gap: findings, and requirements without one."""
    (verdict,) = found.verdicts
    ids = {one.id for subject in verdict.tier.majors for one in subject.findings}
    return ids | {gap.requirement.id for one in verdict.tier.majors for gap in one.gaps}


def of_only(found: concluding.Conclusion) -> Verdict:
    (verdict,) = found.verdicts
    return verdict


def test_a_finding_counts_until_it_is_accepted_and_then_the_gap_that_it_stood_for(
    decide, conclude
) -> None:
    assert majors(conclude()) == {SLOWER}
    decide("accept")
    assert majors(conclude()) == {ACHIEVED}
    decide("accept", ACHIEVED)
    assert majors(conclude()) == set()


def test_a_waived_finding_counts_until_its_day_and_is_told_among_the_waivers(
    clock: MovableClock, decide, conclude
) -> None:
    until = clock().date() + timedelta(days=90)
    decide("waive", until=until)
    found = conclude()
    assert SLOWER not in majors(found)
    assert [(one.vendor, one.finding_id, one.until) for one in found.waivers] == [
        ("Amber Call", SLOWER, until)
    ]
    clock.move(timedelta(days=91))
    assert (majors(conclude()), conclude().waivers) == ({SLOWER}, ())


def test_what_nobody_can_tell_is_settled_by_people_too(
    session: Session, clock: MovableClock, assessment: Assessment, decide, conclude
) -> None:
    answer(session, clock, assessment, TOOK, None, state="dont_know")
    judge(session, clock, assessment.id)

    def told() -> str:
        conditions = of_only(conclude()).tier.conditions
        return " ".join(one.text for one in conditions if one.kind == "undetermined")

    assert "Test slower than the promise" in told()
    decide("accept")
    assert "Test slower than the promise" not in told()


def test_the_review_is_locked_only_when_findings_are_decided_as_well(
    session: Session, clock: MovableClock, assessment: Assessment, by_remi: Actor, decide
) -> None:
    for about, flag in flags_of(session, assessment).items():
        if about != SLOWER and flag.severity != "minor":
            decide("confirm", about)
    with pytest.raises(Refused, match="must be decided first"):
        locking.propose(session, clock, by_remi, assessment.rfi_id)
    decide("confirm")
    locking.propose(session, clock, by_remi, assessment.rfi_id)


def ask(session: Session, clock: MovableClock, actor: Actor, flag: Flag, question: str = ""):
    return clarifying.ask(
        session, clock, LINKS, actor, flag.id, flag.version, "Why so?", question_id=question
    )


def states(session: Session, assessment: Assessment) -> dict[str, str]:
    return {about: flag.state for about, flag in flags_of(session, assessment).items()}


def test_the_vendor_is_asked_about_any_of_the_answers_and_all_that_rest_on_it_wait(
    session: Session, clock: MovableClock, assessment: Assessment, by_remi: Actor
) -> None:
    flag = finding_flag(session, assessment)
    with pytest.raises(Invalid) as refused:
        ask(session, clock, by_remi, flag, "company.sites")
    assert set(refused.value.faults) == {"question"}
    asked = ask(session, clock, by_remi, flag, TOOK)
    assert (
        states(session, assessment)[SLOWER]
        == states(session, assessment)[ACHIEVED]
        == ("clarifying")
    )
    version = answer(session, clock, assessment, TOOK, 9, comment="A storm.")
    reviewed.reply(session, asked, version, clock())
    judge(session, clock, assessment.id)
    flag = finding_flag(session, assessment)
    assert flag.state == "open"
    assert flag.reopened_why == "The vendor changed an answer that this was computed from."


def test_a_finding_waits_for_whichever_of_its_answers_is_asked_about(
    session: Session, clock: MovableClock, assessment: Assessment, by_remi: Actor
) -> None:
    answer(session, clock, assessment, PROMISED, 48)
    judge(session, clock, assessment.id)
    answer(session, clock, assessment, TOOK, 99)
    judge(session, clock, assessment.id)
    flags = flags_of(session, assessment)
    first = ask(session, clock, by_remi, flags[reviewed.RTO])
    assert states(session, assessment)[SLOWER] == "clarifying"
    second = ask(session, clock, by_remi, flags_of(session, assessment)[ACHIEVED])
    clarifying.cancel(session, clock, by_remi, first)
    assert states(session, assessment)[SLOWER] == "clarifying", "the other one still waits"
    clarifying.cancel(session, clock, by_remi, second)
    assert states(session, assessment)[SLOWER] == "open"


def test_a_trial_that_shows_less_than_was_claimed_raises_a_flag_at_once(
    session: Session, clock: MovableClock, trial, summarise, measure
) -> None:
    vendor = trial.vendors[0]
    trial.rfi.question_ids = [*trial.rfi.question_ids, "quality.fcr", "quality.csat"]
    answer(session, clock, vendor, "quality.fcr", 90)
    answer(session, clock, vendor, "quality.csat", 90)
    vendor.state, vendor.submitted_at = "submitted", clock()
    session.flush()
    judge(session, clock, vendor.id)
    assert "claim-not-borne-out" not in flags_of(session, vendor)
    trial_id = trial.begin(vendor)
    summarise(trial_id)
    measure(trial_id, fcr="70", csat="89", aht="300")
    flag = flags_of(session, vendor)["claim-not-borne-out"]
    assert (flag.severity, flag.status) == ("major", "not_met")
    assert "claimed 90, measured 70" in flag.explanation
    measure(trial_id, seen=1, fcr="89", csat="89", aht="300")
    assert flags_of(session, vendor)["claim-not-borne-out"].state == "closed"


def test_a_trial_before_the_vendor_has_submitted_judges_nothing(
    session: Session, trial, summarise
) -> None:
    vendor = trial.vendors[0]
    summarise(trial.begin(vendor))
    assert flags_of(session, vendor) == {}
