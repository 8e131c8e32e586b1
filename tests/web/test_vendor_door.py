"""From the link to the questionnaire, and back in when the time on a page has run out."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import Assessment, Code, Message
from questionnaire.vendor import gate
from tests.services.asked import ask, invite, stored
from tests.web.vera import address, code_in_mail, enter, fields, post, section_of

HOURS = timedelta(hours=1)


def test_a_link_shows_only_that_a_code_will_be_sent(client, asked, organisation) -> None:
    page = client.show(f"/invitation/{asked.token}")
    assert "A code will be sent to the invited address" in page.text
    for secret in (organisation.name, "Amber Call", asked.rfi.title, "vera@", "ambercall"):
        assert secret not in page.html


def test_looking_at_a_link_changes_nothing(client, session, asked) -> None:
    for _ in range(2):
        client.get(f"/invitation/{asked.token}")
        client.head(f"/invitation/{asked.token}")
    assert session.scalars(sa.select(Code)).all() == []
    assert session.scalars(sa.select(Message)).all() == []
    assert session.get_one(Assessment, asked.assessment.id).state == "sent"


def test_the_code_opens_the_questionnaire(client, session, asked, organisation) -> None:
    page = enter(client, session, asked)
    assert page.heading == asked.rfi.title
    assert organisation.name in page.text
    assert session.get_one(Assessment, asked.assessment.id).state == "opened"


def test_a_browser_that_is_in_needs_no_second_code(client, session, asked) -> None:
    enter(client, session, asked)
    assert client.show(f"/invitation/{asked.token}").heading == asked.rfi.title


def test_a_wrong_code_is_counted_and_says_how_often_one_may_try(client, session, asked) -> None:
    client.show(f"/invitation/{asked.token}")
    client.press("Send me the code")
    wrong = f"{(int(code_in_mail(session)) + 1) % 10**8:08d}"
    for left in ("4 more times", "3 more times", "2 more times", "once more"):
        assert left in client.press("Open the questionnaire", {"code": wrong}).text
    assert "Ask for a new one" in client.press("Open the questionnaire", {"code": wrong}).text
    assert session.scalars(sa.select(Code.tries)).all() == [5]
    assert client.get(address(asked)).status_code == 404


def test_a_code_is_of_no_use_in_another_browser(client, new_client, session, asked) -> None:
    client.show(f"/invitation/{asked.token}")
    client.press("Send me the code")
    stranger = new_client()
    stranger.show(f"/invitation/{asked.token}")
    token = stranger.page.forms[0].values()["csrf_token"][0]
    reply = stranger.post(
        f"/invitation/{asked.token}/code",
        data={"csrf_token": token, "code": code_in_mail(session)},
    )
    assert "does not work" in stranger.page.text
    assert reply.status_code == 200
    assert stranger.get(address(asked)).status_code == 404


def test_too_many_codes_are_refused_with_a_sentence(client, asked) -> None:
    client.show(f"/invitation/{asked.token}")
    client.press("Send me the code")
    for _ in range(4):
        client.press("Send a new code")
    page = client.press("Send a new code", status=429)
    assert "5 codes were sent within the last hour" in page.text


def test_every_link_that_does_not_work_gets_the_same_page(
    client, session, asked, organisation, clock
) -> None:
    other = ask(session, organisation, vendor="Blue Line")
    revoked = invite(session, other.assessment, revoked_at=clock())
    late = invite(session, other.assessment, expires_at=clock())
    gone = ask(session, organisation, vendor="Gone", state="withdrawn")
    from tests.services.asked import LINKS

    tokens = [LINKS.token("vendor", one.id) for one in (revoked, late, gone.invitation)]
    pages = {client.get(f"/invitation/{one}").get_data() for one in (*tokens, "never-was")}
    assert len(pages) == 1
    assert "wrong, was replaced or taken back, or its time is over" in client.page.text
    assert client.get(f"/invitation/{tokens[0]}").status_code == 404


def test_a_foreign_assessment_is_answered_like_an_unknown_one(
    client, session, asked, organisation
) -> None:
    other = ask(session, organisation, vendor="Blue Line")
    enter(client, session, asked)
    foreign = client.get(address(other, "check"))
    unknown = client.get(address(other, "check").replace(str(other.assessment.id)[-6:], "abcdef"))
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert foreign.get_data() == unknown.get_data()


@pytest.mark.parametrize("end", ["revoked", "expired", "withdrawn"])
def test_what_is_taken_back_ends_at_the_next_request(end, client, session, asked, clock) -> None:
    enter(client, session, asked)
    if end == "revoked":
        asked.invitation.revoked_at = clock()
    elif end == "expired":
        asked.invitation.expires_at = clock()
    else:
        asked.rfi.state = "withdrawn"
    session.commit()
    assert client.get(address(asked)).status_code == 404


def test_one_browser_can_hold_several_assessments(client, session, asked, organisation) -> None:
    other = ask(session, organisation, vendor="Amber Call West")
    enter(client, session, asked)
    enter(client, session, other)
    assert "Amber Call West" in client.show(address(other)).text
    assert client.get(address(asked)).status_code == 200


def test_the_same_draft_is_there_in_another_browser_on_another_day(
    client, new_client, session, asked, clock
) -> None:
    question = asked.a("text")
    enter(client, session, asked)
    client.show(section_of(question, asked))
    post(client, section_of(question, asked), fields(question))
    clock.move(5 * 24 * HOURS)
    other = new_client()
    enter(other, session, asked)
    page = other.show(section_of(question, asked))
    assert page.by_id(f"q-{question.id}-box").get("value") == "As we said on the telephone."


# The time on a page has run out ---------------------------------------------------------------


@pytest.fixture
def typing(client, session, asked):
    """Vera has a section open; gives the question that she is typing an answer to."""
    enter(client, session, asked)
    question = asked.a("text")
    client.show(section_of(question, asked))
    return question


def save_again(client, session):
    """Through the new code to the page that puts what was typed where it belongs."""
    client.press("Send me the code")
    client.press("Open the questionnaire", {"code": code_in_mail(session)})
    return client.press("Save what I typed")


@pytest.mark.parametrize("how", ["time", "cookie"])
def test_what_was_typed_survives_the_end_of_the_session(
    how, client, session, asked, typing, clock
) -> None:
    if how == "time":
        clock.move(gate.LASTS)
        expected = 401
    else:
        client.delete_cookie("session")
        expected = 400
    reply = post(client, section_of(typing, asked), fields(typing, "Typed before lunch\nšŽ"))
    assert reply.status_code == expected
    assert "What you typed is kept" in client.page.text
    page = save_again(client, session)
    assert "Saved" in page.text
    assert stored(session, typing).value == "Typed before lunch šŽ"


def test_a_wrong_code_on_the_way_loses_nothing(client, session, asked, typing, clock) -> None:
    clock.move(gate.LASTS)
    post(client, section_of(typing, asked), fields(typing, "Kept"))
    client.press("Send me the code")
    client.press("Open the questionnaire", {"code": "00000000"})
    client.press("Send a new code")
    client.press("Open the questionnaire", {"code": code_in_mail(session)})
    client.press("Save what I typed")
    assert stored(session, typing).value == "Kept"


def test_a_page_whose_time_is_over_asks_for_a_code_when_it_is_loaded(
    client, asked, typing, clock
) -> None:
    clock.move(gate.LASTS)
    assert client.show(section_of(typing, asked)).heading == "Open your questionnaire"


def test_our_script_is_told_that_the_session_has_ended(client, asked, typing, clock) -> None:
    form = client.page.form_with("Save").values()
    clock.move(gate.LASTS)
    reply = client.post(
        address(asked, "answer", typing.id),
        data={f"{typing.id}:value": "x"},
        headers={
            "Accept": "application/json",
            "X-CSRFToken": form["csrf_token"][0],
            "X-Invitation": form["invitation"][0],
        },
    )
    assert (reply.status_code, reply.json["expired"]) == (401, True)


def test_what_is_carried_leads_nowhere_but_into_its_own_assessment(
    client, session, asked, organisation
) -> None:
    client.show(f"/invitation/{asked.token}")
    client.press("Send me the code")
    token = client.page.forms[0].values()["csrf_token"][0]
    reply = client.post(
        f"/invitation/{asked.token}/code",
        data={
            "csrf_token": token,
            "code": code_in_mail(session),
            "carried": json.dumps(["https://elsewhere.example/", [["a", "b"]]]),
        },
    )
    assert reply.status_code == 303
    assert reply.headers["Location"] == address(asked)
