"""The customer's view (brief 5.1, C55-C56): what a customer would meet, need by need.

A cell is the severity-weighted share of what a need is filled from that is met. What is not known
counts as not met, and an unknown mandatory requirement makes the whole cell unknown; what was
waived is still missing for a customer. No price takes part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from question_bank.needs import Need
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import say
from questionnaire.core.pictures.doubling import drilled
from questionnaire.core.pictures.seen import Seen
from questionnaire.core.rounding import rounded, tenth
from questionnaire.core.scoring import POINTS

MET, PARTLY, WEAK, UNKNOWN, NOT_ASKED = "met", "partly", "weak", "unknown", "not_asked"
#: At least so much of it is met (brief 5.1).
LEAST_MET, LEAST_PARTLY = Decimal(85), Decimal(60)
SIGNS: Mapping[str, str] = {MET: "●●●", PARTLY: "●●", WEAK: "●", UNKNOWN: "?", NOT_ASKED: "–"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What customers of one option would meet in one need.

    `share` is in percent, None where nothing was asked; `missing` are the gaps behind it, each in
    a sentence; `heard` are the means of the trial and the drill, in words.
    """

    state: str
    sign: str
    word: str
    meets: str
    share: Decimal | None
    missing: tuple[str, ...]
    heard: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    need: str
    title: str
    cells: tuple[Cell, ...]
    #: How much it matters to the buyer, 0 to 5; None where that was not stated.
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One row a need, one column an option, in the order of `options`."""

    options: tuple[str, ...]
    rows: tuple[Row, ...]


def view(options: Sequence[Seen], weights: Mapping[str, int] | None = None) -> View | None:
    """The table; None in an edition that was made before needs were written down.

    What weighs most for the buyer stands first; what was not weighed keeps the order of the bank.
    """
    customers = options[0].basis.bank.customers if options else None
    if customers is None:
        return None
    stated = weights or {}
    rows = [
        Row(
            need.id,
            need.title.text(options[0].language),
            tuple(cell(need, one) for one in options),
            stated.get(need.id),
        )
        for need in customers.needs
    ]
    rows.sort(key=lambda row: -(row.weight or 0))
    return View(tuple(one.name for one in options), tuple(rows))


def word(state: str, language: str) -> str:
    words = {
        MET: say(language, "met"),
        PARTLY: say(language, "partly"),
        WEAK: say(language, "weak"),
        UNKNOWN: say(language, "unknown"),
        NOT_ASKED: say(language, "not asked"),
    }
    return words[state]


@dataclass(frozen=True, slots=True)
class _Part:
    """One requirement (then it is `demanded`) or finding that a need is filled from."""

    severity: str
    status: str
    text: str
    demanded: bool = True


def cell(need: Need, seen: Seen) -> Cell:
    """One need of one option."""
    parts = list(_parts(need, seen))
    possible = sum(POINTS[one.severity] for one in parts)
    share = None
    if possible:
        earned = sum(POINTS[one.severity] for one in parts if one.status == "met")
        share = Decimal(100 * earned) / possible
    late = _late(need, seen)
    state = _state(parts, share)
    if late and state == MET:
        state = PARTLY
    return Cell(
        state=state,
        sign=SIGNS[state],
        word=word(state, seen.language),
        meets=_meets(need, state, parts, seen),
        share=None if share is None else rounded(share, 0),
        missing=(*(one.text for one in parts if one.status != "met"), *late),
        heard=tuple(_heard(need, seen)),
    )


def _parts(need: Need, seen: Seen) -> Iterator[_Part]:
    bank = seen.basis.bank
    names = set(need.questions)
    for section in need.sections:
        names |= {one.id for one in bank.sections_by_id[section].questions}
    for one in seen.verdict.judgements:
        asked = one.requirement.question
        if asked in names and asked not in bank.sealed_questions and one.status != "not_applicable":
            yield _Part(one.requirement.severity, one.status, one.explanation)
    for name in need.findings:
        finding = seen.finding(name)
        if finding is None or finding.severity not in POINTS:
            continue
        status = "unknown" if finding.undetermined else "not_met" if finding.fires else "met"
        yield _Part(finding.severity, status, finding.text or finding.because, demanded=False)


def _state(parts: Sequence[_Part], share: Decimal | None) -> str:
    if share is None:
        return NOT_ASKED
    if any(one.status == "unknown" and one.severity == "mandatory" for one in parts):
        return UNKNOWN
    if share >= LEAST_MET:
        return MET
    return PARTLY if share >= LEAST_PARTLY else WEAK


def _late(need: Need, seen: Seen) -> tuple[str, ...]:
    """That the drill of a need took longer than the buyer allows, in a sentence; or nothing."""
    trial, allowed = seen.offer.trial, seen.basis.stated("rto_hours")
    hours = trial.drill_hours if trial and need.drill else None
    if hours is None or allowed is None or hours <= allowed:
        return ()
    language = seen.language
    late = say(
        language,
        "The failover drill took {hours} hours; you need at most {rto}.",
        hours=show_number(hours, language),
        rto=show_number(allowed, language),
    )
    return (late,)


def _meets(need: Need, state: str, parts: Sequence[_Part], seen: Seen) -> str:
    language = seen.language
    if state == NOT_ASKED:
        return say(language, "Nothing of this was asked.")
    if state == UNKNOWN:
        return _as_far_as_known(parts, language)
    for told in need.told:
        finding = seen.finding(told.finding)
        if finding is not None and finding.fires:
            return told.meets.text(language)
    words = {MET: need.met, PARTLY: need.partly, WEAK: need.weak}
    return words[state].text(language)


def _as_far_as_known(parts: Sequence[_Part], language: str) -> str:
    """Of a need that is not known: that what is known of it falls short, where it does."""
    short = sum(one.demanded and one.status == "not_met" for one in parts)
    if not short:
        return say(language, "Nobody can tell yet what customers would meet.")
    if short == 1:
        return say(
            language,
            "Part of it is not known; what is known falls short: 1 requirement is not met.",
        )
    return say(
        language,
        "Part of it is not known; what is known falls short: {n} requirements are not met.",
        n=show_number(Decimal(short), language),
    )


def _heard(need: Need, seen: Seen) -> Iterator[str]:
    """The trial's means under the cell, and the drill where it belongs to the need."""
    language, trial, card = seen.language, seen.offer.trial, seen.basis.bank.scorecard
    for name in need.criteria:
        mean = trial.means.get(name) if trial else None
        title = card.criteria_by_id[name].title.text(language) if card else name
        if mean is None:
            yield say(language, "{criterion}: not heard", criterion=title)
        else:
            shown = show_number(tenth(mean), language)
            yield say(language, "{criterion}: {mean} of 5", criterion=title, mean=shown)
    if need.drill:
        told = drilled(trial, language) if trial else say(language, "not done")
        yield say(language, "Failover drill: {told}", told=told)
