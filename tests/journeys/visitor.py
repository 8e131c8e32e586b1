"""One person at a browser of their own: whatever it complains of is kept, every page is looked at.

With QUESTIONNAIRE_TEST_PICTURES set to a folder, a look leaves a picture of the page in it.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PICTURES = os.environ.get("QUESTIONNAIRE_TEST_PICTURES")
HEIGHTS = {1280: 800, 390: 844}
_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/invitation/)[\w-]+|(?<=/join/)[\w-]+")


class Visitor:
    """A browser of one person; `faults` is what was wrong, in the order in which it happened.

    `known` are the names under which pages were looked at already, by whomever.
    """

    def __init__(
        self,
        browser: Browser,
        url: str,
        name: str,
        width: int,
        known: set[str],
        *,
        scripts: bool = True,
    ) -> None:
        self.url, self.name, self.width, self.scripts = url, name, width, scripts
        self.known = known
        self.context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": HEIGHTS[width]},
            java_script_enabled=scripts,
            locale="en-GB",
        )
        self.context.set_default_timeout(15_000)
        self.faults: list[str] = []
        self.opened: set[str] = set()
        self.looked_at: set[str] = set()
        self._expected: set[int] = set()
        self.page: Page = self.context.new_page()
        self._watch(self.page)

    def _watch(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda fault: self._note(f"script: {fault}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _note(self, fault: str) -> None:
        self.faults.append(f"{self.name} ({self.width}) at {self.page.url}: {fault}")

    def _heard(self, said: ConsoleMessage) -> None:
        # What a reply's status makes the console say is told by `_answered`, with the address.
        if said.type in ("error", "warning") and "Failed to load resource" not in said.text:
            self._note(f"console: {said.text}")

    def _failed(self, asked: Request) -> None:
        # A page that is left aborts what it still loads, and a download ends its navigation.
        # A browser without scripts refuses those that a page asks for ahead of time, in this word.
        unscripted = not self.scripts and asked.url.endswith(".js") and asked.failure == "csp"
        if asked.failure != "net::ERR_ABORTED" and not unscripted:
            self._note(f"{asked.method} {asked.url}: {asked.failure}")

    def _answered(self, reply: Response) -> None:
        if reply.status >= 400 and reply.status not in self._expected:
            self._note(f"{reply.request.method} {reply.url}: {reply.status}")
        page = "text/html" in reply.headers.get("content-type", "")
        if page and reply.ok and reply.request.is_navigation_request():
            self.opened.add(place_of(reply.url, self.url))

    @contextmanager
    def refused(self, status: int) -> Iterator[None]:
        """Inside, one reply with this status is what is wanted; without one it is a fault."""
        self._expected.add(status)
        with self.page.expect_response(lambda reply: reply.status == status):
            yield
        self._expected.discard(status)

    def go(self, address: str) -> None:
        self.page.goto(address)

    def press(self, name: str, *, within: Locator | None = None, exact: bool = False) -> None:
        """Press the button of this name."""
        (within or self.page).get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        """Follow the link of this name."""
        (within or self.page).get_by_role("link", name=name).first.click()

    def fill(self, typed: Mapping[str, str], *, within: Locator | None = None) -> None:
        """Type into the controls with these labels."""
        for label, value in typed.items():
            (within or self.page).get_by_label(label).first.fill(value)

    def sees(self, *sentences: str) -> None:
        """Wait until the page says each of these."""
        for sentence in sentences:
            self.page.locator("main").get_by_text(sentence).first.wait_for(state="attached")

    def arrive(self, heading: str) -> None:
        """Wait until the page with this heading is there."""
        self.page.locator("h1", has_text=heading).first.wait_for()

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def look(self, name: str) -> None:
        """Hold the page to its width, and what is seen for the first time under a name to WCAG."""
        self.page.wait_for_load_state("load")
        self.looked_at.add(place_of(self.page.url, self.url))
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > self.width:
            self._note(f"{name} is {wide} wide")
        if name in self.known:
            return
        self.known.add(name)
        if self.scripts:
            self._check(name)
        if PICTURES:
            folder = Path(PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}-{self.width}.png", full_page=True)

    def _check(self, name: str) -> None:
        # Of what passes only the rules are told, not each place: that halves the time.
        options = {"runOnly": RULES, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options).response
        assert len(found["passes"]) > 5
        for one in found["violations"]:
            self._note(f"{name} {one['id']}: {[node['html'] for node in one['nodes']][:3]}")

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()


def place_of(url: str, base: str) -> str:
    """Which page an address leads to, whatever it is about."""
    path = url.removeprefix(base).split("?")[0].split("#")[0]
    return _IDS.sub("*", path)


def everything_from(visitor: Visitor, address: str) -> dict[str, str]:
    """What every address says to which links lead from here; of each sort of list one page."""
    found: dict[str, str] = {}
    known, waiting = {address}, [address]
    while waiting:
        one = waiting.pop()
        reply = visitor.context.request.get(one)
        found[one] = reply.text()
        for link in re.findall(r'href="(/[^"#]*)', found[one]):
            path, _, query = html.unescape(link).partition("?")
            sort = "&".join(sorted(re.findall(r"(?:^|&)(\w+)=", query)))
            if f"{path}?{sort}" not in known and not path.startswith("/static"):
                known.add(f"{path}?{sort}")
                waiting.append(html.unescape(link))
    return found


def never_looked_at(visitors: list[Visitor]) -> set[str]:
    """Pages that somebody opened and nobody looked at."""
    opened: set[str] = set().union(*(one.opened for one in visitors))
    looked: set[str] = set().union(*(one.looked_at for one in visitors))
    return opened - looked


def told(visitors: list[Visitor]) -> list[str]:
    """What was wrong with anybody's pages."""
    return [fault for one in visitors for fault in one.faults]
