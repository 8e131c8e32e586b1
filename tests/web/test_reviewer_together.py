"""Alike flags together: tick, look, decide, look back, undo; in the browser without a script."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, User
from tests import cast
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.reviewed import (
    ACHIEVED,
    MANDATORY,
    MINOR,
    NEVER,
    RTO,
    flag_of,
    flags_of,
)
from tests.web.reviewing import assessment, listed, reviewer, rfi, second

__all__ = ["assessment", "reviewer", "rfi", "second"]

SHOW = "Show what would happen"
REASON = "The contract covers all of them."


@pytest.fixture
def everything(assessment: Assessment) -> str:
    """The address at which all flags of the vendor are decided together."""
    return f"/flags/together?assessment={assessment.id}&group=section"


def test_a_section_is_decided_in_three_steps_and_undone_in_one(
    session: Session, reviewer: StrictClient, assessment: Assessment
) -> None:
    page = reviewer.show(f"/flags?assessment={assessment.id}")
    address = next(
        href for words, href in page.links if words.endswith("Amber Call, Redundant systems")
    )
    page = reviewer.show(address)
    ours = {str(flag_of(session, assessment, one).id) for one in (RTO, ACHIEVED)}
    assert set(listed(page)) == ours
    page = reviewer.press(SHOW, {"action": "accept", "reason": REASON})
    assert "2 flags change" in page.text
    assert {one.state for one in flags_of(session, assessment).values()} == {"open"}
    page = reviewer.press("Decide 2 flags")
    assert flag_of(session, assessment, RTO).state == "accepted"
    assert page.text.count("Can be undone") == 2
    page = reviewer.press("Undo 2 decisions")
    assert flag_of(session, assessment, RTO).state == "open"
    assert page.text.count("Undone") == 2


def test_the_preview_lists_what_happens_to_each_and_why_not(
    session: Session, reviewer: StrictClient, assessment: Assessment, everything: str
) -> None:
    reviewer.show(everything)
    page = reviewer.press(SHOW, {"action": "waive", "reason": REASON, "until": "2027-06-01"})
    assert "6 flags change" in page.text
    # Two requirements of one question are told apart by their gaps.
    assert "24 hours; required: at most 8 hours" in page.text
    assert "48 hours; required: at most 24 hours" in page.text
    assert page.text.count("Waiver proposed: waits for a second person") == 1
    assert "1 flag stays as it is" in page.text
    assert "can be neither waived nor accepted" in page.text
    reviewer.press("Decide 6 flags")
    after = {one: flag.state for one, flag in flags_of(session, assessment).items()}
    assert (after.pop(NEVER), after.pop(MANDATORY)) == ("open", "open")
    assert set(after.values()) == {"waived"}


def test_only_what_is_ticked_is_decided(
    session: Session, reviewer: StrictClient, assessment: Assessment, everything: str
) -> None:
    reviewer.show(everything)
    ticked = [str(flag_of(session, assessment, MINOR).id)]
    reviewer.press(SHOW, {"flag": ticked, "action": "confirm"})
    reviewer.press("Decide 1 flag")
    states = {one: flag.state for one, flag in flags_of(session, assessment).items()}
    assert states.pop(MINOR) == "gap_confirmed"
    assert set(states.values()) == {"open"}


def test_ticking_in_the_queue_leads_to_the_same_page(
    session: Session, reviewer: StrictClient, assessment: Assessment
) -> None:
    reviewer.show("/flags")
    ticked = [str(flag_of(session, assessment, one).id) for one in (MINOR, RTO)]
    page = reviewer.press("Decide the ticked ones together", {"flag": ticked})
    assert set(listed(page)) == set(ticked)


def test_one_requirement_over_vendors(
    session: Session, reviewer: StrictClient, clock, organisation, rfi, assessment: Assessment
) -> None:
    other = reviewed.submitted(session, clock, organisation, rfi, vendor="Cobalt Desk")
    page = reviewer.show(f"/flags/{flag_of(session, assessment, RTO).id}")
    page = reviewer.show(page.link("The same for 1 other vendor together"))
    assert set(listed(page)) == {str(flag_of(session, one, RTO).id) for one in (assessment, other)}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": REASON}, "Choose what to do."),
        ({"action": "accept"}, "Give the reason"),
        ({"action": "confirm", "flag": []}, "Choose at least one flag."),
        ({"action": "waive", "reason": REASON}, "Say until when"),
    ],
)
def test_what_is_missing_is_said_and_the_ticks_stay(
    session: Session, reviewer: StrictClient, assessment, everything: str, values, sentence
) -> None:
    reviewer.show(everything)
    one = [str(flag_of(session, assessment, RTO).id)]
    page = reviewer.press(SHOW, {"flag": one} | values, status=422)
    assert sentence in page.text
    kept = page.form_with(SHOW).values()
    assert kept["flag"] == values.get("flag", one)
    assert len(kept["all"]) == 7
    assert kept["reason"] == [values.get("reason", "")]


def test_going_back_from_the_preview_keeps_everything(
    session: Session, reviewer: StrictClient, assessment: Assessment, everything: str
) -> None:
    reviewer.show(everything)
    one = [str(flag_of(session, assessment, RTO).id)]
    reviewer.press(SHOW, {"flag": one, "action": "accept", "reason": REASON})
    page = reviewer.press("Change the choice")
    kept = page.form_with(SHOW).values()
    assert (kept["flag"], kept["action"], kept["reason"]) == (one, ["accept"], [REASON])
    assert len(kept["all"]) == 7


def test_a_flag_that_changed_since_the_preview_stops_all_of_it(
    session: Session, reviewer: StrictClient, second: StrictClient, assessment, everything: str
) -> None:
    reviewer.show(everything)
    preview = reviewer.press(SHOW, {"action": "confirm"})
    second.show(f"/flags/{flag_of(session, assessment, RTO).id}")
    second.press("Decide and stay", {"action": "accept", "reason": "Rosa was quicker."})
    reviewer.page = preview
    page = reviewer.press("Decide 7 flags", status=409)
    assert "nothing was decided" in page.text
    assert "This was decided already." in page.text
    assert flag_of(session, assessment, MINOR).state == "open"
    reviewer.press("Decide 6 flags")
    assert flag_of(session, assessment, MINOR).state == "gap_confirmed"
    assert flag_of(session, assessment, RTO).state == "accepted"


def test_the_second_person_agrees_to_many_at_once(
    session: Session, reviewer: StrictClient, second: StrictClient, assessment, everything: str
) -> None:
    reviewer.show(everything)
    reviewer.press(SHOW, {"action": "accept", "reason": REASON})
    reviewer.press("Decide 6 flags")
    reviewer.show(everything)
    page = reviewer.press(SHOW, {"action": "agree"})
    assert "You proposed this yourself" in page.text
    assert not any(one.startswith("Decide") for form in page.forms for one in form.buttons)
    second.show(everything)
    second.press(SHOW, {"action": "agree"})
    second.press("Decide 1 flag")
    assert flag_of(session, assessment, MANDATORY).state == "accepted"


def test_assigning_a_whole_section(
    session: Session, reviewer: StrictClient, assessment: Assessment, everything: str, rosa: User
) -> None:
    reviewer.show(everything)
    reviewer.press(SHOW, {"action": "assign", "assignee": str(rosa.id)})
    reviewer.press("Decide 7 flags")
    assert {one.assignee_id for one in flags_of(session, assessment).values()} == {rosa.id}


def test_another_companys_group_batch_and_flags_answer_like_unknown_ones(
    session: Session, reviewer: StrictClient, new_client, stan: User, assessment, everything: str
) -> None:
    reviewer.show(everything)
    page = reviewer.press(SHOW, {"action": "confirm"})
    form = page.form_with("Decide 7 flags")
    done = reviewer.press("Decide 7 flags")
    batch = done.url.partition("?")[0]
    stranger = new_client()
    cast.sign_in(stranger, stan)
    unknown = stranger.get(f"/flags/batches/{new_id()}")
    assert stranger.get(batch).data == unknown.data
    assert unknown.status_code == 404
    assert listed(stranger.show(everything)) == []
    token = stranger.show("/flags").form_with("Sign out").values()["csrf_token"]
    sent = form.values() | {"csrf_token": token}
    assert stranger.post("/flags/together", data=sent).status_code == 404
    assert stranger.post(f"{batch}/undo", data={"csrf_token": token}).status_code == 404
    assert flag_of(session, assessment, RTO).state == "gap_confirmed"
