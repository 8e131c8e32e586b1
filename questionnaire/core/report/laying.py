"""Pieces that several parts are laid out of: answers side by side, findings, marks of a trial."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from question_bank.chapters import OPTION_FINDINGS, PRICE_FINDINGS
from question_bank.findings.outcome import Finding
from question_bank.model import Question
from questionnaire.core.answers import BLANK
from questionnaire.core.gaps import Judgement
from questionnaire.core.kinds import KINDS
from questionnaire.core.parts import number
from questionnaire.core.phrases import listed, quoted, say
from questionnaire.core.pictures import Chart, NoChart
from questionnaire.core.report import words
from questionnaire.core.report.amiss import amiss
from questionnaire.core.report.blocks import (
    Block,
    Cell,
    Charts,
    Head,
    Line,
    Listing,
    Paragraph,
    Table,
)
from questionnaire.core.report.matter import Judged, Matter

#: What stands where there is nothing to say; it is never a figure.
NOTHING = "–"
#: More choices than these are counted where answers stand side by side.
_MOST_NAMED = 3


def findings_in(matter: Matter, subjects: Collection[str]) -> frozenset[str]:
    """The ids of the findings of these subjects."""
    return frozenset(
        one.id for at in matter.bank.subjects if at.id in subjects for one in at.findings
    )


def finding_title(matter: Matter, finding_id: str) -> str:
    titles = (at.title.text(matter.language) for at in matter.bank.findings if at.id == finding_id)
    return next(titles, finding_id)


def topic(matter: Matter, key: str) -> str:
    """What a flag is about, by what it was raised on: a requirement's question, or a finding."""
    question_id = key.partition("#")[0]
    if question_id in matter.bank.questions:
        return matter.subject(question_id)
    return finding_title(matter, key)


def open_judgements(matter: Matter, one: Judged) -> Iterator[Judgement]:
    """The judgements outside of the sealed sections, which count in nothing."""
    sealed = matter.bank.sealed_questions
    for judgement in one.verdict.judgements:
        if judgement.requirement.question not in sealed:
            yield judgement


def own_findings(matter: Matter, one: Judged) -> tuple[Finding, ...]:
    """The findings without those on prices and between options, which have parts of their own."""
    elsewhere = findings_in(matter, (*PRICE_FINDINGS, *OPTION_FINDINGS))
    return tuple(finding for finding in one.verdict.findings if finding.id not in elsewhere)


def per_vendor(
    matter: Matter, about: Callable[[Judged], Sequence[Line]], nothing: str
) -> Iterator[Block]:
    """What is to be said of each vendor, by name; those of whom there is nothing in a sentence."""
    silent = []
    for one in matter.by_name:
        lines = tuple(about(one))
        if lines:
            yield Paragraph(say(matter.language, "{vendor}:", vendor=one.name))
            yield Listing(lines)
        else:
            silent.append(one.name)
    if silent:
        yield Paragraph(words.stop(f"{nothing}: {listed(silent, matter.language)}"))


def finding_lines(matter: Matter, one: Judged, ids: Collection[str]) -> list[Line]:
    """What fires of these findings, and what nobody could work out."""
    language = matter.language
    lines = []
    for finding in one.verdict.findings:
        if finding.id not in ids:
            continue
        title, weight = (
            finding_title(matter, finding.id),
            words.severity(finding.severity, language),
        )
        if finding.fires:
            lines.append(Line(f"{title} ({weight.lower()}): {finding.text}"))
        elif finding.undetermined:
            text = say(
                language,
                "{title} ({weight}): not known, because {why}.",
                title=title,
                weight=weight.lower(),
                why=finding.because,
            )
            lines.append(Line(text))
    return lines


