"""Taking in a page of questions that was sent as a whole: answers, files, buttons inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from flask import flash, request
from werkzeug.datastructures import FileStorage

from question_bank.model import Question
from questionnaire import edge
from questionnaire.controls import by_question, typed_of
from questionnaire.services import answering, attaching, keeping
from questionnaire.services.answering import SavedSection
from questionnaire.services.attaching import Upload
from questionnaire.services.keeping import MOST_BYTES
from questionnaire.services.resuming import Remark
from questionnaire.services.taking import Typed
from questionnaire.vendor import gate
from questionnaire.vendor.closed import closed
from questionnaire.vendor.editing import Edited, edit
from questionnaire.vendor.pages import Typing


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of the page; `stays` when the same page must come back, with `status`."""

    typing: Typing = field(default_factory=Typing)
    stays: bool = False
    status: int = 200
    at: str = ""


def fill_in(questions: Sequence[Question]) -> Filled:
    """Save the answers of the page that are right; the others come back as they were typed."""
    grouped = by_question(request.form.items(multi=True))
    speech = gate.reached().language
    asked = {one.id: one for one in questions}
    typed = {
        id: typed_of(one, grouped[id])
        for id, one in asked.items()
        if "version" in grouped.get(id, ())
    }
    edited = edit(asked, typed, grouped, request.form, speech)
    for sentence in edited.notices:
        flash(sentence, "warning")
    saved = _save(edited)
    shut = closed(asked, gate.questionnaire().questions, speech)
    moved, refused = _files(asked)
    documents = {id: _document(id) for id, _sentence in refused}
    at = edited.at or moved
    if saved.faults or saved.conflicts:
        typing = Typing(
            _on_top_of(_shown(edited, saved), saved),
            saved.faults,
            saved.conflicts,
            refused,
            documents,
            part_saved=bool(saved.saved),
            closed=shut,
        )
        return Filled(typing, True, _status(saved, bool(moved)), at)
    if edited.more_rows:
        more = {edited.more_rows: _fresh(edited, saved)}
        typing = Typing(typed=more, refused=refused, documents=documents, closed=shut)
        return Filled(typing, True, 200, at)
    typing = Typing(refused=refused, documents=documents, closed=shut)
    status = _status(saved, bool(moved)) if shut else 200
    return Filled(typing, bool(refused or shut), status, at)


def _save(edited: Edited) -> SavedSection:
    right = {id: one for id, one in edited.typed.items() if id not in edited.faults}
    saved = answering.save_section(
        edge.database.session,
        edge.clock(),
        gate.reached(),
        gate.questionnaire(),
        right,
        speech=gate.reached().language,
    )
    return replace(saved, faults={**edited.faults, **saved.faults})


def _shown(edited: Edited, saved: SavedSection) -> dict[str, Typed]:
    """As typed where it was not stored, and the table that gets an empty row."""
    shown = {id: one for id, one in edited.typed.items() if id not in saved.saved}
    return shown | {edited.more_rows: _fresh(edited, saved)} if edited.more_rows else shown


def _on_top_of(shown: Mapping[str, Typed], saved: SavedSection) -> dict[str, Typed]:
    """As typed, but a second save of what conflicted replaces the stored answer knowingly."""
    return {
        id: replace(one, version=saved.conflicts[id].version) if id in saved.conflicts else one
        for id, one in shown.items()
    }


def _fresh(edited: Edited, saved: SavedSection) -> Typed:
    """The table with its empty row, on the version that was just stored."""
    one = edited.with_empty_row()[edited.more_rows]
    return replace(one, version=one.version + (edited.more_rows in saved.saved))


def _status(saved: SavedSection, files_moved: bool) -> int:
    # Below 400 what was right is kept: the answers, and files, which no browser chooses again.
    if files_moved or saved.saved:
        return 200
    return 422 if saved.faults else 409


def _files(asked: Mapping[str, Question]) -> tuple[str, list[tuple[str, str]]]:
    """Attach and remove files; gives the question where something moved, and what was refused."""
    moved, refused = _removed(), []
    for id in asked:
        uploads = [upload_of(one) for one in request.files.getlist(f"{id}:file") if one.filename]
        if not uploads:
            continue
        done = attaching.attach(
            edge.database.session,
            edge.clock(),
            keeping.store_at(edge.settings().evidence_url),
            gate.reached(),
            gate.questionnaire(),
            id,
            uploads,
            document_type=_document(id)[0],
            issued_on=_document(id)[1],
            speech=gate.reached().language,
        )
        moved = id if done.kept else moved
        refused += [(id, sentence) for sentence in done.refused]
    return moved, refused


def _document(question_id: str) -> tuple[str, str]:
    """What was said of files that were refused: they can be chosen anew, this need not be."""
    return (
        request.form.get(f"{question_id}:document-type", ""),
        request.form.get(f"{question_id}:issued-on", ""),
    )


def _removed() -> str:
    try:
        evidence_id = UUID(request.form.get("remove-file", ""))
    except ValueError:
        return ""
    return attaching.detach(
        edge.database.session,
        edge.clock(),
        gate.reached(),
        gate.questionnaire(),
        evidence_id,
        speech=gate.reached().language,
    )


def upload_of(file: FileStorage) -> Upload:
    # One byte over the limit is enough to know.
    return Upload(file.filename or "", file.stream.read(MOST_BYTES + 1))


def nothing_to_add(asked: Remark) -> bool:
    """Whether the box under a reviewer's question is ticked, and was under what is asked now.

    A browser leaves an empty box out; what was asked meanwhile the page has not shown.
    """
    id = asked.question_id
    ticked = bool(request.form.get(f"{id}:nothing"))
    return ticked and request.form.get(f"{id}:remark") == asked.digest
