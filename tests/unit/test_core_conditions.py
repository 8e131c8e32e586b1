"""Where thresholds come from, and which questions are shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from question_bank.model import AllOf, AnswerIs, AnyOf, BuyerIs, Reference, SomeRow
from question_bank.values import UNKNOWN, Money
from questionnaire.core.answers import Answer
from questionnaire.core.conditions import holds, open_case, shown_questions, triggers
from questionnaire.core.thresholds import resolve
from questionnaire.core.truth import Unsure
from tests.harness.asking import answered, bank, brief_field, column, question, row

NUMBER = question("a.hours", "number", unit="hours", subject="Recovery time")
LEVEL = question("a.level", "single_choice", "none", "cold", "hot", ordered=True)
MODEL = question("a.model", "single_choice", "cloud", "own")
MANY = question("a.many", "multi_choice", "red", "green", "blue")
RATE = question("p.rate", "money")
SITES = question(
    "a.sites",
    "table",
    columns=(
        column("site", "text"),
        column("role", "choice", "primary", "other"),
        column("country", "country"),
        column("refuel", "number", optional=True),
    ),
)
BANK = bank(
    [NUMBER, LEVEL, MODEL, MANY, RATE, SITES],
    brief=[brief_field("inhouse.rate", "money"), brief_field("lines", "multi_choice", "care")],
    policy={"banned": ("KP", "IR"), "empty": ()},
)
BRIEF = {
    "rto_hours": 8,
    "inhouse": {"csat": 88, "rate": 34.5},
    "countries": ["US", "CR"],
    "nothing": [],
    "blank": "",
}


def looked_up(threshold, answers=None, entry=None):
    return resolve(threshold, open_case(BANK, BRIEF, answers or {}), entry)


@pytest.mark.parametrize(
    ("threshold", "value"),
    [
        (8, Decimal(8)),
        (("a", "b"), ("a", "b")),
        ("@buyer.rto_hours", Decimal(8)),
        (Reference("buyer", "inhouse.csat", Decimal(-3)), Decimal(85)),
        ({"ref": "@buyer.inhouse.csat", "plus": -3}, Decimal(85)),
        ("@buyer.inhouse.rate", Money(Decimal("34.5"), "USD")),
        ("@buyer.countries", ("US", "CR")),
        (["@buyer.countries", "MX"], ("US", "CR", "MX")),
        ("@policy.banned", ("KP", "IR")),
        ("@answer.a.hours", Decimal(12)),
        ("@language.min_spoken", "B2"),
    ],
)
def test_thresholds_are_looked_up(threshold, value):
    answers = {"a.hours": answered(Decimal(12))}
    assert looked_up(threshold, answers, {"min_spoken": "B2"}).value == value


@pytest.mark.parametrize(
    "threshold",
    [
        "@buyer.absent", "@buyer.inhouse.absent", "@buyer.nothing", "@buyer.blank",
        "@policy.absent", "@policy.empty", "@answer.a.hours", "@answer.a.absent",
        "@language.min_spoken", Reference("buyer", "countries", Decimal(1)),
        ["@buyer.countries", "@buyer.absent"],
    ],
)  # fmt: skip
def test_what_is_not_there_is_unsure_with_a_reason(threshold):
    found = looked_up(threshold)
    assert isinstance(found.value, Unsure)
    assert found.value.why


def test_a_threshold_says_where_it_was_found():
    assert looked_up("@buyer.rto_hours").origin == "your brief"
    assert looked_up(8).origin == ""
    origin = looked_up("@answer.a.hours", {"a.hours": answered(Decimal(1))}).origin
    assert origin == "the answer to “Recovery time”"


CONDITION = AnswerIs("a.model", "equals", "own")
HIDING = [
    MODEL,
    question("b.follow", "text", show_when=CONDITION),
    question("b.after", "text", show_when=AnswerIs("b.follow", "equals", "yes")),
    question("b.test", "date"),
    question("b.result", "number", show_when=AnswerIs("b.test", "answered")),
    question("b.lines", "text", show_when=BuyerIs("lines", "includes_any", ["care"])),
]
HIDING_BANK = bank(HIDING)


def shown(answers, brief=None, **more):
    return {one.id for one in shown_questions(HIDING_BANK, brief or {}, answers, **more)}


def test_a_condition_that_is_false_hides_its_question_and_one_that_is_not_known_does_not():
    assert "b.follow" in shown({"a.model": answered("own")})
    assert "b.follow" not in shown({"a.model": answered("cloud")})
    assert "b.follow" in shown({})
    assert "b.follow" in shown({"a.model": Answer("dont_know")})
    assert "b.follow" in shown({"a.model": Answer("not_applicable", reason="x")})


def test_the_kept_answer_of_a_hidden_question_does_not_count():
    answers = {"a.model": answered("cloud"), "b.follow": answered("no")}
    assert "b.after" in shown(answers)
    assert "b.after" not in shown(answers | {"a.model": answered("own")})


def test_not_answering_never_hides_what_depends_on_an_answer():
    assert "b.result" in shown({})
    assert "b.result" in shown({"b.test": answered(date(2026, 1, 1))})
    said = {"b.test": Answer("not_applicable", reason="never tested")}
    assert "b.result" in shown(said)
    assert "b.result" not in shown(said, accepted={"b.test"})


def test_an_empty_list_in_the_brief_is_known_and_a_missing_one_is_not():
    assert "b.lines" not in shown({}, {"lines": []})
    assert "b.lines" not in shown({}, {"lines": ["sales"]})
    assert "b.lines" in shown({}, {"lines": ["care"]})
    assert "b.lines" in shown({}, {})


def test_only_chosen_questions_are_shown_and_what_was_not_chosen_is_unknown():
    cloud = {"a.model": answered("cloud")}
    assert shown(cloud, selection={"a.model", "b.follow"}) == {"a.model"}
    assert shown(cloud, selection={"b.follow"}) == {"b.follow"}


def test_questions_stay_in_the_order_of_the_bank():
    found = shown_questions(HIDING_BANK, {}, {})
    assert [one.id for one in found] == [one.id for one in HIDING]


def test_conditions_in_a_ring_show_their_questions():
    ring = bank([
        question("r.one", "text", show_when=AnswerIs("r.two", "equals", "x")),
        question("r.two", "text", show_when=AnswerIs("r.one", "equals", "y")),
    ])  # fmt: skip
    assert len(shown_questions(ring, {}, {})) == 2


def test_triggers_name_what_an_answer_shows_or_hides():
    assert triggers(HIDING_BANK) == {
        "a.model": ("b.follow",), "b.follow": ("b.after",), "b.test": ("b.result",),
    }  # fmt: skip


PRIMARY_ABROAD = SomeRow("a.sites", {"role": "primary"}, "country", "not_in", ["US", "PR"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"role": "primary", "country": "PH"}], True),
        ([{"role": "primary", "country": "US"}, {"role": "other", "country": "PH"}], False),
        ([{"role": "primary", "country": None}], UNKNOWN),
        ([{"role": None, "country": "PH"}], UNKNOWN),
        ([{"role": None, "country": "US"}], False),
        ([], False),
    ],
)
def test_a_condition_on_rows_wants_one_that_passes_and_satisfies(rows, expected):
    answers = {"a.sites": answered(tuple(row(SITES, **cells) for cells in rows))}
    assert holds(PRIMARY_ABROAD, {}, answers, BANK) is expected
    assert holds(PRIMARY_ABROAD, {}, {}, BANK) is UNKNOWN


def test_conditions_combine():
    yes = BuyerIs("rto_hours", "at_least", 8)
    no = BuyerIs("rto_hours", "at_least", 9)
    unknown = BuyerIs("absent", "answered")
    judged = [
        holds(condition, BRIEF, {}, BANK)
        for condition in (
            AllOf((yes, unknown)), AllOf((no, unknown)), AnyOf((yes, unknown)),
            AnyOf((no, unknown)), AllOf((yes, yes)),
        )
    ]  # fmt: skip
    assert judged == [UNKNOWN, False, True, UNKNOWN, True]
