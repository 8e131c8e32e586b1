"""Numbers: with a unit, as percentages, as money, as years."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from question_bank.model import Wording
from question_bank.values import Money
from questionnaire.core.codes import CURRENCIES
from questionnaire.core.dates import FIRST_YEAR, LAST_YEAR
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds.base import Asked, Kind, Raw, is_blank
from questionnaire.core.numbers import (
    DIGITS,
    fits,
    number_of,
    parse_number,
    plain_number,
    show_number,
    tidy,
)
from questionnaire.core.phrases import say
from questionnaire.core.units import unit_behind

_TOO_LARGE = 10**DIGITS


def strict_number(value: object, language: str) -> Decimal:
    """A JSON number of at most 15 digits; AnswerFault for everything else."""
    if type(value) is int and -_TOO_LARGE < value < _TOO_LARGE:
        return Decimal(value)  # as most are: nothing to tidy
    number = number_of(value)
    if number is None or not fits(number):
        raise AnswerFault(say(language, "Expected is a number of at most {n} digits.", n=DIGITS))
    return tidy(number)


def within(asked: Asked, number: Decimal, language: str) -> Decimal:
    """The number itself, or an AnswerFault when it is out of the question's bounds."""
    low, high = asked.minimum, asked.maximum
    if low is not None and number < low:
        bound = show_number(low, language)
        raise AnswerFault(say(language, "The least that can be answered is {n}.", n=bound))
    if high is not None and number > high:
        bound = show_number(high, language)
        raise AnswerFault(say(language, "The most that can be answered is {n}.", n=bound))
    return number


def with_unit(number: Decimal, unit: str | Wording | None, language: str) -> str:
    """`8 hours`, `1 hour`, `82 %`."""
    shown, words = show_number(number, language), unit_behind(number, unit, language)
    return f"{shown}\u00a0{words}" if words else shown


class Number(Kind[Decimal]):
    """A Decimal of at most 15 digits, within the question's bounds."""

    name = "number"

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> Decimal | None:
        if is_blank(raw):
            return None
        text = self._digits(raw) if isinstance(raw, str) else ""
        return within(asked, parse_number(text, language), language)

    def _digits(self, raw: str) -> str:
        return raw

    def from_json(self, asked: Asked, value: object, language: str = "en") -> Decimal | None:
        if value is None:
            return None
        return within(asked, strict_number(value, language), language)

    def to_raw(self, asked: Asked, value: Decimal | None, language: str = "en") -> str:
        return "" if value is None else plain_number(value, language)

    def show(self, asked: Asked, value: Decimal | None, language: str = "en") -> str:
        return "" if value is None else with_unit(value, asked.unit, language)


class Percentage(Number):
    """A number of hundredths: 82 is 82 %; a typed % sign is taken as such."""

    name = "percentage"

    def _digits(self, raw: str) -> str:
        return raw.strip().removesuffix("%")

    def show(self, asked: Asked, value: Decimal | None, language: str = "en") -> str:
        return "" if value is None else with_unit(value, asked.unit or "%", language)


class Year(Kind[int]):
    """A calendar year as an int."""

    name = "year"

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> int | None:
        if is_blank(raw):
            return None
        typed = raw.strip() if isinstance(raw, str) else ""
        if len(typed) != 4 or not (typed.isascii() and typed.isdigit()):
            raise _no_year(language)
        return self.from_json(asked, int(typed), language)

    def from_json(self, asked: Asked, value: object, language: str = "en") -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise _no_year(language)
        if not FIRST_YEAR <= value <= LAST_YEAR:
            raise _no_year(language)
        return int(within(asked, Decimal(value), language))

    def to_raw(self, asked: Asked, value: int | None, language: str = "en") -> str:
        return "" if value is None else str(value)

    def show(self, asked: Asked, value: int | None, language: str = "en") -> str:
        return "" if value is None else str(value)


def _no_year(language: str) -> AnswerFault:
    return AnswerFault(say(language, "Write a year in four digits, for example {n}.", n=2024))


class Amount(Kind[Decimal | Money]):
    """Money: a Decimal in the buyer's currency, or Money in the one that was named."""

    name = "money"

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> Decimal | Money | None:
        """From {"amount", "currency"}, or from a text such as `2,000,000` or `2000 EUR`."""
        amount, currency = _boxes(raw)
        if not amount and (is_blank(raw) or isinstance(raw, Mapping)):
            return None
        number = within(asked, parse_number(amount, language), language)
        return Money(number, _currency(currency, language)) if currency else number

    def from_json(
        self, asked: Asked, value: object, language: str = "en"
    ) -> Decimal | Money | None:
        if value is None:
            return None
        if not isinstance(value, Mapping):
            return within(asked, strict_number(value, language), language)
        if set(value) != {"amount", "currency"}:
            raise AnswerFault(say(language, "Money has an amount and a currency."))
        number = within(asked, strict_number(value["amount"], language), language)
        return Money(number, _currency(value["currency"], language))

    def to_raw(self, asked: Asked, value: Decimal | Money | None, language: str = "en") -> Raw:
        amount, currency = _typed(value, language)
        return {"amount": amount, "currency": currency}

    def show(self, asked: Asked, value: Decimal | Money | None, language: str = "en") -> str:
        if isinstance(value, Money):
            return show_money(value, language)
        return "" if value is None else show_number(value, language)


class CellAmount(Amount):
    """Money in one cell of a table: the form holds one text, `2000000` or `2000000 EUR`."""

    def to_raw(self, asked: Asked, value: Decimal | Money | None, language: str = "en") -> Raw:
        return " ".join(_typed(value, language)).strip()


def _typed(value: Decimal | Money | None, language: str) -> tuple[str, str]:
    if value is None:
        return "", ""
    if isinstance(value, Money):
        return plain_number(value.amount, language), value.currency
    return plain_number(value, language), ""


def show_money(money: Money, language: str = "en") -> str:
    """`USD 13.20`, `USD 2,000,000`."""
    amount = tidy(money.amount)
    cents = -2 <= int(amount.as_tuple().exponent) < 0
    shown = show_number(amount, language)
    if cents and int(amount.as_tuple().exponent) == -1:
        shown += "0"
    return f"{money.currency}\u00a0{shown}"


def _boxes(raw: Raw) -> tuple[str, str]:
    """Amount and currency as they were typed."""
    if isinstance(raw, Mapping):
        amount, currency = raw.get("amount"), raw.get("currency")
        return (
            amount.strip() if isinstance(amount, str) else "",
            currency.strip().upper() if isinstance(currency, str) else "",
        )
    text = raw.strip() if isinstance(raw, str) else ""
    for code, amount in ((text[:3], text[3:]), (text[-3:], text[:-3])):
        if code.isascii() and code.isalpha():
            return amount.strip(), code.upper()
    return text, ""


def _currency(code: object, language: str) -> str:
    if isinstance(code, str) and code in CURRENCIES:
        return code
    raise AnswerFault(
        say(language, "Name the currency by its three letters, for example {code}.", code="USD")
    )
