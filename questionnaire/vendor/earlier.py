"""What this vendor handed in to this organisation before: offered again, confirmed one by one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from babel.dates import format_timedelta
from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from question_bank.model import Section
from questionnaire import controls, edge
from questionnaire.controls.frames import afresh
from questionnaire.core.dates import show_date
from questionnaire.services import reconfirming, resuming
from questionnaire.services.faults import Missing
from questionnaire.services.reconfirming import Offer
from questionnaire.services.resuming import Kept
from questionnaire.vendor import gate
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.places import address, own

Page = str | tuple[str, int] | Response
_DAY = timedelta(days=1)


@blueprint.get("/assessment/<uuid:assessment_id>/section/<section_id>/earlier")
def earlier(assessment_id: UUID, section_id: str) -> Page:
    """The earlier answers to the blank questions of a section, as a list to tick."""
    section = _section(section_id)
    offers = _offers(section)
    if not offers:
        return redirect(address("vendor.section", section_id=section_id))
    lines = [
        {
            "question": one,
            "offer": offer_html(one.id, offers[one.id]),
            "usable": offers[one.id].usable,
        }
        for one in section.questions
        if one.id in offers
    ]
    fixed = {"reached": gate.reached(), "section": section, "lines": lines}
    return afresh("vendor/earlier.html", fixed, own())


@blueprint.post("/assessment/<uuid:assessment_id>/section/<section_id>/earlier")
def confirm(assessment_id: UUID, section_id: str) -> Page:
    """Take over what was ticked; the rest stays blank."""
    section = _section(section_id)
    ticked = set(request.form.getlist("still-true"))
    take_over([one.id for one in section.questions if one.id in ticked])
    return redirect(address("vendor.section", section_id=section_id), 303)


def take_over(question_ids: list[str]) -> str:
    """Confirm these as still true and say what became of it; gives the last question taken."""
    done = reconfirming.take_over(
        edge.database.session,
        edge.clock(),
        gate.reached(),
        gate.questionnaire(),
        question_ids,
    )
    if done.taken:
        count = len(done.taken)
        said = ngettext("One answer was taken over.", "%(num)s answers were taken over.", count)
        flash(said, "success")
    elif not done.refused:
        flash(_("Nothing was ticked, so nothing was taken over."), "warning")
    for id, sentence in done.refused.items():
        question = gate.questionnaire().questions[id]
        subject = (question.subject or question.text).text(gate.reached().language)
        flash(f"{subject}: {sentence}", "warning")
    return next(iter(reversed(done.taken)), "")


def pressed() -> str:
    """Take over the one earlier answer whose button was pressed on a page; gives its question."""
    wanted = request.form.get("still-true", "")
    if wanted not in gate.questionnaire().questions:
        return ""
    take_over([wanted])
    return wanted


def offers_html(kept: Mapping[str, Kept], question_ids: Collection[str]) -> dict[str, str]:
    """The earlier answers beside these questions, ready; one statement where there can be any."""
    reached = gate.reached()
    if not reached.asked_before:
        return {}
    found = reconfirming.offers(
        edge.database.session, edge.now(), reached, gate.questionnaire(), kept, question_ids
    )
    return {id: offer_html(id, one, button=True) for id, one in found.items()}


def offers_line(offered: Collection[str]) -> Markup | str:
    """Above a section: how many of its blank questions were answered before, and the list."""
    if not offered:
        return ""
    line = render_template("vendor/offers_line.html", count=len(offered), reached=gate.reached())
    return Markup(line)  # noqa: S704 - a template wrote it


def offer_html(question_id: str, offer: Offer, *, button: bool = False) -> Markup:
    """One earlier answer: what it was, whose, how old, what comes along and what does not."""
    reached, questionnaire = gate.reached(), gate.questionnaire()
    question, speech = questionnaire.questions[question_id], reached.language
    fitted = offer.fitted.answer
    age = max(edge.now() - offer.earlier.at, _DAY)
    return Markup(  # noqa: S704 - a template wrote it
        render_template(
            "vendor/offer.html",
            question=question,
            offer=offer,
            answer=controls.answer_html(question, fitted, speech) if fitted else "",
            on=show_date(offer.earlier.at.date(), speech),
            age=format_timedelta(-age, add_direction=True, locale=speech),
            last=show_date(offer.too_old, speech) if offer.too_old else "",
            lapsed=[
                (one.name, show_date(one.expires_on, speech))
                for one in offer.lapsed
                if one.expires_on
            ],
            speech=speech,
            button=button,
        )
    )


def _offers(section: Section) -> dict[str, Offer]:
    reached, questionnaire = gate.reached(), gate.questionnaire()
    session = edge.database.session
    ids = questionnaire.within[section.id]
    kept = resuming.part(session, reached.assessment_id, ids | questionnaire.triggers)
    shown = ids - questionnaire.hidden(kept)
    return reconfirming.offers(session, edge.now(), reached, questionnaire, kept, shown)


def _section(section_id: str) -> Section:
    if (found := gate.questionnaire().sections_by_id.get(section_id)) is None:
        raise Missing(section_id)
    return found
