"""Every box for text says how much it takes before it is too much."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.harness.page import Page
from tests.harness.web import StrictClient
from tests.services.reviewed import MAJOR, flag_of
from tests.web import buying
from tests.web.reviewing import assessment, reviewer, rfi, second

__all__ = ["assessment", "buyer", "reviewer", "rfi", "second"]

buyer = buying.buyer


def untold(page: Page) -> list[str]:
    """Boxes for text whose limit no sentence beside them states."""
    texts = page.root.findall(".//main//input[@type='text']")
    found = page.root.findall(".//main//textarea") + texts
    # The browser would cut what is too long without a word: it is told, and refused in a sentence.
    assert [one.get("name") for one in found if int(one.get("maxlength") or 0) >= 100] == []
    limited = [one for one in found if one.get("data-most")]
    assert limited
    return [
        str(one.get("name"))
        for one in limited
        if f"At most {int(str(one.get('data-most'))):,} characters."
        not in " ".join(
            " ".join(page.by_id(name).itertext())
            for name in (one.get("aria-describedby") or "").split()
        )
    ]


def test_a_buyers_boxes_state_their_limits(buyer: StrictClient) -> None:
    assert untold(buyer.show("/rfis/new")) == []


def test_a_reviewers_boxes_state_their_limits(
    session: Session, reviewer: StrictClient, assessment
) -> None:
    flag = flag_of(session, assessment, MAJOR)
    assert untold(reviewer.show(f"/flags/{flag.id}")) == []
    assert untold(reviewer.show(f"/flags/together?flag={flag.id}")) == []


TOO_LONG = "x" * 2_001


def test_what_a_buyer_wrote_too_much_of_comes_back_whole(buyer: StrictClient) -> None:
    buyer.show("/rfis/new")
    typed = {"title": "x" * 121, "purpose": TOO_LONG}
    page = buyer.press("Save and choose questions", typed, status=422)
    values = page.form_with("Save and choose questions").values()
    assert {name: values[name] for name in typed} == {name: [one] for name, one in typed.items()}
    assert "at most 120 fit" in page.text
    assert "at most 2000 fit" in page.text


@pytest.mark.parametrize(
    ("button", "name", "values"),
    [
        ("Decide and stay", "reason", {"action": "confirm"}),
        ("Ask and next", "remark", {}),
        ("Keep the note", "note", {}),
    ],
)
def test_what_a_reviewer_wrote_too_much_of_comes_back_whole(
    session: Session, reviewer: StrictClient, assessment, button: str, name: str, values: Any
) -> None:
    reviewer.show(f"/flags/{flag_of(session, assessment, MAJOR).id}")
    page = reviewer.press(button, values | {name: TOO_LONG}, status=422)
    assert page.form_with(button).values()[name] == [TOO_LONG]
    assert "at most 2000 fit" in page.text


def test_what_an_admin_wrote_too_much_of_comes_back_whole(buyer: StrictClient) -> None:
    buyer.show("/members")
    page = buyer.press("Invite by mail", {"email": "a@b.example", "name": "x" * 201}, status=422)
    assert page.form_with("Invite by mail").values()["name"] == ["x" * 201]
    buyer.show("/account")
    page = buyer.press("Save", {"name": "x" * 201}, status=422)
    assert page.form_with("Save").values()["name"] == ["x" * 201]
