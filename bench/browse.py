"""Signing in as a person would: pages, hidden tokens and cookies, over plain HTTP."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    """Cookies and the token of the page seen last; follows no redirect."""

    def __init__(self, base: str) -> None:
        address = urlsplit(base)
        self._host, self._port = address.hostname or "", address.port
        self.cookies: dict[str, str] = {}
        self.token = ""

    def get(self, path: str) -> str:
        """The text of a page; AssertionError unless it is there."""
        status, text = self._send("GET", path, None)
        assert status == 200, f"GET {path}: {status}"
        found = _TOKEN.search(text)
        self.token = found.group(1) if found else self.token
        return text

    def post(self, path: str, fields: Mapping[str, str]) -> str:
        """Send a form with the token of the page before; AssertionError when it is refused."""
        body = urlencode({"csrf_token": self.token, **fields})
        status, text = self._send("POST", path, body)
        assert status < 400, f"POST {path}: {status} {text[:300]}"
        return text

    @property
    def headers(self) -> dict[str, str]:
        """What every further request of this browser carries."""
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": jar, "X-CSRFToken": self.token}

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=30)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body, {**self.headers, **kind})
        reply = connection.getresponse()
        text = reply.read().decode(errors="replace")
        for cookie in reply.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return reply.status, text
