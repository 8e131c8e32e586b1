"""The verdict on every vendor that has submitted: what it stands on, tiers, waivers, then costs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.buyer import fallback_words
from questionnaire.buyer import verdict_words as words
from questionnaire.buyer.gate import blueprint
from questionnaire.core.certainty import trial_points
from questionnaire.core.dates import show_date
from questionnaire.core.inhouse import must_fix
from questionnaire.core.signing import signing
from questionnaire.edge import database
from questionnaire.languages import language
from questionnaire.services import boarding, concluding, versioning
from questionnaire.services.concluding import Conclusion


@blueprint.get("/<uuid:rfi_id>/verdict")
def verdict(rfi_id: UUID) -> str:
    """As of today; of a draft there is none, as of a stranger's RFI."""
    session, member = database.session, current()
    found = concluding.conclude(session, member.organisation_id, rfi_id, edge.now(), language())
    eligible = [one for one in found.verdicts if one.eligible]
    lock = found.review.lock
    return render_template(
        "buyer/verdict.html",
        rfi=boarding.head(session, member.organisation_id, rfi_id),
        found=found,
        changed=versioning.newest_change(session, rfi_id),
        tiers={
            tier: [words.told(found.bank, one) for one in verdicts]
            for tier, verdicts in found.tiers.items()
        },
        valued={one.tier.name for one in eligible if words.points(one.value, language())},
        eligible=eligible,
        signing=signing(found.basis.contract_start, language()),
        own_fixes=must_fix(found.inhouse_verdict, found.bank, language())
        if found.inhouse_verdict
        else (),
        fix_titles=words.FIXES,
        covers=lock.covers if found.prices_open and lock else (),
        without_trial=[one.name for one in found.verdicts if not one.trial.held],
        **_fallback(found),
        unknown_figures=words.unknown_figures([found.inhouse, *(one.cost for one in eligible)])
        if found.prices_open
        else [],
        tier_titles=words.TIERS,
        weights=words.WEIGHTS,
        finding_titles={one.id: one.title.text(language()) for one in found.bank.findings},
        amount=lambda figure: words.amount(figure, language()),
        points=lambda figure: words.points(figure, language()),
        day=lambda one: show_date(one, language()),
        place=lambda one: words.place(one, language()),
        sure=lambda one: words.sure(one.certainty, language()),
        trial_points=trial_points,
        reviews="reviewer" in member.roles,
    )


def _fallback(found: Conclusion) -> dict[str, Any]:
    """What can be done with the verdicts, as the page tells it."""
    return {
        "fallback": found.fallback,
        "missed": fallback_words.missed(found.fallback, found.basis, language()),
        "rungs": fallback_words.RUNGS,
        "summed": fallback_words.summed,
        "amounts_of": lambda over: fallback_words.amounts(over, language()),
    }
