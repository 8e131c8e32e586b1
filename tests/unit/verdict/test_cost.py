"""Costs, exactly: every price model, the worked example of the brief, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from question_bank.values import Money
from questionnaire.core.cost import Cost, Price, Terms, Work, cost_of
from questionnaire.core.exchange import Rates, in_currency
from questionnaire.core.rounding import cents, tenth
from questionnaire.core.truth import Unsure

pytestmark = pytest.mark.sqlite_only

TERMS = Terms("USD", Money(Decimal(46), "USD"), Decimal("0.1"), Decimal(38000))
#: Six minutes, so that an hour holds ten contacts, eight of which fit into it.
WORK = Work(Decimal(360), Decimal("0.8"), Decimal("0.9"), Decimal("0.8"))


def usd(amount):
    return Money(Decimal(amount), "USD")


def figures(cost: Cost):
    return tuple(
        None if isinstance(one, Unsure) else cents(one)
        for one in (cost.hour, cost.contact, cost.resolved, cost.loss, cost.adjusted)
    )


def amounts(*texts):
    return tuple(None if one is None else Decimal(one) for one in texts)


@pytest.mark.parametrize(
    ("rate", "aht", "fcr", "csat", "occupancy", "expected"),
    [
        ("8.90", 604, "0.52", "0.66", "0.91", ("8.90", "1.64", "3.16", "1.56", "4.72")),
        ("19.80", 392, "0.77", "0.87", "0.82", ("19.80", "2.63", "3.41", "0.60", "4.01")),
    ],
    ids=["Saffron Kite", "Quetzal Bridge"],
)
def test_the_worked_example_comes_out_to_the_cent(rate, aht, fcr, csat, occupancy, expected):
    work = Work(Decimal(aht), Decimal(fcr), Decimal(csat), Decimal(occupancy))
    cost = cost_of(Price("productive_hour", usd(rate)), work, TERMS)
    assert figures(cost) == amounts(*expected)


@pytest.mark.parametrize(
    ("model", "rate", "expected"),
    [
        ("productive_hour", "16", ("16", "2", "2.50", "0.46", "2.96")),
        ("paid_hour", "11.2", ("16", "2", "2.50", "0.46", "2.96")),
        ("fte_month", "1940.96", ("16", "2", "2.50", "0.46", "2.96")),
        ("handled_minute", "0.5", ("24", "3", "3.75", "0.46", "4.21")),
        ("contact", "2", ("16", "2", "2.50", "0.46", "2.96")),
        ("resolved", "2.5", (None, "2", "2.50", "0.46", "2.96")),
    ],
)
def test_each_price_model_is_converted(model, rate, expected):
    assert figures(cost_of(Price(model, usd(rate)), WORK, TERMS)) == amounts(*expected)


def test_a_hybrid_price_is_worked_out_at_the_forecast_and_shows_its_parts():
    parts = (Price("base_month", usd(38000)), Price("resolved", usd("1.25")))
    cost = cost_of(Price("hybrid", None, parts), WORK, TERMS)
    assert cost.parts == (("base_month", Decimal(1)), ("resolved", Decimal("1.000")))
    assert figures(cost) == amounts("16", "2", "2.50", "0.46", "2.96")


@pytest.mark.parametrize(
    ("price", "terms", "why"),
    [
        (None, TERMS, "there is no price"),
        (Price("hybrid", usd(3)), TERMS, "parts of the hybrid price"),
        (Price("contact", None), TERMS, "the price is not known"),
        (Price("barter", usd(3)), TERMS, "no price model of that name"),
        (Price("contact", Money(Decimal(3), "EUR")), TERMS, "EUR and USD are not compared"),
        (Price("hybrid", None, (Price("base_month", usd(3)),)),
         replace(TERMS, monthly_contacts=None), "no contacts a month"),
        (Price("hybrid", None, (Price("base_month", usd(3)),)),
         replace(TERMS, monthly_contacts=Decimal(0)), "divided by nothing"),
    ],
)  # fmt: skip
def test_a_price_that_cannot_be_read_leaves_the_contact_open_with_a_reason(price, terms, why):
    cost = cost_of(price, WORK, terms)
    for figure in (cost.contact, cost.resolved, cost.adjusted):
        assert isinstance(figure, Unsure)
        assert why in figure.why
    assert cost.loss == Decimal("0.46")


@pytest.mark.parametrize("operand", ["aht", "occupancy"])
def test_a_missing_operand_leaves_open_what_needs_it(operand):
    work = replace(WORK, **{operand: Unsure("it is not known")})
    cost = cost_of(Price("productive_hour", usd(16)), work, TERMS)
    assert cost.hour == 16
    assert cost.contact == cost.resolved == cost.adjusted == Unsure("it is not known")


@pytest.mark.parametrize("operand", ["fcr", "occupancy"])
def test_nothing_is_divided_by_nothing(operand):
    work = replace(WORK, **{operand: Decimal(0)})
    cost = cost_of(Price("productive_hour", usd(16)), work, TERMS)
    assert isinstance(cost.resolved, Unsure)
    assert "divided by nothing" in cost.resolved.why


def test_a_shrinkage_of_all_time_leaves_no_hour():
    cost = cost_of(Price("paid_hour", usd(16)), WORK, replace(TERMS, shrinkage=Decimal(1)))
    assert isinstance(cost.hour, Unsure)


def test_without_margin_there_is_no_loss_and_nothing_adjusted():
    cost = cost_of(Price("contact", usd(2)), WORK, replace(TERMS, margin=None))
    assert isinstance(cost.loss, Unsure)
    assert isinstance(cost.adjusted, Unsure)
    assert cost.resolved == Decimal("2.5")


def test_another_currency_needs_a_dated_rate():
    rates = Rates(date(2026, 11, 20), "USD", {"EUR": Decimal("1.1")})
    cost = cost_of(Price("contact", Money(Decimal(2), "EUR")), WORK, replace(TERMS, rates=rates))
    assert cost.contact == Decimal("2.2")
    assert isinstance(in_currency(Money(Decimal(2), "GBP"), "USD", rates), Unsure)
    assert isinstance(in_currency(Money(Decimal(2), "USD"), "EUR", rates), Unsure)


def test_amounts_are_rounded_half_up_however_many_digits_they_have():
    assert (cents(Decimal("2.345")), cents(Decimal("-2.345"))) == amounts("2.35", "-2.35")
    assert tenth(Decimal("0.05")) == Decimal("0.1")
    assert cents(Decimal(10) ** 60) == Decimal(10) ** 60
