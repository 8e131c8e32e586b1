"""Where requests meet the database: one session, one commit, at the very end.

An unsafe method that ends below 400 commits; everything else rolls back. A GET or HEAD cannot
write at all: the engine refuses the statement.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache
from inspect import iscoroutinefunction
from typing import Any, cast

import secure
from flask import Flask, Response, current_app, g, has_request_context, request, session
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from questionnaire.config import Config
from questionnaire.db import engine_options, ensure_folder, prepare, read_only, set_read_only
from questionnaire.services.clock import Clock, system_clock
from questionnaire.services.links import Links

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
#: Tokens of ours are half as long; nobody shall fill the memory with longer ones.
LONGEST_TOKEN = 200


class Tokens(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's check of the token that each POST brings.

    A page sends the same token with every save: what a good signature holds is kept, and compared
    with the session's own each time. All that is refused, Flask-WTF refuses.
    """

    def protect(self, apply_exemptions: bool = False) -> None:
        """Let the request go on, or refuse it."""
        checked = request.endpoint and request.method in current_app.config["WTF_CSRF_METHODS"]
        # Over TLS the page that it came from is looked at as well.
        if checked and not request.is_secure and self._brings_own():
            g.csrf_valid = True
            return
        super().protect(apply_exemptions)

    def _brings_own(self) -> bool:
        own, brought = session.get("csrf_token"), self._get_csrf_token()
        if not own or not brought or len(brought) > LONGEST_TOKEN:
            return False
        held = _held(str(current_app.secret_key), brought)
        return isinstance(held, str) and hmac.compare_digest(held.encode(), str(own).encode())


@lru_cache(4_096)
def _held(secret_key: str, signed: str) -> object:
    """What a token holds; None where its signature is not ours. It has no time after which it is
    refused, so it stays what it is.
    """
    try:
        return URLSafeTimedSerializer(secret_key, salt="wtf-csrf-token").loads(signed)
    except BadData:
        return None


database = SQLAlchemy()
csrf = Tokens()

_headers = secure.Secure(
    csp=secure.ContentSecurityPolicy()
    .default_src("'self'")
    .img_src("'self'", "data:")
    .frame_ancestors("'none'")
    .base_uri("'self'")
    .form_action("'self'"),
    referrer=secure.ReferrerPolicy().set("same-origin"),
    xcto=secure.XContentTypeOptions(),
    xfo=secure.XFrameOptions().set("DENY"),
    coop=secure.CrossOriginOpenerPolicy().set("same-origin"),
    cache=secure.CacheControl().no_store(),
).header_items()


def init(app: Flask, config: Config, clock: Clock = system_clock) -> None:
    """Put sessions, the one commit, CSRF and the security headers on `app`."""
    ensure_folder(config.database_url)
    app.config["SQLALCHEMY_ENGINES"] = {
        "default": {"url": config.database_url, **engine_options(config.database_url)}
    }
    app.extensions["questionnaire"] = {
        "config": config,
        "clock": clock,
        "links": Links(config.base_url.rstrip("/"), config.secret_key),
        "after_commit": [],
    }
    database.init_app(app)
    # The extension would start an event loop at the end of every request to close asynchronous
    # sessions, of which there are none.
    app.teardown_appcontext_funcs = [
        one for one in app.teardown_appcontext_funcs if not iscoroutinefunction(one)
    ]
    csrf.init_app(app)
    with app.app_context():
        prepare(database.engine)
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_end)
    app.jinja_env.globals["url_for"] = _addresses(app)


def _addresses(app: Flask) -> Callable[..., str]:
    """`url_for` for templates: an address in which nothing changes is worked out once."""

    @cache
    def fixed(_root: str, endpoint: str, files: tuple[tuple[str, str], ...]) -> str:
        return app.url_for(endpoint, **dict[str, Any](files))

    def address(endpoint: str, **values: Any) -> str:
        if has_request_context() and values.keys() <= {"filename"}:
            return fixed(request.root_path, endpoint, tuple(values.items()))
        return app.url_for(endpoint, **values)

    return address


def settings() -> Config:
    """The settings of the running app."""
    return cast(Config, current_app.extensions["questionnaire"]["config"])


def clock() -> Clock:
    """The clock of the running app, to be handed to use cases."""
    return cast(Clock, current_app.extensions["questionnaire"]["clock"])


def now() -> datetime:
    """The present time of the running app, aware, in UTC."""
    return clock()()


def links() -> Links:
    """The maker of links of the running app."""
    return cast(Links, current_app.extensions["questionnaire"]["links"])


@contextmanager
def reading() -> Iterator[Session]:
    """Read at length within a request that will write: until its end nobody has to wait for it.

    Nothing may have been written before it, because the transaction begins anew on both sides.
    """
    session = database.session
    session.rollback()
    with read_only():
        try:
            yield session
        finally:
            session.rollback()


def _begin() -> None:
    set_read_only(request.method in SAFE_METHODS)


def _end(_fault: BaseException | None) -> None:
    # The thread goes on to other work, which may write.
    set_read_only(False)


def _finish(response: Response) -> Response:
    if response.status_code >= 400:
        database.session.rollback()
    elif request.method not in SAFE_METHODS:
        database.session.commit()
        for wake in current_app.extensions["questionnaire"]["after_commit"]:
            wake()
    if request.endpoint in ("static", "bootstrap.static"):
        response.headers["X-Content-Type-Options"] = "nosniff"
    else:
        for name, value in _headers:
            response.headers[name] = value
    return response
