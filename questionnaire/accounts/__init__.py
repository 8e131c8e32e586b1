"""Who is signed in, as what, for which organisation; sign-in itself is Flask-Security's.

Views ask :func:`current` for the :class:`Member` and gate a blueprint with :func:`require`.
"""

from __future__ import annotations

from flask import Flask, redirect, url_for
from flask_security import Security
from werkzeug import Response

from questionnaire import edge, languages
from questionnaire.accounts import (
    keeping_typed,
    limits,
    members,
    navigation,
    noting,
    settings,
    sign_in,
)
from questionnaire.accounts.members import Member, choose, current, require, signed_in
from questionnaire.accounts.sessions import (
    WaysIn,
    begin_session,
    hash_password,
    new_password,
    person_id,
    ways_in,
)
from questionnaire.accounts.staff import Staff, StaffDatastore

__all__ = [
    "Member",
    "Staff",
    "WaysIn",
    "begin_session",
    "choose",
    "current",
    "hash_password",
    "init",
    "new_password",
    "person_id",
    "require",
    "signed_in",
    "ways_in",
]


def init(app: Flask) -> None:
    """Put sign-in, the gate, the start page and `member` in templates on `app`."""
    app.config.update(settings.of(app.extensions["questionnaire"]["config"]))
    security = Security(app, StaffDatastore(edge.database), **sign_in.parts())
    # Its sentences are ours (sentences.py), so they are looked up where all of ours are.
    security.i18n_domain.get_translations = languages.spoken
    # The limits come first: what runs last after a request is what was put there first, and they
    # count by the status that the page has in the end.
    limits.init(app)
    sign_in.init(app, security)
    members.init(app, security)
    navigation.init(app)
    noting.init(app)
    keeping_typed.init(app)
    app.add_url_rule("/", "home", _home)


def _home() -> Response:
    member = current()
    for role, endpoint in members.START_PAGES.items():
        if role in member.roles:
            return redirect(url_for(endpoint))
    return redirect(url_for("admin.account"))
