"""The copy of a questionnaire with its answers: each as it stands, with what was said beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from question_bank.model import Question, Section
from questionnaire.core.answers import BLANK, Answer, show_answer
from questionnaire.core.dates import show_date
from questionnaire.core.kinds import show_rows
from questionnaire.core.paper.asked import heading
from questionnaire.core.phrases import quoted, say
from questionnaire.core.report.blocks import (
    Block,
    Cell,
    Head,
    Heading,
    Line,
    Listing,
    Notice,
    Paragraph,
    Table,
)

#: A table with more columns than fit beside each other is told row by row.
_BESIDE_EACH_OTHER = 6


@dataclass(frozen=True, slots=True)
class Document:
    """A file beside an answer: its name, what it is in words, and the day that it bears."""

    name: str
    called: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it stands, with its files."""

    answer: Answer = BLANK
    files: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Attested:
    """Who stands for the answers, when (in words), and the statement as it was agreed to."""

    name: str
    role: str
    when: str
    statement: str


_NOTHING = Given()


def attested_blocks(attested: Attested | None, language: str) -> tuple[Block, ...]:
    """Who stands for the answers; where nobody does yet, that this is a draft."""
    if attested is None:
        return (Notice(say(language, "A draft: these answers were not handed in."), "warning"),)
    return (
        Paragraph(
            say(
                language,
                "Handed in on {when}, attested by {name} ({role}).",
                when=attested.when,
                name=attested.name,
                role=attested.role,
            )
        ),
        Paragraph(quoted_whole(attested.statement)),
    )


def quoted_whole(text: str) -> str:
    """The text in quotation marks, never cut."""
    return f"“{text}”"


def answered_blocks(
    section: Section, given: Mapping[str, Given], hidden: frozenset[str], language: str
) -> tuple[Block, ...]:
    """One section with its answers; questions that are not asked with these are left out.

    The number is the question's place in the section as it is asked, the same as on the page.
    """
    blocks: list[Block] = []
    for number, question in enumerate(section.questions, 1):
        if question.id not in hidden:
            blocks.append(Heading(heading(question, number, language)))
            blocks.extend(_given(question, given.get(question.id, _NOTHING), language))
    return tuple(blocks)


def _given(question: Question, given: Given, language: str) -> Iterator[Block]:
    answer = given.answer
    if question.kind == "table" and answer.value:
        yield from _rows(question, answer, language)
    else:
        yield Paragraph(show_answer(question, answer, language))
    if answer.reason:
        yield Paragraph(say(language, "Reason: {text}", text=answer.reason))
    if answer.comment:
        yield Paragraph(say(language, "Comment: {text}", text=answer.comment))
    if given.files:
        yield Listing(tuple(Line(_file(one, language)) for one in given.files))


def _file(document: Document, language: str) -> str:
    if document.issued_on is None:
        return f"{document.name} ({document.called})"
    day = show_date(document.issued_on, language)
    return f"{document.name} ({document.called}, {day})"


def _rows(question: Question, answer: Answer, language: str) -> Iterator[Block]:
    labels = [column.label.text(language) for column in question.columns]
    rows = show_rows(question, answer.value, language)
    subject = (question.subject or question.text).text(language)
    if len(labels) <= _BESIDE_EACH_OTHER:
        yield Table(
            f"rows-{question.id.replace('.', '-')}",
            quoted(subject),
            tuple(Head(label) for label in labels),
            tuple(tuple(Cell(cell or "–") for cell in row) for row in rows),
        )
        return
    for number, row in enumerate(rows, 1):
        yield Heading(say(language, "Row {n}", n=number), 2)
        yield Listing(
            tuple(Line(f"{label}: {cell}") for label, cell in zip(labels, row, strict=True) if cell)
        )
