"""The application under test and a client that behaves like a browser and forgives nothing."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.harness.page import Page

if TYPE_CHECKING:
    import sqlalchemy as sa
    from sqlalchemy import orm

    from tests.harness.clock import MovableClock


class StrictClient(FlaskClient):
    """Fails on invalid HTML and on any 5xx; with `session`, the test and the pages see each other.

    A GET or HEAD that writes fails too: the engine refuses the statement and the exception comes
    through to the test.
    """

    session: orm.Session | None = None
    #: The page that was shown last, None before the first.
    page: Page | None = None

    def open(self, *args: Any, **options: Any) -> TestResponse:
        from questionnaire.db import set_read_only

        if self.session is not None:
            self.session.commit()
        try:
            reply = super().open(*args, **options)
        finally:
            # The request ran in the test's own context, which may write again now.
            set_read_only(False)
        if self.session is not None:
            self.session.expire_all()
        assert reply.status_code < 500, f"{reply.request.path} answered {reply.status}"
        if reply.mimetype == "text/html" and reply.get_data():
            self.page = Page(_text_of(reply), reply.request.full_path.rstrip("?"))
        return reply

    def show(self, url: str, status: int = 200, **options: Any) -> Page:
        """GET `url`, redirects followed, and hand over the page."""
        reply = self.get(url, follow_redirects=True, **options)
        return self._page_of(reply, status)

    def press(
        self,
        button: str,
        values: Mapping[str, Any] | None = None,
        *,
        inside: str = "",
        status: int = 200,
    ) -> Page:
        """Fill in the form with this button on the page shown last, press it, follow redirects.

        `values` replace what the controls held: None leaves a control out, a list sends several,
        a file control takes (stream, filename). Names that the form does not have are refused, as
        a browser could not send them. `inside` picks one of several such forms by its address.
        """
        assert self.page is not None, "no page was shown yet"
        form = self.page.form_with(button, inside)
        sent: dict[str, Any] = dict(form.values())
        unknown = set(values or {}) - set(sent)
        assert not unknown, f"{sorted(unknown)} are no controls of this form: {sorted(sent)}"
        sent |= values or {}
        pressed = form.buttons[button]
        if pressed.get("name"):
            sent[str(pressed.get("name"))] = pressed.get("value") or ""
        carried: dict[str, Any] = {
            "data" if form.method == "POST" else "query_string": {
                name: value for name, value in sent.items() if value is not None
            }
        }
        address = pressed.get("formaction") or form.action
        reply = self.open(address, method=form.method, follow_redirects=True, **carried)
        return self._page_of(reply, status)

    def _page_of(self, reply: TestResponse, status: int) -> Page:
        assert reply.status_code == status, (
            f"{reply.request.path} answered {reply.status}: "
            f"{self.page.text[:500] if self.page else reply.get_data(as_text=True)[:500]}"
        )
        assert self.page is not None, f"{reply.request.path} answered {reply.mimetype}, not a page"
        return self.page


def _text_of(reply: TestResponse) -> str:
    if reply.headers.get("Content-Encoding") == "gzip":
        return gzip.decompress(reply.get_data()).decode()
    return reply.get_data(as_text=True)


def _let_through(fault: Exception) -> NoReturn:
    raise fault


@pytest.fixture
def app(
    database_url: str, connection: sa.Connection, clock: MovableClock, tmp_path: Path
) -> Iterator[Flask]:
    """The application on the test's own transaction and clock; what is unexpected is raised."""
    from questionnaire.app import create_app
    from questionnaire.config import Config
    from questionnaire.edge import database

    config = Config.for_tests(database_url=database_url, folder=tmp_path)
    app = create_app(config, clock)
    app.test_client_class = StrictClient
    app.register_error_handler(Exception, _let_through)
    with app.app_context():
        made = database.engine
        database.sessionmaker.configure(bind=connection, join_transaction_mode="create_savepoint")
    yield app
    made.dispose()


@pytest.fixture
def new_client(app: Flask, session: orm.Session) -> Any:
    """Call it for a browser of its own: other cookies, same application and database."""

    def make() -> StrictClient:
        client = app.test_client()
        assert isinstance(client, StrictClient)
        client.session = session
        return client

    return make


@pytest.fixture
def client(new_client: Any) -> StrictClient:
    """One browser."""
    made: StrictClient = new_client()
    return made
