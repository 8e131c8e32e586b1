"""A list of questions with their answers for reading, section after section."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from question_bank.model import Question, Section
from questionnaire.controls.asking import Asking, files_html
from questionnaire.controls.boxes import esc
from questionnaire.controls.pieces import Piece, Pieces, rendered
from questionnaire.controls.showing import answer_html
from questionnaire.core.answers import Answer
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.remembering import Memory
from questionnaire.services.resuming import Kept

_pieces = Pieces()
#: About 10 MB of lines: who looks through all answers again has changed one or two of them.
_lines: Memory[str] = Memory(16_384)


class Listing:
    """Makes the lines of one assessment at the address `at`; `editable` adds ways to change."""

    def __init__(
        self, questionnaire: Questionnaire, speech: str, at: str, *, editable: bool
    ) -> None:
        self._questionnaire, self._speech, self._at = questionnaire, speech, at
        self._editable = editable
        self._asking = Asking(speech=speech, read_only=True, files_at=f"{at}/files")

    def section(self, section: Section, lines: Sequence[str]) -> Markup:
        """One section with its lines; nothing where it has none."""
        if not lines:
            return Markup()
        piece = self._piece("answers/section.html", section.id, section=section)
        html = piece.fill({"lines": "".join(lines)})
        return Markup(html)  # noqa: S704 - every value was escaped where it was put in

    def line(self, question: Question, answer: Answer, kept: Kept, fault: str, by: str = "") -> str:
        """One question, its answer and its files; `fault` says why it keeps from handing in, `by`
        who answered.

        `answer` is `kept` as this edition reads it.
        """
        key = (self._questionnaire.digest, question.id, kept, fault, by)
        page = (self._speech, self._at, self._editable)
        return _lines.get((key, page), lambda: self._line(question, answer, kept, fault, by))

    def _line(self, question: Question, answer: Answer, kept: Kept, fault: str, by: str) -> str:
        missing = bool(fault) and answer.state == "blank"
        template = "answers/line_missing.html" if missing else "answers/line.html"
        files = files_html(self._questionnaire, kept.files, self._asking)
        values = {"at": self._at, "files": files}
        if by:
            values["by"] = f'<p class="answer-note by">{esc(by)}</p>'
        if not missing:
            values["answer"] = answer_html(question, answer, self._speech)
        if fault and not missing:
            values |= {"class": " line-wrong", "fault": f'<p class="wrong">{esc(fault)}</p>'}
        return self._piece(template, question.id, question=question).fill(values)

    def _piece(self, template: str, id: str, **context: object) -> Piece:
        key = (template, self._questionnaire.digest, id, self._speech, self._editable)
        return _pieces.get(
            key, lambda: rendered(template, self._speech, editable=self._editable, **context)
        )
