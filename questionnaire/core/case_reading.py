"""Reads a whole case out of JSON: a brief, vendors, answers and trials, without any database.

Everything that is wrong is named at once, each fault by its path in the document. The shape is
that of the demo: `{"evaluation_date", "buyer", "vendors": {CODE: {"country", "city", "answers",
"trial"}}}`. All evidence is taken as reviewed and accepted on the evaluation date. An answer that
is null is "don't know", one that is absent is blank.

What may be left out is listed in `OPTIONAL`, with what is taken then; all else has to be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from question_bank.model import Bank
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.brief_reading import (
    OPTIONAL_FIELDS,
    UNJUDGED_LISTS,
    read_brief,
    read_profiles,
)
from questionnaire.core.codes import CURRENCIES
from questionnaire.core.cost import USUAL_SHRINKAGE
from questionnaire.core.document_faults import Document, InvalidDocument
from questionnaire.core.exchange import Rates
from questionnaire.core.merging import default_requirements
from questionnaire.core.offer_reading import FIGURES, SAID, read_offer, read_own_team
from questionnaire.core.trial import USUAL_SPREAD
from questionnaire.core.value import MOST_PRICE_WEIGHT, USUAL_PRICE_WEIGHT

__all__ = ("OPTIONAL", "InvalidDocument", "WholeCase", "read_case")


#: Every place that a case may leave out, with what stands in for it, in words; what
#: `questionnaire judge --help` tells.
OPTIONAL: Final[Mapping[str, str]] = {
    **{
        f"buyer.{name}": str(taken).lower() if isinstance(taken, bool) else str(taken)
        for name, taken in OPTIONAL_FIELDS.items()
    },
    "buyer.price_weight": f"{USUAL_PRICE_WEIGHT} (at most {MOST_PRICE_WEIGHT})",
    "buyer.shrinkage": f"{USUAL_SHRINKAGE}",
    "buyer.office.latitude": "that of the office's city",
    "buyer.office.longitude": "that of the office's city",
    "buyer.office.time_zone": "that of the office's city",
    "buyer.name": "none",
    "buyer.what": "none",
    **{f"buyer.{name}": "none; no rule looks at it" for name in UNJUDGED_LISTS},
    "inhouse": "not judged, only its cost is worked out; else {answers, trial}",
    "inhouse.trial": "not held",
    "exchange_rates": "none: amounts in other currencies stay unknown",
    "vendors.CODE.name": "its CODE",
    **{f"vendors.CODE.{name}": "none; no rule looks at it" for name in SAID[1:]},
    "vendors.CODE.trial": "not held",
    **{f"vendors.CODE.trial.{name}": "not measured, which is no pass" for name in FIGURES},
    "vendors.CODE.trial.observations": "each criterion marked on all n calls",
    "vendors.CODE.trial.drill": "refused or not done, where drill_h is missing",
    "vendors.CODE.first_trial": "none: the trial is no repeat; else fix says what was put right",
    "vendors.CODE.fix": "none",
    "vendors.CODE.trial.spread": f"{USUAL_SPREAD}",
    "vendors.CODE.price_parts": "none: a hybrid price stays unknown",
}


@dataclass(frozen=True, slots=True)
class WholeCase:
    """The buyer's side, and what every vendor brought."""

    basis: Basis
    offers: tuple[Offer, ...]
    #: What the buyer's own team answered; None where it did not.
    own_team: Offer | None = None


def read_case(document: object, bank: Bank) -> WholeCase:
    """The case. Raises InvalidDocument with every fault."""
    whole = Document(document)
    whole.only("evaluation_date", "buyer", "vendors", "exchange_rates", "inhouse")
    on = whole.day("evaluation_date")
    buyer = whole.below("buyer")
    brief = read_brief(buyer, bank)
    profiles = read_profiles(buyer, bank)
    price_weight = buyer.number("price_weight", least=0, most=MOST_PRICE_WEIGHT, optional=True)
    shrinkage = buyer.number("shrinkage", least=0, below=1, optional=True)
    currency = str(brief.get("currency"))
    rates = _rates(whole, currency)
    vendors = whole.below("vendors")
    for code in vendors.names:
        if not code.strip() or not code.isprintable():
            vendors.add(code or '""', "is no code for a vendor: use letters or digits.")
    offers = [read_offer(code, vendors.below(code), bank, on, currency) for code in vendors.names]
    own_team = read_own_team(whole.below("inhouse"), bank, on) if whole.has("inhouse") else None
    whole.refuse()
    basis = Basis(
        bank=bank,
        brief=brief,
        profiles=profiles,
        requirements=default_requirements(bank, profiles),
        on=on,
        prices_open=True,
        price_weight=USUAL_PRICE_WEIGHT if price_weight is None else price_weight,
        shrinkage=USUAL_SHRINKAGE if shrinkage is None else shrinkage,
        rates=rates,
        measured_csat=own_team.trial.csat if own_team and own_team.trial else None,
    )
    return WholeCase(basis, tuple(offers), own_team)


def _rates(whole: Document, currency: str) -> Rates | None:
    if not whole.has("exchange_rates"):
        return None
    stated = whole.below("exchange_rates")
    on = stated.day("date")
    worth: dict[str, Decimal] = {}
    for name in stated.names:
        if name == "date":
            continue
        if name not in CURRENCIES:
            stated.add(name, "is no currency code.")
            continue
        rate = stated.number(name, above=0)
        if rate is not None:
            worth[name] = rate
    return Rates(on, currency, worth)
