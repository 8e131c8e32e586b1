"""Signing out of a browser: every way in is gone, and what it kept can never be read again."""

from __future__ import annotations

import pytest

from tests.web.vera import address, enter, show_section


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


def test_a_page_that_gives_the_key_renews_the_secret_for_as_long_as_what_is_typed_is_kept(
    vera, asked
) -> None:
    secret = vera.get_cookie("typed_browser", path="/assessment").value
    for parts in ([], ["check"], ["section", asked.a("text").section]):
        reply = vera.get(address(asked, *parts))
        (renewed,) = [one for one in reply.headers.getlist("Set-Cookie") if secret in one]
        assert "Max-Age=7776000" in renewed
        assert "HttpOnly" in renewed
    form = show_section(vera, asked, asked.a("text")).form_with("Save").values()
    headers = {"Accept": "application/json", "X-CSRFToken": form["csrf_token"][0]}
    url = address(asked, "typed", asked.a("text").id)
    reply = vera.post(url, headers=headers)
    assert reply.status_code == 200
    assert not [one for one in reply.headers.getlist("Set-Cookie") if secret in one]


@pytest.mark.parametrize(
    ("origin", "out"),
    [
        ("http://localhost", True),
        (None, False),
        ("null", False),
        ("https://elsewhere.example", False),
    ],
)
def test_a_page_left_open_overnight_signs_out_and_a_page_of_another_site_does_not(
    origin, out, vera, asked
) -> None:
    form = vera.show(address(asked)).form_with("Sign out")
    with vera.session_transaction() as cookie:
        cookie["csrf_token"] = "of another day"
    headers = {"Origin": origin} if origin else {}
    reply = vera.post(form.action, data=form.values(), headers=headers)
    assert reply.status_code == (303 if out else 400)
    assert ("Clear-Site-Data" in reply.headers) is out
    assert (vera.get_cookie("typed_browser", path="/assessment") is None) is out
    vera.show(address(asked), status=404 if out else 200)


def test_signing_out_works_when_the_session_itself_has_ended(vera, asked) -> None:
    form = vera.show(address(asked)).form_with("Sign out")
    vera.delete_cookie("session")
    reply = vera.post(form.action, data=form.values(), headers={"Origin": "http://localhost"})
    assert reply.status_code == 303
    assert "You are signed out" in vera.show(reply.headers["Location"]).text
