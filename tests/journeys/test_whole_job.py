"""The whole job in a real browser, from an empty database to a reply that closes a flag.

Ada sends an RFI, Vera answers it over two days in two browsers and Vik without scripts, Remi and
Rosa work the flags. At both widths every page is held to WCAG and to its width, and nobody's
console or network may complain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from questionnaire.db import make_engine
from tests.journeys import answering, buying, days, reviewing
from tests.journeys.house import STAFF, House, begin, invite, join, read_mail
from tests.journeys.visitor import everything_from, never_looked_at, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def house(
    request: pytest.FixtureRequest, browser: Browser, empty_database_url: str, tmp_path: Path
) -> Iterator[House]:
    """The service with nobody in it but an invitation to Ada."""
    service, link = begin(tmp_path / "kept", empty_database_url)
    house = House(service, browser, request.param, link)
    expect.set_options(timeout=15_000)
    yield house
    expect.set_options(timeout=5_000)
    for one in house.visitors:
        one.leave()
    assert service.stop() == 0


def test_the_whole_job(house: House, empty_database_url: str) -> None:
    ada = house.come("Ada Marsh")
    join(ada, house.link)
    link = _sent(ada)
    vera = _answered(house, ada, link)
    remi, rosa = (_joined(house, ada, name) for name in list(STAFF)[1:])
    buying.follow_answers(ada)
    _reviewed(ada, vera, remi, rosa)
    buying.look_around(ada)
    _sealed(house, empty_database_url, ada, remi)
    assert "\n".join(told(house.visitors)) == ""
    assert never_looked_at(house.visitors) == set()


def _sent(ada: Visitor) -> str:
    buying.begin(ada)
    buying.choose_questions(ada)
    buying.state_brief(ada)
    buying.change_threshold(ada)
    buying.list_vendors(ada)
    buying.send(ada)
    return buying.copied_link(ada, "Coral Contact")


def _answered(house: House, ada: Visitor, link: str) -> Visitor:
    first = house.come("Vera Vendel")
    answering.come_in(first, ada, link)
    days.begin_answering(first)
    first.leave()
    vera = house.come("Vera Vendel")
    answering.come_in(vera, ada, link)
    days.finish_answering(vera)
    days.state_price(vera)
    days.hand_in(vera)
    receipt = read_mail(ada, "Receipt", buying.VERA)
    assert days.ENTITY in receipt
    days.can_only_read(vera)
    vik = house.come("Vik Dune", scripts=False)
    days.answer_without_scripts(vik, ada, buying.copied_link(ada, "Dune Voice"), buying.VIK)
    return vera


def _joined(house: House, ada: Visitor, name: str) -> Visitor:
    one = house.come(name)
    join(one, invite(ada, name))
    one.look("queue-first")
    return one


def _reviewed(ada: Visitor, vera: Visitor, remi: Visitor, rosa: Visitor) -> None:
    reviewing.look_through(remi)
    reviewing.propose_waiver(remi)
    reviewing.agree(rosa)
    reviewing.decide_together(remi)
    flag = reviewing.ask_back(remi)
    asked = read_mail(ada, "A question about", buying.VERA)
    found = re.search(r"http://\S+/invitation/\S+", asked)
    assert found is not None, asked
    reviewing.reply(vera, found[0])
    reviewing.see_both(remi, flag)


def _sealed(house: House, database_url: str, ada: Visitor, remi: Visitor) -> None:
    """What Vera asks for stands on no page of anybody else, in no mail, in no row of the trail."""
    seen = everything_from(ada, "/rfis") | everything_from(remi, "/flags")
    assert len(seen) > 100
    assert any(days.ENTITY in text for text in seen.values())
    assert [one for one, text in seen.items() if days.PRICE_SEEN.search(text)] == []
    engine = make_engine(database_url)
    tables = sa.MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        holding = {
            name
            for name, table in tables.tables.items()
            for row in connection.execute(sa.select(table))
            if days.PRICE_SEEN.search(str(tuple(row)))
        }
    engine.dispose()
    assert holding == {"answer", "answer_change"}
    assert days.PRICE_SEEN.search(house.service.said) is None
