"""Mandatory requirements on one question that no answer can meet together."""

from __future__ import annotations

import pytest

from questionnaire.core.possible import impossible
from tests.harness.asking import bank, question, requirement
from tests.unit.demanded import (
    DAY,
    LEVEL,
    MANY,
    OPEN,
    SAID,
    SINCE,
    SOME,
    STAFF,
    TWO,
    both,
    faults,
    rows,
)


@pytest.mark.parametrize(
    ("of", "tests"),
    [
        (OPEN, [("at_least", 8), ("at_most", 4)]),
        (SINCE, [("at_least", 2020), ("at_most", 2019)]),
        (DAY, [("at_least", "2027-03-01"), ("at_most", "2027-02-28")]),
        (DAY, [("not_older_than", 12), ("at_most", "2025-11-22")]),
        (SAID, [("equals", True), ("equals", False)]),
        (LEVEL, [("at_least", "hot"), ("one_of", ("none", "cold"))]),
        (MANY, [("includes_all", ("red",)), ("includes_none", ("red", "blue"))]),
        (MANY, [("includes_all", ("red",)), ("only_from", ("green", "blue"))]),
        (MANY, [("includes_any", ("red",)), ("includes_all", ("nothing",))]),
        (TWO, [("includes_all", ("red", "green")), ("includes_any", ("blue",))]),
        (STAFF, [rows("count", "at_least", 5, None), rows("count", "at_most", 2, None)]),
        (STAFF, [rows("sum", "at_least", 40), rows("sum", "at_most", 30)]),
        (STAFF, [rows("any", "at_least", 40), rows("all", "at_most", 30)]),
        (STAFF, [rows("any", "at_least", 40), rows("none", "at_least", 30)]),
        (SOME, [rows("all", "at_least", 40), rows("all", "at_most", 30)]),
    ],
)
def test_mandatory_requirements_that_contradict_each_other_are_named_together(of, tests):
    (fault,) = faults(*both(of, *tests))
    assert fault.requirements == (f"{of.id}#1", f"{of.id}#2")
    assert "together, and each of them is mandatory" in fault.sentence
    assert fault.sentence.count("“") >= 2


@pytest.mark.parametrize(
    ("of", "tests"),
    [
        (OPEN, [("at_least", 4), ("at_most", 4)]),
        (DAY, [("not_older_than", 12), ("at_most", "2025-11-23")]),
        (MANY, [("includes_all", ("red",)), ("includes_none", ("blue",))]),
        (MANY, [("includes_any", ("red", "nothing")), ("includes_all", ("nothing",))]),
        (STAFF, [rows("any", "at_least", 40), rows("any", "at_most", 30)]),
        (STAFF, [rows("all", "at_least", 40), rows("all", "at_most", 30)]),
        (
            STAFF,
            [
                rows("any", "at_least", 40, where={"role": "agent"}),
                rows("all", "at_most", 30, where={"role": "lead"}),
            ],
        ),
        (STAFF, [rows("count", "at_least", 5, None), rows("sum", "at_most", 2)]),
    ],
)
def test_what_can_be_met_together_stands(of, tests):
    assert faults(*both(of, *tests)) == ()


def test_a_contradiction_of_what_is_no_gate_keeps_nobody_out():
    one, other = both(OPEN, ("at_least", 8), ("at_most", 4))
    milder = requirement(OPEN, "at_most", 4, id="a.open#2", severity="major")
    assert faults(one, milder) == ()
    assert len(faults(one, other)) == 1


def test_three_that_contradict_only_all_together_are_named_together():
    lists = [("red", "green"), ("green", "blue"), ("red", "blue")]
    choice = question("a.choice", "single_choice", "red", "green", "blue")
    found = impossible(bank([choice]), {}, both(choice, *(("one_of", one) for one in lists)))
    assert [one.requirements for one in found] == [("a.choice#1", "a.choice#2", "a.choice#3")]


def test_without_a_day_the_age_of_dates_contradicts_nothing():
    pair = both(DAY, ("not_older_than", 12), ("at_most", "2000-01-01"))
    assert faults(*pair, on=None) == ()
    assert len(faults(*pair)) == 1
