"""A seeded database with a server on it, as processes that end with the measuring."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from bench.browse import Browser
from bench.pages import Page, staff_pages, vendor_pages
from bench.seed import PASSWORD, Seeded, seed
from bench.statements import count_statements
from questionnaire import migrating, models
from questionnaire.app import create_app
from questionnaire.config import Config
from questionnaire.db import make_engine
from questionnaire.edge import database, links
from questionnaire.services import editions

CONNECTIONS = 4


class Service:
    """`with Service(folder, times)`: migrated, seeded, served on a free port of the loopback."""

    def __init__(self, folder: Path, times: int) -> None:
        folder.mkdir(parents=True)
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._settings = {
            "QUESTIONNAIRE_FOLDER": str(folder),
            "QUESTIONNAIRE_BASE_URL": self.url,
            "QUESTIONNAIRE_SECRET_KEY": secrets.token_urlsafe(32),
        }
        self.config = Config.from_environment(self._settings, worker=False)
        self._engine = make_engine(self.config.database_url)
        migrating.upgrade(self._engine)
        self.app = create_app(self.config)
        with self.app.app_context():
            self.seeded: Seeded = seed(database.session, links(), times)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.serve", str(port)],
            env=os.environ | self._settings,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        for _try in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)

    def pages(self) -> list[Page]:
        """Everything to measure, signed in, with the number of SQL statements of each."""
        staff = Browser(self.url)
        staff.get("/sign-in")
        staff.post("/sign-in", {"email": self.seeded.email, "password": PASSWORD})
        staff.get("/flags")
        # Every second assessment is still open: vendors type into those.
        open_ones = list(zip(self.seeded.assessment_ids, self.seeded.tokens, strict=True))[::2]
        vendors = [(self._vendor(token), id) for id, token in open_ones[:CONNECTIONS]]
        bank = editions.current_bank()
        section = next(one for one in bank.sections if len(one.questions) == 12)
        number = next(one for one in section.questions if one.kind == "percentage")
        found = vendor_pages(vendors, section.id, number.id)
        found += staff_pages(staff, self.seeded.rfi_id, self.seeded.assessment_ids[1::2])
        for page in found:
            page.statements = count_statements(self.app, page.calls[0])
        return found

    def _vendor(self, token: str) -> Browser:
        browser = Browser(self.url)
        browser.get(f"/invitation/{token}")
        browser.post(f"/invitation/{token}", {})
        browser.get(f"/invitation/{token}/code")
        browser.post(f"/invitation/{token}/code", {"code": self._newest_code()})
        return browser

    def _newest_code(self) -> str:
        with self._engine.connect() as connection:
            text = connection.scalar(
                sa.select(models.Message.text)
                .where(models.Message.kind == "code")
                .order_by(models.Message.id.desc())
                .limit(1)
            )
        digits = re.search(r"\b(\d{4})\s?(\d{4})\b", text or "")
        assert digits, "no code in the mail"
        return digits.group(1) + digits.group(2)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
