"""Signing out of a browser: every way in is gone, and what it kept can never be read again."""

from __future__ import annotations

from tests.web.vera import address, enter


def key_on(page) -> str:
    """With what a browser locks what it keeps."""
    return page.by_id("typed-left").get("data-key")


def test_signing_out_ends_the_way_in_and_the_secret_of_the_browser(vera, session, asked) -> None:
    before = key_on(vera.show(address(asked)))
    assert key_on(vera.show(address(asked, "check"))) == before
    form = vera.page.form_with("Sign out")
    reply = vera.post(form.action, data=form.values())
    assert reply.status_code == 303
    assert reply.headers["Clear-Site-Data"] == '"storage"'
    assert vera.get_cookie("typed_browser", path="/assessment") is None
    with vera.session_transaction() as cookie:
        assert "invitations" not in cookie
    assert "You are signed out" in vera.show(reply.headers["Location"]).text
    vera.show(address(asked), status=404)
    vera.show(address(asked, "section", asked.a("text").section), status=404)
    enter(vera, session, asked)
    assert len(before) == len(key_on(vera.page)) == 43
    assert key_on(vera.page) != before
