"""The trials of an RFI that was sent: who is tried, and what one trial came to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from question_bank.model import Scorecard
from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.models import Rfi
from questionnaire.services import (
    altering,
    calibrating,
    completing,
    drafting,
    repeating,
    trialling,
    weighing,
)
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Missing


@blueprint.get("/<uuid:rfi_id>/trial")
def trials(rfi_id: UUID) -> Page:
    """Everybody who could be tried, with how far each trial is."""
    rfi = reached_rfi(rfi_id)
    if rfi.state == "draft":
        return redirect(url_for("buyer.board", rfi_id=rfi.id))
    return render_template(
        "buyer/trials.html",
        rfi=rfi,
        scorecard=scorecard_of(rfi),
        tried=trialling.tried(database.session, rfi.id),
        weighed=weighing.weigh_all(database.session, rfi, language()),
    )


@blueprint.post("/<uuid:rfi_id>/trial/begin")
def begin_trial(rfi_id: UUID) -> Page:
    """Begin the trial of a vendor, or of the own team where none is named."""
    trial_id = trialling.begin(
        database.session, edge.clock(), current().actor(), rfi_id, _named("assessment")
    )
    return redirect(url_for("buyer.trial_plan", rfi_id=rfi_id, trial_id=trial_id), 303)


@blueprint.get("/<uuid:rfi_id>/trial/<uuid:trial_id>")
def trial(rfi_id: UUID, trial_id: UUID) -> Page:
    """What one trial came to, and why."""
    return result_page(rfi_id, trial_id)


def result_page(
    rfi_id: UUID, trial_id: UUID, fix: str = "", faults: Mapping[str, str] | None = None
) -> str:
    """The result of a trial; `fix` and `faults` of a repeat that could not be begun."""
    rfi = reached_rfi(rfi_id)
    context = frame(rfi, trial_id)
    session, subject = database.session, context["subject"]
    own = next(one.trial_id for one in trialling.tried(session, rfi.id))
    both = weighing.weigh_all(session, rfi, language(), only=(trial_id, own))
    found = both[trial_id]
    scorecard = context["scorecard"]
    return render_template(
        "buyer/trial.html",
        **context,
        weighed=found,
        baseline=both[own].means if own is not None and subject.vendor else {},
        agreed=calibrating.agreement_of([found.gathered], scorecard) if scorecard else None,
        fix=fix,
        faults=faults or {},
        repeat_id=repeating.repeat_of(session, trial_id),
        halves=altering.halves(found.gathered, scorecard) if scorecard else None,
        titles={one.id: one.title.text(language()) for one in scorecard.criteria}
        if scorecard
        else {},
        lacking=completing.lacking(found.gathered, rfi.brief, scorecard, language())
        if scorecard
        else [],
    )


def _named(control: str) -> UUID | None:
    """The id that was sent, None for an empty one; Missing for what cannot be an id."""
    text = request.form.get(control, "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Missing(text) from None


def reached_rfi(rfi_id: UUID) -> Rfi:
    """The organisation's RFI."""
    return drafting.rfi_of(database.session, current().organisation_id, rfi_id)


def scorecard_of(rfi: Rfi) -> Scorecard | None:
    """What its calls are marked on; None in an edition from before there was one."""
    return bank_of(database.session, rfi.edition_digest).scorecard


def frame(rfi: Rfi, trial_id: UUID) -> dict[str, Any]:
    """What every page of one trial says above its own business."""
    subject = trialling.subject_of(database.session, rfi.organisation_id, rfi.id, trial_id)
    return {"rfi": rfi, "subject": subject, "scorecard": scorecard_of(rfi)}
