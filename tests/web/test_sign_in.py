"""Signing in: with a password, a code, a recovery code; what is wrong is said, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from questionnaire.accounts import Staff
from questionnaire.accounts.limits import PER_ACCOUNT
from questionnaire.models import Membership, User
from tests.cast import PASSWORD
from tests.harness.clock import MovableClock
from tests.harness.page import Page
from tests.harness.web import StrictClient

WRONG = "E-mail address or password is wrong."


def _enter(client: StrictClient, email: str, password: str = PASSWORD, status: int = 200) -> Page:
    client.show("/sign-in")
    return client.press("Sign in", {"email": email, "password": password}, status=status)


def _is_signed_in(client: StrictClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_start_page_of_a_stranger_says_what_this_is(client: StrictClient) -> None:
    page = client.show("/")
    assert page.url == "/sign-in"
    assert page.heading == "Compare call-centre providers before you trust one with your customers"
    assert "demo" not in page.text


def test_right_address_and_password_sign_in(client: StrictClient, person: User) -> None:
    _enter(client, person.email)
    assert _is_signed_in(client)


def test_the_address_may_be_written_in_capitals(client: StrictClient, person: User) -> None:
    _enter(client, " ADA@Brightlane.example ")
    assert _is_signed_in(client)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@brightlane.example", "wrong"),
        ("ada@brightlane.example", ""),
        ("nobody@brightlane.example", PASSWORD),
        ("no address", PASSWORD),
        ("", ""),
        ("ada@brightlane.example", "x" * 100_000),
    ],
)
def test_all_that_is_wrong_is_answered_alike(
    client: StrictClient, person: User, email: str, password: str
) -> None:
    page = _enter(client, email, password, status=422)
    assert page.text.count(WRONG) == 1
    assert not _is_signed_in(client)


def test_half_a_character_is_refused(client: StrictClient, person: User) -> None:
    page = _enter(client, f"{person.email}\x00", status=422)
    assert page.heading == "Something needs correcting"


def test_a_closed_account_is_answered_like_a_wrong_password(
    client: StrictClient, session: Session, person: User
) -> None:
    person.active = False
    page = _enter(client, person.email, status=422)
    assert WRONG in page.text


def test_what_was_typed_but_not_the_password_stays(client: StrictClient, person: User) -> None:
    page = _enter(client, person.email, "wrong", status=422)
    values = page.form_with("Sign in").values()
    assert (values["email"], values["password"]) == ([person.email], [""])


def test_after_signing_in_one_is_where_one_wanted_to_be(client: StrictClient, person: User) -> None:
    assert client.show("/members").url.startswith("/sign-in?next=")
    page = client.press("Sign in", {"email": person.email, "password": PASSWORD})
    assert page.url == "/members"


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(client: StrictClient, person: User, next: str) -> None:
    client.show(f"/sign-in?next={next}")
    assert client.page is not None
    form = client.page.form_with("Sign in").values()
    sent = {name: values[0] for name, values in form.items()}
    reply = client.post("/sign-in", data=sent | {"email": person.email, "password": PASSWORD})
    goal = reply.headers.get("Location", "/")
    assert urlsplit(goal).netloc == ""
    assert goal.startswith("/")
    assert not goal.startswith(("//", "/\\"))


def test_signing_out_is_a_press_and_not_a_link(client: StrictClient, person: User) -> None:
    _enter(client, person.email)
    assert client.get("/sign-out").status_code == 405
    client.show("/account")
    page = client.press("Sign out")
    assert page.url == "/sign-in"
    assert not _is_signed_in(client)


def test_who_is_signed_in_need_not_sign_in(client: StrictClient, person: User) -> None:
    _enter(client, person.email)
    reply = client.get("/sign-in")
    assert (reply.status_code, reply.headers["Location"]) == (302, "/")


def test_too_many_tries_at_an_account_wait(client: StrictClient, person: User) -> None:
    allowed = int(PER_ACCOUNT.split()[0])
    for _ in range(allowed):
        _enter(client, person.email, "wrong", status=422)
    page = _enter(client, person.email, status=429)
    assert page.heading == "Too many tries"
    assert "Wait a few minutes" in page.text
    _enter(client, "somebody@else.example", "wrong", status=422)


def test_right_passwords_are_not_counted(new_client: Any, person: User) -> None:
    for _ in range(int(PER_ACCOUNT.split()[0]) + 2):
        client = new_client()
        _enter(client, person.email)
        assert _is_signed_in(client)


def test_a_sign_in_page_speaks_no_json_and_hands_out_no_token(
    client: StrictClient, person: User
) -> None:
    client.show("/sign-in?include_auth_token=1")
    assert client.page is not None
    token = client.page.form_with("Sign in").values()["csrf_token"][0]
    reply = client.post(
        "/sign-in?include_auth_token=1",
        json={"email": person.email, "password": PASSWORD},
        headers={"X-CSRFToken": token},
    )
    assert reply.status_code == 415
    reply = client.post(
        "/sign-in?include_auth_token=1",
        data={"email": person.email, "password": PASSWORD, "csrf_token": token},
        headers={"Accept": "application/json"},
    )
    assert (reply.status_code, reply.mimetype) == (302, "text/html")


@pytest.mark.parametrize("ended", [False, True])
def test_an_ended_membership_ends_access_at_once(
    client: StrictClient, session: Session, clock: MovableClock, person: User, ended: bool
) -> None:
    _enter(client, person.email)
    assert _is_signed_in(client)
    membership = session.scalars(sa.select(Membership).where(Membership.user_id == person.id)).one()
    membership.ended_at = clock() - timedelta(seconds=1) if ended else None
    reply = client.get("/account")
    assert reply.status_code == (403 if ended else 200)
    if ended:
        assert client.page is not None
        assert client.page.heading == "You belong to no organisation at the moment"
        assert client.press("Sign out").url == "/sign-in"


def test_a_session_never_confuses_the_two_mappings_of_a_user(
    app: Flask, session: Session, person: User
) -> None:
    """Whichever is loaded first, a query gives what it asked for."""
    statement = sa.select(Staff).where(User.__table__.c.email == person.email)
    for first, second in ((User, Staff), (Staff, User)):
        session.expunge_all()
        one = session.scalars(sa.select(first)).first()
        other = session.scalars(sa.select(second)).first()
        assert (type(one), type(other)) == (first, second)
        assert session.get(first, one.id) is one  # type: ignore[union-attr]
        assert session.get(second, one.id) is other  # type: ignore[union-attr]
    found = session.scalars(statement).one()
    assert type(found) is Staff
