"""Journeys are skipped with a reason where there is no browser, and never in CI."""

from pathlib import Path

import pytest

from tests.harness import browser


def test_a_missing_browser_is_a_reason_to_skip() -> None:
    with pytest.raises(pytest.skip.Exception, match="no chromium"):
        browser.missing(in_ci=False)


def test_in_ci_a_missing_browser_is_a_failure() -> None:
    with pytest.raises(pytest.fail.Exception, match="may not be skipped"):
        browser.missing(in_ci=True)


def test_a_named_browser_must_be_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    monkeypatch.setenv(browser.SETTING, str(program))
    assert browser.find() is None
    program.touch(mode=0o755)
    assert browser.find() == program
