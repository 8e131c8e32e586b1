"""What a spreadsheet says beside its cells: bounds, conditions, how to fill it in.

Only what the web pages say as well: nothing of what the buyer demands is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from question_bank.model import AnswerIs, AnyOf, BuyerIs, Column, Question
from questionnaire.core import texts
from questionnaire.core.conditions import parts_of
from questionnaire.core.kinds import MOST_ROWS
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import listed, quoted, say
from questionnaire.core.units import unit_words

Numbers = Mapping[str, str]


def limits(question: Question, currency: str, place: str, language: str) -> str:
    """What can be written beside a question, sentence by sentence; `place` is a table's sheet."""
    said = _of_kind(question, currency, place, language)
    said += _bounds(question, language)
    if question.most_choices:
        said.append(say(language, "Tick at most {n}.", n=question.most_choices))
    if not question.answer_required:
        said.append(say(language, "This question may be left out."))
    return "\n".join(said)


def _of_kind(question: Question, currency: str, place: str, language: str) -> list[str]:
    match question.kind:
        case "yes_no":
            return [say(language, "Yes or no.")]
        case "single_choice":
            return [say(language, "Choose one from the list.")]
        case "multi_choice":
            return [say(language, "Choose yes beside everything that applies.")]
        case "countries":
            return [say(language, "One country in each row.")]
        case "percentage":
            return [say(language, "A percentage: write 82 for 82 %.")]
        case "money":
            return [_amount(currency, language)]
        case "date":
            return [say(language, "A date, for example {example}.", example="2026-11-23")]
        case "text":
            return [say(language, "At most {n} characters.", n=_count(texts.TEXT_LIMIT, language))]
        case "long_text":
            n = _count(texts.LONG_TEXT_LIMIT, language)
            return [say(language, "At most {n} characters.", n=n)]
        case "file":
            return [say(language, "Files are attached on the web page, not here.")]
        case "table":
            return [
                say(language, "Fill in the sheet {name}, one line for each.", name=quoted(place)),
                say(language, "At most {n} rows.", n=MOST_ROWS),
            ]
    return [say(language, "A number.")]


def _amount(currency: str, language: str) -> str:
    return say(
        language, "An amount; without a currency it is taken to be in {currency}.",
        currency=currency,
    )  # fmt: skip


def _count(number: int, language: str) -> str:
    return show_number(Decimal(number), language)


def _bounds(asked: Question | Column, language: str) -> list[str]:
    said = []
    if (unit := unit_words(asked.unit, language)) and unit != "%":
        said.append(say(language, "Unit: {unit}.", unit=unit))
    if asked.minimum is not None:
        said.append(say(language, "At least {n}.", n=show_number(asked.minimum, language)))
    if asked.maximum is not None:
        said.append(say(language, "At most {n}.", n=show_number(asked.maximum, language)))
    return said


def note(column: Column, currency: str, language: str) -> str:
    """What can be written into a column."""
    said = [column.note.text(language)] if column.note else []
    if column.kind == "percentage":
        said.append(say(language, "A percentage: write 82 for 82 %."))
    elif column.kind == "money":
        said.append(_amount(currency, language))
    elif column.kind == "date":
        said.append(say(language, "A date, for example {example}.", example="2026-11-23"))
    elif column.kind == "time":
        said.append(say(language, "Hours and minutes, for example {example}.", example="08:30"))
    elif column.kind == "year":
        said.append(say(language, "A year in four digits."))
    elif column.kind == "multi_choice":
        said.append(_several(column, language))
    if column.kind != "year":
        said += _bounds(column, language)
    return "\n".join(said)


def _several(column: Column, language: str) -> str:
    if column.choices_from:
        return say(language, "Several are set apart by a semicolon (;).")
    offered = listed([quoted(one.label.text(language)) for one in column.choices], language)
    return say(
        language, "Several are set apart by a semicolon (;). Offered are {offered}.",
        offered=offered,
    )  # fmt: skip


def condition(
    question: Question, questions: Mapping[str, Question], numbers: Numbers, language: str
) -> str:
    """On which other answers it depends whether this is asked; nothing where it does not.

    What the buyer's brief decides is decided before the file is made.
    """
    parts = [
        one
        for one in parts_of(question.show_when)
        if not isinstance(one, BuyerIs) and one.question in questions
    ]
    if not parts:
        return ""
    plain = [
        _holds(one, questions, numbers, language) if isinstance(one, AnswerIs) else ""
        for one in parts
    ]
    if not all(plain):
        on = listed([numbers[one.question] for one in parts], language)
        return say(language, "Whether this applies depends on what you say to {on}.", on=on)
    if len(plain) == 1:
        return say(language, "Only to be answered if this holds: {what}", what=plain[0])
    what = " ".join(plain)
    if isinstance(question.show_when, AnyOf):
        return say(language, "Only to be answered if one of these holds: {what}", what=what)
    return say(language, "Only to be answered if all of these hold: {what}", what=what)


def _holds(
    part: AnswerIs, questions: Mapping[str, Question], numbers: Numbers, language: str
) -> str:
    """One comparison as a sentence; nothing where there are no words for it."""
    number, asked = numbers[part.question], questions[part.question]
    if part.op == "answered":
        return say(language, "There is an answer to {number}.", number=number)
    if part.op not in ("equals", "one_of") or not asked.choices:
        return ""
    wanted = part.value if isinstance(part.value, list | tuple) else (part.value,)
    labels = [quoted(one.label.text(language)) for one in asked.choices if one.code in wanted]
    return say(
        language, "The answer to {number} is {values}.", number=number,
        values=listed(labels, language, either=True),
    )  # fmt: skip


def how_to(organisation: str, language: str) -> tuple[str, ...]:
    """The first sheet, line by line."""
    return (
        say(language, "Fill in the white cells; all others are locked, so that the file can be "
            "read again. There is one sheet for each section, and one for each table."),
        say(language, "Where there is a list, choose from it: click on the cell, then on the arrow "
            "beside it."),
        say(language, "If you do not know, or a question does not apply to you, say so in the "
            "column for it. Both are fair answers; what does not apply needs a reason."),
        say(language, "What is left empty stays as it is on the web page. Nothing is deleted "
            "unless you agree to it when you send the file in."),
        say(language, "Files are attached on the web page, and the answers are handed in there."),
        say(language, "When you are done, or in between, upload the file on the page from which "
            "you downloaded it. You will see what would change before anything is saved."),
        say(language, "Write values, not formulas. Save the file as an Excel workbook (.xlsx) "
            "without macros."),
        say(language, "Nobody else who was asked by {organisation} sees this file or what you "
            "upload.", organisation=organisation),
    )  # fmt: skip
