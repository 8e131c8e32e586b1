"""Amounts in the buyer's currency, at a rate of a stated day (brief 9.9); without one, unsure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from question_bank.values import Money
from questionnaire.core.phrases import say
from questionnaire.core.truth import Unsure


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of each currency was worth in the currency `to` on a day."""

    on: date
    to: str
    worth: Mapping[str, Decimal]


def in_currency(
    money: Money, currency: str, rates: Rates | None, language: str = "en"
) -> Decimal | Unsure:
    """The amount in `currency`; Unsure when that needs a rate that nobody has dated."""
    if money.currency == currency:
        return money.amount
    worth = rates.worth.get(money.currency) if rates and rates.to == currency else None
    if worth is None:
        return Unsure(
            say(
                language,
                "{one} and {other} are not compared without a dated exchange rate",
                one=money.currency,
                other=currency,
            )
        )
    return money.amount * worth
