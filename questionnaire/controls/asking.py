"""How a question is asked: the ready piece of its kind, joined with what the vendor has said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from question_bank.model import Question
from questionnaire.controls.boxes import CHECKED, box_values, esc, stored_raw
from questionnaire.controls.pieces import Piece, Pieces, rendered
from questionnaire.controls.rows import countries_values, table_values
from questionnaire.core import codes
from questionnaire.core.answers import without_reason
from questionnaire.core.dates import show_date
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds import MOST_ROWS
from questionnaire.core.numbers import show_number, show_size
from questionnaire.services.keeping import ENDINGS, MOST_FILES, MOST_MEGABYTES
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.resuming import Attached, Kept
from questionnaire.services.taking import UNKNOWN_STATES, Typed

pieces = Pieces()


@dataclass(frozen=True, slots=True)
class Asking:
    """What a page of questions needs besides the questions and the stored answers.

    `typed` is shown instead of the stored answer, and `faults` above it, both by question;
    `notices`, `remarks`, `offers` and `conflicts` are ready markup; `hidden` questions are on
    the page, unseen, because another answer may bring them; `names` are the choices that tables
    give each other, by "<question id>.<column>"; `documents` what was chosen for refused files
    (type and date); `files_at` is the address of the assessment's files; `people` says by
    address who may have given an answer, where that is told; `hand_over` offers to ask a colleague.
    """

    speech: str = "en"
    typed: Mapping[str, Typed] = field(default_factory=dict)
    faults: Mapping[str, AnswerFault] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, str] = field(default_factory=dict)
    offers: Mapping[str, str] = field(default_factory=dict)
    notices: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    documents: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    read_only: bool = False
    files_at: str = ""
    time_zone: str = "UTC"
    now: datetime | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    hand_over: bool = False

    @property
    def today(self) -> date | None:
        """The day that it is for whoever answers."""
        return self.now.astimezone(_zone(self.time_zone)).date() if self.now else None


def question_html(
    questionnaire: Questionnaire, question: Question, kept: Kept, asking: Asking, number: int
) -> str:
    """The markup of one question with its answer in it; `number` is its place in the section."""
    typed = asking.typed.get(question.id)
    values = _frame(questionnaire, question, kept, asking)
    values["number"] = f"{number}."
    raw = typed.raw if typed else stored_raw(question, kept, asking.speech)
    none = typed.none if typed else False
    if question.kind == "table":
        fault = asking.faults.get(question.id)
        row = _piece(questionnaire, question, asking.speech, "controls/row.html")
        values |= table_values(question, row, raw, none, fault, asking.names, asking.speech)
    elif question.kind == "countries":
        row = _piece(questionnaire, question, asking.speech, "controls/country.html")
        values |= countries_values(row, raw, none, asking.speech)
    else:
        values |= box_values(question, raw, none)
    piece = _piece(questionnaire, question, asking.speech, "controls/question.html")
    return piece.fill(values)


def _frame(
    questionnaire: Questionnaire, question: Question, kept: Kept, asking: Asking
) -> dict[str, str]:
    """Everything around the value: state, comment, evidence, fault, status."""
    id, typed, fault = question.id, asking.typed.get(question.id), asking.faults.get(question.id)
    shown = typed or kept
    unknown = typed.said if typed else kept.state
    values = {
        f"said:{unknown if unknown in UNKNOWN_STATES else 'answered'}": CHECKED,
        "reason": esc(shown.reason or ""),
        "version": str(shown.version),
        "state": kept.state,
        "files": files_html(questionnaire, kept.files, asking),
        "remark": asking.remarks.get(id, ""),
        "conflict": asking.conflicts.get(id, ""),
        "offer": asking.offers.get(id, ""),
        "notice": asking.notices.get(id, ""),
    }
    if shown.comment:
        values |= {"comment": esc(shown.comment), "comment-open": " open"}
    if id in asking.documents:
        values |= _document(questionnaire, *asking.documents[id], asking.speech)
    if id in asking.hidden:
        values["hidden"] = " hidden"
    if asking.read_only:
        values["disabled"] = " disabled"
    if asking.hand_over:
        piece = _piece(questionnaire, question, asking.speech, "controls/ask_colleague.html")
        values["ask-colleague"] = piece.fill({})
    if fault is not None:
        values |= _fault(id, fault)
    elif typed is None and kept.changed_at is not None:
        values["status"] = status_html(kept.changed_at, asking, kept.changed_by)
        if lacking := without_reason(kept.state, kept.reason, asking.speech):
            values["status"] += f' <span class="lacking">{esc(lacking)}</span>'
    return values


def _document(
    questionnaire: Questionnaire, code: str, issued_on: str, speech: str
) -> dict[str, str]:
    """The boxes for a file as they were filled in, open."""
    label = questionnaire.bank.document_types.get(code)
    chosen = (
        f'<option value="{esc(code)}" selected>{esc(label.text(speech))}</option>' if label else ""
    )
    return {"attach-open": " open", "chosen-type": chosen, "issued": esc(issued_on)}


def _fault(question_id: str, fault: AnswerFault) -> dict[str, str]:
    """The sentence of a fault above the value, tied to it."""
    return {
        "class": " question-wrong",
        "described": f" q-{question_id}-wrong",
        "invalid": ' aria-invalid="true"',
        "fault": f'<p class="wrong" id="q-{question_id}-wrong">{esc(fault.sentence)}</p>',
    }


def status_html(changed_at: datetime, asking: Asking, by: str = "") -> str:
    """`Saved 14:03`; with the day where it is another one, and who it was where that is told."""
    local = changed_at.astimezone(_zone(asking.time_zone))
    today = asking.today == local.date()
    piece = pieces.get(
        ("status", asking.speech), lambda: rendered("controls/status.html", asking.speech)
    )
    return piece.fill(
        {
            "iso": changed_at.isoformat(timespec="seconds"),
            "when": f"{local:%H:%M}" if today else f"{local:%Y-%m-%d %H:%M}",
            "zone": esc(asking.time_zone),
            "by": f' · <span class="by">{esc(name)}</span>'
            if (name := asking.people.get(by))
            else "",
        }
    )


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def files_html(questionnaire: Questionnaire, files: Iterable[Attached], asking: Asking) -> str:
    """The attached files of one question, each with its link and the button that takes it away."""
    if not files:
        return ""
    speech, types = asking.speech, questionnaire.bank.document_types
    piece = pieces.get(
        ("file", speech, asking.read_only),
        lambda: rendered("controls/attached.html", speech, read_only=asking.read_only),
    )
    return "".join(
        piece.fill(
            {
                "id": str(one.id),
                "address": f"{asking.files_at}/{one.id}",
                "name": esc(one.name),
                "type": esc(types[one.document_type].text(speech))
                if one.document_type in types
                else "",
                "issued": f" · {show_date(one.issued_on, speech)}" if one.issued_on else "",
                "size": show_size(one.size, speech),
            }
        )
        for one in files
    )


def lists_html(questions: Iterable[Question], speech: str) -> str:
    """The names of countries and languages, once a page, where a question asks for them."""
    kinds = {column.kind for one in questions for column in one.columns}
    kinds |= {one.kind for one in questions}
    parts = []
    if kinds & {"country", "countries"}:
        named = sorted(codes.country_name(one, speech) for one in codes.COUNTRIES)
        parts.append(_names("all-countries", named, speech))
    if "language" in kinds:
        named = sorted(codes.language_name(one, speech) for one in codes.LANGUAGES)
        parts.append(_names("all-languages", named, speech))
    return "".join(parts)


def _names(id: str, names: Sequence[str], speech: str) -> str:
    make = lambda: rendered("controls/names.html", speech, id=id, names=names)  # noqa: E731
    return pieces.get((id, speech), make).fill({})


def _piece(questionnaire: Questionnaire, question: Question, speech: str, template: str) -> Piece:
    key = (template, questionnaire.bank.digest, question.id, speech, questionnaire.currency)
    return pieces.get(key, lambda: _rendered(questionnaire, question, speech, template))


def _rendered(
    questionnaire: Questionnaire, question: Question, speech: str, template: str
) -> Piece:
    types = questionnaire.bank.document_types.items()
    bounds = (question.minimum, question.maximum)
    return rendered(
        template,
        speech,
        question=question,
        currency=questionnaire.currency,
        currencies=sorted(codes.CURRENCIES),
        bounds=[None if one is None else show_number(one, speech) for one in bounds],
        document_types=sorted(
            ((code, label.text(speech)) for code, label in types), key=lambda one: one[1]
        ),
        accept=",".join(ENDINGS),
        most_files=MOST_FILES,
        most_megabytes=MOST_MEGABYTES,
        most_rows=MOST_ROWS,
    )
