"""A trial that was failed beside its one repeat: both results stay in the report (brief 4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from question_bank.model import Scorecard
from questionnaire.core.phrases import say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Heading, Paragraph, Table, Value
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.trial import Outcome, Trial


def blocks(matter: Matter) -> Iterator[Block]:
    """Nothing where no trial was repeated."""
    begun = [one for one in matter.by_name if one.repeat is not None or one.repeated]
    if not begun:
        return
    yield Heading(say(matter.language, "Failed trials that were repeated"))
    for one in begun:
        yield Paragraph(_sentence(matter, one))
    held = [one for one in begun if one.repeated]
    if held:
        yield _results(matter, held)
        if matter.bank.scorecard:
            yield _marks(matter, held, matter.bank.scorecard)


def _sentence(matter: Matter, one: Judged) -> str:
    """What was put right in between, and which of the two counts."""
    language = matter.language
    fix = one.repeat.fix if one.repeat else ""
    text = say(language, "{vendor}:", vendor=one.name)
    if fix:
        text = say(
            language,
            "{vendor}: before the repeat this was put right, as you wrote it down: {fix}",
            vendor=one.name,
            fix=f"“{' '.join(fix.split())}”",
        )
        text = words.stop(text)
    if not one.repeated:
        counts = say(
            language,
            "The repeat counts once it was held as a whole; until then the first trial does.",
        )
    elif one.first_counts:
        counts = say(
            language,
            "The first trial counts: by the figures as they stand now it was not failed, and only "
            "a failed trial can be made up for.",
        )
    else:
        counts = say(language, "The repeat counts.")
    return f"{text} {counts}"


def _results(matter: Matter, held: Sequence[Judged]) -> Table:
    language = matter.language
    return Table(
        "trial-repeats",
        say(language, "The first trial and its repeat"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Trial")),
            Head(say(language, "Result")),
            Head(say(language, "Calls"), "whole"),
            Head(say(language, "Agents heard"), "whole"),
            Head(say(language, "Mean mark, 1 to 5"), "mean"),
            Head(say(language, "± (95 %)"), "mean"),
            Head(say(language, "Compliance-critical errors"), "whole"),
            Head(say(language, "Satisfied, %"), "score"),
            Head(say(language, "Helped at the first contact, %"), "score"),
            Head(say(language, "Seconds for a contact"), "whole"),
            Head(say(language, "Hours to recover in the drill"), "score"),
        ),
        tuple(row for one in held for row in _rows(matter, one)),
    )


def _rows(matter: Matter, one: Judged) -> Iterator[tuple[Cell, ...]]:
    language, verdict = matter.language, one.verdict
    repeat = None if one.first_counts else verdict.trial
    yield _row(matter, one, say(language, "first"), one.offer.first_trial, verdict.first_trial)
    yield _row(matter, one, say(language, "repeat"), one.offer.trial, repeat)


def _row(
    matter: Matter, one: Judged, which: str, trial: Trial | None, outcome: Outcome | None
) -> tuple[Cell, ...]:
    """One of the two; a repeat that does not count has figures and no result."""
    result: Value = say(matter.language, "does not count")
    mean: Value = laying.NOTHING
    interval: Value = laying.NOTHING
    if outcome is not None:
        result = words.trial_result(outcome.result, matter.language)
        mean, interval = outcome.mean, outcome.interval
    figures: tuple[Decimal | int | None, ...] = (None,) * 5
    if trial is not None:
        figures = (trial.critical_errors, trial.csat, trial.fcr, trial.aht, trial.drill_hours)
    return (
        Cell(one.name), Cell(which), Cell(result),
        Cell(trial.calls if trial else None), Cell(trial.agents if trial else None),
        Cell(mean), Cell(interval), *(Cell(figure) for figure in figures),
    )  # fmt: skip


def _marks(matter: Matter, held: Sequence[Judged], card: Scorecard) -> Table:
    language = matter.language
    heads = [Head(say(language, "Criterion"))]
    for one in held:
        heads += [
            Head(say(language, "{vendor}, first", vendor=one.name), "mean"),
            Head(say(language, "{vendor}, repeat", vendor=one.name), "mean"),
        ]
    return Table(
        "repeat-marks",
        say(language, "Mean marks of the first trial and of its repeat, 1 to 5"),
        tuple(heads),
        tuple(
            (
                Cell(criterion.title.text(language)),
                *(
                    Cell(trial.means.get(criterion.id) if trial else None)
                    for one in held
                    for trial in (one.offer.first_trial, one.offer.trial)
                ),
            )
            for criterion in card.criteria
        ),
    )
