"""What stands behind answers, and what a trial came to, is part of what a vendor brought."""

from __future__ import annotations

from datetime import timedelta

from questionnaire.services import concluding, editions, offering
from tests.services.assured import SEEN, assessment, by_remi, paper, review, rfi
from tests.services.reviewed import RTO

__all__ = ["assessment", "by_remi", "paper", "review", "rfi"]


def status(session, clock, rfi, requirement_id: str = RTO) -> str:
    session.expire_all()
    found = concluding.conclude(session, rfi.organisation_id, rfi.id, clock())
    (verdict,) = found.verdicts
    (judged,) = (one for one in verdict.judgements if one.requirement.id == requirement_id)
    return judged.status


def test_an_answer_counts_when_its_document_was_reviewed(
    session, clock, rfi, assessment, paper, review
) -> None:
    rfi.profiles = ["general-retail"]
    session.flush()
    assert status(session, clock, rfi) == "unknown"
    review(paper, SEEN, 0)
    assert status(session, clock, rfi) == "met"
    clock.move(timedelta(days=3 * 365))
    assert status(session, clock, rfi) == "unknown", "the paper has lapsed"


def test_a_trial_is_held_against_its_vendor_alone(session, clock, organisation, trial, summarise):
    for vendor in trial.vendors:
        vendor.state, vendor.submitted_at = "submitted", clock()
    session.flush()
    summarise(trial.begin(trial.vendors[0]))
    session.expire_all()
    found = concluding.conclude(session, organisation.id, trial.rfi.id, clock())
    results = {one.code: one.trial.result for one in found.verdicts}
    first, second = (str(one.id) for one in trial.vendors)
    assert results[second] == "not_held"
    assert results[first] != "not_held"


def test_the_own_team_in_the_same_test_goes_before_the_brief(session, trial, measure):
    bank = editions.bank_of(session, trial.rfi.edition_digest)
    assert offering.trials(session, trial.rfi.id, bank).own_csat is None
    measure(trial.begin(), csat="81")
    assert offering.trials(session, trial.rfi.id, bank).own_csat == 81
