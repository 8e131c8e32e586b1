"""A buyer's pages of trials: whom to try, begun and planned from the brief."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import sqlalchemy as sa

from questionnaire.buyer import trials as pages
from questionnaire.models import PlannedCall, Trial
from questionnaire.services import editions, exporting, trialling, weighing
from tests.services.trials import CONSENT
from tests.web.buying import buyer, path, table_lines

__all__ = ["buyer"]


def test_the_tab_leads_to_everybody_the_own_team_first(buyer, trial) -> None:
    page = buyer.show(path(trial.rfi, "/trial"))
    own, first, second = table_lines(page)
    assert "Your own team" in own
    assert "Amber Call" in first
    assert "Not held" in second
    assert page.heading == "Trial"


def test_a_trial_is_begun_and_planned_from_the_briefs_suggestion(buyer, session, trial) -> None:
    trial.rfi.brief = trial.rfi.brief | {"languages": [{"language": "en"}, {"language": "es"}]}
    buyer.show(path(trial.rfi, "/trial"))
    page = buyer.press("Begin Amber Call")
    buyer.show(page.link("Record the consent"))
    page = buyer.press("Save the consent", CONSENT)
    assert "Suggested from your brief" in page.text
    form = dict(page.form_with("Plan these calls").values())
    assert form["languages"] == ["English, Spanish"]
    assert (form["each"], form["calibration"]) == (["20"], ["3"])
    page = buyer.press("Plan these calls")
    assert "43 calls are planned." in page.text
    assert "40 to score" in page.text
    assert session.scalars(sa.select(PlannedCall.calibration)).all().count(True) == 3


def test_the_own_team_is_begun_without_an_assessment(buyer, session, trial) -> None:
    buyer.show(path(trial.rfi, "/trial"))
    assert buyer.press("Begin Your own team").heading == "Your own team"
    assert session.scalars(sa.select(Trial.assessment_id)).all() == [None]


def test_what_cannot_be_an_id_begins_no_trial(buyer, session, trial) -> None:
    page = buyer.show(path(trial.rfi, "/trial"))
    token = dict(page.form_with("Begin Amber Call").values())["csrf_token"]
    reply = buyer.post(
        path(trial.rfi, "/trial/begin"), data={"csrf_token": token, "assessment": "amber"}
    )
    assert reply.status_code == 404
    assert session.scalars(sa.select(Trial)).all() == []


def test_a_plan_below_a_fair_one_is_warned_of_and_made(buyer, trial) -> None:
    begun = trial.begin()
    trial.plan(begun, each="5", bands=("quiet",))
    page = buyer.show(path(trial.rfi, f"/trial/{begun}/plan"))
    assert "English: 5 scored calls; at least 20 are needed" in page.text
    assert "No call is planned for “Peak hour”." in page.text


def test_what_makes_no_plan_comes_back_as_typed(buyer, trial, amber) -> None:
    buyer.show(path(trial.rfi, f"/trial/{amber}/plan"))
    page = buyer.press(
        "Plan these calls", {"languages": "Klingon", "each": "many", "bands": None}, status=422
    )
    assert "no languages that we know: “Klingon”" in page.text
    assert "Choose at least one time of day." in page.text
    form = dict(page.form_with("Plan these calls").values())
    assert (form["languages"], form["each"]) == (["Klingon"], ["many"])


def test_the_same_plan_sent_twice_is_made_once(buyer, session, trial, amber) -> None:
    page = buyer.show(path(trial.rfi, f"/trial/{amber}/plan"))
    sent = dict(page.form_with("Plan these calls").values())
    for _ in range(2):
        buyer.post(path(trial.rfi, f"/trial/{amber}/plan"), data=sent)
    assert len(session.scalars(sa.select(PlannedCall)).all()) == 43
    assert "nothing was added" in buyer.show(path(trial.rfi, f"/trial/{amber}/plan")).text


def test_ticked_calls_are_calibrated_scored_or_taken_off(buyer, session, trial, amber) -> None:
    codes = [one.code for one in trial.calls(amber)]
    plan = path(trial.rfi, f"/trial/{amber}/plan")
    buyer.show(plan)
    assert "19 to score" in buyer.press("Use for calibration", {"call": codes[:1]}).text
    assert "20 to score" in buyer.press("Score as usual", {"call": codes[:1]}).text
    trial.rate(trial.appoint(), codes[0])
    page = buyer.press("Take off the plan", {"call": codes[:3]})
    assert "2 calls are off the plan. 1 call stays" in page.text
    buyer.show(plan)
    assert "Tick the calls" in buyer.press("Take off the plan", {"call": None}, status=409).text


def test_the_plan_is_taken_along_for_whoever_calls(buyer, trial, amber) -> None:
    reply = buyer.get(path(trial.rfi, f"/trial/{amber}/calls.csv"))
    rows = list(csv.reader(io.StringIO(reply.get_data(as_text=True).lstrip("\ufeff"))))
    assert tuple(rows[0]) == exporting.CALL_COLUMNS
    assert [row[6] for row in rows[1:21]].count("off") == 10
    assert len(rows) == 24
    assert rows[1][1] == "Where is my order?"
    assert [row[5] for row in rows[1:]].count("calibration") == 3
    # A situation can begin like a formula; no spreadsheet runs it.
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_a_draft_leads_to_its_steps_and_a_withdrawn_rfi_only_shows(buyer, session, trial) -> None:
    begun = trial.begin()
    trial.rfi.state = "draft"
    session.commit()
    assert buyer.get(path(trial.rfi, "/trial")).status_code == 302
    trial.rfi.state, trial.rfi.withdrawn_at = "withdrawn", trial.clock()
    session.commit()
    page = buyer.show(path(trial.rfi, f"/trial/{begun}/plan"))
    assert "Plan the calls" not in page.text
    assert "Begin" not in buyer.show(path(trial.rfi, "/trial")).text


def test_an_edition_without_a_scorecard_says_so(buyer, session, trial, monkeypatch) -> None:
    begun = trial.begin()
    bank = replace(editions.bank_of(session, trial.rfi.edition_digest), scorecard=None)
    for module in (pages, weighing, trialling):
        monkeypatch.setattr(module, "bank_of", lambda *_: bank)
    for address in ("/trial", "/trial/raters", f"/trial/{begun}", f"/trial/{begun}/plan"):
        assert "before the bank had a scorecard" in buyer.show(path(trial.rfi, address)).text
