"""The real service in a process of its own, and a browser of a few lines that talks to it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin

from tests.harness.page import Page


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Service:
    """`questionnaire run --demo` on one folder and database; started, killed and started again."""

    def __init__(self, folder: Path, database_url: str, **settings: str) -> None:
        self.folder, self.database_url, self.port = folder, database_url, free_port()
        self.settings = settings
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """The settings that the service runs with."""
        settings = {
            "QUESTIONNAIRE_DATABASE_URL": self.database_url,
            "QUESTIONNAIRE_FOLDER": str(self.folder),
            "QUESTIONNAIRE_BASE_URL": self.url,
        }
        kept = {name: one for name, one in os.environ.items() if "QUESTIONNAIRE" not in name}
        return kept | settings | self.settings

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "questionnaire.cli", "run", "--demo", "--port", str(self.port)],
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        end = time.monotonic() + 120
        while time.monotonic() < end:
            assert self.process.poll() is None, f"it ended with {self.process.returncode}"
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the service did not answer within two minutes")

    def kill(self) -> None:
        """As if the power went."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end; gives its exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        status = self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return status


@contextmanager
def serving(folder: Path, database_url: str, **settings: str) -> Iterator[Service]:
    """A service that has been started; whatever happens, nothing of it runs on afterwards."""
    service = Service(folder, database_url, **settings)
    try:
        service.start()
        yield service
    finally:
        if service.process is not None:
            service.kill()


class Browser:
    """Keeps cookies, follows redirects, reads pages."""

    def __init__(self, service: Service) -> None:
        self.base = service.url
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()),
            urllib.request.ProxyHandler({}),
        )

    def show(self, address: str) -> Page:
        """GET a page."""
        return self._page(urllib.request.Request(urljoin(self.base, address)))

    def press(self, page: Page, button: str, **values: str) -> Page:
        """Send the form of this button, with these values in it."""
        form = page.form_with(button)
        pressed = form.buttons[button]
        sent = [
            (name, one)
            for name, many in form.values().items()
            for one in many
            if name not in values
        ]
        if name := pressed.get("name"):
            sent.append((name, pressed.get("value") or ""))
        body = urlencode([*sent, *values.items()]).encode()
        action = pressed.get("formaction") or form.action
        address = urljoin(urljoin(self.base, page.url), action)
        return self._page(urllib.request.Request(address, body))

    def post(self, address: str, fields: Mapping[str, str], token: str) -> tuple[int, str]:
        """What a page's script does: fields out, status and JSON in; OSError without an answer."""
        asked = urllib.request.Request(
            urljoin(self.base, address),
            urlencode(fields).encode(),
            {"X-CSRFToken": token, "Accept": "application/json"},
        )
        try:
            with self._opener.open(asked, timeout=30) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def _page(self, asked: urllib.request.Request) -> Page:
        with self._opener.open(asked, timeout=30) as reply:
            return Page(reply.read().decode(), reply.url)
