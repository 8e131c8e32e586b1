"""A reviewer reads what became worse: on the flag, in the assessment, and where it is no gap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.services.judging import judge
from tests.services import reviewed
from tests.services.reviewed import ACHIEVED, GOOD, RTO, flag_of, question_of
from tests.web.reviewing import reviewer

__all__ = ["reviewer"]


@pytest.fixture
def again(session, clock, organisation):
    """Call it with the hours reached now: three hours were reached the last time."""

    def again(hours):
        first = reviewed.submitted(session, clock, organisation, answers=GOOD)
        clock.move(timedelta(days=60))
        rfi = reviewed.reviewed_rfi(session, organisation, title="The year after")
        answers = GOOD | {question_of(ACHIEVED): hours, question_of(RTO): 6}
        now = reviewed.submitted(
            session, clock, organisation, rfi, vendor="Stand-in", answers=answers
        )
        now.vendor_id = first.vendor_id
        session.flush()
        judge(session, clock, now.id)
        session.expire_all()
        return first, now

    return again


def test_a_gap_that_was_none_says_so_with_the_answer_of_then(session, reviewer, again) -> None:
    first, now = again(48)
    page = reviewer.show(f"/flags/{flag_of(session, now, ACHIEVED).id}")
    for words in ("Became worse since 23 Nov 2026.", first.rfi.title, "came to Met", "3", "48"):
        assert words in page.text
    page = reviewer.show(f"/flags/assessments/{now.id}")
    assert "Became worse since" in page.text
    assert "Met still, and worse than before" not in page.text


def test_what_is_met_still_but_worse_is_listed_apart(reviewer, again) -> None:
    _first, now = again(5)
    page = reviewer.show(f"/flags/assessments/{now.id}")
    assert "Met still, and worse than before" in page.text
    assert "Became worse since 23 Nov 2026." in page.text


def test_where_nothing_became_worse_nothing_is_said(reviewer, again) -> None:
    _first, now = again(2)
    assert "worse" not in reviewer.show(f"/flags/assessments/{now.id}").text
