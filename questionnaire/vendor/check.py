"""All answers on one page: what is missing, and handing in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from questionnaire import controls, edge
from questionnaire.controls.frames import afresh, framed
from questionnaire.core.answers import BLANK, Answers
from questionnaire.services import resuming, submitting
from questionnaire.services.faults import Invalid
from questionnaire.services.reaching import Reached
from questionnaire.services.resuming import Kept
from questionnaire.services.submitting import Attestation, Changed, Incomplete, Lacking
from questionnaire.vendor import gate
from questionnaire.vendor.beside import answered_by, credited
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.places import address, board_link, own, own_link
from questionnaire.vendor.words import in_zone

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
            asked=fields.get("asked", -1, int),
            link=own_link(gate.reached()),
            board_link=board_link(gate.reached()),
            speech=gate.reached().language,
        )
    except Invalid as fault:
        return _check(attestation, fault.faults), 422
    except Incomplete:
        return _check(attestation, {}, blocked=True), 422
    except Changed:
        return _check(attestation, {"answers": _changed()}), 409
    flash(_("Your answers were handed in. A receipt with a copy is on its way."), "success")
    return redirect(address("vendor.start"), 303)


def _changed() -> str:
    return str(
        _(
            "An answer or a question was changed after you opened this page. Look through them as "
            "they are now, then hand them in."
        )
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _check(attestation: Attestation, faults: Mapping[str, str], *, blocked: bool = False) -> str:
    reached, questionnaire = gate.reached(), gate.questionnaire()
    kept = resuming.draft(edge.database.session, reached.assessment_id)
    given = questionnaire.typed(kept)
    hidden = questionnaire.hidden(kept)
    lacking: tuple[Lacking, ...] = ()
    if reached.answering:
        lacking = submitting.lacking(questionnaire, given, hidden, reached.language)
    late = edge.now() > reached.deadline
    fixed = {"reached": reached, "attestation": attestation, "faults": faults, "late": late}
    moving = own() | {
        "missing": missing(lacking, blocked=blocked),
        "answers": _answers(kept, given, hidden, lacking),
        "statement": submitting.statement(reached, reached.language),
        "seen": reached.changed_at.isoformat() if reached.changed_at else "",
        "handed_in": _handed_in(reached),
    }
    if faults or blocked:
        return afresh("vendor/check.html", fixed | {"blocked": blocked}, moving)
    key = (*reached.alike, reached.state, late)
    return framed("vendor/check.html", key, fixed, moving)


def missing(lacking: Sequence[Lacking], *, blocked: bool) -> Markup:
    """What must still be answered, by section."""
    by_section = [
        (lines[0].section, lines)
        for _id, group in groupby(lacking, key=lambda one: one.section.id)
        if (lines := list(group))
    ]
    return Markup(  # noqa: S704 - a template wrote it
        render_template(
            "vendor/lacking.html",
            reached=gate.reached(),
            at=own()["at"],
            lacking=lacking,
            missing=by_section,
            blocked=blocked,
        )
    )


def _handed_in(reached: Reached) -> str:
    if reached.submitted_at is None:
        return ""
    when = in_zone(reached.submitted_at, reached.time_zone)
    return str(_("Handed in on %(when)s.", when=when))


def _answers(
    kept: Mapping[str, Kept],
    answers: Answers,
    hidden: frozenset[str],
    lacking: Sequence[Lacking],
) -> Markup:
    """Every section with its questions and answers, each with a link to where it is changed."""
    reached, questionnaire = gate.reached(), gate.questionnaire()
    wrong = {one.question.id: one.sentence for one in lacking}
    people = credited()
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
                    kept.get(question.id, resuming.UNTOUCHED),
                    wrong.get(question.id, ""),
                    answered_by(kept.get(question.id, resuming.UNTOUCHED), people),
                )
                for question in section.questions
                if question.id not in hidden
            ],
        )
        for section in questionnaire.sections
    )
