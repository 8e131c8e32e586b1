"""What a visitor of the journeys complains of, and what not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

from tests.journeys.vera import a, office
from tests.journeys.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.journeys.vera import Office

pytestmark = pytest.mark.journey

vera = pytest.fixture(office)


@pytest.fixture
def plain(browser: Browser, vera: Office) -> Iterator[Visitor]:
    """Somebody without scripts."""
    visitor = Visitor(browser, vera.address, "Vera", 1280, set(), scripts=False)
    yield visitor
    visitor.leave()


def test_without_scripts_a_refused_preload_is_no_fault_and_a_broken_script_is_one(
    plain: Visitor, vera: Office
) -> None:
    vera.enter(plain.page)
    plain.go(f"{vera.at}/section/{a('text').section}")
    plain.page.wait_for_load_state("load")
    script = plain.page.locator("link[rel=modulepreload]").first.get_attribute("href") or ""
    assert script.endswith(".js")
    assert plain.faults == []
    plain.context.set_offline(True)
    with pytest.raises(Error):
        plain.go(script)
    (fault,) = plain.faults
    assert script in fault
