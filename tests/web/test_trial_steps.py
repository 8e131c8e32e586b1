"""Consent before a trial and the repeat after a failed one, on their pages."""

from __future__ import annotations

from tests.harness.page import text_of
from tests.harness.web import StrictClient
from tests.services.trials import CONSENT, rate_all
from tests.web.buying import buyer, path

__all__ = ["buyer"]


def test_consent_comes_before_the_plan(buyer: StrictClient, session, trial) -> None:
    trial_id = trial.begin(trial.vendors[0], consent=False)
    session.commit()
    plan = buyer.show(path(trial.rfi, f"/trial/{trial_id}/plan"))
    assert "No consent is recorded." in plan.text
    assert "Plan these calls" not in plan.text
    buyer.show(plan.link("Record the consent"))
    page = buyer.press("Save the consent", CONSENT | {"given_on": "2027-02-01"}, status=422)
    assert "This day has not come yet." in page.text
    (box,) = (one for one in page.root.iter("input") if one.get("name") == "note")
    assert box.get("value") == CONSENT["note"]
    page = buyer.press("Save the consent", CONSENT)
    assert page.heading == trial.vendors[0].vendor.name
    assert "Plan these calls" in page.text


def test_a_stale_consent_shows_what_somebody_else_recorded(
    buyer: StrictClient, session, trial
) -> None:
    trial_id = trial.begin(trial.vendors[0], consent=False)
    session.commit()
    buyer.show(path(trial.rfi, f"/trial/{trial_id}/consent"))
    trial.consent(trial_id)
    session.commit()
    page = buyer.press("Save the consent", CONSENT | {"note": "Letter 99"}, status=409)
    assert "Changed meanwhile" in page.text
    assert CONSENT["note"] in page.text


def test_the_plan_says_in_which_calls_alteration_is_off(
    buyer: StrictClient, session, trial
) -> None:
    trial_id = trial.begin(trial.vendors[0])
    trial.plan(trial_id, each="20")
    session.commit()
    at = path(trial.rfi, f"/trial/{trial_id}/plan")
    page = buyer.show(at)
    rows = [text_of(one) for one in page.root.iter("tr")]
    assert sum(" off " in row for row in rows) == 10
    codes = [one.code for one in trial.calls(trial_id)]
    page = buyer.press("Alteration as usual", {"call": codes})
    assert "off in 0 of 20 scored calls" in page.text
    listed = buyer.get(path(trial.rfi, f"/trial/{trial_id}/calls.csv")).get_data(as_text=True)
    assert "Voice alteration and AI" in listed


def test_a_failed_trial_is_repeated_on_its_page(buyer: StrictClient, session, trial) -> None:
    trial_id = trial.begin(trial.vendors[0])
    trial.plan(trial_id, each="20")
    rate_all(trial, trial_id, mark=2, raters=("Rita Kask",))
    session.commit()
    at = path(trial.rfi, f"/trial/{trial_id}")
    buyer.show(at)
    page = buyer.press("Begin the repeat", {"fix": " "}, status=422)
    assert "Write what the vendor has put right" in page.text
    page = buyer.press("Begin the repeat", {"fix": "Trained anew; we saw the records."})
    assert "Repeat of a failed trial." in page.text
    first = buyer.show(at)
    assert "This trial was repeated once" in first.text
    assert "Begin the repeat" not in first.text
    second = buyer.show(first.link("The repeat"))
    assert "Trained anew; we saw the records." in second.text
    overview = buyer.show(path(trial.rfi, "/trial"))
    assert "tried twice" in overview.text
    assert "repeat: Not held" in overview.text
