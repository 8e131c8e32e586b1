"""Laying a questionnaire out as sheets, with the answers in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from question_bank import model
from question_bank.model import Question
from questionnaire.core.kinds import KINDS
from questionnaire.core.phrases import say
from questionnaire.core.sheet import keys, words
from questionnaire.core.sheet.book import Book, Box, Choices, Held, Line, Section, Table
from questionnaire.core.sheet.contents import (
    box_of,
    content_of,
    heads_of,
    lines_below,
    row_of,
)
from questionnaire.core.sheet.lists import STATE, lists

_UNTOUCHED = Held()
#: What a sheet's name cannot hold, and how long it can be.
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31


def lay_out(
    sections: Sequence[model.Section],
    held: Mapping[str, Held],
    *,
    language: str,
    currency: str,
    title: str,
    organisation: str,
    facts: Sequence[tuple[str, str]],
    about: Mapping[str, str],
) -> Book:
    """The whole file. `facts` stand on its first sheet, `about` is what is read again."""
    laying = _Laying(sections, held, language, currency)
    return Book(
        language=language,
        title=title,
        author=organisation,
        how_name=laying.name("", say(language, "How to fill it in")),
        how=words.how_to(organisation, language),
        facts=tuple(facts),
        headings=_headings(language),
        sections=tuple(laying.section(one) for one in sections),
        tables=tuple(laying.table(one) for one in laying.questions.values() if one.columns),
        lists=laying.lists,
        about={"format": keys.FORMAT, "language": language, **about},
    )


def _headings(language: str) -> tuple[str, ...]:
    """The heads of a section's visible columns, in the order of `keys.COLUMNS`."""
    return (
        say(language, "No."),
        say(language, "Question"),
        say(language, "What is meant"),
        say(language, "What can be answered"),
        say(language, "Your answer"),
        say(language, "Or: not known, does not apply"),
        say(language, "Why it does not apply"),
        say(language, "Comment"),
    )


class _Laying:
    """One file being laid out."""

    def __init__(
        self,
        sections: Sequence[model.Section],
        held: Mapping[str, Held],
        language: str,
        currency: str,
    ) -> None:
        self.held, self.language, self.currency = held, language, currency
        self.questions = {one.id: one for section in sections for one in section.questions}
        self.lists: dict[str, Choices] = dict(lists(self.questions.values(), language))
        self._taken: set[str] = {keys.KEYS_SHEET, keys.LISTS_SHEET}
        self.numbers = {
            one.id: f"{n}.{m}"
            for n, section in enumerate(sections, 1)
            for m, one in enumerate(section.questions, 1)
        }
        self._names = {
            section.id: self.name(str(n), section.title.text(language))
            for n, section in enumerate(sections, 1)
        }
        for one in self.questions.values():
            if one.columns:
                subject = (one.subject or one.text).text(language)
                self._names[one.id] = self.name(self.numbers[one.id], subject)

    def name(self, number: str, title: str) -> str:
        """A name for a sheet that no other has."""
        plain = " ".join(_NO_NAME.sub(" ", f"{number} {title}").split())
        name = plain[:_LONGEST_NAME].rstrip()
        for again in count(2):
            if name.casefold() not in self._taken:
                break
            ending = f" ({again})"
            name = plain[: _LONGEST_NAME - len(ending)].rstrip() + ending
        self._taken.add(name.casefold())
        return name

    def section(self, section: model.Section) -> Section:
        notes = [section.intro.text(self.language)]
        if section.sealed:
            notes.append(
                say(self.language, "Sealed: nobody at the buyer's can read what you write in this "
                    "section while the other answers are looked at.")
            )  # fmt: skip
        lines = [line for one in section.questions for line in self._lines(one)]
        return Section(
            self._names[section.id],
            keys.section_mark(section.id),
            section.title.text(self.language),
            tuple(notes),
            tuple(lines),
        )

    def _lines(self, question: Question) -> list[Line]:
        held = self.held.get(question.id, _UNTOUCHED)
        limits = words.limits(
            question, self.currency, self._names.get(question.id, ""), self.language
        )
        box, content = self._answer(question, held, limits)
        first = Line(
            key=question.id,
            text=question.text.text(self.language),
            box=box,
            content=content,
            version=held.version,
            number=self.numbers[question.id],
            help=self._help(question),
            limits=limits,
            state=self.lists[STATE].label(held.state) if held.state in keys.STATES else "",
            reason=held.reason,
            comment=held.comment,
        )
        below = lines_below(question, held.value, self._small_words(question), self.lists)
        return [first, *below]

    def _answer(self, question: Question, held: Held, limits: str) -> tuple[Box, Any]:
        if question.kind in ("multi_choice", "countries"):
            return Box("closed"), say(self.language, "↓ Answer in the rows below")
        if question.kind == "table":
            name = self._names[question.id]
            return Box("closed"), say(self.language, "→ Answer on the sheet “{name}”", name=name)
        if question.kind == "file":
            attached = "\n".join(held.files)
            return Box("closed"), attached or say(self.language, "Attach the file on the web page")
        if question.kind == "money" and held.value is not None:
            amount = getattr(held.value, "amount", held.value)
            return box_of(question, hint=limits), amount
        return box_of(question, hint=limits), content_of(question, held.value, self.lists)

    def _help(self, question: Question) -> str:
        said = [question.help.text(self.language)]
        said.append(words.condition(question, self.questions, self.numbers, self.language))
        if question.evidence:
            document = question.evidence.text(self.language)
            said.append(say(self.language, "Document to attach on the web page: {document}",
                            document=document))  # fmt: skip
        return "\n".join(one for one in said if one)

    def _small_words(self, question: Question) -> dict[str, str]:
        label = question.none_label
        none = label.text(self.language) if label else ""
        return {
            "none": none or KINDS[question.kind].show(question, (), self.language)
            if question.kind in ("multi_choice", "countries", "table")
            else "",
            "currency": say(self.language, "Currency"),
            "country": say(self.language, "Country"),
        }

    def table(self, question: Question) -> Table:
        held = self.held.get(question.id, _UNTOUCHED)
        return Table(
            self._names[question.id],
            keys.table_mark(question.id),
            f"{self.numbers[question.id]} {question.text.text(self.language)}",
            (question.help.text(self.language),),
            heads_of(question, self.currency, say(self.language, "Currency"), self.language),
            tuple(row_of(question, row, self.lists) for row in held.value or ()),
        )
