"""What was measured in a trial, and means that somebody else worked out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.buyer.trial_words import FIGURES
from questionnaire.buyer.trials import frame, reached_rfi
from questionnaire.core.numbers import plain_number
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import drafting, measured, measuring, summarised, summarising
from questionnaire.services.faults import Invalid


@blueprint.get("/<uuid:rfi_id>/trial/<uuid:trial_id>/figures")
def figures(rfi_id: UUID, trial_id: UUID) -> Page:
    """What was measured so far."""
    return _figures(rfi_id, trial_id, None, {})


@blueprint.post("/<uuid:rfi_id>/trial/<uuid:trial_id>/figures")
def state_figures(rfi_id: UUID, trial_id: UUID) -> Page:
    """Keep the figures as a new version."""
    typed = {name: request.form.get(name, "") for name in (*measuring.FIGURES, "drill")}
    try:
        measuring.state(
            database.session,
            edge.clock(),
            current().actor(),
            rfi_id,
            trial_id,
            typed,
            seen=_seen(),
            language=language(),
        )
    except Invalid as fault:
        return _figures(rfi_id, trial_id, typed, fault.faults), 422
    except drafting.Stale as fault:
        return _figures(rfi_id, trial_id, typed, {}, fault.sentence), 409
    flash(_("Saved."), "success")
    return _to_trial(rfi_id, trial_id)


@blueprint.get("/<uuid:rfi_id>/trial/<uuid:trial_id>/summary")
def summary(rfi_id: UUID, trial_id: UUID) -> Page:
    """The means that stand, if any were entered."""
    return _summary(rfi_id, trial_id, None, {})


@blueprint.post("/<uuid:rfi_id>/trial/<uuid:trial_id>/summary")
def state_summary(rfi_id: UUID, trial_id: UUID) -> Page:
    """Keep the means as a new version."""
    typed = dict(request.form.items())
    try:
        summarising.state(
            database.session,
            edge.clock(),
            current().actor(),
            rfi_id,
            trial_id,
            typed,
            seen=_seen(),
            language=language(),
        )
    except Invalid as fault:
        return _summary(rfi_id, trial_id, typed, fault.faults), 422
    except drafting.Stale as fault:
        return _summary(rfi_id, trial_id, typed, {}, fault.sentence), 409
    flash(_("Saved. The result now rests on this summary."), "success")
    return _to_trial(rfi_id, trial_id)


@blueprint.post("/<uuid:rfi_id>/trial/<uuid:trial_id>/summary/end")
def end_summary(rfi_id: UUID, trial_id: UUID) -> Page:
    """Take the summary back."""
    actor = current().actor()
    summarising.take_back(database.session, edge.clock(), actor, rfi_id, trial_id, seen=_seen())
    flash(_("The summary is taken back; the calls that were rated here count."), "success")
    return _to_trial(rfi_id, trial_id)


def _seen() -> int:
    """Which version the page showed; none at all is behind everything."""
    return request.form.get("seen", type=int, default=-1)


def _to_trial(rfi_id: UUID, trial_id: UUID) -> Page:
    return redirect(url_for("buyer.trial", rfi_id=rfi_id, trial_id=trial_id), 303)


def _figures(
    rfi_id: UUID,
    trial_id: UUID,
    typed: Mapping[str, Any] | None,
    faults: Mapping[str, str],
    stale: str = "",
) -> str:
    context = frame(reached_rfi(rfi_id), trial_id)
    kept = measured.measured(database.session, trial_id)
    boxes = {name: _box(kept.figures.get(name)) for name in measuring.FIGURES}
    boxes["drill"] = kept.drill or ""
    return render_template(
        "buyer/trial_figures.html",
        **context,
        kept=kept,
        typed=boxes if typed is None else typed,
        theirs=_differing(boxes, typed) if stale and typed else {},
        faults=_naming(faults, {name: str(title) for name, (title, _unit) in FIGURES.items()}),
        stale=stale,
        seen=kept.version if stale or typed is None else _seen(),
    )


def _summary(
    rfi_id: UUID,
    trial_id: UUID,
    typed: Mapping[str, Any] | None,
    faults: Mapping[str, str],
    stale: str = "",
) -> str:
    context = frame(reached_rfi(rfi_id), trial_id)
    kept = summarised.summarised(database.session, trial_id)
    scorecard = context["scorecard"]
    titles = {
        f"{part}-{one.id}": one.title.text(language())
        for one in (scorecard.criteria if scorecard else ())
        for part in ("mean", "n")
    }
    boxes = {
        "source": kept.source,
        "calls": _box(kept.calls),
        "critical_errors": _box(kept.critical_errors),
        **{f"mean-{id}": _box(one.mean) for id, one in kept.means.items()},
        **{f"n-{id}": _box(one.n) for id, one in kept.means.items() if one.n != kept.calls},
    }
    return render_template(
        "buyer/trial_summary.html",
        **context,
        kept=kept,
        typed=boxes if typed is None else typed,
        theirs=_differing(boxes, typed) if stale and typed else {},
        faults=_naming(faults, titles),
        stale=stale,
        seen=kept.version if stale or typed is None else _seen(),
    )


def _naming(faults: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, str]:
    """Each sentence with what it is about: many boxes stand close to each other here."""
    return {
        name: f"{titles[name]}: {sentence}" if name in titles else sentence
        for name, sentence in faults.items()
    }


def _box(number: Any) -> str:
    return "" if number is None else plain_number(Decimal(number), language())


def _differing(kept: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """What somebody else saved meanwhile and this page has otherwise."""
    return {
        name: value or str(_("nothing"))
        for name, value in kept.items()
        if value != typed.get(name, "")
    }
