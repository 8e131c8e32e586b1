"""What was typed survives a session that has ended, and no other site can make use of that."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import StaffInvitation, User
from tests.cast import sign_in
from tests.harness.page import Page
from tests.harness.web import StrictClient

NINA = {"email": "nina@brightlane.example", "name": "Nina Holt", "roles": ["reviewer"]}


@pytest.fixture
def admin(client: StrictClient, ada: User) -> StrictClient:
    """Ada's browser."""
    sign_in(client, ada)
    return client


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
