"""What a question asks, in words: how it can be answered, what it wants beside, when it is asked.

Nothing of how an answer is judged is in here: a vendor gets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from question_bank.model import Choice, Column, Question, Section
from questionnaire.core.conditions import questions_in
from questionnaire.core.kinds.table import MOST_ROWS
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import listed, quoted, say
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
from questionnaire.core.units import unit_words


def asked_blocks(
    section: Section, questions: Mapping[str, Question], language: str
) -> tuple[Block, ...]:
    """One section to be read; `questions` are all that are asked, for those that wait for one."""
    blocks: list[Block] = [Paragraph(section.intro.text(language))]
    for number, question in enumerate(section.questions, 1):
        blocks.append(Heading(heading(question, number, language)))
        blocks.extend(_asked(question, questions, language))
    return tuple(blocks)


def heading(question: Question, number: int, language: str) -> str:
    """`3. Which certificates do you hold?`, with a word where it may be left out."""
    text = f"{number}. {question.text.text(language)}"
    if question.answer_required:
        return text
    return say(language, "{question} (optional)", question=text)


def _asked(question: Question, questions: Mapping[str, Question], language: str) -> Iterator[Block]:
    yield Paragraph(question.help.text(language))
    waits = [one for one in questions_in(question.show_when) if one in questions]
    if waits:
        named = [quoted(_subject(questions[one], language)) for one in sorted(waits)]
        yield Paragraph(
            say(
                language,
                "Asked only if your answers about {subjects} call for it.",
                subjects=listed(named, language),
            )
        )
    if question.kind == "table":
        yield _columns(question, language)
    else:
        yield Paragraph(_how(question, language))
        if question.choices:
            yield Listing(tuple(Line(one.label.text(language)) for one in question.choices))
    if question.evidence:
        wanted = question.evidence.text(language)
        yield Paragraph(say(language, "Evidence asked for: {document}", document=wanted))


def _subject(question: Question, language: str) -> str:
    return (question.subject or question.text).text(language)


def _how(question: Question, language: str) -> str:
    if question.kind == "multi_choice" and question.most_choices:
        return say(language, "Choose all that apply, {n} at most:", n=question.most_choices)
    if question.kind in ("number", "percentage", "money"):
        return _figure(question, language)
    return _answered_by(question.kind, language)


def _answered_by(kind: str, language: str) -> str:
    return {
        "yes_no": say(language, "Answer: yes or no."),
        "single_choice": say(language, "Choose one:"),
        "multi_choice": say(language, "Choose all that apply:"),
        "countries": say(language, "Answer: countries from a list."),
        "date": say(language, "Answer: a date."),
        "text": say(language, "Answer: a line of text."),
        "long_text": say(language, "Answer: a text."),
        "file": say(language, "Answer: a file."),
    }[kind]


def _cell_of(kind: str, choices: str, language: str) -> str:
    return {
        "text": say(language, "Text"),
        "yes_no": say(language, "Yes or no"),
        "date": say(language, "Date"),
        "time": say(language, "Time of day"),
        "year": say(language, "Year"),
        "country": say(language, "Country"),
        "language": say(language, "Language"),
        "choice": say(language, "One of: {choices}", choices=choices),
        "multi_choice": say(language, "Any of: {choices}", choices=choices),
    }[kind]


def _figure(asked: Question | Column, language: str) -> str:
    unit = unit_words(asked.unit, language)
    if asked.kind == "percentage":
        unit = unit or "%"
    bounds = _bounds(asked, language)
    if asked.kind == "money":
        first = say(language, "Answer: an amount with its currency.")
    elif unit:
        first = say(language, "Answer: a number ({unit}).", unit=unit)
    else:
        first = say(language, "Answer: a number.")
    return f"{first} {bounds}" if bounds else first


def _bounds(asked: Question | Column, language: str) -> str:
    low = None if asked.minimum is None else show_number(asked.minimum, language)
    high = None if asked.maximum is None else show_number(asked.maximum, language)
    if low is not None and high is not None:
        return say(language, "From {low} to {high}.", low=low, high=high)
    if low is not None:
        return say(language, "{low} or more.", low=low)
    return "" if high is None else say(language, "{high} or less.", high=high)


def _columns(question: Question, language: str) -> Table:
    """The columns of a table question, a row for each."""
    rows = tuple(
        (
            Cell(column.label.text(language)),
            Cell(_cell(column, language)),
            Cell(column.note.text(language) if column.note else ""),
        )
        for column in question.columns
    )
    return Table(
        f"columns-{question.id.replace('.', '-')}",
        say(language, "A table, one row for each; at most {n} rows. Its columns:", n=MOST_ROWS),
        (
            Head(say(language, "Column")),
            Head(say(language, "What goes into it")),
            Head(say(language, "Note")),
        ),
        rows,
    )


def _cell(column: Column, language: str) -> str:
    if column.kind in ("number", "percentage", "money"):
        return _figure(column, language)
    if column.choices_from:
        return say(language, "One of the rows that you named before")
    return _cell_of(column.kind, _labels(column.choices, language), language)


def _labels(choices: tuple[Choice, ...], language: str) -> str:
    return "; ".join(one.label.text(language) for one in choices)
