"""Vera's two days with a questionnaire, by every kind of control; and Vik's one without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.answering import (
    attach,
    box,
    choose,
    come_in,
    onward,
    saved,
    say_dont_know,
    write,
)

if TYPE_CHECKING:
    from tests.journeys.visitor import Visitor

ENTITY = "Coral Contact SIA, Riga; Mara Vendel owns 60 %"
#: What nobody but Vera may read before prices are opened: a figure, and a word beside it.
PRICE, PRICE_WORD = "7319.37", "lanternfish"
PRICE_SEEN = re.compile(r"7[\s,.’\u00a0\u202f]?319[.,]37|lanternfish")
PASTED_CLIENTS = (
    "Harbour Outfitters\tno\tretail\tmid\t60\t2021\tinbound_care; complaints\tcurrent\t\tRiga\n"
    "Client B\tyes\ttravel\tsmall\t25\t2023\tinbound_care\tcurrent\t\tRiga"
)


def describe_clients(vera: Visitor) -> None:
    """A row typed, rows pasted, a number corrected, a question that comes with an answer."""
    place = box(vera, "clients.list")
    place.get_by_role("button", name="Add a row").click()
    row = place.locator(".row-card").last
    typed = {"Client": "Tern Travel", "Seats": "120", "Client since": "2019", "Served from": "Riga"}
    for label, value in typed.items():
        row.get_by_label(label, exact=True).fill(value)
    chosen = {"Is a code": "no", "Sector": "travel", "Size of company": "enterprise"}
    for label, value in (chosen | {"Status": "current"}).items():
        row.get_by_label(label, exact=True).select_option(value)
    row.get_by_label("Inbound customer care").check()
    saved(place)
    place.get_by_text("Paste rows from a spreadsheet").click()
    place.get_by_label("Rows from a spreadsheet").fill(PASTED_CLIENTS)
    place.get_by_role("button", name="Put into the table").click()
    expect(place.locator(".row-card")).to_have_count(3)
    saved(place)
    seats = box(vera, "clients.total-seats")
    with vera.refused(422):
        seats.get_by_label("Answer").first.fill("many")
    expect(seats.locator(".saved")).to_have_text("Not saved: please correct this")
    vera.look("section-wrong")
    write(vera, "clients.total-seats", "430")
    write(vera, "clients.best-clients", "Tern Travel: six years, four languages.\nNo lapse.")
    choose(vera, "clients.competitors", "No")
    expect(box(vera, "clients.firewall")).to_be_hidden()
    choose(vera, "clients.competitors", "Yes, ended within 12 months")
    expect(box(vera, "clients.firewall")).to_be_visible()
    choose(vera, "clients.firewall", "Separate agents and supervisors")
    choose(vera, "clients.our-rank", "In the middle")
    choose(vera, "clients.best-fit", "Mid-size")


def describe_fallback(vera: Visitor) -> None:
    """Slower than Ada can bear, and callers hear it ring; the last test is dated."""
    choose(vera, "resilience.alternate-site", "Equipped site, staff must travel (warm)")
    write(vera, "resilience.rto", "12")
    write(vera, "resilience.last-test", "2026-06-30", "Date")
    choose(vera, "resilience.caller-fallback", "Rings out or engaged tone")
    outages = box(vera, "resilience.outages")
    outages.get_by_label("None to report").or_(outages.locator("[name$=':none']")).first.check()
    saved(outages)


def begin_answering(vera: Visitor) -> None:
    """The first pages, as far as Vera gets on the first day."""
    vera.look("start")
    vera.follow("Start with")
    vera.arrive("Company and sites")
    vera.look("section-company")
    write(vera, "company.legal-entity", ENTITY)
    onward(vera)
    describe_clients(vera)
    attach(vera, "clients.firewall", "statement", "separation.pdf")
    vera.look("section-clients")
    onward(vera)
    for section in ("culture", "scripting"):
        if section == "scripting":
            write(vera, "scripting.pass-mark", "85")
            choose(vera, "scripting.approval", "Yes")
        say_dont_know(vera)
        vera.look(f"section-{section}")
        onward(vera)
    describe_fallback(vera)


def finish_answering(vera: Visitor) -> None:
    """Another day, another browser: everything is where it was, and the rest is answered."""
    vera.look("start-again")
    vera.follow("Redundant systems")
    vera.arrive("Redundant systems")
    expect(box(vera, "resilience.rto").get_by_label("Answer").first).to_have_value("12")
    say_dont_know(vera)
    vera.look("section-resilience")
    onward(vera)
    say_dont_know(vera)
    vera.look("section-security")
    onward(vera)
    place = box(vera, "physical.cctv-days")
    place.get_by_label("Does not apply to us").check()
    place.get_by_label("Why does it not apply?").fill("Nobody works on a floor: all are at home.")
    saved(place)
    say_dont_know(vera)
    vera.look("section-physical")
    onward(vera)
    countries = box(vera, "privacy.countries")
    countries.get_by_label("Country").first.fill("Latvia")
    countries.get_by_role("button", name="Add a country").click()
    countries.get_by_label("Country").last.fill("Ireland")
    saved(countries)
    vera.look("section-privacy")
    onward(vera)
    attach(vera, "payments.matrix", "responsibility_matrix", "matrix.pdf")
    vera.look("section-payments")
    onward(vera)


def state_price(vera: Visitor) -> None:
    """The sealed section: a figure and a comment that nobody else may see."""
    vera.sees("Sealed: nobody at Brightlane")
    write(vera, "price.rate", PRICE, "Amount")
    place = box(vera, "price.rate")
    place.get_by_text("Comment", exact=True).first.click()
    place.locator("textarea[name$=':comment']").fill(f"Without the {PRICE_WORD} discount.")
    saved(place)
    choose(vera, "price.included", "Team leads")
    vera.look("section-price")
    onward(vera)


def hand_in(vera: Visitor) -> None:
    """What is missing is said and led to; then a named person attests, and it is done."""
    vera.sees("2 questions still need an answer")
    vera.look("check-missing")
    with vera.refused(422):
        vera.press("Hand in the answers")
    vera.look("check-refused")
    vera.page.locator(".lacking-list a").first.click()
    vera.page.wait_for_url("**/section/price**")
    say_dont_know(vera)
    onward(vera)
    vera.sees("Nothing is missing.")
    vera.fill({"Name of the person who attests": "Vera Vendel", "Role in the company": "Director"})
    vera.page.locator("#agreed").check()
    vera.look("check-complete")
    vera.press("Hand in the answers")
    vera.sees("Handed in on")
    vera.look("start-handed-in")


def can_only_read(vera: Visitor) -> None:
    """After handing in there is nothing to type into, by whatever address."""
    vera.follow("Read your answers")
    vera.sees(ENTITY, "lanternfish")
    vera.look("answers-handed-in")
    assert vera.page.locator("main input:not([type=hidden]), main textarea").count() == 0
    vera.go(vera.page.url.replace("/check", "/section/resilience"))
    assert vera.page.locator("main input:not([type=hidden]), main textarea").count() == 0


def answer_without_scripts(vik: Visitor, ada: Visitor, link: str, address: str) -> None:
    """The same questionnaire by buttons alone: nothing typed is lost by a fault, and it goes in."""
    come_in(vik, ada, link, address)
    vik.follow("Start with")
    vik.fill({"Answer": "Dune Voice OÜ, Tallinn"}, within=box(vik, "company.legal-entity"))
    onward(vik)
    seats = box(vik, "clients.total-seats").get_by_label("Answer").first
    seats.fill("many")
    vik.page.locator("[data-question='clients.competitors']").get_by_label("No", exact=True).check()
    onward(vik, elsewhere=False)
    vik.sees("Your other answers on this page are saved.")
    vik.look("plain-wrong")
    expect(seats).to_have_value("many")
    expect(box(vik, "clients.competitors").get_by_label("No", exact=True)).to_be_checked()
    seats.fill("90")
    box(vik, "clients.list").get_by_role("button", name="Add a row").click()
    vik.look("plain-row-added")
    expect(box(vik, "clients.total-seats").get_by_label("Answer").first).to_have_value("90")
    while "/section/" in vik.page.url:
        say_dont_know(vik)
        onward(vik)
    vik.sees("Nothing is missing.")
    vik.fill({"Name of the person who attests": "Vik Dune", "Role in the company": "Owner"})
    vik.page.locator("#agreed").check()
    vik.press("Hand in the answers")
    vik.sees("Handed in on")
    vik.look("plain-handed-in")
