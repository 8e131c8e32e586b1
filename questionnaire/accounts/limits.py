"""How often somebody may try: what is guessed at sign-in must not be guessable.

Failed tries only are counted, in the memory of this process (several processes allow as many times
more): 30 in 5 minutes from one network address, and 10 in 15 minutes at one account from one
address. Who is stopped reads a sentence (429) and may go on when the time is over.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

PER_ADDRESS = "30 per 5 minutes"
PER_ACCOUNT = "10 per 15 minutes"
_GUARDED = (
    "security.login",
    "security.verify",
    "security.forgot_password",
    "security.reset_password",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.wan_signin_response",
    "security.change_password",
)


def init(app: Flask) -> None:
    """Count the failed tries of every page that takes a secret."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=True)
    # The others have no limit: looking for one at every request is a twentieth of a page.
    limiter.request_filter(lambda: request.endpoint not in _GUARDED)
    for endpoint in _GUARDED:
        view: Any = app.view_functions[endpoint]
        for limit, key in ((PER_ADDRESS, get_remote_address), (PER_ACCOUNT, _account)):
            view = limiter.limit(
                limit, key_func=key, methods=["POST"], scope="tries", deduct_when=_failed
            )(view)
        app.view_functions[endpoint] = view


def _account() -> str:
    named = request.form.get("email") or session.get("tf_user_id") or session.get("_user_id")
    return f"{get_remote_address()} {str(named or '').strip().lower()[:320]}"


def _failed(response: Response) -> bool:
    # Asking for a reset mail succeeds for every address, so that all of it counts.
    return response.status_code >= 400 or request.endpoint == "security.forgot_password"
