"""Several profiles' requirements as one list, of which none is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from question_bank.model import DocumentRule, Profile, Reference, RowRule, Wording
from questionnaire.core.merging import default_requirements, implies
from tests.harness.asking import bank, question, requirement

HOURS = question("a.hours", "number")
LEVEL = question("a.level", "single_choice", "low", "mid", "high", ordered=True)
MODEL = question("a.model", "single_choice", "x", "y", "z")
KEYS = question("a.keys", "multi_choice", "a", "b", "c", "d")
PLAN = question("a.plan", "file")
AUDIT = question("a.audit", "yes_no")
TABLE = question("a.table", "table")
QUESTIONS = [HOURS, LEVEL, MODEL, KEYS, PLAN, AUDIT, TABLE]


def merged(*demands):
    """Of these, all in force together: what is left, as operator and threshold."""
    numbered = [
        requirement(of, operator, threshold, severity=severity, id=f"{of.id}#{n}", **more)
        for n, (of, operator, threshold, severity, *rest) in enumerate(demands)
        for more in [rest[0] if rest else {}]
    ]
    profile = Profile("plain", "X", Wording("Plain"), Wording("Plain"))
    found = default_requirements(bank(QUESTIONS, numbered, profiles=[profile]), ["X"])
    return [(int(one.id.split("#")[1]), one.threshold) for one in found]


def left(*demands):
    return [number for number, _ in merged(*demands)]


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ((HOURS, "at_most", 24, "major"), (HOURS, "at_most", 4, "major"), [1]),
        ((HOURS, "at_most", 24, "major"), (HOURS, "at_most", 4, "mandatory"), [1]),
        ((HOURS, "at_most", 24, "mandatory"), (HOURS, "at_most", 4, "major"), [0, 1]),
        ((HOURS, "at_least", 12, "minor"), (HOURS, "at_least", 72, "major"), [1]),
        ((HOURS, "at_least", 12, "major"), (HOURS, "at_most", 72, "major"), [0, 1]),
        ((HOURS, "at_least", 12, "major"), (HOURS, "at_least", 12, "major"), [0]),
        ((LEVEL, "at_least", "mid", "major"), (LEVEL, "at_least", "high", "major"), [1]),
        ((MODEL, "one_of", ("x", "y"), "major"), (MODEL, "one_of", ("y", "x"), "mandatory"), [1]),
        ((MODEL, "one_of", ("x", "y"), "major"), (MODEL, "one_of", ("x",), "mandatory"), [0, 1]),
        ((AUDIT, "equals", True, "major"), (AUDIT, "equals", True, "mandatory"), [1]),
        ((AUDIT, "equals", True, "major"), (AUDIT, "equals", False, "mandatory"), [0, 1]),
        ((KEYS, "includes_all", ("a",), "major"), (KEYS, "includes_all", ("a", "b"), "major"), [1]),
        ((KEYS, "includes_none", ("a",), "major"), (KEYS, "includes_none", ("a", "b"), "major"),
         [1]),
        ((KEYS, "includes_any", ("a",), "major"), (KEYS, "includes_any", ("a", "b"), "major"),
         [0, 1]),
    ],
)  # fmt: skip
def test_only_what_is_implied_at_equal_or_higher_severity_is_dropped(one, other, kept):
    assert left(one, other) == kept


def test_references_are_compared_with_themselves_only():
    brief = Reference("buyer", "csat")
    lower = Reference("buyer", "csat", Decimal(-3))
    assert left((HOURS, "at_least", 75, "mandatory"), (HOURS, "at_least", lower, "major")) == [0, 1]
    assert left((HOURS, "at_least", lower, "major"), (HOURS, "at_least", brief, "major")) == [1]
    other = Reference("buyer", "fcr")
    assert left((HOURS, "at_least", other, "major"), (HOURS, "at_least", brief, "major")) == [0, 1]


def test_what_a_more_severe_list_demands_is_taken_out_of_the_less_severe_one():
    assert merged(
        (KEYS, "includes_all", ("a", "b", "c"), "major"),
        (KEYS, "includes_all", ("a",), "mandatory"),
    ) == [(0, ("b", "c")), (1, ("a",))]


def test_a_list_of_which_nothing_is_left_is_dropped():
    assert left(
        (KEYS, "includes_all", ("a", "b"), "minor"),
        (KEYS, "includes_all", ("a", "c"), "major"),
        (KEYS, "includes_all", ("b", "d"), "mandatory"),
    ) == [1, 2]


def test_equally_severe_lists_keep_what_they_share():
    assert merged(
        (KEYS, "includes_all", ("a", "b"), "major"), (KEYS, "includes_all", ("a", "c"), "major")
    ) == [(0, ("a", "b")), (1, ("a", "c"))]


def test_documents_are_implied_by_younger_ones_of_the_same_types():
    year, half = DocumentRule(("policy",), 12), DocumentRule(("policy",), 6)
    other, ageless = DocumentRule(("sample",), 6), DocumentRule(("policy",))
    demands = [(PLAN, "evidence_required", rule, "major") for rule in (year, half, other, ageless)]
    assert left(*demands) == [1, 2]


def test_row_rules_merge_only_when_they_are_identical():
    rule = RowRule("any", {"kind": "cyber"}, "limit", "at_least", 2)
    stricter = RowRule("any", {"kind": "cyber"}, "limit", "at_least", 5)
    same = RowRule("any", {"kind": "cyber"}, "limit", "at_least", 2)
    demands = [(TABLE, "row", one, "major") for one in (rule, stricter, same)]
    assert left(*demands) == [0, 1]


def test_what_the_law_demands_is_not_dropped_for_what_can_be_waived():
    law = {"never_waivable": True}
    assert left((HOURS, "at_most", 24, "major", law), (HOURS, "at_most", 4, "mandatory")) == [0, 1]
    assert left((HOURS, "at_most", 24, "major", law), (HOURS, "at_most", 4, "mandatory", law)) == [
        1
    ]
    assert merged(
        (KEYS, "includes_all", ("a", "b"), "major", law),
        (KEYS, "includes_all", ("a",), "mandatory"),
    )[0] == (0, ("a", "b"))


def test_another_operator_or_question_implies_nothing():
    one = requirement(HOURS, "at_least", 5)
    assert not implies(requirement(HOURS, "equals", 5), one, HOURS)
    assert not implies(requirement(AUDIT, "at_least", 5), one, HOURS)


def test_profiles_and_questions_choose_the_requirements():
    profiles = [Profile(name, name[0].upper(), Wording(name), Wording(name)) for name in ("r", "h")]
    demands = [
        requirement(HOURS, "at_most", 24, profiles=["r"], id="r"),
        requirement(AUDIT, "equals", True, profiles=["h"], id="h"),
        requirement(MODEL, "equals", "x", profiles=["r", "h"], id="both"),
    ]
    made = bank(QUESTIONS, demands, profiles=profiles)
    assert [one.id for one in default_requirements(made, ["R"])] == ["r", "both"]
    assert [one.id for one in default_requirements(made, ["r", "h"], {"a.audit"})] == ["h"]
    with pytest.raises(KeyError):
        default_requirements(made, ["Z"])
