"""Reads a whole case out of JSON: a brief, vendors, answers and trials, without any database.

Everything that is wrong is named at once, each fault by its path in the document. The shape is
that of the demo: `{"evaluation_date", "buyer", "vendors": {CODE: {"country", "city", "answers",
"trial"}}}`. All evidence is taken as reviewed and accepted on the evaluation date. An answer that
is null is "don't know", one that is absent is blank.

Optional, with what stands in for them: in the brief the fields of `OPTIONAL_FIELDS`, `price_weight`
(0.20), `shrinkage` (0.30) and the office's `latitude`, `longitude` and `time_zone` (those of its
city); beside it `exchange_rates` (`{"date": …, "EUR": what one is worth}`; none); of a vendor its
`name` (the code), `trial` (not held) and the `price_parts` of a hybrid price.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from question_bank.model import Bank
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.brief_reading import read_brief, read_profiles
from questionnaire.core.codes import CURRENCIES
from questionnaire.core.cost import USUAL_SHRINKAGE
from questionnaire.core.document_faults import Document, InvalidDocument
from questionnaire.core.exchange import Rates
from questionnaire.core.merging import default_requirements
from questionnaire.core.offer_reading import read_offer
from questionnaire.core.value import MOST_PRICE_WEIGHT, USUAL_PRICE_WEIGHT

__all__ = ("InvalidDocument", "WholeCase", "read_case")


@dataclass(frozen=True, slots=True)
class WholeCase:
    """The buyer's side, and what every vendor brought."""

    basis: Basis
    offers: tuple[Offer, ...]


def read_case(document: object, bank: Bank) -> WholeCase:
    """The case. Raises InvalidDocument with every fault."""
    whole = Document(document)
    whole.only("evaluation_date", "buyer", "vendors", "exchange_rates")
    on = whole.day("evaluation_date")
    buyer = whole.below("buyer")
    brief = read_brief(buyer, bank)
    profiles = read_profiles(buyer, bank)
    price_weight = buyer.number("price_weight", least=0, most=MOST_PRICE_WEIGHT, optional=True)
    shrinkage = buyer.number("shrinkage", least=0, below=1, optional=True)
    currency = str(brief.get("currency"))
    rates = _rates(whole, currency)
    vendors = whole.below("vendors")
    offers = [read_offer(code, vendors.below(code), bank, on, currency) for code in vendors.names]
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
    )
    return WholeCase(basis, tuple(offers))


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
