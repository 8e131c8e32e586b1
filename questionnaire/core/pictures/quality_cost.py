"""Quality against cost (brief 5.5): only once prices are open, and never a way past a gap.

Who is not eligible stands hollow in it and is part of no comparison; when nobody passes there is
no chart at all, so that none of those who failed looks like the best of them (5.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase

from questionnaire.core.basis import Basis
from questionnaire.core.charting import (
    Scale,
    Spot,
    Tick,
    fitted,
    label_spots,
    round_ticks,
    ticks_of,
)
from questionnaire.core.efficiency import efficient
from questionnaire.core.phrases import say
from questionnaire.core.pictures.drawn import WIDTH, Chart, NoChart
from questionnaire.core.pictures.quality_words import figures, tier_word, told
from questionnaire.core.truth import Unsure
from questionnaire.core.verdict import Verdict

LEFT, RIGHT, TOP, BOTTOM = 44.0, 346.0, 14.0, 214.0
_LINE = 22
_KEY_TOP = 268


@dataclass(frozen=True, slots=True)
class Dot:
    """One vendor in the plot: `mark` is recommended, conditional or not_eligible."""

    letter: str
    name: str
    mark: str
    efficient: bool
    x: float
    y: float
    #: The ends of the interval in which its quality lies, the lower one first.
    low_y: float
    high_y: float
    label: Spot
    #: Its line in the key: where, and in which words.
    key_y: int
    key: str


@dataclass(frozen=True, kw_only=True)
class QualityCost(Chart):
    """Dots over two axes. `own` is where the buyer's own team's cost stands; None: not known."""

    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    across_title: str
    up_title: str
    own: float | None
    own_title: str
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM


@dataclass(frozen=True, slots=True)
class _Point:
    verdict: Verdict
    cost: Decimal
    quality: Decimal

    @property
    def reach(self) -> tuple[Decimal, Decimal]:
        """The interval in which the quality lies."""
        certainty = self.verdict.certainty
        if certainty is None:
            return self.quality, self.quality
        return certainty.low, certainty.high


def chart(
    basis: Basis, verdicts: Sequence[Verdict], *, id: str = "quality-cost"
) -> Chart | NoChart:
    """All vendors whose cost and quality are known, by name; a sentence where there is no chart."""
    language = basis.language
    title = say(language, "Quality against cost")
    if not basis.prices_open:
        return NoChart(
            title,
            say(
                language,
                "Prices are sealed, so quality is not held against cost yet. Nothing else on this "
                "page depends on a price.",
            ),
        )
    if not any(one.eligible for one in verdicts):
        return NoChart(
            title,
            say(
                language,
                "Nobody is eligible, so nothing is held against cost: a low price would not close "
                "a gap.",
            ),
        )
    points = [point for one in _by_name(verdicts) if (point := _point(one)) is not None]
    if not any(one.verdict.eligible for one in points):
        return NoChart(title, say(language, "Of nobody who passes cost and quality are known."))
    return _drawn(basis, verdicts, points, id, title)


def _by_name(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return sorted(verdicts, key=lambda one: (one.name.casefold(), one.code))


def _point(verdict: Verdict) -> _Point | None:
    cost, quality = verdict.cost.adjusted, verdict.quality.quality
    return None if isinstance(cost, Unsure) or quality is None else _Point(verdict, cost, quality)


def _drawn(
    basis: Basis, verdicts: Sequence[Verdict], points: Sequence[_Point], id: str, title: str
) -> QualityCost:
    language, own = basis.language, basis.inhouse_cost.adjusted
    costs = [one.cost for one in points] + ([] if isinstance(own, Unsure) else [own])
    qualities = [figure for one in points for figure in one.reach]
    across_figures = round_ticks(min(costs), max(costs))
    up_figures = tuple(n for n in round_ticks(min(qualities), max(qualities)) if 0 <= n <= 100)
    across = Scale(across_figures[0], across_figures[-1], LEFT + 10, RIGHT - 10)
    up = Scale(up_figures[0], up_figures[-1], BOTTOM - 10, TOP + 10)
    best = efficient([one.verdict.place for one in points if one.verdict.eligible])
    spots = [Spot(across.at(one.cost), up.at(one.quality), 8.0) for one in points]
    labels = label_spots(spots, width=WIDTH, height=BOTTOM)
    dots = tuple(
        _dot(n, point, (spots[n], labels[n], up), point.verdict.code in best, language)
        for n, point in enumerate(points)
    )
    return QualityCost(
        id=id,
        template="charts/quality_cost.svg",
        title=title,
        desc=told([one.verdict for one in points], best, language),
        height=_KEY_TOP + _LINE * len(dots) + 6,
        figures=figures(basis, _by_name(verdicts), best),
        dots=dots,
        across=ticks_of(across, across_figures, language),
        up=ticks_of(up, up_figures, language),
        across_title=say(
            language,
            "Cost of a resolved contact, with loss ({currency})",
            currency=basis.terms.currency,
        ),
        up_title=say(language, "Quality, of 100"),
        own=None if isinstance(own, Unsure) else across.at(own),
        own_title=say(language, "your own team"),
    )


def _dot(
    number: int, point: _Point, where: tuple[Spot, Spot, Scale], best: bool, language: str
) -> Dot:
    spot, label, up = where
    low, high = point.reach
    again, place = divmod(number, len(ascii_uppercase))
    letter = f"{ascii_uppercase[place]}{again or ''}"
    tier = tier_word(point.verdict.tier.name, language)
    words = say(language, "{tier}, efficient", tier=tier) if best else tier
    name = fitted(point.verdict.name, WIDTH - 60 - 6.6 * len(words), 12)
    return Dot(
        letter=letter,
        name=point.verdict.name,
        mark=point.verdict.tier.name,
        efficient=best,
        x=spot.x,
        y=spot.y,
        low_y=up.at(low),
        high_y=up.at(high),
        label=label,
        key_y=_KEY_TOP + _LINE * number,
        key=f"{name}: {words}",
    )
