"""What a vendor offers, as the cost needs it: price, work and place, out of answers and trial.

A figure that the trial measured on enough calls goes before the one that the vendor claims; the
answer itself is never overwritten (brief 4.4).
"""

from __future__ import annotations

from decimal import Decimal

from questionnaire.core.basis import Basis, Offer, share
from questionnaire.core.case import Case
from questionnaire.core.cost import Cost, Figure, Price, Work, cost_of
from questionnaire.core.parts import amount, cell, number, played, rows
from questionnaire.core.phrases import say
from questionnaire.core.shore import Shore, in_house, place_of, shore_of
from questionnaire.core.trial import Outcome
from questionnaire.core.truth import Unsure


def cost(basis: Basis, offer: Offer, case: Case, outcome: Outcome) -> Cost:
    """The cost of an offer; unknown throughout while prices are sealed, the own team's too."""
    if not basis.prices_open:
        sealed = Unsure(say(basis.language, "prices are sealed"))
        return Cost(sealed, sealed, sealed, sealed, sealed)
    if offer.in_house:
        return basis.inhouse_cost
    return cost_of(price_of(offer, case), work_of(offer, case, outcome), basis.terms)


def price_of(offer: Offer, case: Case) -> Price | None:
    """The price in the vendor's own model; None when the vendor has not said which that is."""
    if offer.price is not None:
        return offer.price
    model, rate = played("cost.model", case), amount("cost.rate", case)
    if not isinstance(model, str):
        return None
    return Price(model, None if isinstance(rate, Unsure) else rate)


def work_of(offer: Offer, case: Case, outcome: Outcome) -> Work:
    """How the work is done: measured where it was, else as claimed."""
    trial = offer.trial if outcome.enough else None
    return Work(
        aht=_best(trial.aht if trial else None, "work.handling_time", case),
        fcr=share(_best(trial.fcr if trial else None, "work.resolution", case)),
        csat=share(_best(trial.csat if trial else None, "work.satisfaction", case)),
        occupancy=share(number("work.occupancy", case)),
    )


def shore(basis: Basis, offer: Offer, case: Case) -> Shore:
    """The shore type of the site that would carry most of the seats: the primary one."""
    if offer.in_house:
        return in_house()
    country, city = site_of(offer, case)
    return shore_of(
        country,
        place_of(country, city, basis.language),
        basis.office,
        basis.text("home_market"),
        year=basis.on.year,
        language=basis.language,
    )


def site_of(offer: Offer, case: Case) -> tuple[str | None, str | None]:
    """Country and city that stand with the vendor; else those of its only primary site."""
    if offer.country:
        return offer.country, offer.city
    primary = rows("sites.primary", case)
    if isinstance(primary, Unsure) or len(primary) != 1:
        return None, None
    country, city = (cell(f"sites.{one}", primary[0], case) for one in ("country", "city"))
    return country, city


def _best(measured: Decimal | None, role: str, case: Case) -> Figure:
    return number(role, case) if measured is None else measured
