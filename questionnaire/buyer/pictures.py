"""Vendors in pictures: what customers would meet, and the charts that stand beside verdicts.

These need whole verdicts, which cost far more than the answers do; so they have a page of their
own, and the page of the answers does without.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer.gate import blueprint
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
from questionnaire.services import boarding, concluding
from questionnaire.services.aligning import MOST
from questionnaire.services.concluding import Conclusion


@blueprint.get("/<uuid:rfi_id>/compare/pictures")
def pictures(rfi_id: UUID) -> str:
    """Two tables and a chart over all chosen options, then the pictures of each."""
    session, member = database.session, current()
    where = (member.organisation_id, rfi_id)
    found = concluding.conclude(session, *where, edge.now(), language())
    everybody = _everybody(found)
    chosen = _chosen(everybody, request.args.getlist("vendor"))
    return render_template(
        "buyer/pictures.html",
        rfi=boarding.head(session, *where),
        found=found,
        everybody=everybody,
        chosen=chosen,
        most=MOST,
        view=customers.view(chosen),
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
