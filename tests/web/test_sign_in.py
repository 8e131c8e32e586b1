"""Signing in: with a password, a code, a recovery code; what is wrong is said, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from questionnaire.accounts import Staff, hash_password
from questionnaire.accounts.limits import PER_ACCOUNT
from questionnaire.models import AuditRow, Membership, Message, User
from tests.cast import sign_in
from tests.harness.clock import MovableClock
from tests.harness.page import Page
from tests.harness.web import StrictClient

PASSWORD = "seven quiet lighthouses"
WRONG = "E-mail address or password is wrong."


@pytest.fixture
def person(app: Flask, session: Session, ada: User) -> User:
    """Ada, with a password."""
    with app.app_context():
        ada.password = hash_password(PASSWORD)
    session.commit()
    return ada


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


def test_a_forgotten_password_is_set_anew_by_a_mailed_link(
    client: StrictClient, new_client: Any, session: Session, person: User
) -> None:
    elsewhere = new_client()
    sign_in(elsewhere, person)
    client.show("/sign-in")
    client.get(client.page.link("I have forgotten my password"))  # type: ignore[union-attr]
    client.press("Mail me a link", {"email": person.email})

    mail = session.scalars(sa.select(Message)).one()
    assert (mail.to_address, mail.state) == (person.email, "waiting")
    link = next(word for word in mail.text.split() if "/password/reset/" in word)
    assert link.startswith("http://localhost/password/reset/")
    client.show(link.removeprefix("http://localhost"))
    page = client.press(
        "Set the password", {"password": "short", "password_confirm": "short"}, status=422
    )
    assert "Use at least 12 characters." in page.text
    page = client.press(
        "Set the password",
        {"password": "another quiet lighthouse", "password_confirm": "another quiet lighthouse"},
    )
    assert "Sign in with it." in page.text

    assert not _is_signed_in(elsewhere), "other sessions end"
    _enter(client, person.email, status=422)
    _enter(client, person.email, "another quiet lighthouse")
    assert _is_signed_in(client)
    actions = session.scalars(sa.select(AuditRow.action)).all()
    assert actions == ["reset_password"]


def test_a_reset_link_works_once_and_not_for_ever(
    client: StrictClient, session: Session, person: User
) -> None:
    client.show("/password/reset")
    client.press("Mail me a link", {"email": person.email})
    mail = session.scalars(sa.select(Message)).one()
    path = next(word for word in mail.text.split() if "/password/reset/" in word)
    path = path.removeprefix("http://localhost")
    new = {"password": "another quiet lighthouse", "password_confirm": "another quiet lighthouse"}
    client.show(path)
    client.press("Set the password", new)
    page = client.show(path)
    assert "This link does not work" in page.text
    page = client.show(path[:-3] + "abc")
    assert "This link does not work" in page.text


def test_asking_for_a_reset_does_not_tell_who_has_an_account(
    client: StrictClient, session: Session, person: User
) -> None:
    texts = set()
    for email in (person.email, "nobody@brightlane.example"):
        client.show("/password/reset")
        page = client.press("Mail me a link", {"email": email})
        texts.add(page.text.replace(email, "…"))
    assert len(texts) == 1
    assert session.scalars(sa.select(Message.to_address)).all() == [person.email]


def test_the_host_of_a_request_does_not_get_into_a_mail(
    client: StrictClient, session: Session, person: User
) -> None:
    client.show("/password/reset", headers={"Host": "evil.example"})
    page = client.page
    assert page is not None
    token = page.form_with("Mail me a link").values()["csrf_token"][0]
    client.post(
        "/password/reset",
        data={"email": person.email, "csrf_token": token},
        headers={"Host": "evil.example"},
    )
    for mail in session.scalars(sa.select(Message)):
        assert "evil.example" not in mail.text + mail.html


def test_a_changed_password_signs_out_everywhere_else(
    client: StrictClient, new_client: Any, session: Session, person: User
) -> None:
    elsewhere = new_client()
    sign_in(elsewhere, person)
    _enter(client, person.email)
    client.show("/account/password")
    new = "another quiet lighthouse"
    page = client.press(
        "Change the password",
        {"password": "wrong", "new_password": new, "new_password_confirm": new},
        status=422,
    )
    assert "This is not your present password." in page.text
    page = client.press(
        "Change the password",
        {"password": PASSWORD, "new_password": new, "new_password_confirm": new},
    )
    assert "Your password is changed." in page.text
    assert _is_signed_in(client)
    assert not _is_signed_in(elsewhere)
    assert session.scalars(sa.select(AuditRow.action)).all() == ["changed_password"]
    assert session.scalars(sa.select(Message.kind)).all() == ["password_reset"]


def test_passwords_are_hashed_with_argon2id(person: User) -> None:
    assert str(person.password).startswith("$argon2id$")


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
