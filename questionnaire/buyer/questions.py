"""The step *Questions*: a preset, then sections and questions chosen from the bank."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page, draft_or_board, saved, show
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.models import Rfi
from questionnaire.services import drafting, preparing, requiring, selecting
from questionnaire.services.editions import bank_of
from questionnaire.services.estimating import minutes
from questionnaire.services.faults import Invalid

SEARCH_LIMIT = 200


@blueprint.get("/<uuid:rfi_id>/questions")
def questions(rfi_id: UUID) -> Page:
    """The bank, with what is chosen; `q` shows only what has its words."""
    rfi = draft_or_board(rfi_id)
    return rfi if not isinstance(rfi, Rfi) else _page(rfi, rfi.question_ids, _search())


@blueprint.post("/<uuid:rfi_id>/questions")
def choose_questions(rfi_id: UUID) -> Page:
    """Save the choice; a section's own button ticks or unticks all of it first."""
    session, actor = database.session, current().actor()
    rfi = drafting.draft(session, actor, rfi_id)
    ticked, shown = _ticked(rfi), request.form.getlist("shown") or None
    try:
        selecting.choose(
            session,
            edge.clock(),
            actor,
            rfi_id,
            ticked,
            seen=request.form.get("seen", ""),
            shown=shown,
        )
    except Invalid as fault:
        return _page(rfi, ticked, "", faults=fault.faults), 422
    except drafting.Stale as fault:
        return _page(rfi, ticked, "", stale=fault.sentence), 409
    search = request.form.get("q", "")
    if search or "all" in request.form or "none" in request.form:
        flash(_("Saved."), "success")
        return redirect(url_for("buyer.questions", rfi_id=rfi_id, q=search or None), 303)
    return saved(rfi, "questions")


@blueprint.post("/<uuid:rfi_id>/questions/preset")
def use_preset(rfi_id: UUID) -> Page:
    """Ask what a preset holds, or add what other answers need."""
    session, actor = database.session, current().actor()
    rfi = drafting.draft(session, actor, rfi_id)
    seen, more = request.form.get("seen", ""), request.form.getlist("more")
    try:
        if more:
            chosen = [*rfi.question_ids, *more]
            selecting.choose(session, edge.clock(), actor, rfi_id, chosen, seen=seen)
        else:
            preset = request.form.get("preset", "")
            selecting.use_preset(session, edge.clock(), actor, rfi_id, preset, seen=seen)
    except drafting.Stale as fault:
        return _page(rfi, rfi.question_ids, "", stale=fault.sentence), 409
    flash(_("Saved."), "success")
    return redirect(url_for("buyer.questions", rfi_id=rfi_id), 303)


def _search() -> str:
    return request.args.get("q", "").strip()[:SEARCH_LIMIT]


def _ticked(rfi: Rfi) -> list[str]:
    """What is ticked, with the section whose button was pressed wholly ticked or unticked."""
    ticked = request.form.getlist("questions")
    bank = bank_of(database.session, rfi.edition_digest)
    for name, whole in (("all", True), ("none", False)):
        section = bank.sections_by_id.get(request.form.get(name, ""))
        if section is not None:
            own = [one.id for one in section.questions]
            ticked = [one for one in ticked if one not in own] + (own if whole else [])
    return ticked


def _page(
    rfi: Rfi,
    chosen: Collection[str],
    search: str,
    *,
    faults: dict[str, str] | None = None,
    stale: str = "",
) -> str:
    bank = bank_of(database.session, rfi.edition_digest)
    found = requiring.held(database.session, rfi, bank)
    counting = [one.requirement for one in found if not one.off]
    asked = [bank.questions[one] for one in drafting.in_order(bank, chosen)]
    return show(
        "buyer/questions.html",
        rfi,
        "questions",
        sections=selecting.offered(bank, chosen, counting, search=search, language=language()),
        chosen=asked,
        minutes=minutes(asked) if asked else 0,
        companions=preparing.companions(
            bank, chosen, [one for one in counting if one.question in set(chosen)]
        ),
        search=search,
        seen=drafting.digest(rfi.question_ids),
        faults=faults or {},
        stale=stale,
    )
