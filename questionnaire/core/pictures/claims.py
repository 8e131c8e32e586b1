"""What a vendor claims beside what the trial measured (brief 4.4, C36): both are kept and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from questionnaire.core import parts
from questionnaire.core.charting import Scale, round_ticks
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import say
from questionnaire.core.pictures.drawn import Chart, Figures, NoChart
from questionnaire.core.pictures.seen import Seen
from questionnaire.core.rounding import tenth
from questionnaire.core.truth import Unsure

_TOP, _ROW, _FROM, _TO = 26, 62, 16.0, 344.0


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure: as claimed, as measured, as the own team has it; None is not known.

    `difference` says in words how the measurement stands to the claim, `sign` whether that is
    `better:` or `worse:`, the same (=) or not known (?): a dash would read as a minus.
    """

    title: str
    unit: str
    claimed: Decimal | None
    measured: Decimal | None
    own: Decimal | None
    sign: str
    difference: str


@dataclass(frozen=True, slots=True)
class Row:
    """A claim where it is drawn: places on its own axis, and the ends of that axis in words."""

    claim: Claim
    y: int
    claimed_at: float | None
    measured_at: float | None
    own_at: float | None
    said: str
    low: str
    high: str


@dataclass(frozen=True, kw_only=True)
class Claims(Chart):
    """One axis a figure, since shares and seconds cannot share one."""

    lines: tuple[Row, ...]
    #: What the marks mean: hollow, filled, dashed.
    claimed: str
    measured: str
    own: str
    #: That there were too few calls for the measurements to count; empty when there were enough.
    note: str
    start: float = _FROM
    end: float = _TO


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that is claimed in an answer (by role) and measured in the trial."""

    role: str
    title: str
    unit: str
    measured: Decimal | None
    own: str
    #: Whether more of it is better for a customer.
    more_is_better: bool


def compared(seen: Seen) -> tuple[Claim, ...]:
    """FCR, CSAT, handling time and waiting time; what was not claimed or measured says so."""
    return tuple(_claim(seen, one) for one in _figures_of(seen))


def beside_measurements(seen: Seen, *, id: str = "") -> Claims | NoChart:
    """The chart of one vendor; NoChart when it neither claims nor showed any of the figures."""
    language = seen.language
    title = say(language, "Claimed and measured: {vendor}", vendor=seen.name)
    found = compared(seen)
    if all(one.claimed is None and one.measured is None for one in found):
        return NoChart(title, say(language, "Nothing was claimed and nothing was measured."))
    measured = any(one.measured is not None for one in found)
    few = measured and not seen.verdict.trial.enough
    note = say(language, "Too few calls: these measurements do not count yet.") if few else ""
    return Claims(
        id=id or f"claims-{seen.verdict.code}",
        template="charts/claims.svg",
        title=title,
        desc=" ".join((*(f"{one.title}: {one.difference}." for one in found), note)).strip(),
        height=_TOP + _ROW * len(found) + (22 if note else 4),
        figures=_table(found, language),
        lines=tuple(_row(n, one, language) for n, one in enumerate(found)),
        claimed=say(language, "claimed"),
        measured=say(language, "measured"),
        own=say(language, "your own team"),
        note=note,
    )


def _figures_of(seen: Seen) -> Sequence[_Figure]:
    language, trial = seen.language, seen.offer.trial
    percent, seconds = "%", say(language, "s")
    return (
        _Figure("work.resolution", say(language, "Solved at the first contact"), percent,
                trial.fcr if trial else None, "inhouse.fcr", True),
        _Figure("work.satisfaction", say(language, "Satisfied customers"), percent,
                trial.csat if trial else None, "inhouse.csat", True),
        _Figure("work.handling_time", say(language, "Handling time"), seconds,
                trial.aht if trial else None, "inhouse.aht", False),
        _Figure("work.waiting", say(language, "Waiting for an answer"), seconds,
                trial.waiting if trial else None, "", False),
    )  # fmt: skip


def _claim(seen: Seen, figure: _Figure) -> Claim:
    claimed = parts.number(figure.role, seen.case)
    said = None if isinstance(claimed, Unsure) else claimed
    own = seen.basis.stated(figure.own) if figure.own else None
    sign, words = _difference(seen, figure, said)
    return Claim(figure.title, figure.unit, said, figure.measured, own, sign, words)


def _difference(seen: Seen, figure: _Figure, claimed: Decimal | None) -> tuple[str, str]:
    language, measured = seen.language, figure.measured
    if measured is None and claimed is None:
        return "?", say(language, "neither claimed nor measured")
    if measured is None:
        held = seen.verdict.trial.held
        return "?", say(language, "not measured") if held else say(language, "no trial was held")
    if claimed is None:
        return "?", say(language, "measured, not claimed")
    by = measured - claimed
    if not by:
        return "=", say(language, "as claimed")
    amount = show_number(tenth(abs(by)), language)
    words = _amount(figure, amount, more=by > 0, language=language)
    better = (by > 0) == figure.more_is_better
    return say(language, "better:") if better else say(language, "worse:"), words


def _amount(figure: _Figure, amount: str, *, more: bool, language: str) -> str:
    """`3 points under the claim`, `25 s longer than claimed`."""
    if figure.unit == "%" and amount == "1":
        if more:
            return say(language, "1 point over the claim")
        return say(language, "1 point under the claim")
    if figure.unit == "%":
        if more:
            return say(language, "{n} points over the claim", n=amount)
        return say(language, "{n} points under the claim", n=amount)
    if more:
        return say(language, "{n} s longer than claimed", n=amount)
    return say(language, "{n} s shorter than claimed", n=amount)


def _row(number: int, claim: Claim, language: str) -> Row:
    known = [one for one in (claim.claimed, claim.measured, claim.own) if one is not None]
    if claim.unit == "%":
        low, high = Decimal(0), Decimal(100)
        if known and min(known) >= 50:
            low = Decimal(50)
    else:
        low, high = Decimal(0), round_ticks(Decimal(0), max(known, default=Decimal(1)))[-1]
    scale = Scale(low, high, _FROM, _TO)
    return Row(
        claim=claim,
        y=_TOP + _ROW * number,
        claimed_at=None if claim.claimed is None else scale.at(claim.claimed),
        measured_at=None if claim.measured is None else scale.at(claim.measured),
        own_at=None if claim.own is None else scale.at(claim.own),
        said=f"{_both(claim, language)} ({claim.sign} {claim.difference})",
        low=f"{show_number(low, language)} {claim.unit}",
        high=f"{show_number(high, language)} {claim.unit}",
    )


def _both(claim: Claim, language: str) -> str:
    return f"{shown(claim.claimed, claim.unit, language)} → " + shown(
        claim.measured, claim.unit, language
    )


def shown(figure: Decimal | None, unit: str, language: str) -> str:
    """A figure with its unit; a word where it is not known."""
    return (
        say(language, "not known")
        if figure is None
        else f"{show_number(tenth(figure), language)} {unit}"
    )


def _table(found: Sequence[Claim], language: str) -> Figures:
    head = (
        say(language, "Figure"),
        say(language, "Claimed"),
        say(language, "Measured"),
        say(language, "Your own team"),
        say(language, "Difference"),
    )
    rows = tuple(
        (
            one.title,
            *(shown(n, one.unit, language) for n in (one.claimed, one.measured, one.own)),
            f"{one.sign} {one.difference}",
        )
        for one in found
    )
    return Figures(head, rows)