def side_by_side(matter: Matter, section_id: str) -> Table | None:
    """What the vendors answered in one section, question by question; None if nothing was asked."""
    section = matter.bank.sections_by_id.get(section_id)
    asked = matter.basis.selection
    if section is None or section.sealed:
        return None
    questions = [
        one
        for one in section.questions
        if (asked is None or one.id in asked)
        and any(vendor.case.shown(one.id) for vendor in matter.vendors)
    ]
    if not questions or not matter.vendors:
        return None
    language, title = matter.language, section.title.text(matter.language)
    return Table(
        f"answers-{section_id}",
        say(language, "{section}: what vendors answered", section=title),
        (Head(say(language, "Question")), *(Head(one.name) for one in matter.by_name)),
        tuple(
            (
                Cell(matter.subject(one.id)),
                *(_said(matter, vendor, one) for vendor in matter.by_name),
            )
            for one in questions
        ),
    )


def _said(matter: Matter, vendor: Judged, question: Question) -> Cell:
    about = matter.about(vendor, question.id)
    missed = [
        one
        for one in open_judgements(matter, vendor)
        if one.requirement.question == question.id and one.is_gap
    ]
    text = answer_text(matter, vendor, question)
    if not missed:
        return Cell(text, about)
    answer = vendor.offer.answers.get(question.id, BLANK)
    text += amiss(question, answer, missed, vendor, matter.language)
    worst = "not_met" if any(one.status == "not_met" for one in missed) else "unknown"
    return Cell(f"{text} ({words.status(worst, matter.language).lower()})", about, worst)


def answer_text(matter: Matter, vendor: Judged, question: Question) -> str:
    """One answer in a few words; a table by the number of its rows."""
    language = matter.language
    answer = vendor.offer.answers.get(question.id, BLANK)
    if not vendor.case.shown(question.id):
        return say(language, "not asked")
    match answer.state:
        case "dont_know":
            return say(language, "does not know")
        case "not_applicable":
            return say(language, "does not apply, says the vendor")
        case "blank":
            return say(language, "not answered")
    if question.kind == "table":
        rows = len(answer.value) if isinstance(answer.value, tuple) else 0
        return say(language, "{n} stated", n=rows) if rows else say(language, "none")
    if question.kind == "multi_choice" and len(answer.value) > _MOST_NAMED:
        offered = sum(one.code not in question.exclusive for one in question.choices)
        return say(language, "{n} of {all} named", n=len(answer.value), all=offered)
    if question.kind == "multi_choice" and answer.value:
        named = (at for at in question.choices if at.code in answer.value)
        return listed([quoted(at.label.text(language)) for at in named], language)
    shown = KINDS[question.kind].show(question, answer.value, language)
    if question.kind in ("text", "long_text"):
        return quoted(shown)
    return shown or say(language, "none of these")


def claimed(vendor: Judged, role: str) -> Decimal | None:
    """The number of the answer that plays a part; None when the vendor claims none."""
    return words.known(number(role, vendor.case))


def of_sections(matter: Matter, sections: Collection[str]) -> Iterator[Table]:
    """The answers of these sections side by side, as far as they were asked."""
    for section in sections:
        table = side_by_side(matter, section)
        if table is not None:
            yield table


def charts(found: Iterable[Chart | NoChart]) -> Iterator[Block]:
    """The charts side by side, and why there is none of whom there is none, each reason once."""
    every = list(found)
    drawn = tuple(one for one in every if isinstance(one, Chart))
    if drawn:
        yield Charts(drawn)
    for one in every:
        if isinstance(one, NoChart):
            yield Paragraph(f"{one.title}: {one.why}")


def condition_lines(one: Judged) -> Iterator[Line]:
    """What must happen before signature; where there are too many major gaps, without their list.

    Part 13 lists them, once.
    """
    tier = one.verdict.tier
    named = " ".join(text for at in tier.majors for text in at.texts)
    for at in tier.conditions:
        text = at.text
        if at.kind == "count" and text.endswith(named):
            text = text.removesuffix(named).rstrip().rpartition(". ")[0] + "."
        yield Line(text)
