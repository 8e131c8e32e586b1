"""Vendors in pictures: what customers would meet, and the charts that stand beside verdicts.

These need whole verdicts, which cost far more than the answers do; so they have a page of their
own, and the page of the answers does without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
from questionnaire.buyer.steps import Page
from questionnaire.core import pictures as drawn
from questionnaire.core.pictures import (
    Seen,
    claims,
    customers,
    disconnects,
    quality_cost,
    redundancy,
    seats,
)
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import boarding, concluding, valuing
from questionnaire.services.aligning import MOST
from questionnaire.services.concluding import Conclusion
from questionnaire.services.faults import Invalid, Refused


@blueprint.get("/<uuid:rfi_id>/compare/pictures")
def pictures(rfi_id: UUID) -> str:
    """Two tables and a chart over all chosen options, then the pictures of each."""
    return page(rfi_id)


@blueprint.post("/<uuid:rfi_id>/compare/pictures/needs")
def weigh_needs(rfi_id: UUID) -> Page:
    """Keep how much each need matters to the buyer; what is wrong comes back as it was typed."""
    typed = request.form.to_dict()
    given = {name.removeprefix("need-"): one for name, one in typed.items()}
    where = (database.session, edge.clock(), current().actor(), rfi_id)
    try:
        valuing.state(*where, given, seen=typed.get("seen", ""))
    except Invalid as fault:
        return page(rfi_id, typed, fault.faults), 422
    except Refused as fault:
        return page(rfi_id, typed, {"weigh": fault.sentence}), 409
    flash(_("Kept: the needs that matter most stand first."), "success")
    shown = request.args.getlist("vendor")
    here = url_for("buyer.pictures", rfi_id=rfi_id, vendor=shown, _anchor="customers")
    return redirect(here, 303)


def page(
    rfi_id: UUID,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> str:
    """The page; with what was typed into its form, and what was wrong with it."""
    session, member = database.session, current()
    where = (member.organisation_id, rfi_id)
    found = concluding.conclude(session, *where, edge.now(), language())
    everybody = _everybody(found)
    chosen = _chosen(everybody, request.args.getlist("vendor"))
    weighed = valuing.weights(session, *where)
    return render_template(
        "buyer/pictures.html",
        rfi=boarding.head(session, *where),
        found=found,
        everybody=everybody,
        chosen=chosen,
        most=MOST,
        view=customers.view(chosen, weighed),
        weighed=weighed,
        needs=found.bank.customers.needs if found.bank.customers else (),
        most_weight=valuing.MOST,
        seen=valuing.seen_of(weighed),
        typed=typed,
        faults=faults or {},
        map=disconnects.chart(chosen),
        cost=quality_cost.chart(found.basis, found.verdicts),
        options=[(one, _drawn(one)) for one in chosen],
        standing=seats.standing,
    )


def _everybody(found: Conclusion) -> tuple[Seen, ...]:
    """The own team first, where it has answered, then the vendors by name."""
    vendors = drawn.seen(found.basis, found.offers, found.verdicts)
    if found.inhouse_offer is None or found.inhouse_verdict is None:
        return vendors
    own = Seen(found.basis.of_own_team, found.inhouse_offer, found.inhouse_verdict)
    return (own, *vendors)


def _drawn(one: Seen) -> list[tuple[str, drawn.Chart | drawn.NoChart]]:
    """Its pictures, each under its title; the own team has no clients to stand among."""
    found: list[tuple[str, drawn.Chart | drawn.NoChart]] = [
        (_("What stands twice"), redundancy.picture(one)),
        (_("Claimed and measured"), claims.beside_measurements(one)),
    ]
    if not one.offer.in_house:
        found.insert(0, (_("Among its clients"), seats.among_clients(one)))
    return found


def _chosen(everybody: Sequence[Seen], named: Sequence[str]) -> tuple[Seen, ...]:
    """Those that the address names, else the first by name, so that a page stays a page."""
    picked = tuple(one for one in everybody if one.verdict.code in named)
    return (picked or tuple(everybody))[:MOST]
