"""Holding a page to WCAG in the real browser, and getting to it without a race.

A click returns before the page that it leads to is there: whoever looks next would see the page
that is being left, or one that goes away under the eyes of axe. So what leads on is led by `on`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def on(control: Locator) -> None:
    """Press a link or button that leads to a page, and wait until that page has loaded."""
    with control.page.expect_navigation():
        control.click()


def faults_of(page: Page) -> list[tuple[str, str, str]]:
    """What axe finds on the page, as address, rule and markup; and whether it scrolls sideways."""
    found = Axe().run(page, options={"runOnly": RULES}).response
    assert len(found["passes"]) > 10
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [(page.url, "scrolls sideways", "")] * wide + [
        (page.url, one["id"], one["nodes"][0]["html"][:300]) for one in found["violations"]
    ]
