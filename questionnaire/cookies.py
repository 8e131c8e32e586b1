"""The cookie of a session: Flask's own, signed when it changes or has grown old."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import cast

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode, bytes_to_int

#: Who is at work stays signed in: so long after the last signature the cookie is signed again.
SIGNED_AGAIN_AFTER = timedelta(minutes=10)


class Cookie(SecureCookieSession):
    """What a browser carries; `signed_at` is in seconds since 1970, 0 before the first time."""

    signed_at = 0


class Cookies(SecureCookieSessionInterface):
    """How cookies are read and when they are sent."""

    session_class = Cookie
    _serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The one serializer of `app`: making one costs more than reading a cookie."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session that the browser brought; an empty one where the signature is wrong."""
        session = super().open_session(app, request)
        if session:
            # What could be opened has the moment of its signature between its last two dots.
            stamp = request.cookies[self.get_cookie_name(app)].rsplit(".", 2)[1]
            cast(Cookie, session).signed_at = bytes_to_int(base64_decode(stamp))
        return session

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether the reply carries the cookie."""
        if session.modified:
            return True
        age = time.time() - cast(Cookie, session).signed_at
        return age > SIGNED_AGAIN_AFTER.total_seconds()
