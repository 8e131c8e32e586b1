"""Members: who sees the pages, inviting and joining, other roles, goodbye, two organisations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.app import create_app
from questionnaire.config import Config
from questionnaire.demo import people
from questionnaire.edge import database
from questionnaire.models import Membership, Organisation, User
from tests.cast import sign_in
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient

NINA = {"email": "nina@brightlane.example", "name": "Nina Holt", "roles": ["reviewer"]}


@pytest.fixture
def admin(client: StrictClient, ada: User) -> StrictClient:
    """Ada's browser."""
    sign_in(client, ada)
    return client


def _membership(session: Session, user: User) -> Membership:
    return session.scalars(sa.select(Membership).where(Membership.user_id == user.id)).one()


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
