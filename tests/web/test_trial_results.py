"""Figures, summaries and the result of a trial, in words, and never to a vendor."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from questionnaire.models import CallRating, Invitation
from tests.cast import sign_in
from tests.harness.counting import statements
from tests.services.drafts import LINKS
from tests.services.trials import rate_all
from tests.web.buying import buyer, path, table_lines
from tests.web.vera import code_in_mail

__all__ = ["buyer"]


def test_figures_are_stated_and_shown(buyer, trial, amber) -> None:
    buyer.show(path(trial.rfi, f"/trial/{amber}/figures"))
    page = buyer.press(
        "Save the figures",
        {"csat": "87.5", "aht": "392", "drill": "done", "drill_hours": "3.6"},
    )
    assert "Satisfied customers (CSAT) 87.5 %" in page.text
    assert "until 80 % of capacity was back 3.6 hours" in page.text
    assert "Waiting time, on average not known" in page.text
    assert "Version 1, stated by Ada Marsh" in page.text


def test_figures_that_cannot_be_come_back_as_typed(buyer, trial, amber) -> None:
    buyer.show(path(trial.rfi, f"/trial/{amber}/figures"))
    page = buyer.press("Save the figures", {"csat": "101", "drill": "done"}, status=422)
    assert "Write a number from 0 to 100." in page.text
    assert "how many hours it took" in page.text
    assert dict(page.form_with("Save the figures").values())["csat"] == ["101"]


@pytest.mark.parametrize(
    ("address", "button", "mine", "theirs"),
    [
        ("figures", "Save the figures", {"csat": "80"}, {"csat": "90"}),
        (
            "summary",
            "Save the summary",
            {"source": "Lab A", "calls": "50", "mean-reach": "4"},
            {"source": "Lab B", "calls": "50", "mean-reach": "4"},
        ),
    ],
)
def test_what_somebody_else_saved_is_not_overwritten_unseen(
    buyer, new_client, ada, trial, amber, address, button, mine, theirs
) -> None:
    other = new_client()
    sign_in(other, ada)
    for browser in (buyer, other):
        browser.show(path(trial.rfi, f"/trial/{amber}/{address}"))
    other.press(button, theirs)
    page = buyer.press(button, mine, status=409)
    assert "Changed meanwhile" in page.text
    first = next(iter(mine))
    assert theirs[first] in page.text
    assert dict(page.form_with(button).values())[first] == [mine[first]]
    assert "Saved" in buyer.press(button).text


def test_a_summary_is_marked_as_one_and_can_be_taken_back(buyer, trial, amber) -> None:
    buyer.show(path(trial.rfi, f"/trial/{amber}/summary"))
    means = {f"mean-{one.id}": "4.5" for one in trial.scorecard.criteria}
    page = buyer.press("Save the summary", means | {"source": "Lab North", "calls": "120"})
    assert "Entered as a summary from Lab North, by Ada Marsh" in page.text
    assert "Nobody counted the compliance-critical errors" in page.text
    assert "4.50" in page.text
    assert "from Lab North" in buyer.show(path(trial.rfi, "/trial")).text
    buyer.show(path(trial.rfi, f"/trial/{amber}/summary"))
    page = buyer.press("Take the summary back")
    assert "taken back" in page.text
    assert page.root.find(".//h2[@id='result']").text == "Not held"


def test_a_summary_that_cannot_be_comes_back_as_typed(buyer, trial, amber) -> None:
    buyer.show(path(trial.rfi, f"/trial/{amber}/summary"))
    page = buyer.press("Save the summary", {"source": "Lab", "mean-reach": "9"}, status=422)
    assert "Write a mean from 1 to 5." in page.text
    assert "Write how many calls were rated." in page.text
    assert dict(page.form_with("Save the summary").values())["mean-reach"] == ["9"]


def test_the_result_says_in_words_what_it_rests_on(buyer, trial, amber) -> None:
    rate_all(trial, amber, 3)
    noted = {"critical": ["compliance"], "notes": {"compliance": "Read the address out."}}
    code = trial.calls(amber)[0].code
    trial.rate(trial.appoint(), code, 3, seen=1, comment="Hurried", **noted)
    page = buyer.show(path(trial.rfi, f"/trial/{amber}"))
    assert page.root.find(".//h2[@id='result']").text == "Failed"
    assert "The vendor is not eligible. Nothing compensates this" in page.text
    assert "Compliance-critical errors in the trial: 1." in page.text
    assert "3.00 of 5, weighted over all criteria; as a score 50.0 of 100" in page.text
    assert re.search(r"Getting through weight 5 % 3\.00 ± 0\.00 0\.00 20", table_lines(page)[0])
    assert f"{code} Compliance-critical: Read the address out. (Rita Kask)" in page.text
    assert f"{code} Hurried (Rita Kask)" in page.text
    assert "It is not known how many agents took the calls" in page.text


def test_too_few_calls_are_marked_so(buyer, trial, amber) -> None:
    scored = [one.code for one in trial.calls(amber) if not one.calibration]
    rater_id = trial.appoint()
    for code in scored[:12]:
        trial.rate(rater_id, code)
    page = buyer.show(path(trial.rfi, f"/trial/{amber}"))
    assert "12 too few" in table_lines(page)[0]
    assert "Passed with conditions" in page.text
    trial.rate(rater_id, scored[0], {one.id: "none" for one in trial.scorecard.criteria}, seen=1)


def test_the_own_teams_means_stand_beside_the_vendors(buyer, trial, amber) -> None:
    rate_all(trial, amber, 5, ["Rita Kask"])
    own = trial.begin()
    trial.plan(own, each="2")
    rate_all(trial, own, 3, ["Rita Kask"])
    page = buyer.show(path(trial.rfi, f"/trial/{amber}"))
    assert re.search(
        r"Getting through weight 5 % 5\.00 ± 0\.00 3\.00 0\.00 20", table_lines(page)[0]
    )
    assert "Satisfied customers in-house 88 % as your brief states it" in page.text
    assert "allows after a loss of the site 8" in page.text
    assert "Own team" not in buyer.show(path(trial.rfi, f"/trial/{own}")).text


def test_the_own_team_is_never_excluded(buyer, trial) -> None:
    begun = trial.begin()
    trial.plan(begun, each="20")
    rate_all(trial, begun, 2)
    page = buyer.show(path(trial.rfi, f"/trial/{begun}"))
    assert "The own team is the baseline" in page.text
    assert "not eligible" not in page.text


def test_the_statements_of_a_page_do_not_grow_with_calls(
    buyer, session, connection, trial, amber
) -> None:
    address = path(trial.rfi, "/trial")
    buyer.show(address)
    with statements(connection) as few:
        buyer.show(address)
    rate_all(trial, amber)
    other = trial.begin(trial.vendors[1])
    trial.plan(other, each="20")
    assert session.scalars(sa.select(CallRating)).first() is not None
    with statements(connection) as many:
        buyer.show(address)
    assert len(many) == len(few)


def test_the_history_tells_of_the_trial_in_sentences(buyer, trial, amber) -> None:
    trial.rate(trial.appoint(), trial.calls(amber)[0].code)
    trial.begin()
    page = buyer.show(path(trial.rfi, "/history"))
    for sentence in (
        "Ada Marsh began the trial of Amber Call",
        "Ada Marsh began the trial of your own team",
        "Ada Marsh planned test calls for the trial of Amber Call: 23",
        "Ada Marsh named Rita Kask as a rater for",
        f"Rita Kask finished rating the call {trial.calls(amber)[0].code}",
    ):
        assert sentence in page.text


def test_vendors_never_see_the_trial(buyer, new_client, session, trial, amber) -> None:
    """Neither its pages nor a word of it on the vendor's own."""
    rate_all(trial, amber)
    vera = new_client()
    invitation = session.scalars(
        sa.select(Invitation).where(Invitation.assessment_id == trial.vendors[0].id)
    ).one()
    vera.show(f"/invitation/{LINKS.token('vendor', invitation.id)}")
    vera.press("Send me the code")
    vera.press("Open the questionnaire", {"code": code_in_mail(session)})
    pages = [vera.page.html]
    for one in ("", "/check"):
        pages.append(vera.show(f"/assessment/{trial.vendors[0].id}{one}").html)
    for page in pages:
        for secret in ("Rita Kask", "/trial", "rating", *(c.code for c in trial.calls(amber))):
            assert secret not in page
