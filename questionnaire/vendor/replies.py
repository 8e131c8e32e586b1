"""Questions that a reviewer has opened again: answered, saved and sent back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from question_bank.model import Question
from questionnaire import controls, edge
from questionnaire.controls.frames import afresh
from questionnaire.core.faults import AnswerFault
from questionnaire.services import replying, resuming, vetting
from questionnaire.services.attesting import Attestation, statement_of_replies
from questionnaire.services.faults import Invalid
from questionnaire.services.resuming import Remark
from questionnaire.services.vetting import Shown
from questionnaire.vendor import gate
from questionnaire.vendor.filling import fill_in, nothing_to_add
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.pages import NOTHING_TYPED, Typing, asking_for, not_open_page, summary
from questionnaire.vendor.places import address, elsewhere, flag_link, own, own_link

NOBODY = Attestation("", "", False)

Page = str | tuple[str, int] | Response


@blueprint.get("/assessment/<uuid:assessment_id>/replies")
def replies(assessment_id: UUID) -> Page:
    """The re-opened questions, each with the remark and the answer as it was handed in."""
    remarks = _remarks(assessment_id)
    if gate.reached().state != "submitted" or not remarks:
        return redirect(address("vendor.start"))
    return _page(remarks)


@blueprint.post("/assessment/<uuid:assessment_id>/replies")
def save_replies(assessment_id: UUID) -> Page:
    """Save the replies, and send them where that was pressed."""
    remarks = _remarks(assessment_id)
    to = request.form.get("go", "")
    unseen = _unseen(remarks) if to == "send" else {}
    filled = fill_in(_questions(remarks))
    said = {id: nothing_to_add(one) for id, one in remarks.items()}
    replying.note(edge.database.session, gate.reached(), said)
    remarks = {id: replace(one, nothing_to_add=said[id]) for id, one in remarks.items()}
    attestation = _attestation()
    if not remarks and filled.typing.closed:
        return not_open_page(filled.typing.closed), filled.status
    if filled.stays:
        return _page(remarks, filled.typing, attestation), filled.status
    if to.startswith("ask:"):
        return redirect(elsewhere(to), 303)
    if to != "send":
        flash(_("Saved, and not sent yet."), "success")
        if attestation != NOBODY:
            # Who attests is kept by nobody before the sending: it stays in its boxes.
            return _page(remarks, filled.typing, attestation)
        return redirect(f"{address('vendor.replies')}#{controls.element_id(filled.at)}", 303)
    if unseen:
        faults = {id: AnswerFault(sentence) for id, sentence in unseen.items()}
        return _page(remarks, Typing(faults=faults), attestation, waits="sending")
    try:
        _send(attestation)
    except Invalid as fault:
        faults = {id: AnswerFault(fault.faults[id]) for id in fault.faults.keys() & remarks.keys()}
        wrong = {name: fault.faults[name] for name in fault.faults.keys() - remarks.keys()}
        # Below 400, because the replies are saved: only their sending waits.
        return _page(remarks, Typing(faults=faults), attestation, wrong, waits="sending")
    flash(_("Sent. Thank you. A receipt with a copy is on its way."), "success")
    return redirect(address("vendor.start"), 303)


def _unseen(remarks: dict[str, Remark]) -> dict[str, str]:
    """What this page did not show as it is now, before anything of the page is saved."""
    reached = gate.reached()
    kept = resuming.part(edge.database.session, reached.assessment_id, remarks.keys())
    shown = {
        id: Shown(request.form.get(f"{id}:version", -1, int), request.form.get(f"{id}:remark", ""))
        for id in remarks
    }
    return vetting.unseen(remarks, kept, shown, reached.language)


def _attestation() -> Attestation:
    fields = request.form
    return Attestation(fields.get("name", ""), fields.get("role", ""), bool(fields.get("agreed")))


def _send(attestation: Attestation) -> None:
    reached = gate.reached()
    replying.send_replies(
        edge.database.session,
        edge.clock(),
        reached,
        gate.questionnaire(),
        attestation,
        flag_link=flag_link,
        link=own_link(reached),
        speech=reached.language,
    )


def _remarks(assessment_id: UUID) -> dict[str, Remark]:
    """The re-opened questions that are this person's to answer."""
    remarks = resuming.remarks(edge.database.session, assessment_id)
    return {id: one for id, one in remarks.items() if id in gate.questionnaire().questions}


def _questions(remarks: dict[str, Remark]) -> list[Question]:
    """The re-opened questions in the order of the questionnaire."""
    return [one for id, one in gate.questionnaire().questions.items() if id in remarks]


def _page(
    remarks: dict[str, Remark],
    typing: Typing = NOTHING_TYPED,
    attestation: Attestation = NOBODY,
    wrong: Mapping[str, str] | None = None,
    *,
    waits: str = "",
) -> str:
    reached, questionnaire = gate.reached(), gate.questionnaire()
    questions = _questions(remarks)
    naming = frozenset[str]().union(*(questionnaire.naming[one.section] for one in questions))
    kept = resuming.part(
        edge.database.session,
        reached.assessment_id,
        remarks.keys() | questionnaire.triggers | naming,
    )
    asking = asking_for(questionnaire, reached, kept, questions, typing, remarks)
    fixed = {
        "reached": reached,
        "questions": controls.questions_html(questionnaire, questions, kept, asking),
        "summary": [*summary(questionnaire, typing), *(wrong or {}).items()],
        "attestation": attestation,
        "faults": wrong or {},
        "statement": statement_of_replies(reached, reached.language),
        "waits": waits or typing.waits,
        "closed": typing.closed,
    }
    return afresh("vendor/replies.html", fixed, own())
