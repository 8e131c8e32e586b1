"""The owner's pages about colleagues: hand over, change, send again, end a link."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from question_bank.model import LANGUAGES
from questionnaire import edge
from questionnaire.core.codes import language_name
from questionnaire.services import handing, helping, resuming
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.helping import Colleague
from questionnaire.services.wishing import Wish
from questionnaire.vendor import gate
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.places import address, own

#: The fields besides what is ticked.
_TYPED = ("name", "email", "message", "language")

Page = str | tuple[str, int] | Response


@blueprint.get("/assessment/<uuid:assessment_id>/colleagues/new")
def ask_colleague(assessment_id: UUID) -> Page:
    """Whom to ask, and for what; what the address names is ticked already."""
    given = request.args
    wish = _wish(given.getlist("section"), given.getlist("question"))
    again = given.get("again", "")
    before = next((one for one in everybody() if str(one.id) == again), None)
    if before is not None:
        parts = before.handed_over
        wish = replace(wish, **_facts(before), sections=parts.sections, questions=parts.questions)
    return _new(wish, {})


@blueprint.post("/assessment/<uuid:assessment_id>/colleagues/new")
def hand_over(assessment_id: UUID) -> Page:
    """Hand over, and mail the link."""
    typed: dict[str, Any] = {name: request.form.get(name, "") for name in _TYPED}
    wish = replace(_ticked(), **typed)
    try:
        handed = handing.hand_over(
            edge.database.session, edge.clock(), edge.links(), gate.reached(), wish
        )
    except Invalid as fault:
        return _new(wish, fault.faults), 422
    except Refused as fault:
        return _new(wish, {"parts": fault.sentence}), 409
    said = _("%(name)s gets a mail with a link to the questions.", name=handed.name)
    if not handed.new:
        said = _(
            "%(name)s had a link already, and gets a mail with what there is now.", name=handed.name
        )
    flash(said, "success")
    return redirect(f"{address('vendor.start')}#colleagues", 303)


@blueprint.get("/assessment/<uuid:assessment_id>/colleagues/<uuid:colleague_id>")
def colleague(assessment_id: UUID, colleague_id: UUID) -> Page:
    """What one colleague has, how far it is, and the ways to change that."""
    found = helping.colleague(everybody(), colleague_id)
    parts = found.handed_over
    return _one(found, _wish(parts.sections, parts.questions), {})


@blueprint.post("/assessment/<uuid:assessment_id>/colleagues/<uuid:colleague_id>")
def change_colleague(assessment_id: UUID, colleague_id: UUID) -> Page:
    """Give a colleague more or less."""
    found, wish = helping.colleague(everybody(), colleague_id), _ticked()
    try:
        told = handing.change(
            edge.database.session, edge.clock(), edge.links(), gate.reached(), colleague_id, wish
        )
    except Invalid as fault:
        return _one(found, wish, fault.faults), 422
    except Refused as fault:
        return _one(found, wish, {"parts": fault.sentence}), 409
    flash(
        _("Changed. A mail tells %(name)s that there is more to answer.", name=found.name)
        if told
        else _("Changed. %(name)s sees it from now on.", name=found.name),
        "success",
    )
    return redirect(f"{address('vendor.start')}#colleagues", 303)


@blueprint.post("/assessment/<uuid:assessment_id>/colleagues/<uuid:colleague_id>/send")
def send_colleague(assessment_id: UUID, colleague_id: UUID) -> Response:
    """Mail the same link once more."""
    handing.send_again(
        edge.database.session,
        edge.clock(),
        edge.links(),
        gate.reached(),
        colleague_id,
        after=request.form.get("after", 0, int),
    )
    flash(_("The link is on its way again."), "success")
    return redirect(address("vendor.colleague", colleague_id=colleague_id), 303)


@blueprint.post("/assessment/<uuid:assessment_id>/colleagues/<uuid:colleague_id>/revoke")
def revoke_colleague(assessment_id: UUID, colleague_id: UUID) -> Response:
    """End a colleague's link, in an open browser too."""
    name = handing.revoke(edge.database.session, edge.clock(), gate.reached(), colleague_id)
    said = _("The link of %(name)s has ended. What was answered is kept.", name=name)
    flash(said, "success")
    return redirect(f"{address('vendor.start')}#colleagues", 303)


def everybody(kept: Mapping[str, resuming.Kept] | None = None) -> list[Colleague]:
    """All colleagues with how far they are."""
    session, reached, questionnaire = edge.database.session, gate.reached(), gate.questionnaire()
    if kept is None:
        kept = resuming.part(session, reached.assessment_id, questionnaire.triggers)
    return helping.colleagues(session, reached, questionnaire, kept)


def _wish(sections: Collection[str], questions: Collection[str]) -> Wish:
    return Wish(
        gate.questionnaire(),
        language=gate.reached().language,
        sections=sections,
        questions=questions,
    )


def _ticked() -> Wish:
    return _wish(request.form.getlist("section"), request.form.getlist("question"))


def _facts(before: Colleague) -> dict[str, Any]:
    return {
        "name": before.name,
        "email": before.email,
        "message": before.message,
        "language": before.language,
    }


def _new(wish: Wish, faults: Mapping[str, str]) -> str:
    return _page("vendor/hand_over.html", wish, faults, languages=_languages())


def _one(found: Colleague, wish: Wish, faults: Mapping[str, str]) -> str:
    return _page("vendor/colleague.html", wish, faults, one=found, languages=dict(_languages()))


def _page(template: str, wish: Wish, faults: Mapping[str, str], **more: Any) -> str:
    fixed = {"reached": gate.reached(), "questionnaire": gate.questionnaire()}
    return render_template(
        template, now=own().__getitem__, wish=wish, faults=faults, **fixed, **more
    )


def _languages() -> list[tuple[str, str]]:
    spoken = gate.reached().language
    return [(code, language_name(code, spoken)) for code in LANGUAGES]
