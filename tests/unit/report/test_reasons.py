"""Why the buyer outsources stands on the first page, with who would serve it (claim C01)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from questionnaire.core.basis import Offer
from questionnaire.core.report import Report, compose
from tests.unit.report import kit
from tests.unit.verdict import cases

pytestmark = pytest.mark.sqlite_only

QUETZAL, SAFFRON = "Quetzal Bridge CX, S.R.L.", "Saffron Kite Support Pvt. Ltd."
PALMA, LATVIAN = "Palma Clara Contact, S.R.L.", "Baltā Bāka Kontakti, SIA"


def report(
    *why: str, opened: bool = True, offers: list[Offer] | None = None, **brief: Any
) -> Report:
    whole = cases.whole()
    stated = {**whole.basis.brief, "reasons": list(why), **brief}
    basis = replace(whole.basis, brief=stated, prices_open=opened)
    return compose(kit.of(basis, whole.offers if offers is None else offers))


def served(found: Report) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in kit.table(found, "reasons")}


def test_the_first_page_says_why_in_the_order_of_the_bank() -> None:
    told = kit.text_of(report("cost", "staff").parts[0])
    assert "Why you want to outsource: To free our own staff for other work; To cut cost." in told


def test_without_a_reason_it_says_so_and_holds_nobody_against_one() -> None:
    found = compose(kit.matter())
    assert "Your brief does not state why you outsource." in kit.text_of(found.parts[0])
    assert not any(one.name == "reasons" for _, one in found.tables)


def test_an_edition_that_does_not_ask_why_says_nothing_of_it() -> None:
    whole = cases.whole()
    bank = cases.bank()
    asked = tuple(one for one in bank.brief if one.name != "reasons")
    basis = replace(whole.basis, bank=replace(bank, brief=asked))
    told = kit.text_of(compose(kit.of(basis, whole.offers)).parts[0])
    assert "why you outsource" not in told


def test_each_reason_is_served_or_not_by_what_the_vendor_answered() -> None:
    found = served(report("time", "hours", "languages"))
    assert found[QUETZAL] == ["yes, 4,850 hours a month", "yes", "yes"]
    assert found[LATVIAN] == ["yes, 4,849 hours a month", "no", "no"]
    assert found[PALMA][1] == "no", "its roster covers the day alone"


def test_an_answer_that_is_not_there_serves_no_reason() -> None:
    offer = cases.offer(cases.changed(cases.vendor("CR"), services__shifts=None), "CR")
    assert served(report("hours", offers=[offer]))[QUETZAL] == ["not known"]
    offer = cases.offer(cases.changed(cases.vendor("CR"), language__languages=None), "CR")
    assert served(report("languages", offers=[offer]))[QUETZAL] == ["not known"]
    found = served(report("staff", monthly_contacts=None))
    assert found[QUETZAL] == ["not known"]


def test_managing_that_takes_more_than_it_gives_back_saves_no_time() -> None:
    assert served(report("time", monthly_contacts=10))[QUETZAL] == ["no"]


def test_cost_is_told_of_those_who_pass_once_prices_are_open() -> None:
    found = served(report("cost"))
    assert found[QUETZAL] == ["yes"]
    assert found[SAFFRON] == ["–"], "cheap as it is, it has gaps and no price"
    dear = cases.changed(cases.vendor("CR"), price__rate=300)
    assert served(report("cost", offers=[cases.offer(dear, "CR")]))[QUETZAL] == ["no"]
    sealed = report("cost", opened=False)
    assert set(map(tuple, served(sealed).values())) == {("prices are sealed",)}
    assert "USD" not in kit.text_of(report("cost").parts[0])
