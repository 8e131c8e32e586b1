"""The real browser of the journeys: Debian's chromium, driven by Playwright.

Without a chromium a journey is skipped with the reason, except in CI, where that is a failure.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

SETTING = "QUESTIONNAIRE_TEST_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> Path | None:
    """The browser's program: what the setting names, or a chromium on the path."""
    named = os.environ.get(SETTING)
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def missing(in_ci: bool) -> None:
    """Skip, or fail where journeys may not be skipped."""
    reason = f"no chromium: install one or name it in {SETTING}"
    if in_ci:
        pytest.fail(f"{reason}; in CI the journeys may not be skipped", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser for `page`."""
    program = find()
    if program is None:
        missing(in_ci=os.environ.get("CI", "").lower() in ("1", "true"))
    # Chromium's own sandbox refuses to work for root, which is what containers run as.
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": str(program), "args": args}
