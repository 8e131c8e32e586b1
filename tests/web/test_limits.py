"""Every box for text says how much it takes before it is too much."""

from __future__ import annotations

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
    limited = [one for one in found if int(one.get("maxlength") or 0) >= 100]
    assert limited
    return [
        str(one.get("name"))
        for one in limited
        if f"At most {int(str(one.get('maxlength'))):,} characters."
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
