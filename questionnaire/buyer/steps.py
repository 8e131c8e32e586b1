"""The steps of a draft: where one is, what is still missing, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug import Response

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.edge import database
from questionnaire.models import Rfi
from questionnaire.services import drafting, preparing
from questionnaire.services.editions import bank_of

Page = str | tuple[str, int] | Response

#: Step -> its title and its page; in the order in which one goes through them.
STEPS = {
    "basics": (_l("Basics"), "buyer.basics"),
    "questions": (_l("Questions"), "buyer.questions"),
    "brief": (_l("Brief"), "buyer.brief"),
    "requirements": (_l("Requirements"), "buyer.requirements"),
    "vendors": (_l("Vendors"), "buyer.vendors"),
    "preview": (_l("Preview"), "buyer.preview"),
    "send": (_l("Send"), "buyer.checklist"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the page shows it; `missing` counts what still has to be done in it."""

    name: str
    title: str
    address: str
    missing: int
    present: bool


def draft_or_board(rfi_id: UUID) -> Rfi | Response:
    """The organisation's draft; of an RFI that was sent, the way to its board."""
    rfi = drafting.rfi_of(database.session, current().organisation_id, rfi_id)
    if rfi.state == "draft":
        return rfi
    return redirect(url_for("buyer.board", rfi_id=rfi.id))


def show(template: str, rfi: Rfi, step: str, **context: Any) -> str:
    """A page of the draft with its steps above; `step` is empty where the page is none of them."""
    points = preparing.points(database.session, rfi, edge.now())
    return render_template(
        template,
        rfi=rfi,
        bank=bank_of(database.session, rfi.edition_digest),
        steps=_steps(rfi, step, points),
        points=points,
        next_step=following(step) if step else "",
        now=edge.now(),
        **context,
    )


def _steps(rfi: Rfi, here: str, points: list[preparing.Point]) -> list[Step]:
    return [
        Step(
            name,
            str(title),
            url_for(endpoint, rfi_id=rfi.id),
            sum(one.step == name and one.blocking for one in points),
            name == here,
        )
        for name, (title, endpoint) in STEPS.items()
    ]


def following(step: str) -> str:
    """The step after this one; the last is followed by itself."""
    names = list(STEPS)
    return names[min(names.index(step) + 1, len(names) - 1)]


def saved(rfi: Rfi, step: str) -> Response:
    """Say that the step is saved and go where the pressed button leads."""
    stay = request.form.get("then") == "stay"
    target = step if stay else following(step)
    flash(_("Saved."), "success")
    return redirect(url_for(STEPS[target][1], rfi_id=rfi.id), 303)
