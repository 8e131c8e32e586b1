"""The session's cookie: sent when it changes or has grown old, and not with every page."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from tests.cast import sign_in
from tests.harness.web import StrictClient

HOURS_12 = timedelta(hours=12).total_seconds()


@pytest.fixture
def signed_in(client: StrictClient, ada) -> StrictClient:
    sign_in(client, ada)
    client.show("/account")
    return client


def set_by(client: StrictClient, monkeypatch: pytest.MonkeyPatch, after: timedelta) -> list[str]:
    """What a page sets when it is opened so long after the one before."""
    then = time.time() + after.total_seconds()
    with monkeypatch.context() as moved:
        moved.setattr("questionnaire.cookies.time.time", lambda: then)
        return client.get("/account").headers.getlist("Set-Cookie")


def test_a_page_that_changes_nothing_sends_no_cookie(signed_in, monkeypatch) -> None:
    assert set_by(signed_in, monkeypatch, timedelta(minutes=9)) == []


def test_who_goes_on_working_stays_signed_in(signed_in, monkeypatch) -> None:
    (cookie,) = set_by(signed_in, monkeypatch, timedelta(minutes=11))
    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie


def test_who_comes_back_after_a_day_signs_in_again(signed_in, monkeypatch) -> None:
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 2_000_000_000 + HOURS_12)
    assert signed_in.get("/account").status_code == 303


def test_a_cookie_of_somebody_elses_making_opens_nothing(client: StrictClient) -> None:
    client.set_cookie("session", "eyJhIjoxfQ.aaaa.bbbb")
    assert client.get("/account").status_code == 303
