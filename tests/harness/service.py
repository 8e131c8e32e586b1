"""The service as a process of its own: for journeys, for the wheel, and to be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

#: How long a start may take, migrations and demo among it.
SECONDS_TO_START = 60
#: What the tests' own environment must not hand down.
_OWN = ("PYTHON", "QUESTIONNAIRE_", "VIRTUAL_ENV", "PYTEST_", "COV_")

HERE = (sys.executable, "-m", "questionnaire.cli")


def clean_environment(**settings: object) -> dict[str, str]:
    """The environment without anything of this test run, plus `QUESTIONNAIRE_*` settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
    named = {f"QUESTIONNAIRE_{name.upper()}": str(value) for name, value in settings.items()}
    return kept | named


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@dataclass
class Service:
    """A started `questionnaire run`; `url` is where it listens, `folder` what it keeps."""

    folder: Path
    command: Sequence[str] = HERE
    database_url: str = ""
    demo: bool = False
    working_folder: Path | None = None
    url: str = ""
    process: subprocess.Popen[bytes] | None = None

    def start(self, **settings: object) -> Service:
        """Start it, on the port that it had before if it ran before, and wait until it answers."""
        port = int(self.url.rsplit(":", 1)[1]) if self.url else free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.folder.mkdir(parents=True, exist_ok=True)
        given = {"folder": self.folder, "database_url": self.database_url, **settings}
        command = [*self.command, "run", "--port", str(port), *(["--demo"] if self.demo else [])]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.working_folder,
                env=clean_environment(**{name: one for name, one in given.items() if one}),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_it_answers()
        return self

    @property
    def _log(self) -> Path:
        return self.folder / "service.log"

    @property
    def said(self) -> str:
        """Everything that it printed so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def _wait_until_it_answers(self) -> None:
        assert self.process is not None
        last = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < last:
            ended = self.process.poll()
            assert ended is None, f"the service ended with {ended}:\n{self.said}"
            try:
                with urlopen(f"{self.url}/healthz", timeout=5) as reply:
                    assert reply.read() == b"ok"
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        self.kill()
        raise AssertionError(f"the service did not answer:\n{self.said}")

    def stop(self) -> int:
        """End it as an operator does (SIGTERM); its exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """End it as a power cut does (SIGKILL)."""
        return self._end(signal.SIGKILL)

    def _end(self, number: int) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=40)
