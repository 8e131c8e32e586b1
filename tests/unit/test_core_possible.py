"""Requirements that no answer can meet, alone or together: refused before they are published."""

from __future__ import annotations

import itertools
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.loader import load_bank
from question_bank.model import DocumentRule, Reference
from questionnaire.core.gaps import judge
from questionnaire.core.merging import default_requirements
from questionnaire.core.possible import impossible
from questionnaire.paths import PACKAGE
from tests.harness.asking import answered, requirement
from tests.unit.demanded import (
    BANK,
    DAY,
    FEW,
    LEVEL,
    MANY,
    OPEN,
    RATE,
    SAID,
    SHARE,
    SINCE,
    SOME,
    STAFF,
    TODAY,
    TWO,
    both,
    faults,
    rows,
)


@pytest.mark.parametrize(
    ("of", "op", "value", "why"),
    [
        (FEW, "at_least", 10, "answers go from 0 sites to 5 sites"),
        (FEW, "at_most", -1, "answers go from 0 sites to 5 sites"),
        (FEW, "equals", 6, "answers go from"),
        (SHARE, "at_least", 101, "answers go from 0 % to 100 %"),
        (OPEN, "at_least", 10**15, "at most 15 digits"),
        (SINCE, "at_least", 2300, "answers go from 1900 to 2200"),
        (DAY, "at_least", "2201-01-01", "dates go from 1 January 1900"),
        (DAY, "at_most", "1899-12-31", "dates go from"),
        (DAY, "not_older_than", 5000, "dates go from"),
        (LEVEL, "one_of", ("warm", "tepid"), "what can be chosen is"),
        (LEVEL, "one_of", (), "what can be chosen is"),
        (LEVEL, "at_least", "warm", "what can be chosen is"),
        (MANY, "includes_all", ("red", "nothing"), "stands alone"),
        (MANY, "includes_all", ("purple",), "what can be chosen is"),
        (MANY, "includes_any", ("purple", "pink"), "what can be chosen is"),
        (TWO, "includes_all", ("red", "green", "blue"), "at most 2 can be chosen"),
        (TWO, "includes_none", ("red", "green", "blue"), "what can be chosen is"),
        (RATE, "at_most", -1, "answers start at"),
        (STAFF, *rows("any", "at_least", 60), "in “Heads” answers go from 0 to 50"),
        (SOME, *rows("all", "at_least", 60), "in “Heads”"),
        (STAFF, *rows("any", "equals", "middle", "level"), "in “Level” what can be chosen is"),
        (STAFF, *rows("any", "at_least", 1, where={"role": "boss"}), "in “Role”"),
        (STAFF, *rows("count", "at_least", 201, None), "lies between 0 and 200"),
        (STAFF, *rows("count", "at_most", -1, None), "lies between"),
        (STAFF, *rows("count", "at_least", 1, None, {"role": "boss"}), "lies between 0 and 0"),
        (STAFF, *rows("count", "equals", Decimal("1.5"), None), "lies between"),
        (SOME, *rows("count", "at_most", 0, None), "lies between 1 and 200"),
        (STAFF, *rows("distinct", "at_least", 3, "role"), "lies between 0 and 2"),
        (STAFF, *rows("sum", "at_most", -5), "lies between 0 and 10000"),
    ],
)  # fmt: skip
def test_what_no_answer_can_meet_is_named_with_what_can_be_answered(of, op, value, why):
    (fault,) = faults(requirement(of, op, value))
    assert fault.requirements == (f"{of.id}#1",)
    assert fault.sentence.startswith("No answer can meet “")
    assert why in fault.sentence.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("of", "op", "value"),
    [
        (FEW, "at_least", 5),
        (FEW, "at_most", 0),
        (SHARE, "at_least", 100),
        (OPEN, "at_least", 10**15 - 1),
        (OPEN, "at_most", -3),
        (SINCE, "at_most", 1900),
        (DAY, "at_least", "2200-12-31"),
        (DAY, "not_older_than", 1),
        (SAID, "equals", False),
        (LEVEL, "at_most", "none"),
        (LEVEL, "one_of", ("warm", "hot")),
        (MANY, "includes_all", ("red", "green", "blue")),
        (MANY, "includes_all", ("nothing",)),
        (MANY, "includes_none", ("red", "green", "blue", "nothing")),
        (MANY, "only_from", ("purple",)),
        (TWO, "includes_all", ("red", "blue")),
        (RATE, "at_least", 10**9),
        (STAFF, *rows("any", "at_least", 50)),
        # A vendor that has none to report meets what is said of every row.
        (STAFF, *rows("all", "at_least", 60)),
        (STAFF, *rows("none", "at_least", 0)),
        (STAFF, *rows("sum", "at_least", 10_000)),
        (STAFF, *rows("distinct", "at_least", 2, "role")),
        (SOME, *rows("count", "at_least", 200, None)),
    ],
)
def test_what_one_answer_can_meet_stands(of, op, value):
    assert faults(requirement(of, op, value)) == ()


