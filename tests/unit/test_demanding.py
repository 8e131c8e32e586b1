"""Thresholds as controls: every requirement of the bank goes there and back, faults say why."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from question_bank.loader import load_bank
from question_bank.model import DocumentRule, Reference, Requirement, RowRule
from questionnaire.paths import PACKAGE
from questionnaire.services import demand_values, demanding
from questionnaire.services.faults import Invalid

BANK = load_bank()
ASKED = frozenset(BANK.questions)
BY_ID = {one.id: one for one in BANK.requirements}
BRIEF: dict[str, Any] = json.loads((PACKAGE / "demo" / "case.json").read_text("utf-8"))["buyer"]


def editor(id: str) -> demanding.Editor:
    return demanding.editor_of(BY_ID[id], BANK, BRIEF, ASKED)


def read(id: str, **typed: Any) -> Any:
    held = demand_values.typed_threshold(BY_ID[id].threshold)
    return demand_values.read_threshold(BY_ID[id], editor(id), held | typed)


def fault(id: str, **typed: Any) -> tuple[str, str]:
    with pytest.raises(Invalid) as caught:
        read(id, **typed)
    ((control, sentence),) = caught.value.faults.items()
    return control, sentence


@pytest.mark.parametrize("requirement", BANK.requirements, ids=list(BY_ID))
def test_every_threshold_comes_back_from_its_controls_unchanged(requirement: Requirement) -> None:
    typed = demand_values.typed_threshold(requirement.threshold)
    found = demand_values.read_threshold(requirement, editor(requirement.id), typed)
    assert found == requirement.threshold


@pytest.mark.parametrize(
    ("id", "control"),
    [
        ("security.segregation#1", "truth"),
        ("scripting.pass-mark#1", "number"),
        ("resilience.last-test#1", "months"),
        ("language.test#1", "code"),
        ("resilience.alternate-site#1", "codes"),
        ("privacy.countries#1", "codes"),
        ("company.legal-entity#1", "documents"),
        ("company.insurance#3", "date"),
        ("resilience.outages#1", "number"),
        ("security.certifications#1", "codes"),
    ],
)
def test_the_controls_fit_the_question(id: str, control: str) -> None:
    assert editor(id).control == control


def test_only_figures_of_the_same_unit_and_codes_of_the_same_list_are_offered() -> None:
    hours = dict(editor("resilience.rto#1").references)
    assert {"@buyer.rto_hours", "@buyer.rpo_hours", "@answer.resilience.rpo"} <= set(hours)
    assert not {"@buyer.seats_needed", "@buyer.margin", "@answer.resilience.rto"} & set(hours)
    assert "8" in hours["@buyer.rto_hours"]
    assert set(dict(editor("services.lines#1").references)) == {"@buyer.service_lines"}
    countries = dict(editor("privacy.countries#1").references)
    assert {"@buyer.permitted_countries", "@policy.eea"} <= set(countries)
    assert set(dict(editor("language.languages#1").references)) == {"@language.min_spoken"}


def test_no_sealed_answer_is_offered_for_comparison() -> None:
    offered = {code for id in BY_ID for code, _ in editor(id).references}
    sealed = {f"@answer.{one}" for one in BANK.sealed_questions}
    assert sealed
    assert offered & sealed == set()


def test_an_answer_that_is_not_asked_is_not_offered() -> None:
    found = demanding.editor_of(BY_ID["resilience.rto#1"], BANK, BRIEF, frozenset())
    assert all(code.startswith("@buyer.") for code, _ in found.references)


def test_a_figure_can_replace_what_was_looked_up_and_the_other_way_round() -> None:
    assert read("resilience.rto#1", source="value", value="6") == 6
    assert read("resilience.rto#1", plus="-2") == Reference("buyer", "rto_hours", Decimal(-2))
    assert read("quality.csat#1", source="@buyer.inhouse.csat") == Reference(
        "buyer", "inhouse.csat"
    )


def test_a_row_rule_keeps_everything_but_its_figure() -> None:
    before = BY_ID["company.insurance#1"].threshold
    after = read("company.insurance#1", value="3000000")
    assert isinstance(before, RowRule)
    assert isinstance(after, RowRule)
    assert (after.where, after.column, after.op) == (before.where, before.column, before.op)
    assert after.value == 3_000_000


def test_codes_are_kept_in_the_lists_order() -> None:
    found = read("resilience.alternate-site#1", value=["hot", "cold"])
    assert found == ("cold", "hot")


def test_accepted_documents_and_their_age_are_changed() -> None:
    found = read("company.legal-entity#1", value=["register_extract", "audit_report"], age="")
    assert isinstance(found, DocumentRule)
    assert set(found.types) == {"register_extract", "audit_report"} & set(BANK.document_types)


@pytest.mark.parametrize(
    ("id", "typed", "control", "words"),
    [
        ("scripting.pass-mark#1", {"value": ""}, "value", "compared with"),
        ("scripting.pass-mark#1", {"value": "a lot"}, "value", "digits"),
        ("resilience.rto#1", {"source": "@buyer.seats_needed"}, "source", "list"),
        ("resilience.rto#1", {"source": "@answer.price.rate"}, "source", "list"),
        ("resilience.rto#1", {"plus": "some"}, "plus", "digits"),
        ("resilience.last-test#1", {"value": "1.5"}, "value", "whole number of months"),
        ("resilience.last-test#1", {"value": "0"}, "value", "whole number of months"),
        ("language.test#1", {"value": "none-such"}, "value", "list"),
        ("resilience.alternate-site#1", {"value": []}, "value", "at least one"),
        ("resilience.alternate-site#1", {"value": ["moon"]}, "value", "list"),
        ("security.segregation#1", {"value": "maybe"}, "value", "yes or no"),
        ("company.legal-entity#1", {"age": "soon"}, "age", "months"),
        ("company.legal-entity#1", {"value": []}, "value", "at least one"),
        (
            "company.insurance#3",
            {"source": "value", "value": "tomorrow"},
            "value",
            "year-month-day",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_control(
    id: str, typed: dict[str, Any], control: str, words: str
) -> None:
    at, sentence = fault(id, **typed)
    assert at == control
    assert words in sentence
