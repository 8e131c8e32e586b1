"""Reading a filled spreadsheet: which cells belong to which question, and what stands in them.

What cannot be read leaves its question as it is stored, and is told with its sheet and cell. Values
are read later, by the kinds of the questions, as if they had been typed into the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from question_bank import model
from question_bank.model import Question
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import quoted, say, say_count
from questionnaire.core.sheet import keys
from questionnaire.core.sheet.filled import Filled, Reading, Refused
from questionnaire.core.sheet.finding import Marked, about, check, marked, offered
from questionnaire.core.sheet.grid import Grid, place_of
from questionnaire.core.sheet.lists import lists
from questionnaire.core.sheet.rows_read import Lists, Unread, fill
from questionnaire.core.texts import same_text

#: So many places that could not be read are told; nobody mends more at once.
MOST_REFUSED = 500
_ANSWERED = ("answer", "state", "reason", "comment")


def read(
    grids: tuple[Grid, ...],
    sections: Sequence[model.Section],
    wanted: Mapping[str, str],
    language: str,
) -> Reading:
    """What is filled in; WrongFile when the file was made for something else.

    `wanted` names the assessment and the edition; `language` is that of the sentences.
    """
    told = about(grids)
    check(told, wanted, language)
    return _Reader(grids, sections, _labels(grids, sections, told), language).reading()


def _labels(
    grids: tuple[Grid, ...], sections: Sequence[model.Section], told: Mapping[str, str]
) -> Lists:
    """Label -> code of every list, as the file has them, and else as they were when it was made."""
    questions = [one for section in sections for one in section.questions]
    found = {
        name: {
            same_text(label): code for code, label in zip(one.codes, one.labels, strict=True)
        }
        for name, one in lists(questions, told.get("language", "en")).items()
    }  # fmt: skip
    for name, labels in offered(grids).items():
        found[name] = found.get(name, {}) | labels
    return found


class _Reader:
    """One file being read."""

    def __init__(
        self,
        grids: tuple[Grid, ...],
        sections: Sequence[model.Section],
        labels: Lists,
        language: str,
    ) -> None:
        self.sections, self.labels, self.language = sections, labels, language
        self.questions = {one.id: one for section in sections for one in section.questions}
        self.sheets = marked(grids)
        self.filled: list[Filled] = []
        self.refused: list[Refused] = []

    def reading(self) -> Reading:
        """All sections in order."""
        for section in self.sections:
            title = section.title.text(self.language)
            sheet = self._sheet(keys.section_mark(section.id), title)
            if sheet is not None:
                self._section(section, sheet)
        return Reading(tuple(self.filled), self._told())

    def _told(self) -> tuple[Refused, ...]:
        """What was refused, as far as anybody reads it."""
        over = len(self.refused) - MOST_REFUSED
        if over <= 0:
            return tuple(self.refused)
        sentence = say_count(
            self.language,
            "{n} more place could not be read. Correct the ones above first.",
            "{n} more places could not be read. Correct the ones above first.",
            over,
        )
        return (*self.refused[:MOST_REFUSED], Refused(sentence))

    def _refuse(self, sentence: str, sheet: str = "", cell: str = "", question: str = "") -> None:
        self.refused.append(Refused(sentence, sheet, cell, question))

    def _sheet(self, mark: str, title: str, question: str = "") -> Marked | None:
        """The one sheet with this mark; a word about it where there is none, or more."""
        found = self.sheets.get(mark, [])
        if len(found) == 1:
            return found[0]
        if not found:
            sentence = say(
                self.language, "The sheet of {title} is not in the file: its answers stay as they "
                "are.", title=quoted(title),
            )  # fmt: skip
        else:
            sentence = say(
                self.language, "{title} is in the file more than once: it is not clear which sheet "
                "counts. Delete the others, and upload the file again.", title=quoted(title),
            )  # fmt: skip
        self._refuse(sentence, found[0].grid.name if found else "", "", question)
        return None

    def _section(self, section: model.Section, sheet: Marked) -> None:
        missing = [one for one in keys.COLUMNS[1:] if one not in sheet.columns]
        if missing:
            sentence = say(
                self.language, "The hidden first row of this sheet was changed, so nothing on it "
                "was read. Download the questionnaire again, and copy your answers into it.",
            )  # fmt: skip
            self._refuse(sentence, sheet.grid.name)
            return
        rows = self._rows(sheet)
        for question in section.questions:
            self._question(question, sheet, rows.get(question.id, {}))

    def _rows(self, sheet: Marked) -> dict[str, dict[str, list[int]]]:
        """Question id -> key -> its rows; what has no key and holds something is refused."""
        found: dict[str, dict[str, list[int]]] = {}
        numbers = sorted({row for row, _column in sheet.grid.cells if row > sheet.row})
        begun = False
        for row in numbers:
            key = sheet.grid.text(row, sheet.key_column)
            question_id = key.partition("#")[0]
            if question_id in self.questions:
                begun = True
                found.setdefault(question_id, {}).setdefault(key, []).append(row)
            elif key or begun:
                self._strange(sheet, row, key)
        return found

    def _strange(self, sheet: Marked, row: int, key: str) -> None:
        held = [one for one in _ANSWERED if sheet.grid.text(row, sheet.columns[one])]
        if not held and not key:
            return
        sentence = say(
            self.language, "This row belongs to no question: it was added, or the hidden key in "
            "front of it was changed. It was not read.",
        )  # fmt: skip
        self._refuse(sentence, sheet.grid.name, place_of(row, sheet.columns["answer"]))

    def _question(self, question: Question, sheet: Marked, rows: dict[str, list[int]]) -> None:
        first = rows.get(question.id, [])
        name = (question.subject or question.text).text(self.language)
        repeated = [
            key for key, found in rows.items()
            if len(found) > 1 and key != keys.country(question.id)
        ]  # fmt: skip
        if repeated:
            sentence = say(
                self.language, "{question} has a row twice: it is not clear which one counts. "
                "Delete one of them.", question=quoted(name),
            )  # fmt: skip
            again = place_of(rows[repeated[0]][1], sheet.columns["answer"])
            self._refuse(sentence, sheet.grid.name, again, question.id)
            return
        if not first:
            sentence = say(
                self.language, "The row of {question} is not in the file: its answer stays as it "
                "is.", question=quoted(name),
            )  # fmt: skip
            self._refuse(sentence, sheet.grid.name, "", question.id)
            return
        table = None
        if question.kind == "table":
            table = self._sheet(keys.table_mark(question.id), name, question.id)
            if table is None:
                return
        self._fill(question, sheet, rows, table)

    def _fill(
        self, question: Question, sheet: Marked, rows: dict[str, list[int]], table: Marked | None
    ) -> None:
        try:
            found = fill(question, sheet, rows, table, self.labels, self.language)
        except Unread as fault:
            self.refused += dict.fromkeys(fault.refused)
            return
        except AnswerFault as fault:
            place = place_of(rows[question.id][0], sheet.columns["answer"])
            self._refuse(fault.sentence, sheet.grid.name, place, question.id)
            return
        self.filled.append(found)
