"""The decision on an RFI: choosing against its advice, agreeing, looking back, proving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer import decision_words as words
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.buyer.verdict_words import TIERS
from questionnaire.core.dates import show_date
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import (
    boarding,
    choosing,
    proof_lines,
    reading_decisions,
    recomputing,
    snapshotting,
)
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.justifying import REASON_LIMIT, Choice

DONE = {
    "agree": _l("You agreed: the decision stands."),
    "end": _l("The decision does not stand. It stays in the list."),
}


@blueprint.get("/<uuid:rfi_id>/decision")
def decision(rfi_id: UUID) -> Page:
    """What was decided, and the options; with one named in the address, the form for it."""
    return _page(rfi_id, request.args)


@blueprint.post("/<uuid:rfi_id>/decision")
def decide(rfi_id: UUID) -> Page:
    """Write the decision down; what is missing comes back with what was typed."""
    try:
        made = choosing.choose(
            database.session, edge.clock(), current().actor(), rfi_id, _typed(request.form)
        )
    except Invalid as fault:
        return _page(rfi_id, request.form, fault.faults), 422
    except Refused as fault:
        return _page(rfi_id, request.form, {"decision": fault.sentence}), 409
    flash(
        _("Written down. A second person has to agree before it stands.")
        if made.needs_second
        else _("Written down: this decision stands."),
        "success",
    )
    return redirect(url_for("buyer.decision", rfi_id=rfi_id), 303)


@blueprint.post("/<uuid:rfi_id>/decision/<uuid:decision_id>")
def settle_decision(rfi_id: UUID, decision_id: UUID) -> Page:
    """Agree to another person's decision, decline it, or take one's own back."""
    steps: dict[str, Callable[..., None]] = {"agree": choosing.agree, "end": choosing.end}
    step = request.form.get("step", "")
    reading_decisions.one(database.session, current().organisation_id, rfi_id, decision_id)
    try:
        if step not in steps:
            raise Refused(_("Choose one of the steps on the page."))
        steps[step](database.session, edge.clock(), current().actor(), rfi_id, decision_id)
    except Refused as fault:
        return _page(rfi_id, {}, {"decision": fault.sentence}), 409
    flash(str(DONE[step]), "success")
    return redirect(url_for("buyer.decision", rfi_id=rfi_id), 303)


@blueprint.get("/<uuid:rfi_id>/decision/<uuid:decision_id>")
def decision_made(rfi_id: UUID, decision_id: UUID) -> str:
    """One decision as it was made, whatever has changed since; `?prove=1` recomputes it."""
    session, organisation_id = database.session, current().organisation_id
    made, document = reading_decisions.one(session, organisation_id, rfi_id, decision_id)
    hidden = reading_decisions.hides(session, made, document)
    proof = recomputing.prove(session, made) if request.args.get("prove") else None
    return render_template(
        "buyer/decision_made.html",
        rfi=boarding.head(session, organisation_id, rfi_id),
        made=reading_decisions.shown(session, made),
        named=words.named,
        document=document,
        vendors=words.vendors_kept(document) if document else [],
        day=lambda text: show_date(date.fromisoformat(text), language()),
        proof=proof,
        proof_verdict=proof_lines.verdict_of(proof, language()) if proof else "",
        hidden=hidden,
        proof_lines=proof_lines.lines_of(proof, language(), priced=not hidden) if proof else [],
    )


def _typed(form: Mapping[str, str]) -> Choice:
    option, _colon, code = form.get("option", "").partition(":")
    reasons = {
        name.removeprefix("against-"): text
        for name, text in form.items()
        if name.startswith("against-")
    }
    return Choice(
        option,
        code,
        form.get("reason", ""),
        reasons,
        form.get("superseding", ""),
        form.get("seen", ""),
        form.get("key", ""),
    )


def _page(rfi_id: UUID, typed: Mapping[str, str], faults: Mapping[str, str] | None = None) -> str:
    session, member = database.session, current()
    snapshot = snapshotting.take(session, member.organisation_id, rfi_id, edge.now())
    kept = reading_decisions.ledger(session, member.organisation_id, rfi_id)
    option, _colon, code = typed.get("option", "").partition(":")
    return render_template(
        "buyer/decision.html",
        rfi=boarding.head(session, member.organisation_id, rfi_id),
        ledger=kept,
        found=snapshot.found,
        options=words.options(snapshot.situation),
        chosen=words.chosen(snapshot.situation, option, code),
        named=words.named,
        tier_titles=TIERS,
        me=member.user_id,
        seen=choosing.seen_of(snapshot, choosing.in_force(session, rfi_id)),
        key=typed.get("key") or uuid4().hex,
        typed=typed,
        faults=faults or {},
        limit=REASON_LIMIT,
        day=lambda one: show_date(one, language()),
    )
