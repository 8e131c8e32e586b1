"""Part 4: what each vendor lacks, with what stands behind it and what people decided."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.findings.outcome import Finding
from question_bank.model import SEVERITIES
from questionnaire.core.answers import BLANK, Answer
from questionnaire.core.assurance import level_of
from questionnaire.core.dates import show_date
from questionnaire.core.gaps import Judgement
from questionnaire.core.phrases import listed, say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import (
    Block,
    Cell,
    Head,
    Heading,
    Line,
    Listing,
    Paragraph,
    Table,
)
from questionnaire.core.report.matter import Judged, Matter, Raised
from questionnaire.core.scoring import can_be_waived

_WEIGHTS = (*SEVERITIES, "caps", "warning", "info")


def blocks(matter: Matter) -> Iterator[Block]:
    for number, one in enumerate(matter.by_name, start=1):
        yield Heading(one.name)
        yield Paragraph(_sum(matter, one))
        yield from _gaps(matter, one, number)
        yield from _findings(matter, one, number)


def _sum(matter: Matter, one: Judged) -> str:
    found = [at.status for at in laying.open_judgements(matter, one)]
    text = say(
        matter.language,
        "Of {n} requirements that apply, those on prices left aside, {met} are met, {not_met} are "
        "not met and {unknown} are not known.",
        n=len(found) - found.count("not_applicable"),
        met=found.count("met"),
        not_met=found.count("not_met"),
        unknown=found.count("unknown"),
    )
    if one.late:
        text += " " + say(matter.language, "The vendor submitted after the deadline.")
    return text


def _gaps(matter: Matter, one: Judged, number: int) -> Iterator[Block]:
    language = matter.language
    rows = [
        (_row(matter, one, judgement))
        for judgement in sorted(
            laying.open_judgements(matter, one),
            key=lambda at: SEVERITIES.index(at.requirement.severity),
        )
        if judgement.is_gap or judgement.requirement.id in one.offer.accepted
    ]
    if not rows:
        yield Paragraph(say(language, "Every requirement that applies is met."))
        return
    yield Table(
        f"gaps-{number}",
        say(language, "{vendor}: gaps", vendor=one.name),
        (
            Head(say(language, "Requirement on")),
            Head(say(language, "Severity")),
            Head(say(language, "Status")),
            Head(say(language, "Why")),
            Head(say(language, "Behind the answer")),
            Head(say(language, "Reviewers")),
        ),
        tuple(rows),
    )


def _row(matter: Matter, one: Judged, judgement: Judgement) -> tuple[Cell, ...]:
    language, requirement = matter.language, judgement.requirement
    answer = one.offer.answers.get(requirement.question, BLANK)
    subject = matter.subject(requirement.question)
    why = judgement.explanation.removeprefix(f"{subject}: ")
    return (
        Cell(subject, matter.about(one, requirement.question, requirement.id)),
        Cell(words.severity(requirement.severity, language), mark=requirement.severity),
        Cell(words.status(judgement.status, language), mark=judgement.status),
        Cell(why[:1].upper() + why[1:]),
        Cell(_behind(answer, one, language)),
        Cell(_review(matter, one.flags.get(requirement.id), counts=_counts(one, judgement))),
    )


def _behind(answer: Answer, one: Judged, language: str) -> str:
    """Who has claimed nothing has nothing behind it."""
    if answer.state != "answered":
        return laying.NOTHING
    return words.level(level_of(answer, one.case), language)


def _counts(one: Judged, judgement: Judgement) -> bool:
    """Whether a waiver of it counts: nothing waives what the law demands."""
    return can_be_waived(judgement, one.offer.waived)


def _review(matter: Matter, raised: Raised | None, *, counts: bool) -> str:
    language = matter.language
    if raised is None:
        return laying.NOTHING
    text = words.flag_state(raised.state, language)
    if raised.state == "waived" and raised.until:
        day = show_date(raised.until, language)
        text = say(language, "Waived until {day}", day=day)
        if not counts:
            text += " " + say(language, "(does not count)")
    if raised.proposed:
        text += " " + say(language, "(a proposal waits for a second person)")
    return text


def _findings(matter: Matter, one: Judged, number: int) -> Iterator[Block]:
    language = matter.language
    found = laying.own_findings(matter, one)
    firing = sorted((at for at in found if at.fires), key=lambda at: _WEIGHTS.index(at.severity))
    if firing:
        yield Table(
            f"findings-{number}",
            say(language, "{vendor}: what its answers show together", vendor=one.name),
            (
                Head(say(language, "Finding")),
                Head(say(language, "Severity")),
                Head(say(language, "What was found")),
                Head(say(language, "Out of the answers on")),
                Head(say(language, "Reviewers")),
            ),
            tuple(_finding_row(matter, one, at) for at in firing),
        )
    else:
        yield Paragraph(say(language, "No finding fires."))
    open_ = [at for at in found if at.undetermined]
    if open_:
        yield Paragraph(say(language, "Could not be worked out:"))
        yield Listing(tuple(_undetermined(matter, at) for at in open_))


def _finding_row(matter: Matter, one: Judged, at: Finding) -> tuple[Cell, ...]:
    counts = at.id in one.offer.waived
    subjects = list(dict.fromkeys(matter.subject(one) for one in at.used))
    return (
        Cell(laying.finding_title(matter, at.id), matter.about(one, "", at.id)),
        Cell(words.severity(at.severity, matter.language), mark=at.severity),
        Cell(at.text),
        Cell(listed(subjects, matter.language) or laying.NOTHING),
        Cell(_review(matter, one.flags.get(at.id), counts=counts)),
    )


def _undetermined(matter: Matter, at: Finding) -> Line:
    title = laying.finding_title(matter, at.id)
    weight = words.severity(at.severity, matter.language).lower()
    return Line(f"{title} ({weight}): {at.because}.")