def test_a_document_of_no_known_sort_cannot_be_attached():
    one = requirement(OPEN, "evidence_required", DocumentRule(("oath",)))
    assert "no such document" in faults(one)[0].sentence
    assert faults(requirement(OPEN, "evidence_required", DocumentRule(("certificate",), 12))) == ()


def test_a_threshold_counts_as_what_the_brief_says_now():
    one = requirement(FEW, "at_least", Reference("buyer", "target"))
    assert faults(one, brief={}) == ()
    assert faults(one, brief={"target": 5}) == ()
    (fault,) = faults(one, brief={"target": 6})
    assert "(your brief)" in fault.sentence
    plus = requirement(FEW, "at_least", Reference("buyer", "target", Decimal(2)))
    assert faults(plus, brief={"target": 4}) != ()


def test_choices_of_the_brief_that_are_not_offered_cannot_all_be_answered():
    one = requirement(MANY, "includes_all", Reference("buyer", "lines"))
    assert faults(one, brief={"lines": ["red"]}) == ()
    assert len(faults(one, brief={"lines": ["red", "care"]})) == 1


def test_what_only_another_answer_will_tell_is_not_judged():
    assert faults(requirement(FEW, "at_least", Reference("answer", OPEN.id, Decimal(99)))) == ()


def test_no_default_requirement_is_impossible_for_the_demos_buyer():
    bank_ = load_bank()
    text = (PACKAGE / "demo" / "case.json").read_text(encoding="utf-8")
    brief = {"currency": "USD", **json.loads(text)["buyer"]}
    ids = [one.id for one in bank_.profiles]
    for several in range(1, len(ids) + 1):
        for profiles in itertools.combinations(ids, several):
            required = default_requirements(bank_, profiles)
            assert impossible(bank_, brief, required, on=TODAY) == (), profiles


_NUMBERS = st.decimals(min_value=-3, max_value=8, places=1)
_COMPARISONS = st.lists(
    st.tuples(st.sampled_from(("at_least", "at_most", "equals")), _NUMBERS), min_size=1, max_size=3
)
_COLOURS = st.lists(st.sampled_from(("red", "green", "blue", "nothing")), min_size=1, unique=True)
_CHOOSING = st.lists(
    st.tuples(
        st.sampled_from(("includes_all", "includes_any", "includes_none", "only_from")),
        _COLOURS.map(tuple),
    ),
    min_size=1,
    max_size=3,
)


def _met_by(required, of, values):
    """Whether one of these values meets all of them, as vendors are judged."""
    return any(
        all(
            one.status == "met"
            for one in judge(BANK, required, {}, {of.id: answered(value)}, on=TODAY, assured=True)
        )
        for value in values
    )


@given(_COMPARISONS)
def test_a_number_is_refused_only_if_no_number_in_steps_of_a_tenth_meets_it(tests):
    required = both(FEW, *tests)
    tenths = [Decimal(n) / 10 for n in range(51)]
    assert bool(faults(*required)) is not _met_by(required, FEW, tenths)


@given(_CHOOSING)
def test_choices_are_refused_exactly_when_no_list_meets_them(tests):
    required = both(MANY, *tests)
    lists = [
        several for n in range(4) for several in itertools.combinations(("red", "green", "blue"), n)
    ]
    assert bool(faults(*required)) is not _met_by(required, MANY, [*lists, ("nothing",)])
