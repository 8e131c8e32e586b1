"""What a page brings along over a new code: nothing of another site, and nothing that breaks us."""

from __future__ import annotations

import pytest

from tests.web.vera import enter, fields, section_of


@pytest.mark.parametrize(
    ("origin", "kept"),
    [
        ("http://localhost", True),
        ("https://elsewhere.example", False),
        ("null", False),
    ],
)
def test_only_a_page_of_ours_can_put_words_into_a_vendors_mouth(
    origin, kept, client, session, asked
) -> None:
    enter(client, session, asked)
    question = asked.a("text")
    client.delete_cookie("session")
    reply = client.post(
        section_of(question, asked),
        data={**fields(question, "We refuse"), "invitation": asked.token},
        headers={"Origin": origin},
    )
    assert reply.status_code == 400
    assert ("We refuse" in reply.text) is kept


@pytest.mark.parametrize("part", ["", "/code"])
def test_what_is_carried_in_endless_brackets_is_nothing(part, client, asked) -> None:
    client.show(f"/invitation/{asked.token}")
    token = client.page.forms[0].values()["csrf_token"][0]
    reply = client.post(
        f"/invitation/{asked.token}{part}",
        data={"csrf_token": token, "code": "12345678", "carried": "[" * 200_000},
    )
    assert reply.status_code < 400
