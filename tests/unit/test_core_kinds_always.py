"""What holds for every value of every kind: nothing changes on its way to form and store."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from question_bank.values import Money
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds import KINDS
from questionnaire.core.numbers import tidy
from tests.harness.every_kind import (
    DAY,
    LONG,
    MANY,
    MONEY,
    NUMBER,
    ONE,
    PLACES,
    SHARE,
    SITES,
    TEXT,
    YES_NO,
)

_NUMBERS = st.decimals(
    min_value=0, max_value=100, places=3, allow_nan=False, allow_infinity=False
).map(tidy)
_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=150).map(
    lambda text: KINDS["text"].parse(TEXT, text)
)
_AMOUNTS = _NUMBERS | st.builds(Money, _NUMBERS, st.sampled_from(["USD", "EUR", "PHP"]))
_DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
_SUBSETS = st.sets(st.sampled_from(["red", "green", "blue"])).map(
    lambda chosen: tuple(code for code in ("red", "green", "blue") if code in chosen)
)
_COUNTRIES = st.sets(st.sampled_from(["CR", "DO", "LV", "PH", "US"])).map(
    lambda found: tuple(sorted(found))
)
_ROWS = st.fixed_dictionaries(
    {
        "site": _TEXTS,
        "country": st.sampled_from([None, "PH", "LV"]),
        "role": st.sampled_from([None, "primary", "other"]),
        "seats": st.none() | _NUMBERS,
        "hazards": st.sampled_from([None, ("flood", "storm"), ("none",)]),
        "generator": st.none() | st.booleans(),
        "limit": st.none() | _AMOUNTS,
        "expiry": st.none() | _DAYS,
        "opens": st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
        "since": st.none() | st.integers(1900, 2200),
        "language": st.sampled_from([None, "en", "tl"]),
        "share": st.none() | _NUMBERS,
        "scope": st.none() | st.just(("A", "B")),
    }
).filter(lambda cells: any(cell is not None for cell in cells.values()))
_VALUES = st.one_of(
    st.tuples(st.just(YES_NO), st.none() | st.booleans()),
    st.tuples(st.just(NUMBER), st.none() | _NUMBERS),
    st.tuples(st.just(SHARE), st.none() | _NUMBERS),
    st.tuples(st.just(MONEY), st.none() | _AMOUNTS),
    st.tuples(st.just(DAY), st.none() | _DAYS),
    st.tuples(st.just(TEXT), _TEXTS),
    st.tuples(st.just(LONG), _TEXTS),
    st.tuples(st.just(ONE), st.sampled_from([None, "cold", "warm", "hot"])),
    st.tuples(st.just(MANY), st.none() | _SUBSETS),
    st.tuples(st.just(PLACES), st.none() | _COUNTRIES),
    st.tuples(st.just(SITES), st.none() | st.lists(_ROWS, max_size=4).map(tuple)),
)


@given(_VALUES, st.sampled_from(["en", "lv", "es"]))
def test_what_is_put_back_into_a_form_is_read_as_the_same_value(asked_value, language):
    of, value = asked_value
    kind = KINDS[of.kind]
    assert kind.parse(of, kind.to_raw(of, value, language), language) == value


@given(_VALUES)
def test_what_is_stored_as_json_is_read_as_the_same_value(asked_value):
    of, value = asked_value
    kind = KINDS[of.kind]
    stored = json.loads(json.dumps(kind.to_json(value)))
    assert kind.from_json(of, stored) == value
    assert kind.to_json(kind.from_json(of, stored)) == stored


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["site", "seats", "amount", "currency", "x"]), inner)
    ),
    max_leaves=8,
)


@given(st.sampled_from([YES_NO, NUMBER, MONEY, DAY, TEXT, ONE, MANY, PLACES, SITES]), _JUNK)
def test_odd_input_is_taken_or_refused_and_never_breaks(of, junk):
    kind = KINDS[of.kind]
    for read in (kind.from_json, kind.parse):
        try:
            value = read(of, junk)
        except AnswerFault:
            continue
        assert kind.from_json(of, kind.to_json(value)) == value
