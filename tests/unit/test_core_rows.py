"""Rules over the rows of a table: quantifiers, filters, empty tables and empty cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from question_bank.model import RowRule
from questionnaire.core.answers import BLANK, Answer
from questionnaire.core.gaps import judge
from tests.harness.asking import answered, bank, column, question, requirement, row

STAFF = question(
    "a.staff",
    "table",
    subject="Staff",
    columns=(
        column("role", "choice", "agent", "lead"),
        column("heads", "number", unit="people"),
        column("level", "choice", "low", "mid", "high", ordered=True),
        column("carrier", "text"),
        column("country", "country"),
        column("present", "yes_no"),
        column("left", "number", optional=True),
        column("tags", "multi_choice", "x", "y"),
    ),
)
BANK = bank([STAFF], policy={"banned": ("KP", "IR")})
BRIEF = {
    "seats": 45,
    "role": "agent",
    "allowed": ["US", "CR"],
}


def judged(rule, rows, brief=None):
    """Status and explanation of one row rule; `rows` may also be an Answer."""
    if not isinstance(rows, Answer):
        rows = answered(tuple(row(STAFF, **one) for one in rows))
    (found,) = judge(
        BANK,
        [requirement(STAFF, "row", rule)],
        BRIEF if brief is None else brief,
        {STAFF.id: rows},
        on=date(2026, 11, 23),
    )
    return found


def status(rule, rows, brief=None):
    return judged(rule, rows, brief).status


def agents(quantifier, op="at_least", value=10, name="heads"):
    return RowRule(quantifier, {"role": "agent"}, name, op, value)


def agent(heads, **more):
    return {"role": "agent", "heads": None if heads is None else Decimal(heads), **more}


LEAD = {"role": "lead", "heads": Decimal(99)}
MAYBE = {"role": None, "heads": Decimal(99)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([agent(12)], "met"),
        ([agent(5), agent(12)], "met"),
        ([agent(5)], "not_met"),
        ([LEAD], "not_met"),
        ([], "not_met"),
        ([agent(None)], "unknown"),
        ([agent(None), agent(12)], "met"),
        ([agent(None), agent(5)], "unknown"),
        ([MAYBE], "unknown"),
        ([{"role": None, "heads": Decimal(5)}], "not_met"),
    ],
)
def test_any(rows, expected):
    assert status(agents("any"), rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([agent(12), agent(10)], "met"),
        ([agent(12), LEAD], "met"),
        ([agent(12), agent(5)], "not_met"),
        ([agent(12), agent(None)], "unknown"),
        ([agent(5), agent(None)], "not_met"),
        ([], "met"),
        ([LEAD], "unknown"),
        ([MAYBE], "unknown"),
        ([agent(12), MAYBE], "met"),
        ([agent(12), {"role": None, "heads": Decimal(5)}], "unknown"),
    ],
)
def test_all(rows, expected):
    assert status(agents("all"), rows) == expected


@pytest.mark.parametrize(
    ("countries", "expected"),
    [
        (["PH", "US"], "met"),
        (["PH", "KP"], "not_met"),
        (["PH", None], "unknown"),
        (["KP", None], "not_met"),
        ([], "met"),
    ],
)
def test_none(countries, expected):
    rule = RowRule("none", {}, "country", "one_of", "@policy.banned")
    assert status(rule, [{"country": one, "heads": Decimal(1)} for one in countries]) == expected


def test_none_over_rows_that_all_fail_the_filter_is_not_known():
    rule = RowRule("none", {"role": "agent"}, "country", "one_of", "@policy.banned")
    assert status(rule, [{"role": "lead", "country": "PH"}]) == "unknown"


def test_nothing_outside_the_permitted_countries():
    rule = RowRule("none", {}, "country", "not_in", "@buyer.allowed")
    assert status(rule, [{"country": "US"}]) == "met"
    assert status(rule, [{"country": "US"}, {"country": "PH"}]) == "not_met"
    assert status(rule, [{"country": "US"}], brief={}) == "unknown"
    assert "must be United States or Costa Rica" in judged(rule, [{"country": "US"}]).explanation


@pytest.mark.parametrize(
    ("rows", "least", "expected"),
    [
        ([agent(1), agent(None)], 2, "met"),
        ([agent(1), LEAD], 2, "not_met"),
        ([agent(1), MAYBE], 2, "unknown"),
        ([agent(1), agent(1), MAYBE], 2, "met"),
        ([], 2, "not_met"),
        ([], 0, "met"),
        ([LEAD], 0, "unknown"),
    ],
)
def test_count(rows, least, expected):
    rule = RowRule("count", {"role": "agent"}, None, "at_least", least)
    assert status(rule, rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([agent(40), agent(60), LEAD], "met"),
        ([agent(40), agent(61)], "not_met"),
        ([agent(40), agent(None)], "unknown"),
        ([agent(40), MAYBE], "unknown"),
        ([], "met"),
        ([LEAD], "unknown"),
    ],
)
def test_sum(rows, expected):
    assert status(agents("sum", "at_most", 100), rows) == expected


def test_an_empty_cell_that_is_a_fact_adds_nothing_to_a_sum_and_misses_a_limit():
    rows = [{"role": "agent", "left": Decimal(3)}, {"role": "agent"}]
    assert status(agents("sum", "at_most", 3, "left"), rows) == "met"
    assert status(agents("all", "at_most", 3, "left"), rows) == "not_met"


@pytest.mark.parametrize(
    ("carriers", "expected"),
    [
        (["Tricom", "Claro"], "met"),
        (["Tricom", "TRICOM "], "not_met"),
        (["Tricom", None], "unknown"),
        (["Tricom", "Claro", None], "met"),
        ([], "not_met"),
    ],
)
def test_distinct(carriers, expected):
    rule = RowRule("distinct", {}, "carrier", "at_least", 2)
    rows = [{"carrier": one, "heads": Decimal(1)} for one in carriers]
    assert status(rule, rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([agent(150), {"role": "lead", "heads": Decimal(10)}], "met"),
        ([agent(151), {"role": "lead", "heads": Decimal(10)}], "not_met"),
        ([agent(150)], "unknown"),
        ([agent(150), {"role": "lead", "heads": Decimal(0)}], "unknown"),
        ([agent(150), {"role": "lead", "heads": None}], "unknown"),
        ([], "unknown"),
    ],
)
def test_ratio(rows, expected):
    rule = RowRule(
        "ratio", {}, "heads", "at_most", 15,
        numerator={"role": "agent"}, denominator={"role": "lead"},
    )  # fmt: skip
    assert status(rule, rows) == expected


def test_filters_look_up_the_brief_take_lists_and_look_into_several_choices():
    by_brief = RowRule("count", {"role": "@buyer.role"}, None, "at_least", 1)
    assert status(by_brief, [agent(1)]) == "met"
    assert status(by_brief, [agent(1)], brief={}) == "unknown"
    by_list = RowRule("count", {"role": ["agent", "lead"]}, None, "at_least", 2)
    assert status(by_list, [agent(1), LEAD]) == "met"
    by_tag = RowRule("count", {"tags": "x"}, None, "at_least", 1)
    assert status(by_tag, [{"tags": ("x", "y")}]) == "met"
    by_truth = RowRule("count", {"present": True}, None, "at_least", 1)
    assert status(by_truth, [{"present": True}, {"present": False}]) == "met"


def test_ordered_choices_compare_by_position():
    rule = RowRule("any", {}, "level", "at_least", "mid")
    assert status(rule, [{"level": "high"}]) == "met"
    assert status(rule, [{"level": "low"}]) == "not_met"


@pytest.mark.parametrize("answer", [BLANK, Answer("dont_know"), Answer("not_applicable")])
@pytest.mark.parametrize("quantifier", ["any", "all", "none", "count", "sum", "distinct"])
def test_an_untouched_table_is_unknown_whatever_the_rule(answer, quantifier):
    assert status(agents(quantifier), answer) == "unknown"


def test_rows_are_named_with_their_cells():
    rows = [agent(12, carrier="A"), agent(3), agent(None)]
    assert judged(agents("all"), rows[1:]).explanation == (
        "Staff: “Agent” has Heads: 3\u00a0people; required: in every row with Role “Agent”, "
        "“Heads” must be at least 10\u00a0people."
    )
    assert "Heads: not stated" in judged(agents("all"), rows[2:]).explanation
    assert judged(agents("sum", "at_most", 4), rows[1:2]).explanation == (
        "Staff: 3\u00a0people in all; required: the sum of “Heads” with Role “Agent” must be at "
        "most 4\u00a0people."
    )


def test_no_row_is_told_from_none_to_report():
    assert "no row with Role “Agent” is listed" in judged(agents("any"), [LEAD]).explanation
    assert "none to report" in judged(agents("any"), []).explanation


def test_rules_that_make_no_sense_are_unknown():
    for rule in (
        RowRule("most", {}, "heads", "at_least", 1),
        RowRule("any", {}, "absent", "at_least", 1),
        RowRule("any", {"absent": 1}, "heads", "at_least", 1),
        RowRule("any", {}, "heads", "resembles", 1),
    ):
        assert status(rule, [agent(1)]) == "unknown"
