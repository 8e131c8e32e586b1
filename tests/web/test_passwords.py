"""Passwords: forgotten, set anew by a mailed link, changed; and what a mail may be made to say."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import AuditRow, Message, User
from tests.cast import PASSWORD, sign_in
from tests.harness.page import Page
from tests.harness.web import StrictClient

WRONG = "E-mail address or password is wrong."


def _enter(client: StrictClient, email: str, password: str = PASSWORD, status: int = 200) -> Page:
    client.show("/sign-in")
    return client.press("Sign in", {"email": email, "password": password}, status=status)


def _is_signed_in(client: StrictClient) -> bool:
    return client.get("/account").status_code == 200


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
