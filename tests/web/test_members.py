"""Members: who sees the pages, inviting and joining, other roles, goodbye, two organisations."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from questionnaire.accounts import hash_password
from questionnaire.app import create_app
from questionnaire.config import Config
from questionnaire.demo import people
from questionnaire.edge import database
from questionnaire.models import Membership, Message, Organisation, StaffInvitation, User
from tests.cast import make_organisation, sign_in
from tests.harness.clock import MovableClock
from tests.harness.page import Page
from tests.harness.web import StrictClient

PASSWORD = "seven quiet lighthouses"
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


@pytest.mark.parametrize("path", ["/members", "/audit"])
def test_only_admins_see_members_and_trail(client: StrictClient, remi: User, path: str) -> None:
    sign_in(client, remi)
    page = client.show(path, status=403)
    assert page.heading == "Not for your role"


def test_the_list_shows_the_own_organisation_only(
    admin: StrictClient, remi: User, stan: User
) -> None:
    page = admin.show("/members")
    assert page.heading == "Members of Brightlane Retail"
    assert remi.email in page.text
    assert stan.email not in page.text


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


def test_roles_are_given_and_work_at_the_next_request(
    admin: StrictClient, new_client: Any, session: Session, remi: User
) -> None:
    browser = new_client()
    sign_in(browser, remi)
    assert browser.get("/members").status_code == 403
    admin.show(f"/members/{_membership(session, remi).id}")
    page = admin.press("Save the roles", {"roles": ["admin"]})
    assert "The roles are changed." in page.text
    assert browser.get("/members").status_code == 200


def test_no_role_at_all_is_refused_on_the_page(
    admin: StrictClient, session: Session, remi: User
) -> None:
    admin.show(f"/members/{_membership(session, remi).id}")
    page = admin.press("Save the roles", {"roles": None}, status=422)
    assert "Choose at least one role" in page.text


def test_the_last_admin_reads_why_not(admin: StrictClient, session: Session, ada: User) -> None:
    admin.show(f"/members/{_membership(session, ada).id}")
    page = admin.press("Save the roles", {"roles": ["buyer"]}, status=409)
    assert "Somebody must stay admin." in page.text
    assert "You cannot end your own membership." in page.text
    assert admin.get("/members").status_code == 200


def test_a_member_is_let_go(
    admin: StrictClient, new_client: Any, session: Session, remi: User
) -> None:
    browser = new_client()
    sign_in(browser, remi)
    admin.show(f"/members/{_membership(session, remi).id}")
    page = admin.press("End the membership of Remi Okafor")
    assert "remi@brightlane.example" not in page.text
    assert browser.get("/account").status_code == 403


def test_one_of_two_memberships_ends_and_the_other_goes_on(
    client: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    stan: User,
) -> None:
    there = _membership(session, stan)
    session.add(
        Membership(
            organisation_id=organisation.id, user_id=stan.id, roles=["buyer"], created_at=clock()
        )
    )
    sign_in(client, stan)
    assert "Otherwise Holding" in client.show("/account").text
    there.ended_at = clock()
    page = client.show("/account")
    assert "Brightlane Retail" in page.text
    assert "Otherwise" not in page.text


def test_name_and_language_are_ones_own(client: StrictClient, session: Session, remi: User) -> None:
    sign_in(client, remi)
    client.show("/account")
    page = client.press("Save", {"name": "", "language": "en"}, status=422)
    assert "Write the name." in page.text
    page = client.press("Save", {"name": "Remi Okafor-Lund", "language": "es"})
    assert page.root.get("lang") == "es"
    session.refresh(remi)
    assert (remi.name, remi.language) == ("Remi Okafor-Lund", "es")


def test_the_gate_asks_one_question_of_the_database(
    client: StrictClient, connection: sa.Connection, ada: User
) -> None:
    sign_in(client, ada)
    client.get("/account")
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            asked.append(statement)

    sa.event.listen(connection, "before_cursor_execute", note)
    reply = client.get("/")
    sa.event.remove(connection, "before_cursor_execute", note)
    assert reply.status_code == 302
    assert len(asked) == 1


def test_a_step_sent_after_the_session_ended_can_be_sent_again(
    admin: StrictClient, session: Session, ada: User
) -> None:
    admin.show("/members")
    admin.set_cookie("session", "expired")
    page = _sent_without_session(admin)
    assert page.heading == "You are signed out, but nothing is lost"
    page = admin.press("Send again", status=401)
    assert page.heading == "You are signed out, but nothing is lost"
    with admin.session_transaction() as cookie:
        cookie["_user_id"] = ada.fs_uniquifier
    page = admin.press("Send again")
    assert "nina@brightlane.example is invited by mail." in page.text
    invited = session.scalars(sa.select(StaffInvitation)).one()
    assert (invited.name, invited.roles) == ("Nina Holt", ["buyer", "reviewer"])


def _sent_without_session(admin: StrictClient) -> Page:
    sent = NINA | {"roles": ["reviewer", "buyer"], "csrf_token": "old"}
    admin.post("/members/invitations", data=sent, headers={"Origin": "http://localhost"})
    assert admin.page is not None
    return admin.page


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example"])
def test_another_site_cannot_have_a_step_confirmed_by_us(
    admin: StrictClient, origin: str | None
) -> None:
    headers = {"Origin": origin} if origin else {}
    reply = admin.post("/members/invitations", data=NINA, headers=headers)
    assert reply.status_code == 400
    assert admin.page is not None
    assert "nina" not in admin.page.html


@pytest.mark.parametrize("demo", [True, False])
def test_the_demos_people_stand_on_the_sign_in_page_of_the_demo_only(
    database_url: str, tmp_path: Path, clock: MovableClock, demo: bool
) -> None:
    config = Config.for_tests(database_url=database_url, folder=tmp_path, demo=demo)
    app = create_app(config, clock)
    page = StrictClient(app).show("/sign-in")
    with app.app_context():
        database.engine.dispose()
    for told in (people.PASSWORD, *(one.email for one in people.PEOPLE)):
        assert (told in page.text) is demo
