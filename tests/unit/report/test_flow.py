"""Where data goes at each vendor, and whom it serves today (claims C49, C61, C62)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from questionnaire.core.report import Report, compose
from tests.unit.report import kit
from tests.unit.verdict import cases

pytestmark = pytest.mark.sqlite_only

QUETZAL = "Quetzal Bridge CX, S.R.L."


@cache
def demo() -> Report:
    return compose(kit.matter())


def row(name: str, **answers: Any) -> list[str]:
    """Quetzal Bridge in one of the tables, with these answers."""
    offer = cases.offer(cases.changed(cases.vendor("CR"), **answers), "CR")
    (found,) = kit.table(compose(kit.of(cases.whole().basis, [offer])), name)
    return found[1:]


def test_data_is_followed_from_what_to_where_to_whom_to_how_long() -> None:
    found = {one[0]: one[1:] for one in kit.table(demo(), "data-flow")}
    assert len(found) == 6
    what, where, who, until, encrypted = found[QUETZAL]
    assert "Payment-card data" in what
    assert where == "Costa Rica and United States"
    assert who == "CloudVendor Y and ScribeSafe"
    assert until == "after 180\N{NO-BREAK SPACE}days"
    assert "Recordings at rest" in encrypted


def test_what_a_vendor_does_not_say_of_data_is_not_known() -> None:
    found = row(
        "data-flow",
        privacy__data_classes=None,
        privacy__subprocessors=None,
        security__recording_days=None,
        security__encryption=None,
    )
    assert [found[0], *found[2:]] == ["not known"] * 4
    assert found[1].endswith("; others are not known")


def test_no_subprocessor_is_an_answer_and_so_is_no_encryption() -> None:
    found = row("data-flow", privacy__subprocessors=[], security__encryption=[])
    assert (found[2], found[4]) == ("nobody, says the vendor", "none of these")


def test_clients_are_counted_by_size_and_by_sector() -> None:
    told = cases.vendor("CR")
    current = [one for one in told["answers"]["clients.list"] if one["status"] == "current"]
    found = row("client-sizes")
    sizes = ("startup", "small", "mid", "enterprise")
    assert found[:4] == [str(sum(one["size_band"] == size for one in current)) for size in sizes]
    named = dict(part.rsplit(" ", 1) for part in found[4].split(", "))
    assert int(named["Retail"]) == sum(one["sector"] == "retail" for one in current)
    assert sum(map(int, named.values())) == len(current)
    assert found[5].startswith("“A mid-size US home-fitness brand")


def test_a_list_that_is_not_there_counts_nobody() -> None:
    assert row("client-sizes", clients__list=None, clients__best_clients=None) == ["not known"] * 6


def test_how_much_the_buyer_would_count_stands_beside_its_share_and_its_rank() -> None:
    told = kit.text_of(demo().parts[4])
    assert "We would hardly count (major): You would hold 1.5 % of their seats" in told
    assert "Built for companies of another size (major)" in told
    assert "Claimed rank better than computed (minor)" in told
    small = cases.changed(cases.vendor("US"), clients__total_seats=9000)
    found = compose(kit.of(cases.whole().basis, [cases.offer(small, "US")])).parts[4]
    assert "No finding about clients" not in kit.text_of(found)
