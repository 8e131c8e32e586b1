"""All answers on one page: what is missing, and handing in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from flask import flash, redirect, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from questionnaire import controls, edge
from questionnaire.core.answers import BLANK
from questionnaire.services import resuming, submitting
from questionnaire.services.faults import Invalid
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.resuming import Kept
from questionnaire.services.submitting import Attestation, Incomplete, Lacking
from questionnaire.vendor import gate
from questionnaire.vendor.frames import afresh
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.pages import address, own
from questionnaire.vendor.places import board_link, own_link

Page = str | tuple[str, int] | Response


@blueprint.get("/assessment/<uuid:assessment_id>/check")
def check(assessment_id: UUID) -> Page:
    """Every answer, as it would be handed in or was."""
    return _check(Attestation("", "", False), {})


@blueprint.post("/assessment/<uuid:assessment_id>/check")
def submit(assessment_id: UUID) -> Page:
    """Hand in; the same page sent twice hands in once."""
    fields = request.form
    attestation = Attestation(
        fields.get("name", ""), fields.get("role", ""), bool(fields.get("agreed"))
    )
    try:
        submitting.submit(
            edge.database.session,
            edge.clock(),
            gate.reached(),
            gate.questionnaire(),
            attestation,
            seen=_moment(fields.get("seen", "")),
            link=own_link(gate.reached()),
            board_link=board_link(gate.reached()),
            speech=gate.reached().language,
        )
    except Invalid as fault:
        return _check(attestation, fault.faults), 422
    except Incomplete:
        return _check(attestation, {}, blocked=True), 422
    flash(_("Your answers were handed in. A receipt with a copy is on its way."), "success")
    return redirect(address("vendor.start"), 303)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _check(attestation: Attestation, faults: Mapping[str, str], *, blocked: bool = False) -> str:
    reached, questionnaire = gate.reached(), gate.questionnaire()
    kept = resuming.draft(edge.database.session, reached.assessment_id)
    lacking = submitting.lacking(questionnaire, kept, reached.language) if reached.answering else ()
    fixed = {
        "reached": reached,
        "lacking": lacking,
        "missing": [
            (lines[0].section, lines)
            for _id, group in groupby(lacking, key=lambda one: one.section.id)
            if (lines := list(group))
        ],
        "blocked": blocked,
        "answers": _answers(questionnaire, kept, lacking),
        "attestation": attestation,
        "statement": submitting.statement(reached, reached.language),
        "faults": faults,
        "late": edge.now() > reached.deadline,
    }
    return afresh("vendor/check.html", fixed, own())


def _answers(
    questionnaire: Questionnaire, kept: Mapping[str, Kept], lacking: Sequence[Lacking]
) -> Markup:
    """Every section with its questions and answers, each with a link to where it is changed."""
    reached = gate.reached()
    answers, hidden = questionnaire.typed(kept), questionnaire.hidden(kept)
    wrong = {one.question.id: one.sentence for one in lacking}
    listing = controls.Listing(
        questionnaire,
        reached.language,
        address("vendor.start"),
        editable=reached.answering,
    )
    return Markup().join(
        listing.section(
            section,
            [
                listing.line(
                    question,
                    answers.get(question.id, BLANK),
                    kept.get(question.id, resuming.UNTOUCHED).files,
                    wrong.get(question.id, ""),
                )
                for question in section.questions
                if question.id not in hidden
            ],
        )
        for section in questionnaire.sections
    )
