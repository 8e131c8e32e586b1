"""The reviewers' queue: filters, groups, pages by key, and what it never shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, Flag, User
from questionnaire.services import flagging
from tests import cast
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.reviewed import (
    DOCUMENT,
    MANDATORY,
    MINOR,
    NEVER,
    PRICE,
    RTO,
    SECRET_PRICE,
    flag_of,
    flags_of,
    question_of,
)
from tests.web.reviewing import assessment, listed, reviewer, rfi

MINOR_QUOTED = MINOR.replace("#", "%23")
__all__ = ["assessment", "reviewer", "rfi"]


def many(session: Session, flag: Flag, count: int, **values: Any) -> list[str]:
    """More flags like this one, alike in severity and age."""
    columns = {one.key: getattr(flag, one.key) for one in sa.inspect(Flag).columns}
    rows = [
        columns | {"id": new_id(), "requirement_id": f"more#{new_id()}"} | values
        for _ in range(count)
    ]
    session.execute(sa.insert(Flag), rows)
    flagging.recount(session, [flag.assessment_id])
    return [str(row["id"]) for row in rows]


def test_most_severe_first_then_oldest(
    session: Session, reviewer: StrictClient, clock: MovableClock, organisation, rfi, assessment
) -> None:
    clock.move(timedelta(days=1))
    younger = reviewed.submitted(session, clock, organisation, rfi, vendor="Cobalt Desk")
    page = reviewer.show("/flags")
    old, new = flags_of(session, assessment), flags_of(session, younger)
    ids = listed(page)
    assert len(ids) == 14
    assert {ids[0], ids[1]} == {str(old[MANDATORY].id), str(old[NEVER].id)}
    assert {ids[2], ids[3]} == {str(new[MANDATORY].id), str(new[NEVER].id)}
    assert ids[-2:] == [str(old[MINOR].id), str(new[MINOR].id)]
    assert "14 flags are open" in page.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("severity=minor", {MINOR}),
        ("section=resilience", {RTO, reviewed.ACHIEVED}),
        (f"requirement={MINOR_QUOTED}", {MINOR}),
        ("whose=mine", {RTO}),
        ("whose=unassigned&severity=minor", {MINOR}),
        ("state=second", {MANDATORY}),
        ("state=gap_confirmed", {DOCUMENT}),
        ("older=7&severity=minor", set()),
        ("vendor=AMBER&severity=minor", {MINOR}),
        ("vendor=cobalt", set()),
        ("vendor=%25", set()),
        ("severity=urgent&state=gone&older=x&rfi=y&after=z&requirement=" + MINOR_QUOTED, {MINOR}),
    ],
)
def test_filters(
    session: Session, reviewer: StrictClient, assessment: Assessment, remi: User, query, expected
) -> None:
    flag_of(session, assessment, RTO).assignee_id = remi.id
    flag_of(session, assessment, DOCUMENT).state = "gap_confirmed"
    proposed = flag_of(session, assessment, MANDATORY)
    proposed.proposed_action, proposed.proposed_by = "accept", remi.id
    page = reviewer.show(f"/flags?{query}")
    by_id = {str(one.id): name for name, one in flags_of(session, assessment).items()}
    assert {by_id[one] for one in listed(page)} == expected


def test_age_counts_in_days(
    session: Session, reviewer: StrictClient, clock: MovableClock, assessment: Assessment
) -> None:
    clock.move(timedelta(days=7))
    assert len(listed(reviewer.show("/flags?older=7"))) == 7
    assert "7 days" in reviewer.show("/flags").text
    assert listed(reviewer.show("/flags?older=14")) == []


def test_an_rfi_can_be_chosen(
    session: Session, reviewer: StrictClient, clock: MovableClock, organisation, assessment
) -> None:
    other = reviewed.reviewed_rfi(session, organisation, title="Night shifts")
    theirs = reviewed.submitted(session, clock, organisation, other, vendor="Cobalt Desk")
    reviewer.show("/flags")
    page = reviewer.press("Show", {"rfi": str(other.id)})
    assert set(listed(page)) == {str(one.id) for one in flags_of(session, theirs).values()}


def test_vendors_and_sections_are_counted_and_their_counts_are_links(
    reviewer: StrictClient, assessment: Assessment
) -> None:
    page = reviewer.show("/flags")
    (address,) = [href for words, href in page.links if words == "Amber Call 7, 2 mandatory"]
    page = reviewer.show(address)
    assert len(listed(page)) == 7
    (address,) = [href for words, href in page.links if words == "Redundant systems 2"]
    assert len(listed(reviewer.show(address))) == 2


def test_every_flag_stands_on_exactly_one_page_also_when_age_and_severity_are_equal(
    session: Session, reviewer: StrictClient, assessment: Assessment
) -> None:
    flag = flag_of(session, assessment, RTO)
    many(session, flag, 43)
    page = reviewer.show("/flags")
    seen, pages = listed(page), 1
    while any(words == "Next" for words, _ in page.links):
        page = reviewer.show(page.link("Next"))
        seen += listed(page)
        pages += 1
    assert (len(seen), len(set(seen)), pages) == (50, 50, 3)
    back = listed(page)
    while any(words == "Previous" for words, _ in page.links):
        page = reviewer.show(page.link("Previous"))
        back = listed(page) + back
    assert back == seen


def test_the_number_of_statements_does_not_depend_on_the_number_of_flags(
    session: Session, reviewer: StrictClient, assessment: Assessment, connection: sa.Connection
) -> None:
    counts = []
    for more in (13, 1_980):
        many(session, flag_of(session, assessment, RTO), more)
        session.commit()
        with statements(connection) as ran:
            page = reviewer.show("/flags")
        assert len(listed(page)) == 20
        assert f"{len(flags_of(session, assessment))} flags are open" in page.text
        counts.append(len(ran))
    assert counts[0] == counts[1] <= 8


def test_a_stranger_sees_nothing_of_it(
    client: StrictClient, stan: User, assessment: Assessment
) -> None:
    cast.sign_in(client, stan)
    page = client.show("/flags")
    assert listed(page) == []
    assert "Amber Call" not in page.text
    assert listed(client.show(f"/flags?assessment={assessment.id}")) == []


def test_who_left_the_organisation_sees_nothing(
    session: Session, reviewer: StrictClient, clock: MovableClock, remi: User, assessment
) -> None:
    remi.memberships[0].ended_at = clock()
    assert reviewer.get("/flags").status_code in (303, 403)


def test_the_sealed_price_is_on_no_page_of_a_reviewer(
    session: Session, reviewer: StrictClient, assessment: Assessment
) -> None:
    pages = [
        reviewer.show("/flags"),
        reviewer.show(f"/flags?assessment={assessment.id}"),
        reviewer.show(f"/flags/assessments/{assessment.id}"),
        reviewer.show(f"/flags/together?assessment={assessment.id}&group=section"),
        *(reviewer.show(f"/flags/{one.id}") for one in flags_of(session, assessment).values()),
    ]
    assert len(pages) == 11
    for page in pages:
        assert str(SECRET_PRICE) not in page.html
        assert question_of(PRICE) not in page.html


def test_the_page_of_a_vendor_shows_every_judgement_and_what_happened(
    session: Session, reviewer: StrictClient, assessment: Assessment
) -> None:
    page = reviewer.show(f"/flags/assessments/{assessment.id}")
    assert page.heading == "Amber Call"
    assert "24 hours; required: at most 8 hours" in page.text
    assert "judged the answers of Amber Call" in page.text
    for flag in flags_of(session, assessment).values():
        assert f"/flags/{flag.id}?assessment={assessment.id}" in page.html


def test_an_empty_queue_says_when_something_comes(reviewer: StrictClient) -> None:
    assert "Nothing to do here" in reviewer.show("/flags").text


def test_the_queue_is_narrowed_to_a_section_of_all_vendors(
    session: Session, clock: MovableClock, organisation, reviewer: StrictClient, rfi, assessment
) -> None:
    reviewed.submitted(session, clock, organisation, rfi, vendor="Cedar Voice")
    session.commit()
    page = reviewer.show("/flags")
    page = reviewer.press("Show", {"section": "privacy"})
    assert "Amber Call · " in page.text
    assert "Cedar Voice · " in page.text
    assert "Recovery time" not in page.text
    assert "Data-processing" in page.text or "Privacy" in page.text or "regulated" in page.text
