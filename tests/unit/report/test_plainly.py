"""Sentences of the report that a reader could take for more, or for less, than is known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from questionnaire.buyer.verdict_words import sure
from questionnaire.core.report import Report, compose
from questionnaire.core.report.words import shown
from tests.unit.report import kit

pytestmark = pytest.mark.sqlite_only


@cache
def demo() -> Report:
    return compose(kit.matter())


def test_minutes_of_outage_are_never_rounded_up_to_none() -> None:
    rows = {row[0].partition(" ")[0]: row[2] for row in kit.table(demo(), "recovery")}
    assert rows["Prairie"] == "99.995"
    (found,) = (one for _part, one in demo().tables if one.name == "recovery")
    assert all(str(row[2].value) == rows[str(row[0].value).partition(" ")[0]] for row in found.rows)
    assert shown(Decimal("99.9999"), "uptime", "en") == "99.999"


def test_the_drill_is_told_as_the_trial_tells_it_and_no_error_is_allowed_in_words() -> None:
    told = {}
    for reason in ("refused", "not_done", "unknown", None):
        (one,) = kit.matter("IN").vendors
        assert one.trial is not None
        offer = replace(one.offer, trial=replace(one.trial, drill_hours=None, no_drill=reason))
        report = compose(kit.matter(offers=[offer]))
        told[reason] = kit.table(report, "claims-measured")[-1][3]
    assert told == {
        "refused": "refused", "not_done": "not done", "unknown": "not known",
        None: "refused or not done",
    }  # fmt: skip
    text = kit.text_of(demo())
    assert "or any compliance-critical error. " in text
    assert "which is assumed and was not measured." in text


def test_what_was_not_answered_has_nothing_behind_it() -> None:
    tables = [one for _part, one in demo().tables if one.name.startswith("gaps-")]
    behind = {
        row[4].value
        for one in tables
        for row in one.rows
        if "nswered as not known" in str(row[3].value)
    }
    assert behind == {"–"}


def test_of_a_choice_that_falls_short_it_names_what_is_missing_or_must_not_be_there() -> None:
    """And only that: what was left out and is not required is no lack."""
    cells = [text for row in kit.table(demo(), "answers-security") for text in row]
    assert "5 of 7 named, without “Card-data handling” (not met)" in cells
    ai = "“Infers agents' emotions” and “Our data is used to train models for others”"
    assert f"4 of 7 named, among them {ai} (not met)" in cells
    short = "“Data in transit” and “Recordings at rest”, without “Backups” (not met)"
    assert short in cells
    privacy = [text for row in kit.table(demo(), "answers-privacy") for text in row]
    named = "4 of 8 named, without “Payment-card data” (not met)"
    assert named in privacy, "what the brief demands is looked up there"


def test_a_close_call_says_which_weights_were_tried_and_gaps_how_they_are_counted() -> None:
    text = "\n".join(kit.texts(compose(replace(kit.matter(), close_call=("Prairie", "S.R.L.")))))
    assert "with the weight of a section a fifth larger or smaller, or the price weighing" in text
    assert "It is between Prairie and S.R.L." in text
    assert "S.R.L.." not in text
    assert "a finding and the requirements that it explains are one." in text


def test_what_the_own_team_costs_is_promised_only_while_prices_are_sealed() -> None:
    promise = "Its cost is shown once prices are open."
    assert promise not in "\n".join(kit.texts(demo()))
    assert promise in "\n".join(kit.texts(compose(kit.matter(opened=False))))


def test_a_count_of_rows_says_which_rows_were_counted() -> None:
    text = "\n".join(kit.texts(demo()))
    assert "2 listed with “We may call”: yes; required: " in text
    assert "1 listed; required: the number of rows must be at least 2." in text


def test_what_is_assumed_is_called_an_assumption_where_it_is_shown() -> None:
    notes = {one.name: one.note for _part, one in demo().tables}
    for name, said in (
        ("options-places", "an assumption for every vendor alike: 80 km an hour by road up to 300"),
        ("options-hours", "an assumption for every vendor alike"),
        ("costs-besides", "Hours rest on what part 11 assumes"),
        ("new-starters", "An estimate"),
        ("recovery", "assumed: none where calls go on"),
        ("recovery", "Where recovery takes longer than promised, more can be left."),
    ):
        assert said in notes[name], name


def test_kinds_of_data_are_what_a_vendor_is_set_up_for_and_not_what_the_buyer_has() -> None:
    (flow,) = (one for _part, one in demo().tables if one.name == "data-flow")
    assert flow.heads[1].text == "Kinds of data it handles"
    assert "whether you have such data or not" in flow.note


def test_a_close_first_place_is_told_on_the_first_page_too_and_hollow_signs_are_explained() -> None:
    close = replace(kit.matter(), close_call=("Quetzal Bridge", "Prairie Bell"))
    told = [kit.text_of(one) for one in compose(close).parts]
    assert "close call, told in part 10: Quetzal Bridge and Prairie Bell." in told[0]
    assert "Who is not eligible stands hollow" in told[10]
    sealed = [kit.text_of(one) for one in compose(kit.matter(opened=False)).parts]
    assert "close call" not in sealed[0]
    assert "hollow" not in sealed[10]


def test_what_us_means_in_a_requirement_is_told_in_the_method() -> None:
    assert "your reviewers have read it (“reviewed by us”)" in kit.text_of(demo().parts[13])


def test_an_interval_is_called_an_estimate_by_the_page_of_the_verdict_too() -> None:
    told = sure(kit.matter().vendors[0].verdict.certainty, "en")
    assert told.endswith("this is estimated to hold the truth in 95 of 100 cases")
    assert "two figures, since the calls of the trial are a sample" in kit.text_of(demo().parts[10])
