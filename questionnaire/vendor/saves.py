"""What the script of a section page asks for: one answer saved, rows pasted, files attached."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import jsonify, request
from werkzeug.wrappers import Response

from question_bank.model import Question
from questionnaire import controls, edge
from questionnaire.controls import UNTOUCHED, by_question, typed_of
from questionnaire.core.faults import AnswerFault
from questionnaire.services import answering, attaching, keeping, replying, resuming
from questionnaire.services.answering import Saved, Stale
from questionnaire.services.faults import Missing
from questionnaire.services.resuming import Kept, Remark
from questionnaire.services.taking import Typed
from questionnaire.vendor import gate
from questionnaire.vendor.beside import conflict_html
from questionnaire.vendor.editing import pasted
from questionnaire.vendor.filling import nothing_to_add, upload_of
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.pages import Typing, asking_for

Reply = Response | tuple[Response, int]


@blueprint.post("/assessment/<uuid:assessment_id>/answer/<question_id>")
def save_answer(assessment_id: UUID, question_id: str) -> Reply:
    """Save one answer; the reply says its version and which questions came and went."""
    question = _question(question_id)
    try:
        saved = answering.save(
            edge.database.session,
            edge.clock(),
            gate.reached(),
            gate.questionnaire(),
            question_id,
            _typed(question),
            save_key=request.form.get("save-key", "")[:64] or None,
            speech=gate.reached().language,
        )
    except AnswerFault as fault:
        return _refused(fault)
    except Stale as fault:
        return _stale(question, fault.stored)
    if not gate.reached().answering:
        session, reached = edge.database.session, gate.reached()
        if (asked := resuming.remarks(session, reached.assessment_id).get(question_id)) is not None:
            replying.note(session, reached, {question_id: nothing_to_add(asked)})
    return jsonify(_told(saved))


@blueprint.post("/assessment/<uuid:assessment_id>/rows/<question_id>")
def paste_rows(assessment_id: UUID, question_id: str) -> Reply:
    """Read what was pasted from a spreadsheet into rows; nothing is stored yet."""
    question = _question(question_id)
    if question.kind != "table":
        raise Missing(question_id)
    parts = by_question(request.form.items(multi=True)).get(question_id, {})
    typed = typed_of(question, parts)
    found = pasted(question, typed.raw, (parts.get("paste") or [""])[0], gate.reached().language)
    fault = found.fault
    shown = Typed(raw=found.rows, comment=typed.comment, reason=typed.reason, version=typed.version)
    typing = Typing({question_id: shown}, {question_id: fault} if fault else {})
    return jsonify(html=_html(question, typing), faults=bool(fault), notices=found.notices)


@blueprint.post("/assessment/<uuid:assessment_id>/typed/<question_id>")
def show_typed(assessment_id: UUID, question_id: str) -> Reply:
    """The question with what a browser has kept of it in its boxes; nothing is stored."""
    question = _question(question_id)
    return jsonify(html=_html(question, Typing({question_id: _typed(question)})))


@blueprint.post("/assessment/<uuid:assessment_id>/attach/<question_id>")
def attach(assessment_id: UUID, question_id: str) -> Reply:
    """Attach files; the reply lists what is attached now and what was refused, by name."""
    question = _question(question_id)
    done = attaching.attach(
        edge.database.session,
        edge.clock(),
        keeping.store_at(edge.settings().evidence_url),
        gate.reached(),
        gate.questionnaire(),
        question_id,
        [upload_of(one) for one in request.files.getlist(f"{question_id}:file") if one.filename],
        document_type=request.form.get(f"{question_id}:document-type", ""),
        issued_on=request.form.get(f"{question_id}:issued-on", ""),
        speech=gate.reached().language,
    )
    return jsonify(_files(question) | {"kept": done.kept, "refused": done.refused})


@blueprint.post("/assessment/<uuid:assessment_id>/files/<uuid:evidence_id>/remove")
def remove_file(assessment_id: UUID, evidence_id: UUID) -> Reply:
    """Take a file away from its answer."""
    question_id = attaching.detach(
        edge.database.session,
        edge.clock(),
        gate.reached(),
        gate.questionnaire(),
        evidence_id,
        speech=gate.reached().language,
    )
    return jsonify(_files(_question(question_id)))


def _question(question_id: str) -> Question:
    if (found := gate.questionnaire().questions.get(question_id)) is None:
        raise Missing(question_id)
    return found


def _typed(question: Question) -> Typed:
    return typed_of(question, by_question(request.form.items(multi=True)).get(question.id, {}))


def _told(saved: Saved) -> dict[str, Any]:
    told = {
        "state": saved.state,
        "version": saved.version,
        "saved_at": saved.saved_at.isoformat(timespec="seconds") if saved.saved_at else None,
        "asked": saved.counted.asked,
        "answered": saved.counted.answered,
        "appeared": saved.counted.appeared,
        "gone": saved.counted.gone,
        "lacking": saved.lacking,
    }
    return told if not gate.reached().is_colleague else _part_of(told)


def _part_of(told: dict[str, Any]) -> dict[str, Any]:
    """What a colleague is told: nothing of questions that are not its own, nor how many."""
    own = gate.questionnaire().questions
    mine = {name: [id for id in told[name] if id in own] for name in ("appeared", "gone")}
    return {name: one for name, one in told.items() if name not in ("asked", "answered")} | mine


def _refused(fault: AnswerFault) -> Reply:
    cells = [
        {"row": one.path.row, "column": one.path.column, "sentence": one.sentence}
        for one in fault.faults
        if one.path is not None
    ]
    return jsonify(sentence=fault.sentence, cells=cells), 422


def _stale(question: Question, stored: Kept) -> Reply:
    """Both values: the one that is stored, beside what stands in the controls."""
    kept = {question.id: stored}
    asking = asking_for(gate.questionnaire(), gate.reached(), kept, [question])
    return (
        jsonify(
            conflict=conflict_html(gate.questionnaire(), question.id, stored, asking),
            version=stored.version,
            stored=_html(question),
        ),
        409,
    )


def _html(question: Question, typing: Typing | None = None) -> str:
    """The question's whole markup, as stored or as typed."""
    reached, questionnaire = gate.reached(), gate.questionnaire()
    naming = questionnaire.naming[question.section]
    kept = resuming.part(
        edge.database.session,
        reached.assessment_id,
        naming | {question.id} | questionnaire.triggers,
    )
    asking = asking_for(
        questionnaire, reached, kept, [question], typing or Typing(),
        _remark(question, typed=typing is not None),
    )  # fmt: skip
    number = questionnaire.sections_by_id[question.section].questions.index(question) + 1
    return controls.question_html(
        questionnaire, question, kept.get(question.id, UNTOUCHED), asking, number
    )


def _remark(question: Question, *, typed: bool) -> dict[str, Remark]:
    """What a reviewer asks of it, with the box under it as stored or as `typed`."""
    reached = gate.reached()
    if reached.answering:
        return {}
    remarks = resuming.remarks(edge.database.session, reached.assessment_id)
    if (found := remarks.get(question.id)) is None:
        return {}
    if typed:
        found = replace(found, nothing_to_add=nothing_to_add(found))
    return {question.id: found}


def _files(question: Question) -> dict[str, Any]:
    """The list of attached files, and the answer where the file is the answer."""
    reached = gate.reached()
    stored = answering.stored(edge.database.session, reached.assessment_id, question.id)
    asking = asking_for(gate.questionnaire(), reached, {question.id: stored}, [question])
    return {
        "files": controls.files_html(gate.questionnaire(), stored.files, asking),
        "version": stored.version,
        "state": stored.state,
    }
