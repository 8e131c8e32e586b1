"""The admin's pages of mail: what became of each, and kept mail to read."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from questionnaire.models import AuditRow, Message
from questionnaire.services import delivering
from questionnaire.services.posting import post
from tests.cast import make_organisation, sign_in

LINK = "http://localhost/invitation/abcdefghijklmnopqrstuvwxyz"
SUBJECT = "“Ada Marsh invites you to Brightlane Retail” to vera@ambercall.example"
INVITATION = {"organisation": "Brightlane Retail", "inviter": "Ada Marsh", "link": LINK}


@pytest.fixture
def write(session, clock, organisation):
    def write(kind="member_invitation", context=INVITATION, **more) -> Message:
        message = post(
            session,
            clock,
            **{"organisation_id": organisation.id, "to_address": "vera@ambercall.example"} | more,
            kind=kind,
            context=context,
        )
        assert message is not None
        session.flush()
        return message

    return write


@pytest.fixture
def admin(client, ada):
    sign_in(client, ada)
    return client


@pytest.fixture
def with_server(app):
    """A mail server is set."""
    held = app.extensions["questionnaire"]
    held["config"] = replace(held["config"], smtp_url="smtp://mail.example")


def trail(session) -> list[AuditRow]:
    return list(session.scalars(sa.select(AuditRow).order_by(AuditRow.id)))


def test_an_empty_outbox_says_what_will_fill_it(admin) -> None:
    page = admin.show("/mail")
    assert "Nothing has been mailed yet" in page.text


def test_kept_mail_is_listed_without_its_text_and_read_by_pressing(
    admin, session, write, ada
) -> None:
    message = write(to_name="Vera Ozola")
    delivering.keep(session)
    page = admin.show("/mail")
    assert "Vera Ozola vera@ambercall.example" in page.text
    assert "Kept here" in page.text
    assert LINK not in page.html
    assert trail(session) == []
    opened = admin.press(
        "Read “Ada Marsh invites you to Brightlane Retail” to vera@ambercall.example"
    )
    assert opened.link(LINK) == LINK
    (row,) = trail(session)
    assert (row.action, row.object_id, row.actor_name) == ("read", str(message.id), "Ada Marsh")


def test_a_code_can_be_read_where_nothing_is_sent(admin, session, write) -> None:
    message = write("code", {"code": "1234 5678", "minutes": 10})
    assert admin.post(f"/mail/{message.id}").status_code == 400  # no token: nothing is read
    admin.show("/mail")
    page = admin.press("Read “Your code for the questionnaire” to vera@ambercall.example")
    assert "1234 5678" in page.text


def test_looking_is_not_reading(admin, session, write) -> None:
    message = write()
    assert admin.get(f"/mail/{message.id}").status_code == 405
    assert trail(session) == []


def test_with_a_mail_server_nobody_reads_what_goes_to_somebody_else(
    admin, session, write, with_server
) -> None:
    message = write()
    page = admin.show("/mail")
    assert "Only its receivers can read it" in page.text
    assert "Waits to be sent" in page.text
    assert not [button for form in page.forms for button in form.buttons if "Read" in button]
    token = page.forms[0].values()["csrf_token"]
    reply = admin.post(f"/mail/{message.id}", data={"csrf_token": token})
    assert reply.status_code == 409
    assert LINK not in reply.text
    assert trail(session) == []


def test_a_mail_that_failed_shows_the_servers_words_and_is_sent_again(
    admin, session, write, clock, with_server
) -> None:
    message = write()
    message.state, message.attempts, message.reply = "failed", 1, "550 5.1.1 nobody here"
    page = admin.show("/mail")
    assert "Not delivered" in page.text
    assert "550 5.1.1 nobody here" in page.text
    button = f"Send again {SUBJECT}"
    form = page.form_with(button)
    admin.press(button)
    again = admin.post(form.action, data=form.values())
    assert again.status_code == 302
    found = session.get_one(Message, message.id)
    assert (found.state, found.attempts, found.reply) == ("waiting", 0, None)
    assert [row.action for row in trail(session)] == ["repeated"]


def test_what_was_kept_goes_out_once_a_server_is_set(admin, session, write, with_server) -> None:
    message = write()
    message.state = "kept"
    admin.show("/mail")
    admin.press(f"Send now {SUBJECT}")
    assert session.get_one(Message, message.id).state == "waiting"


def test_a_code_that_has_run_out_is_not_sent_again(
    admin, session, write, clock, with_server
) -> None:
    from datetime import timedelta

    message = write("code", {"code": "1234 5678", "minutes": 10})
    message.state = "kept"
    clock.move(timedelta(minutes=11))
    admin.show("/mail")
    page = admin.press(
        "Send now “Your code for the questionnaire” to vera@ambercall.example", status=409
    )
    assert "This code has run out" in page.text


def test_the_list_shows_one_state_and_goes_on_by_pages(admin, session, write) -> None:
    for number in range(53):
        write(to_address=f"v{number}@ambercall.example")
    session.scalars(sa.select(Message).order_by(Message.id)).first().state = "failed"
    page = admin.show("/mail?state=failed")
    assert "v0@ambercall.example" in page.text
    assert "v1@ambercall.example" not in page.text
    page = admin.show("/mail")
    assert "v3@ambercall.example" in page.text
    assert "v2@ambercall.example" not in page.text
    older = admin.show(page.link("Older mail"))
    assert "v2@ambercall.example" in older.text
    assert "v3@ambercall.example" not in older.text


@pytest.mark.parametrize("wrong", ["?state=lost", "?before=yesterday"])
def test_a_wrong_address_of_the_list_shows_the_list(admin, write, wrong) -> None:
    write()
    assert "vera@ambercall.example" in admin.show(f"/mail{wrong}").text


def test_another_companys_mail_is_not_there(admin, session, write) -> None:
    other = make_organisation(session, "Otherwise Holding")
    message = write(organisation_id=other.id)
    page = admin.show("/mail")
    assert "vera@ambercall.example" not in page.text
    token = page.forms[0].values()["csrf_token"]
    assert admin.post(f"/mail/{message.id}", data={"csrf_token": token}).status_code == 404


def test_a_page_of_mail_needs_no_more_statements_with_more_mail(admin, connection, write) -> None:
    from tests.harness.counting import statements

    write()
    with statements(connection) as few:
        admin.show("/mail")
    for _ in range(20):
        write()
    with statements(connection) as many:
        admin.show("/mail")
    assert len(few) == len(many) <= 4
