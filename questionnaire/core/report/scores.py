"""How the quality scores come about, section by section, so that they can be worked out again."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.phrases import say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Heading, Paragraph, Table
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.scoring import SECTION_SHARE, TRIAL_SHARE


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    yield Heading(say(language, "How the quality scores come about"))
    text = say(
        language,
        "The score of a section is the points of what is met, of all points that apply: 20 for a "
        "mandatory, 10 for a major, 5 for a minor requirement; a waived one earns half. Section "
        "quality is the mean of the sections by their weights. Quality is {sections} % section "
        "quality and {trial} % trial; without a trial it is section quality alone. It lies between "
        "two figures, since the calls of the trial are a sample (± in part 9), and the upper one "
        "is higher where something is not known, which may turn out to be met.",
        sections=words.figure(100 * SECTION_SHARE, language),
        trial=words.figure(100 * TRIAL_SHARE, language),
    )
    yield Paragraph(text)
    scores = {
        (one.code, at.section): at for one in matter.eligible for at in one.verdict.quality.sections
    }
    rows = []
    for section in matter.bank.sections:
        found = [scores.get((one.code, section.id)) for one in matter.eligible]
        weights = [at for at in found if at is not None]
        if not weights:
            continue
        floor = weights[0].floor
        rows.append((
            Cell(section.title.text(language)),
            Cell(weights[0].weight),
            Cell(laying.NOTHING if floor is None else floor),
            *(Cell(laying.NOTHING if at is None else at.score) for at in found),
        ))  # fmt: skip
    for title, values in _sums(matter):
        rows.append((Cell(title), Cell(laying.NOTHING), Cell(laying.NOTHING), *values))
    yield Table(
        "section-scores",
        say(language, "Scores of those who pass, of 100"),
        (
            Head(say(language, "Section")),
            Head(say(language, "Weight"), "score"),
            Head(say(language, "Floor"), "whole"),
            *(Head(one.name, "score") for one in matter.eligible),
        ),
        tuple(rows),
    )


def _sums(matter: Matter) -> Iterator[tuple[str, list[Cell]]]:
    language = matter.language
    yield (
        say(language, "Section quality"),
        [Cell(words.known(one.verdict.quality.section_quality)) for one in matter.eligible],
    )
    yield (
        say(language, "Trial"),
        [Cell(one.verdict.trial.score) for one in matter.eligible],
    )
    yield (
        say(language, "Quality"),
        [Cell(words.known(one.verdict.quality.quality)) for one in matter.eligible],
    )
    yield (
        say(language, "Quality lies between"),
        [Cell(interval(matter, one)) for one in matter.eligible],
    )


def interval(matter: Matter, one: Judged) -> str | None:
    """How sure the quality is: the sample of calls, and what is not known yet."""
    sure, language = one.verdict.certainty, matter.language
    if sure is None:
        return None
    low, high = (words.shown(at, "score", language) for at in (sure.low, sure.high))
    return say(language, "{low} and {high}", low=low, high=high)
