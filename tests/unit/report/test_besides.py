"""What a price leaves out, and how far the due diligence is before anybody is recommended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from questionnaire.core.evidence import Evidence
from questionnaire.core.exchange import Rates
from questionnaire.core.report import Report, compose
from questionnaire.core.report.blocks import Paragraph, Table
from tests.unit.report import kit
from tests.unit.verdict import cases

pytestmark = pytest.mark.sqlite_only

QUETZAL = "Quetzal Bridge CX, S.R.L."


@cache
def demo() -> Report:
    return compose(kit.matter())


def of(rates: Rates | None = None, **answers: Any) -> list[str]:
    """The row of Quetzal Bridge with these answers."""
    offer = cases.offer(cases.changed(cases.vendor("CR"), **answers), "CR")
    report = compose(kit.of(replace(cases.whole().basis, prices_open=True, rates=rates), [offer]))
    (row,) = kit.table(report, "costs-besides")
    return row


def test_what_is_asked_besides_the_price_stands_there_of_those_who_pass() -> None:
    rows = {row[0]: row[1:] for row in kit.table(demo(), "costs-besides")}
    assert len(rows) == 3
    once, least, extras, hours, currency = rows[QUETZAL]
    assert (once, least, extras) == ("24,000.00", "80.0 %", "Night and weekend rates")
    assert (hours, currency) == ("21.8", "USD")


def test_what_nobody_said_of_a_price_is_not_known_and_never_nothing() -> None:
    row = of(price__setup=None, price__minimum=None, price__included=None)
    assert row[1:4] == ["not known"] * 3
    assert of(price__setup=0, price__minimum=0)[1:3] == ["0.00", "0.0 %"]


def test_another_currency_takes_a_dated_rate() -> None:
    euro = {"amount": 1000, "currency": "EUR"}
    assert of(price__setup=euro)[1] == "not known"
    rates = Rates(date(2026, 11, 20), "USD", {"EUR": Decimal("1.1")})
    assert of(rates, price__setup=euro)[1] == "1,100.00"


def test_nothing_of_it_is_there_while_prices_are_sealed() -> None:
    sealed = compose(kit.matter(opened=False))
    assert not any(one.name == "costs-besides" for _, one in sealed.tables)


def test_how_much_is_known_is_said_before_anybody_is_recommended() -> None:
    blocks = demo().parts[0].blocks
    said = next(
        n
        for n, one in enumerate(blocks)
        if isinstance(one, Paragraph) and one.text.startswith("How far your due diligence is")
    )
    named = next(
        n
        for n, one in enumerate(blocks)
        if (isinstance(one, Paragraph) and "Recommended" in one.text) or isinstance(one, Table)
    )
    assert said < named
    told = blocks[said]
    assert isinstance(told, Paragraph)
    assert "a trial was held with 6 of 6" in told.text
    shares = [Decimal(row[2].split()[0]) for row in kit.table(demo(), "understanding")]
    assert f"{sum(shares) / len(shares):.1f} % is answered" in told.text


def test_a_trial_that_was_not_held_or_too_short_is_said_beside_what_is_known() -> None:
    def tried(**changes: Any) -> str:
        told = cases.vendor("CR")
        told["trial"] |= changes
        offer = cases.offer(told, "CR")
        report = compose(kit.of(cases.whole().basis, [offer]))
        (row,) = kit.table(report, "understanding")
        return row[-1]

    assert tried() == "held"
    assert tried(n=19) == "held, too few calls"
    offer = replace(cases.offer(cases.vendor("CR"), "CR"), trial=None)
    report = compose(kit.of(cases.whole().basis, [offer]))
    assert kit.table(report, "understanding")[0][-1] == "not held"
    assert "a trial was held with 0 of 1" in kit.text_of(report.parts[0])


def test_the_method_says_that_no_place_can_be_bought() -> None:
    assert "takes no money from vendors" in kit.text_of(demo().parts[13])


def test_a_document_older_than_allowed_is_none_that_counts() -> None:
    (offer,) = (one for one in cases.whole().offers if one.code == "IN")

    def documented(issued: date) -> int:
        paper = Evidence("register.pdf", "register_extract", issued, None)
        answer = replace(offer.answers["company.legal-entity"], evidence=(paper,))
        answers = {**offer.answers, "company.legal-entity": answer}
        told = replace(offer, assured=False, answers=answers)
        (row,) = kit.table(compose(kit.of(cases.whole().basis, [told])), "understanding")
        return round(Decimal(row[3].split()[0]) * int(row[1]) / 100)

    assert documented(date(2026, 9, 2)) == documented(date(2025, 9, 2)) + 1
