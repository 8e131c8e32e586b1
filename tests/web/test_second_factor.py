"""The second step of signing in: codes of an app, recovery codes, and proving oneself again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from passlib.totp import TOTP
from sqlalchemy.orm import Session

from questionnaire.accounts.limits import PER_ACCOUNT
from questionnaire.models import AuditRow, User
from questionnaire.services import staffing
from questionnaire.services.faults import Missing
from tests.cast import PASSWORD, sign_in
from tests.harness.clock import MovableClock
from tests.harness.page import text_of
from tests.harness.web import StrictClient


def _set_up(client: StrictClient, person: User) -> Callable[[int], str]:
    """Set up an app in this browser; gives what the app shows so many half minutes from now.

    Setting up takes the code of the half minute before, so that the present one is still unused.
    """
    sign_in(client, person)
    client.show("/account/second-factor")
    page = client.press("Set up an app")
    (key,) = [text_of(one) for one in page.root.iter("code")]
    app = TOTP(key)
    start = int(time.time())

    def shown(steps: int) -> str:
        return str(app.generate(start + 30 * steps).token)

    page = client.press("Check the code", {"code": shown(-1)})
    assert page.url == "/account"
    assert "Your authenticator app is set up." in page.text
    return shown


def _enter_password(client: StrictClient, person: User, email: str = "") -> None:
    client.show("/sign-in")
    page = client.press("Sign in", {"email": email or person.email, "password": PASSWORD})
    assert page.heading == "Enter your code"
    assert client.get("/account").status_code == 303


def test_the_app_is_asked_for_at_the_next_sign_in(
    client: StrictClient, new_client: Any, session: Session, person: User
) -> None:
    shown = _set_up(client, person)
    other = new_client()
    _enter_password(other, person)
    other.show("/sign-in/code")
    page = other.press("Go on", {"code": "000000"}, status=422)
    assert "This code is not right." in page.text
    other.press("Go on", {"code": shown(0)})
    assert other.get("/account").status_code == 200
    assert session.scalars(sa.select(AuditRow.action)).all() == ["set_second_factor"]


def test_a_wrong_code_while_setting_up_can_be_corrected(client: StrictClient, person: User) -> None:
    sign_in(client, person)
    client.show("/account/second-factor")
    page = client.press("Set up an app")
    (key,) = [text_of(one) for one in page.root.iter("code")]
    page = client.press("Check the code", {"code": "000000"}, status=422)
    assert "This code is not right." in page.text
    page = client.press("Go on", {"code": TOTP(key).generate().token})
    assert "Your authenticator app is set up." in page.text


def test_a_code_works_once(client: StrictClient, new_client: Any, person: User) -> None:
    shown = _set_up(client, person)
    first, second = new_client(), new_client()
    for browser in (first, second):
        _enter_password(browser, person)
        browser.show("/sign-in/code")
    first.press("Go on", {"code": shown(0)})
    second.press("Go on", {"code": shown(0)}, status=422)
    second.press("Go on", {"code": shown(1)})
    assert second.get("/account").status_code == 200


def test_a_recovery_code_lets_in_once(
    client: StrictClient, new_client: Any, person: User, session: Session
) -> None:
    _set_up(client, person)
    assert "without them, a lost phone or key locks you out" in client.show("/account").text
    client.show("/account/recovery-codes")
    page = client.press("Make new codes")
    codes = [text_of(one) for one in page.root.iter("code")]
    assert len(set(codes)) == 8
    session.refresh(person)
    assert not set(codes) & set(person.mf_recovery_codes or ()), "kept encrypted"

    lost = new_client()
    _enter_password(lost, person)
    lost.show("/sign-in/code")
    lost.show(lost.page.link("Use one of your recovery codes"))
    lost.press("Sign in", {"code": "1a2b-3c4d-5e6f"}, status=422)
    lost.press("Sign in", {"code": codes[0]})
    assert "7 left" in lost.show("/account").text

    again = new_client()
    _enter_password(again, person)
    again.show("/sign-in/recovery-code")
    page = again.press("Sign in", {"code": codes[0]}, status=422)
    assert "or it was used already" in page.text
    page = lost.show("/account/recovery-codes?show_codes=1")
    assert [text_of(one) for one in page.root.iter("code")] == codes[1:]


def test_the_rescue_address_leads_to_the_recovery_codes(
    client: StrictClient, new_client: Any, person: User
) -> None:
    _set_up(client, person)
    lost = new_client()
    _enter_password(lost, person)
    assert lost.show("/sign-in/rescue").heading == "Use a recovery code"


def test_taking_the_app_off_ends_the_second_step(
    client: StrictClient, new_client: Any, person: User, session: Session
) -> None:
    _set_up(client, person)
    client.show("/account/second-factor")
    page = client.press("Stop asking for codes")
    assert "no longer asked for" in page.text
    other = new_client()
    other.show("/sign-in")
    other.press("Sign in", {"email": person.email, "password": PASSWORD})
    assert other.get("/account").status_code == 200
    assert "removed_second_factor" in session.scalars(sa.select(AuditRow.action)).all()


def test_who_has_lost_everything_is_let_in_by_whoever_runs_the_service(
    client: StrictClient,
    new_client: Any,
    person: User,
    session: Session,
    clock: MovableClock,
) -> None:
    _set_up(client, person)
    named = staffing.forget_second_factor(session, clock, " ADA@brightlane.example")
    assert named == "Ada Marsh"
    assert client.get("/account").status_code == 303, "sessions end"
    other = new_client()
    other.show("/sign-in")
    other.press("Sign in", {"email": person.email, "password": PASSWORD})
    page = other.show("/audit")
    assert "The service took the second factor off the account of Ada Marsh" in page.text
    with pytest.raises(Missing):
        staffing.forget_second_factor(session, clock, "nobody@brightlane.example")


def test_codes_cannot_be_guessed(client: StrictClient, new_client: Any, person: User) -> None:
    shown = _set_up(client, person)
    guessing = new_client()
    _enter_password(guessing, person)
    for _ in range(int(PER_ACCOUNT.split()[0])):
        guessing.show("/sign-in/code")
        guessing.press("Go on", {"code": "000000"}, status=422)
    guessing.show("/sign-in/code")
    guessing.press("Go on", {"code": shown(0)}, status=429)


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/recovery-code", "/sign-in/method"])
def test_the_second_step_alone_leads_back_to_the_first(client: StrictClient, path: str) -> None:
    page = client.show(path)
    assert page.url.startswith("/sign-in")
    assert "Sign in with your password first." in page.text


def test_the_page_for_codes_signs_nobody_out(client: StrictClient, person: User) -> None:
    sign_in(client, person)
    assert client.show("/sign-in/code").url == "/account"
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    "path", ["/account/second-factor", "/account/recovery-codes", "/account/passkeys"]
)
def test_changing_how_one_signs_in_needs_a_fresh_proof(
    client: StrictClient, person: User, path: str
) -> None:
    sign_in(client, person)
    with client.session_transaction() as cookie:
        cookie["fs_paa"] = time.time() - 3600
    page = client.show(path)
    assert page.heading == "Is it you?"
    page = client.press("Go on", {"password": "wrong"}, status=422)
    assert "This is not your present password." in page.text
    page = client.press("Go on", {"password": PASSWORD})
    assert page.url == path


def test_a_passkey_needs_a_name_of_its_own(client: StrictClient, person: User) -> None:
    sign_in(client, person)
    client.show("/account/passkeys")
    page = client.press("Add", {"name": ""}, status=422)
    assert "Give the passkey a name" in page.text
    for name in ("<b>", "desk & chair"):
        page = client.press("Add", {"name": name}, status=422)
        assert "Use letters, digits, spaces" in page.text
    page = client.press("Add", {"name": "n" * 65}, status=422)
    assert "Use at most 64 characters." in page.text
    page = client.press("Add", {"name": "Work laptop", "usage": "first"})
    assert page.heading == "Make the passkey"
    assert page.by_id("passkey").get("data-work") == "create"
    reply = client.post(
        page.by_id("passkey").get("action") or "",
        data={"csrf_token": _token(client), "credential": "nonsense"},
        follow_redirects=True,
    )
    assert reply.status_code == 200
    assert "That could not be read. Please try again." in client.page.text  # type: ignore[union-attr]


def test_a_passkey_of_nobody_signs_nobody_in(client: StrictClient, person: User) -> None:
    client.show("/sign-in/passkey")
    page = client.press("Use a passkey")
    assert page.by_id("passkey").get("data-work") == "get"
    client.post(
        page.by_id("passkey").get("action") or "",
        data={"csrf_token": _token(client), "credential": "{}"},
    )
    assert client.get("/account").status_code == 303


def _token(client: StrictClient) -> str:
    assert client.page is not None
    return client.page.forms[0].values()["csrf_token"][0]
