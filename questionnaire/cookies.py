"""The cookie of a session: Flask's own, signed when it changes or has grown old.

Reading a signature and making one cost more than much of what a page does with its session, and a
browser sends the same cookie hundreds of times: what was read and signed once is kept for a while.
"""

from __future__ import annotations

import pickle
import time
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple, cast

from flask import Flask, Request, Response, current_app, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer

#: Who is at work stays signed in: so long after the last signature the cookie is signed again.
SIGNED_AGAIN_AFTER = timedelta(minutes=10)
#: So many browsers' cookies are kept as they were read.
KEPT = 4_096


class Cookie(SecureCookieSession):
    """What a browser carries; `signed_at` is in seconds since 1970, 0 before the first time."""

    signed_at = 0.0


class _Read(NamedTuple):
    """What a cookie with a good signature held; pickled, so that each request has its own copy."""

    pickled: bytes
    signed_at: float


@lru_cache(KEPT)
def _read(serializer: URLSafeTimedSerializer, value: str) -> _Read | None:
    try:
        held, signed_at = serializer.loads(value, return_timestamp=True)
    except BadSignature:
        return None
    return _Read(pickle.dumps(held), signed_at.timestamp())


class Cookies(SecureCookieSessionInterface):
    """How cookies are read and when they are sent."""

    session_class = Cookie

    _serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The one serializer of `app`: making one costs more than reading a cookie."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> Cookie | None:
        """The session that the browser brought; an empty one without a good, young signature."""
        serializer = self.get_signing_serializer(app)
        if serializer is None:
            return None
        value = request.cookies.get(self.get_cookie_name(app))
        read = _read(serializer, value) if value else None
        lasts = app.permanent_session_lifetime.total_seconds()
        if read is None or time.time() - read.signed_at > lasts:
            return Cookie()
        opened = Cookie(pickle.loads(read.pickled))  # noqa: S301 - pickled by _read alone
        opened.signed_at = read.signed_at
        return opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing where the reply is everybody's: a file would be kept for this cookie alone."""
        if not response.cache_control.public:
            super().save_session(app, session, response)

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether the reply carries the cookie."""
        if session.modified:
            return True
        return time.time() - cast(Cookie, session).signed_at > SIGNED_AGAIN_AFTER.total_seconds()


def init(app: Flask) -> None:
    """Put these sessions, and the token of forms that goes with them, on `app`."""
    app.session_interface = Cookies()
    app.context_processor(lambda: {"csrf_token": csrf_token})


def csrf_token() -> str:
    """The signed token of this session for its forms."""
    raw = session.get("csrf_token")
    if isinstance(raw, str):
        return _signed(str(current_app.secret_key), raw)
    return str(generate_csrf())


@lru_cache(KEPT)
def _signed(secret_key: str, raw: str) -> str:
    # As Flask-WTF signs it; it checks the signature and has no limit of time to look at.
    return str(URLSafeTimedSerializer(secret_key, salt="wtf-csrf-token").dumps(raw))
