"""Joining: from the mailed link to work, with a new account or the one that is there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from questionnaire.accounts import hash_password
from questionnaire.models import Membership, Message, Organisation, StaffInvitation, User
from tests.cast import PASSWORD, make_organisation, sign_in
from tests.harness.clock import MovableClock
from tests.harness.page import Page
from tests.harness.web import StrictClient

NINA = {"email": "nina@brightlane.example", "name": "Nina Holt", "roles": ["reviewer"]}


@pytest.fixture
def admin(client: StrictClient, ada: User) -> StrictClient:
    """Ada's browser."""
    sign_in(client, ada)
    return client


def _membership(session: Session, user: User) -> Membership:
    return session.scalars(sa.select(Membership).where(Membership.user_id == user.id)).one()


def _invite(admin: StrictClient, **changes: Any) -> Page:
    admin.show("/members")
    return admin.press("Invite by mail", NINA | changes)


def _link(session: Session) -> str:
    mail = session.scalars(sa.select(Message).order_by(Message.id.desc())).first()
    assert mail is not None
    (link,) = [word for word in mail.text.split() if "/join/" in word]
    return link.removeprefix("http://localhost")


def test_from_invitation_to_work(admin: StrictClient, new_client: Any, session: Session) -> None:
    page = _invite(admin)
    assert "nina@brightlane.example is invited by mail." in page.text
    link = _link(session)
    assert any(one.get("value") == f"http://localhost{link}" for one in page.root.iter("input"))

    nina = new_client()
    page = nina.show(link)
    assert page.heading == "Join Brightlane Retail"
    page = nina.press("Join", {"password": "short", "password_confirm": "short"}, status=422)
    assert "Use at least 12 characters." in page.text
    page = nina.press("Join", {"password": PASSWORD, "password_confirm": "other"}, status=422)
    assert "The two passwords differ." in page.text
    assert page.form_with("Join").values()["name"] == ["Nina Holt"]
    page = nina.press("Join", {"password": PASSWORD, "password_confirm": PASSWORD})
    assert "Welcome to Brightlane Retail." in page.text

    nina.show("/account")
    nina.press("Sign out")
    page = nina.press("Sign in", {"email": NINA["email"], "password": PASSWORD})
    assert nina.get("/account").status_code == 200
    assert nina.get("/members").status_code == 403
    assert nina.show(link, status=404).heading == "There is nothing here"


def test_links_that_do_not_work_all_look_the_same(
    admin: StrictClient, new_client: Any, session: Session
) -> None:
    _invite(admin)
    link = _link(session)
    admin.press("Revoke")
    stranger = new_client()
    revoked, unknown = stranger.get(link), stranger.get("/join/" + "x" * 43)
    assert (revoked.status_code, unknown.status_code) == (404, 404)
    assert revoked.get_data() == unknown.get_data()
    assert "Brightlane" not in revoked.get_data(as_text=True)


def test_an_invitation_with_faults_keeps_what_was_typed(admin: StrictClient) -> None:
    admin.show("/members")
    page = admin.press(
        "Invite by mail", {"email": "nina", "name": "Nina", "roles": ["admin"]}, status=422
    )
    values = page.form_with("Invite by mail").values()
    assert (values["email"], values["name"], values["roles"]) == (["nina"], ["Nina"], ["admin"])
    assert "name@company.example" in page.text
    page = admin.press("Invite by mail", {"email": "nina@b.example", "roles": None}, status=422)
    assert "Choose at least one role" in page.text


def test_whoever_has_an_account_joins_by_signing_in(
    app: Flask,
    admin: StrictClient,
    new_client: Any,
    session: Session,
    organisation: Organisation,
    stan: User,
) -> None:
    with app.app_context():
        stan.password = hash_password(PASSWORD)
    _invite(admin, email=stan.email)
    link = _link(session)
    browser = new_client()
    page = browser.show(link)
    assert "There is an account with this address." in page.text
    browser.show(page.link("Sign in to join"))
    page = browser.press("Sign in", {"email": stan.email, "password": PASSWORD})
    assert page.url == link
    page = browser.press("Join")
    assert "Welcome to Brightlane Retail." in page.text

    page = browser.show("/account")
    assert "Brightlane Retail" in page.text
    assert browser.get("/members").status_code == 403, "a reviewer here"
    elsewhere = next(
        id
        for id in session.scalars(
            sa.select(Membership.organisation_id).where(Membership.user_id == stan.id)
        )
        if id != organisation.id
    )
    browser.show("/account")
    browser.press("Switch", {"organisation": str(elsewhere)})
    assert browser.show("/members").heading == "Members of Otherwise Holding"


def test_an_invitation_for_another_address_is_not_for_who_is_signed_in(
    admin: StrictClient, new_client: Any, session: Session, remi: User
) -> None:
    _invite(admin)
    link = _link(session)
    browser = new_client()
    sign_in(browser, remi)
    page = browser.show(link)
    assert "signed in with another address" in page.text
    token = page.form_with("Sign out here").values()["csrf_token"][0]
    reply = browser.post(link, data={"csrf_token": token, "name": "R", "password": PASSWORD})
    assert reply.status_code == 422
    assert session.scalars(sa.select(StaffInvitation.accepted_at)).all() == [None]


def test_nobody_switches_into_a_strangers_organisation(
    admin: StrictClient, session: Session, ada: User, stan: User, clock: MovableClock
) -> None:
    second = make_organisation(session, "Second Company")
    session.add(
        Membership(organisation_id=second.id, user_id=ada.id, roles=["buyer"], created_at=clock())
    )
    foreign = _membership(session, stan).organisation_id
    for wanted in (str(foreign), str(uuid4()), "nonsense", ""):
        page = admin.show("/account")
        token = page.form_with("Switch").values()["csrf_token"][0]
        reply = admin.post(
            "/account/organisation", data={"csrf_token": token, "organisation": wanted}
        )
        assert reply.status_code == 404
    assert admin.show("/members").heading == "Members of Brightlane Retail"
