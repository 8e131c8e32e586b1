"""Publishing a what-if, the versions of the requirements, and what waits for a second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer import whatif_words as words
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.buyer.tries import Trying, trying
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.models import RequirementChange, Rfi
from questionnaire.services import (
    anticipating,
    boarding,
    concluding,
    differing,
    drafting,
    foreseeing,
    publishing,
    versioning,
)
from questionnaire.services.concluding import TIERS
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.supposing import to_document


@blueprint.get("/<uuid:rfi_id>/what-if/publish")
def publish(rfi_id: UUID) -> Page:
    """What would change, what it does, and the reason that is asked for."""
    tried = trying(rfi_id)
    if not tried.wanted:
        return redirect(url_for("buyer.what_if", rfi_id=rfi_id))
    return _publish_page(rfi_id, tried, {})


@blueprint.post("/<uuid:rfi_id>/what-if/publish")
def publish_now(rfi_id: UUID) -> Page:
    """Publish it, or propose it to a second person."""
    tried = trying(rfi_id)
    try:
        made = _propose(rfi_id, tried)
    except Invalid as fault:
        return _publish_page(rfi_id, tried, fault.faults), 422
    except Refused as fault:
        return _publish_page(rfi_id, tried, {"does": fault.sentence}), 409
    if made.number is None:
        flash(_("It is proposed. Nothing changes until a second person agrees."), "success")
        return redirect(url_for("buyer.requirement_change", rfi_id=rfi_id), 303)
    return _published(rfi_id, made.number)


@blueprint.get("/<uuid:rfi_id>/versions")
def versions(rfi_id: UUID) -> str:
    """Every version with its reason, the newest first."""
    rfi = _sent(rfi_id)
    return render_template(
        "buyer/versions.html",
        rfi=_head(rfi_id),
        versions=versioning.versions(database.session, rfi),
        proposed=versioning.proposed(database.session, rfi),
        ended=versioning.ended(database.session, rfi),
    )


@blueprint.get("/<uuid:rfi_id>/versions/<int:number>")
def version(rfi_id: UUID, number: int) -> str:
    """One version: why, what changed, what it did to whom."""
    compared = versioning.compared(database.session, _sent(rfi_id), number, language())
    return render_template(
        "buyer/version.html",
        rfi=_head(rfi_id),
        compared=compared,
        counts=differing.tiers(compared.effects, TIERS),
    )


@blueprint.get("/<uuid:rfi_id>/requirements-proposed")
def requirement_change(rfi_id: UUID) -> Page:
    """What waits for a second person."""
    return _change_page(rfi_id, {})


@blueprint.post("/<uuid:rfi_id>/requirements-proposed")
def change_requirements(rfi_id: UUID) -> Page:
    """Agree to it, decline it, or take one's own back."""
    try:
        number = _step(rfi_id)
    except Invalid as fault:
        return _change_page(rfi_id, fault.faults), 422
    except Refused as fault:
        return _change_page(rfi_id, {"change": fault.sentence}), 409
    if number is not None:
        return _published(rfi_id, number)
    flash(_("The proposal has ended. The requirements stay as they are."), "success")
    return redirect(url_for("buyer.versions", rfi_id=rfi_id), 303)


def _propose(rfi_id: UUID, tried: Trying) -> RequirementChange:
    document, actor = to_document(tried.now, tried.wanted), current().actor()
    with edge.reading() as session:
        known = anticipating.ahead(session, edge.clock(), actor, rfi_id, document)
    return publishing.propose(
        database.session,
        edge.clock(),
        actor,
        rfi_id,
        document,
        request.form.get("reason", ""),
        seen=request.form.get("seen", type=int, default=0),
        known=known,
    )


def _step(rfi_id: UUID) -> int | None:
    actor = current().actor()
    with edge.reading() as session:
        known = anticipating.step_ahead(session, edge.clock(), actor, rfi_id, request.form)
    return foreseeing.step(database.session, edge.clock(), actor, rfi_id, request.form, known=known)


def _published(rfi_id: UUID, number: int) -> Response:
    flash(_("Version %(n)s is published, and everybody was judged on it.", n=number), "success")
    return redirect(url_for("buyer.version", rfi_id=rfi_id, number=number), 303)


def _publish_page(rfi_id: UUID, tried: Trying, faults: dict[str, str]) -> str:
    organisation_id = current().organisation_id
    found = concluding.conclude(database.session, organisation_id, rfi_id, edge.now(), language())
    context: dict[str, Any] = words.done(tried, found, language())
    return render_template(
        "buyer/whatif_publish.html",
        rfi=_head(rfi_id),
        tried=tried,
        found=found,
        faults=faults,
        reason=request.form.get("reason", ""),
        reason_limit=publishing.REASON_LIMIT,
        **context,
    )


def _change_page(rfi_id: UUID, faults: dict[str, str]) -> str:
    foreseen = foreseeing.foresee(database.session, _sent(rfi_id), edge.now(), language())
    return render_template(
        "buyer/requirement_change.html",
        rfi=_head(rfi_id),
        faults=faults,
        me=current().user_id,
        **foreseen,
    )


def _head(rfi_id: UUID) -> boarding.RfiHead:
    return boarding.head(database.session, current().organisation_id, rfi_id)


def _sent(rfi_id: UUID) -> Rfi:
    rfi = drafting.rfi_of(database.session, current().organisation_id, rfi_id)
    if rfi.sent_at is None:
        raise Missing(rfi_id)
    return rfi
