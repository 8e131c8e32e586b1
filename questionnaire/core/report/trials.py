"""Part 9: what was seen in the trial beside what was claimed (brief 4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from question_bank.chapters import MEASURED, RECOVERY
from question_bank.model import Scorecard
from questionnaire.core.phrases import listed, say
from questionnaire.core.pictures import claims
from questionnaire.core.report import laying, repeats, words
from questionnaire.core.report.blocks import (
    Block,
    Cell,
    Head,
    Line,
    Notice,
    Paragraph,
    Table,
    Value,
)
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.trial import USUAL_SPREAD


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    without = [one.name for one in matter.by_name if not one.verdict.trial.held]
    if without:
        text = say(
            language,
            "No trial was held with {vendors}: how they treat callers has not been seen, and "
            "without a trial no tier is better than conditional.",
            vendors=listed(without, language),
        )
        yield Notice(text, "warning")
    tried = [one for one in matter.by_name if one.trial is not None]
    if not tried:
        return
    yield from _sources(matter, tried)
    yield _results(matter, tried)
    yield from repeats.blocks(matter)
    yield from laying.per_vendor(
        matter,
        lambda one: [Line(text) for text in one.verdict.trial.reasons] if one.trial else [],
        say(language, "Nothing to object to in the trial"),
    )
    yield _claims(matter, tried)
    heard = [one for one in matter.seen if one.offer.trial is not None]
    yield from laying.charts(claims.beside_measurements(one) for one in heard)
    if matter.bank.scorecard:
        yield _marks(matter, tried, matter.bank.scorecard)


def _sources(matter: Matter, tried: list[Judged]) -> Iterator[Block]:
    by_source: dict[str, list[str]] = {}
    for one in tried:
        by_source.setdefault(one.laboratory, []).append(one.name)
    for source, names in by_source.items():
        vendors = listed(names, matter.language)
        if source:
            text = say(
                matter.language,
                "The marks of {vendors} are a summary that {source} worked out, not marks of your "
                "own raters.",
                vendors=vendors,
                source=source,
            )
        else:
            text = say(
                matter.language,
                "The marks of {vendors} are those of your own raters.",
                vendors=vendors,
            )
        yield Paragraph(text)


def _results(matter: Matter, tried: list[Judged]) -> Table:
    language = matter.language
    rows = []
    for one in tried:
        trial, outcome = one.trial, one.verdict.trial
        rows.append((
            Cell(one.name),
            Cell(words.trial_result(outcome.result, language)),
            Cell(trial.calls if trial else None),
            Cell(trial.agents if trial else None),
            Cell(outcome.mean),
            Cell(outcome.interval),
            Cell(outcome.score if one.eligible else laying.NOTHING),
            Cell(trial.critical_errors if trial else None),
        ))  # fmt: skip
    return Table(
        "trial-results",
        say(language, "How the trials went"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Result")),
            Head(say(language, "Calls"), "whole"),
            Head(say(language, "Agents heard"), "whole"),
            Head(say(language, "Mean mark, 1 to 5"), "mean"),
            Head(say(language, "± (95 %)"), "mean"),
            Head(say(language, "Score, of 100"), "score"),
            Head(say(language, "Compliance-critical errors"), "whole"),
        ),
        tuple(rows),
        _limits(matter) + _spread(matter, tried),
    )


def _limits(matter: Matter) -> str:
    language, card = matter.language, matter.bank.scorecard
    limits = card.limits_of(matter.basis.base_profile) if card else None
    if card is None or limits is None:
        return ""
    strict = [card.criteria_by_id[one].title.text(language) for one in card.strict]
    errors = say(language, "any compliance-critical error")
    if limits.most_critical_errors:
        errors = say(
            language,
            "more compliance-critical errors than {n}",
            n=limits.most_critical_errors,
        )
    return say(
        language,
        "Failed is: a mean under {mean}, a criterion under {least}, one of these under {strict}: "
        "{names}; or {errors}. The mean weighs the criteria; "
        "± is half of the interval of one criterion’s mean.",
        mean=words.figure(limits.least_mean, language),
        least=words.figure(limits.least_criterion, language),
        strict=words.figure(limits.least_strict, language),
        names=listed(strict, language),
        errors=errors,
    )


def _spread(matter: Matter, tried: list[Judged]) -> str:
    """Said where no spread was worked out from the marks."""
    if all(one.trial is None or one.trial.spread != USUAL_SPREAD for one in tried):
        return ""
    return " " + say(
        matter.language,
        "For it marks are taken to spread by {n} around their mean, which is assumed and was not "
        "measured.",
        n=words.figure(USUAL_SPREAD, matter.language),
    )


def _claims(matter: Matter, tried: list[Judged]) -> Table:
    """Claimed beside measured; the answers themselves stay as they were given."""
    language = matter.language
    titles = {
        "csat": say(language, "Satisfied, %"),
        "fcr": say(language, "Helped at the first contact, %"),
        "aht": say(language, "Seconds for a contact"),
    }
    rows = []
    for one in tried:
        measured = _measured(one)
        for role, name in MEASURED.items():
            rows.append(_claim(one, titles[name], laying.claimed(one, role), measured[name]))
        promised = one.case.known(RECOVERY)
        drill: Value = measured["drill_hours"]
        rows.append(
            _claim(
                one,
                say(language, "Hours to recover"),
                promised if isinstance(promised, Decimal) else None,
                _no_drill(one, language) if drill is None else drill,
            )
        )
    return Table(
        "claims-measured",
        say(language, "Claimed and measured"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "What")),
            Head(say(language, "Claimed"), "score"),
            Head(say(language, "Measured"), "score"),
            Head(say(language, "Measured less claimed"), "score"),
        ),
        tuple(rows),
        _used(matter),
    )


def _no_drill(one: Judged, language: str) -> str:
    match one.trial.no_drill if one.trial else None:
        case "refused":
            return say(language, "refused")
        case "not_done":
            return say(language, "not done")
        case "unknown":
            return say(language, "not known")
    return say(language, "refused or not done")


def _used(matter: Matter) -> str:
    card = matter.bank.scorecard
    if card is None:
        return ""
    return say(
        matter.language,
        "A figure that was measured on at least {n} calls is used for the cost instead of the "
        "claimed one. Recovery was measured in the failover drill.",
        n=card.least_calls,
    )


def _measured(one: Judged) -> Mapping[str, Decimal | None]:
    trial = one.trial
    names = (*MEASURED.values(), "drill_hours")
    return {name: getattr(trial, name) if trial else None for name in names}


def _claim(one: Judged, what: str, claimed: Decimal | None, measured: Value) -> tuple[Cell, ...]:
    apart: Value = laying.NOTHING
    if claimed is not None and isinstance(measured, Decimal):
        apart = measured - claimed
    return (Cell(one.name), Cell(what), Cell(claimed), Cell(measured), Cell(apart))


def _marks(matter: Matter, tried: list[Judged], card: Scorecard) -> Table:
    language = matter.language
    return Table(
        "trial-marks",
        say(language, "Mean marks, 1 to 5"),
        (
            Head(say(language, "Criterion")),
            Head(say(language, "Weight, %"), "whole"),
            *(Head(one.name, "mean") for one in tried),
        ),
        tuple(
            (
                Cell(criterion.title.text(language)),
                Cell(criterion.weight),
                *(Cell(one.trial.means.get(criterion.id) if one.trial else None) for one in tried),
            )
            for criterion in card.criteria
        ),
    )
