"""Questions that a reviewer has opened again: answered, saved and sent back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from question_bank.model import Question
from questionnaire import controls, edge
from questionnaire.controls.frames import afresh
from questionnaire.core.faults import AnswerFault
from questionnaire.services import replying, resuming
from questionnaire.services.faults import Invalid
from questionnaire.services.resuming import Remark
from questionnaire.vendor import gate
from questionnaire.vendor.filling import fill_in
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.pages import NOTHING_TYPED, Typing, asking_for, summary
from questionnaire.vendor.places import address, flag_link, own

Page = str | tuple[str, int] | Response


@blueprint.get("/assessment/<uuid:assessment_id>/replies")
def replies(assessment_id: UUID) -> Page:
    """The re-opened questions, each with the remark and the answer as it was handed in."""
    remarks = resuming.remarks(edge.database.session, assessment_id)
    if gate.reached().state != "submitted" or not remarks:
        return redirect(address("vendor.start"))
    return _page(remarks)


@blueprint.post("/assessment/<uuid:assessment_id>/replies")
def save_replies(assessment_id: UUID) -> Page:
    """Save the replies, and send them where that was pressed."""
    remarks = resuming.remarks(edge.database.session, assessment_id)
    filled = fill_in(_questions(remarks))
    if filled.stays:
        return _page(remarks, filled.typing), filled.status
    if request.form.get("go") != "send":
        flash(_("Saved, and not sent yet."), "success")
        return redirect(f"{address('vendor.replies')}#{controls.element_id(filled.at)}", 303)
    try:
        sent = replying.send_replies(
            edge.database.session,
            edge.clock(),
            gate.reached(),
            gate.questionnaire(),
            flag_link=flag_link,
            speech=gate.reached().language,
        )
    except Invalid as fault:
        faults = {id: AnswerFault(sentence) for id, sentence in fault.faults.items()}
        # Below 400, because the replies are saved: only their sending waits.
        return _page(remarks, Typing(faults=faults), waits="sending")
    left = len(remarks) - len(sent)
    flash(
        _("Sent. Thank you.") if not left else _("Sent. %(left)s still open.", left=left), "success"
    )
    return redirect(address("vendor.replies" if left else "vendor.start"), 303)


def _questions(remarks: dict[str, Remark]) -> list[Question]:
    """The re-opened questions in the order of the questionnaire."""
    return [one for id, one in gate.questionnaire().questions.items() if id in remarks]


def _page(remarks: dict[str, Remark], typing: Typing = NOTHING_TYPED, *, waits: str = "") -> str:
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
        "summary": summary(questionnaire, typing),
        "waits": waits or typing.waits,
    }
    return afresh("vendor/replies.html", fixed, own())
