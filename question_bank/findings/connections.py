"""Circuits, outages and data centres (brief 3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from question_bank.findings.facts import Facts
from question_bank.findings.figures import cut
from question_bank.findings.lines import Line
from question_bank.findings.names import loosely
from question_bank.findings.outcome import Figure, Outcome, told
from question_bank.findings.reasoning import guess, perhaps
from question_bank.findings.registry import finding
from question_bank.findings.spans import Span, count, total
from question_bank.truth import Truth, Unsure, all_true, any_true
from question_bank.values import months_before

CARRIERS = "resilience.carriers"
OUTAGES = "resilience.outages"
CENTRES = "resilience.data-centres"
PROMISED = "resilience.rto"
#: 24 months have 1,051,200 minutes; 1,050 of them are 99.9 %.
_MINUTES = Decimal(1_051_200)
_MOST_DOWN = Decimal(1050)
_APART = Decimal(30)


@finding("two-contracts-one-cable", "shared")
def has_one_cable(facts: Facts) -> Outcome:
    """Two carriers or more, but one parent carrier or one entry into the building (brief 3.1)."""
    lines = facts.rows(CARRIERS)
    carriers, parents, ducts = (
        _different(lines, name) for name in ("carrier", "parent_carrier", "entry_point")
    )
    one_parent, one_duct = _is_one(parents), _is_one(ducts)
    truth = all_true((carriers.over(Decimal(1)), any_true((one_parent, one_duct))))
    shared = [
        name for name, one in (("one_parent", one_parent), ("one_duct", one_duct)) if one is True
    ]
    return told(truth, lambda: {"shared": facts.voice.listed(map(facts.phrase, shared))})


def _different(lines: Iterable[Line], name: str) -> Span:
    """How many different texts stand in a column; an empty cell may be one of them or another."""
    known: set[str] = set()
    why = ""
    empty = 0
    for line in lines:
        text = guess(_says, line, name)
        if isinstance(text, Unsure):
            empty, why = empty + 1, why or text.why
        else:
            known.add(loosely(line.text(name)))
    least = max(len(known), 1 if empty else 0)
    return Span(Decimal(least), Decimal(len(known) + empty), why)


def _says(line: Line, name: str) -> bool:
    return bool(line.text(name))


def _is_one(figure: Span) -> Truth:
    return all_true((figure.under(Decimal(2)), figure.over(Decimal(0))))


@finding("outage-history", "sum av max", incomplete="sum av max")
def has_lapsed_before(facts: Facts) -> Outcome:
    """Over 1,050 minutes down in 24 months, or one outage longer than recovery may take.

    (Brief 3.1.) None to report is 0 minutes. The longest outage is looked for among all that are
    listed, also older ones; an outage without a date may lie within the 24 months.
    """
    lines = facts.rows(OUTAGES)
    since = months_before(facts.on, 24)
    down = total(lines, lambda line: line.day("date") >= since, _length)
    too_long = any_true(guess(_is_longer, line, facts) for line in lines)
    truth = any_true((down.over(_MOST_DOWN), too_long))
    longest = max((one for line in lines if (one := perhaps(_length, line)) is not None), default=0)
    exact = down.is_known and all(perhaps(_length, line) is not None for line in lines)
    return told(
        truth,
        lambda: {
            "sum": down.least,
            "av": cut(100 * (1 - down.least / _MINUTES), 3),
            "max": longest,
        },
        variant="" if exact else "incomplete",
    )


def _is_longer(line: Line, facts: Facts) -> bool:
    """Longer than the promised recovery takes."""
    return _length(line) > 60 * facts.number(PROMISED)


def _length(line: Line) -> Decimal:
    return line.number("minutes")


@finding("data-centres-together", "km")
def keeps_both_copies_together(facts: Facts) -> Outcome:
    """Two data centres or more, and every pair under 30 km apart (brief 3.1).

    Known are only the distances from the primary site: two centres are at least the difference
    apart and at most the sum. What lies between is not known: ask.
    """
    lines = facts.rows(CENTRES)
    several = count(lines, lambda _: True).over(Decimal(1))
    pairs = list(combinations(lines, 2))
    truth = all_true((several, *(_is_near(*pair) for pair in pairs)))
    return told(truth, lambda: {"km": _furthest(facts, pairs)})


def _is_near(one: Line, other: Line) -> Truth:
    def from_primary(line: Line) -> Decimal:
        return line.number("km_from_primary")

    if guess(lambda: abs(from_primary(one) - from_primary(other)) >= _APART) is True:
        return False
    if guess(lambda: from_primary(one) + from_primary(other) < _APART) is True:
        return True
    return guess(lambda: _unclear(one, other))


def _unclear(one: Line, other: Line) -> bool:
    """Raises the reason: an empty cell, or distances that decide nothing."""
    one.number("km_from_primary")
    other.number("km_from_primary")
    raise one.facts.not_known("distance_unclear", a=one.name, b=other.name)


def _furthest(facts: Facts, pairs: list[tuple[Line, Line]]) -> Figure:
    """The largest distance that a pair can have."""
    most = max(a.number("km_from_primary") + b.number("km_from_primary") for a, b in pairs)
    return most if most == 0 else facts.phrase("at_most", n=facts.voice.number(most))
