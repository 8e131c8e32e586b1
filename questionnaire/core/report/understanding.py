"""How much is understood at all: answered, evidenced, reviewed (claim C52)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from question_bank.model import DocumentRule
from questionnaire.core.answers import BLANK
from questionnaire.core.assurance import level_of
from questionnaire.core.evidence import REVIEWED, SUPPLIED
from questionnaire.core.phrases import say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Heading, Paragraph, Table
from questionnaire.core.report.matter import Judged, Matter


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    yield Heading(say(language, "What is not known"))
    yield Table(
        "understanding",
        say(language, "How much is known of each vendor"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Questions asked"), "whole"),
            Head(say(language, "Answered"), "percent"),
            Head(say(language, "With a document that counts"), "percent"),
            Head(say(language, "Reviewed by you, or better"), "percent"),
            Head(say(language, "Mandatory requirements not known"), "whole"),
            Head(
                say(
                    language,
                    "Findings that nobody could work out, but for those on prices and between "
                    "options",
                ),
                "whole",
            ),
            Head(say(language, "Trial")),
        ),
        tuple(_meter(matter, one) for one in matter.vendors),
        say(
            language,
            "Of the questions that apply to the vendor, without those on prices. What is not "
            "known counts as not met.",
        ),
    )


def _asked(matter: Matter, one: Judged) -> list[str]:
    sealed = matter.bank.sealed_questions
    return [id for id in matter.bank.questions if id not in sealed and one.case.shown(id)]


def _shares(matter: Matter, one: Judged) -> tuple[Decimal | None, ...]:
    """Answered, with a document that counts, reviewed: of what applies, in percent."""
    answers, asked = one.offer.answers, _asked(matter, one)
    short = _short_of_paper(one)
    levels = [level_of(answers.get(id, BLANK), one.case) for id in asked if id not in short]
    counts = (
        sum(answers.get(id, BLANK).state == "answered" for id in asked),
        sum(level >= SUPPLIED for level in levels),
        sum(level >= REVIEWED for level in levels),
    )
    return tuple(Decimal(100 * n) / len(asked) if asked else None for n in counts)


def _short_of_paper(one: Judged) -> frozenset[str]:
    """Questions whose documents are too old, or not of the sort, that a requirement demands."""
    return frozenset(
        at.requirement.question
        for at in one.verdict.judgements
        if at.is_gap and isinstance(at.requirement.threshold, DocumentRule)
    )


def _meter(matter: Matter, one: Judged) -> tuple[Cell, ...]:
    unknown = sum(
        judgement.status == "unknown" and judgement.requirement.severity == "mandatory"
        for judgement in laying.open_judgements(matter, one)
    )
    undetermined = sum(finding.undetermined for finding in laying.own_findings(matter, one))
    asked, shares = _asked(matter, one), map(Cell, _shares(matter, one))
    return (
        Cell(one.name),
        Cell(len(asked)),
        *shares,
        Cell(unknown),
        Cell(undetermined),
        Cell(_tried(matter, one)),
    )


def _tried(matter: Matter, one: Judged) -> str:
    """Whether it was held on calls enough to go by what was measured."""
    outcome, language = one.verdict.trial, matter.language
    if not outcome.held:
        return say(language, "not held")
    return say(language, "held") if outcome.enough else say(language, "held, too few calls")


def before_any_tier(matter: Matter) -> Paragraph:
    """How far the due diligence is, in a sentence ahead of every recommendation (claim C72)."""
    language, shares = matter.language, [_shares(matter, one) for one in matter.vendors]
    means = [_mean([each[n] for each in shares]) for n in range(3)]
    answered, documented, reviewed = (
        say(language, "not known") if at is None else words.shown(at, "percent", language)
        for at in means
    )
    text = say(
        language,
        "How far your due diligence is: of what applies to a vendor, {answered} is answered, "
        "{documented} stands on a document that counts and {reviewed} was reviewed by you or "
        "better, each on the mean of all vendors; a trial was held with {tried} of {n}. "
        "Vendor by vendor it stands at the end of this part.",
        answered=answered,
        documented=documented,
        reviewed=reviewed,
        tried=sum(one.verdict.trial.held for one in matter.vendors),
        n=len(matter.vendors),
    )
    return Paragraph(text)


def _mean(shares: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in shares if one is not None]
    return sum(known, Decimal(0)) / len(known) if known else None
