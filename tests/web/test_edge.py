"""One commit at the edge, and no write on a read, whatever a view tries."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import WriteOnRead
from questionnaire.edge import csrf, database
from questionnaire.models import Organisation
from tests.harness.clock import START

if TYPE_CHECKING:
    from flask import Flask

    from tests.harness.web import StrictClient


PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture
def writing(app: Flask) -> None:
    """Routes that write: through the ORM and through Core, ending in the status that is asked."""

    @csrf.exempt
    def by_orm(status: int) -> tuple[str, int, dict[str, str]]:
        database.session.add(Organisation(name="Brightlane Retail", created_at=START))
        database.session.flush()
        return "written", status, PLAIN

    @csrf.exempt
    def by_core(status: int) -> tuple[str, int, dict[str, str]]:
        values = {"name": "Brightlane Retail", "created_at": START}
        database.session.execute(sa.insert(Organisation).values(values))
        return "written", status, PLAIN

    for view in (by_orm, by_core):
        app.add_url_rule(f"/{view.__name__}/<int:status>", view_func=view, methods=["GET", "POST"])


def _stored(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Organisation)) or 0


@pytest.mark.parametrize("path", ["/by_orm/200", "/by_core/200"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.usefixtures("writing")
def test_a_read_that_writes_is_refused(
    client: StrictClient, session: Session, path: str, method: str
) -> None:
    with pytest.raises(WriteOnRead, match="INSERT while only reading"):
        client.open(path, method=method)
    assert _stored(session) == 0


@pytest.mark.parametrize(("status", "stored"), [(200, 1), (303, 1), (400, 0), (409, 0), (422, 0)])
@pytest.mark.parametrize("path", ["/by_orm", "/by_core"])
@pytest.mark.usefixtures("writing")
def test_only_what_ends_well_is_stored(
    client: StrictClient, session: Session, path: str, status: int, stored: int
) -> None:
    assert client.post(f"{path}/{status}").status_code == status
    assert _stored(session) == stored


def test_the_service_says_that_it_lives(client: StrictClient) -> None:
    assert client.get("/healthz").get_data(as_text=True) == "ok"


def test_an_unknown_address_says_so_on_a_whole_page(client: StrictClient) -> None:
    page = client.show("/nothing/here", status=404)
    assert page.heading == "There is nothing here"


def test_pages_carry_the_policy_that_forbids_inline_script_and_style(client: StrictClient) -> None:
    policy = client.get("/sign-in").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.fixture
def hearing(app: Flask) -> None:
    """A page that takes a POST and does nothing."""
    app.add_url_rule("/hear", view_func=lambda: ("heard", 200, PLAIN), methods=["POST"])


def _token(client: StrictClient) -> str:
    (found,) = client.show("/sign-in").form_with("Sign in").values()["csrf_token"]
    return str(found)


@pytest.mark.usefixtures("hearing")
def test_a_token_is_good_for_its_own_session_alone_however_often(
    app: Flask, client: StrictClient
) -> None:
    other = cast("StrictClient", app.test_client())
    own, foreign = _token(client), _token(other)
    for _turn in range(2):
        assert client.post("/hear", data={"csrf_token": own}).status_code == 200
        assert client.post("/hear", headers={"X-CSRFToken": own}).status_code == 200
        assert other.post("/hear", data={"csrf_token": own}).status_code == 400
        assert client.post("/hear", data={"csrf_token": foreign}).status_code == 400


@pytest.mark.usefixtures("hearing")
@pytest.mark.parametrize(
    "spoil", [str.swapcase, str.lower, lambda one: one[1:], lambda one: one * 3]
)
def test_a_spoiled_token_is_refused_beside_a_good_one(client: StrictClient, spoil) -> None:
    own = _token(client)
    assert client.post("/hear", data={"csrf_token": own}).status_code == 200
    sent = client.post("/hear", data={"csrf_token": spoil(own)}, headers={"X-CSRFToken": own})
    assert sent.status_code == 400
    assert client.post("/hear").status_code == 400


@pytest.mark.usefixtures("hearing")
def test_over_tls_a_good_token_needs_a_page_of_ours_too(client: StrictClient) -> None:
    data = {"csrf_token": _token(client)}
    came = {"base_url": "https://localhost"}
    assert client.post("/hear", data=data, **came).status_code == 400
    from_us = {"Referer": "https://localhost/sign-in"}
    assert client.post("/hear", data=data, headers=from_us, **came).status_code == 200
    elsewhere = {"Referer": "https://elsewhere.example/"}
    assert client.post("/hear", data=data, headers=elsewhere, **came).status_code == 400
