"""The service as a process with an organisation that has just begun, and the people in it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.harness.service import HERE, Service, clean_environment, free_port
from tests.journeys.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PASSWORD = "correct horse battery staple"
STAFF = {
    "Ada Marsh": "ada@brightlane.example",
    "Remi Okoye": "remi@brightlane.example",
    "Rosa Lind": "rosa@brightlane.example",
}


@dataclass
class House:
    """Where the job is done: a started service, and everybody who came to it with a browser."""

    service: Service
    browser: Browser
    width: int
    link: str
    visitors: list[Visitor] = field(default_factory=list)
    #: Names under which pages were looked at.
    known: set[str] = field(default_factory=set)

    def come(self, name: str, *, scripts: bool = True) -> Visitor:
        """Somebody opens a browser that nobody used before."""
        url = self.service.url
        one = Visitor(self.browser, url, name, self.width, self.known, scripts=scripts)
        self.visitors.append(one)
        return one


def begin(folder: Path, database_url: str) -> tuple[Service, str]:
    """Start the service on an empty database; and the link with which Ada joins, as printed."""
    service = Service(folder, database_url=database_url, url=f"http://127.0.0.1:{free_port()}")
    settings = {"folder": folder, "database_url": database_url, "base_url": service.url}
    folder.mkdir(parents=True, exist_ok=True)
    told = subprocess.run(
        [*HERE, "organisation", "add", "Brightlane", "--admin", STAFF["Ada Marsh"]],
        env=clean_environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    found = re.search(r"http://\S+", told)
    assert found is not None, told
    service.start(base_url=service.url)
    return service, found[0]


def join(visitor: Visitor, link: str) -> None:
    """Open the link of an invitation, choose a password, sign in."""
    visitor.go(link)
    visitor.look("join")
    visitor.fill({"Your name": visitor.name, "Password again": PASSWORD})
    visitor.page.get_by_label("Password", exact=True).fill(PASSWORD)
    visitor.press("Join")
    if "/sign-in" in visitor.page.url:
        visitor.look("sign-in")
        visitor.fill({"E-mail address": STAFF[visitor.name], "Password": PASSWORD})
        visitor.press("Sign in")
    visitor.page.get_by_role("button", name="Sign out").wait_for()


def invite(ada: Visitor, name: str) -> str:
    """An admin invites a reviewer; the link as the kept mail says it."""
    ada.go("/members")
    ada.fill({"E-mail address": STAFF[name]})
    ada.page.get_by_label("Name", exact=False).last.fill(name)
    ada.page.get_by_label("Reviewer").check()
    ada.press("Invite by mail")
    ada.sees("Invited, not here yet")
    ada.look("members")
    return _found(r"http://\S+/join/\S+", read_mail(ada, "", STAFF[name]))


def read_mail(ada: Visitor, subject: str, address: str) -> str:
    """The newest kept mail with this in its subject to this address, as the page shows it."""
    ada.go("/mail")
    row = ada.page.locator("tbody tr", has_text=subject).filter(has_text=address).first
    ada.look("mail")
    ada.press("Read", within=row)
    ada.page.locator(".letter-text").wait_for()
    ada.look(f"mail-{subject or 'member'}")
    return ada.page.locator(".letter").inner_text()


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, text
    return found[0]


def code_of(ada: Visitor, address: str) -> str:
    """The digits that were mailed to this address last."""
    return _found(r"\b\d{4} ?\d{4}\b", read_mail(ada, "code", address))
