"""The gate: one query says who asks, for which organisation and in which roles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, cast
from uuid import UUID

import sqlalchemy as sa
from flask import (
    Flask,
    abort,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import UserMixin, current_user
from flask_security import Security
from flask_security.utils import set_request_attr
from werkzeug import Response

from questionnaire import edge
from questionnaire.accounts import keeping_typed
from questionnaire.accounts.staff import Staff
from questionnaire.db import run
from questionnaire.models import Membership, Organisation, User
from questionnaire.services.auditing import Actor

#: Where a person begins, by the first of these roles that it holds.
START_PAGES = {"buyer": "buyer.rfis", "reviewer": "reviewer.queue", "admin": "admin.members"}
_ORGANISATION = "organisation"
_STATIC = ("static", "bootstrap.static")
#: Pages that can be about the account of the person who asks.
_ABOUT_ACCOUNTS = ("security", "admin")


@dataclass(frozen=True, slots=True)
class Member:
    """A person at work for one organisation; the roles are those of that membership."""

    user_id: UUID
    name: str
    email: str
    organisation_id: UUID
    organisation_name: str
    roles: frozenset[str]
    language: str
    #: All organisations that this person may switch to, this one among them: id -> name.
    organisations: dict[UUID, str]

    def actor(self) -> Actor:
        """Who the audit trail names."""
        return Actor("staff", self.user_id, self.name, self.organisation_id)


def init(app: Flask, security: Security) -> None:
    """Make every request know its member, before any view runs."""
    login = security.login_manager
    login.user_loader(_load)
    # There are no tokens in headers or addresses: only the session says who asks.
    login.request_loader(lambda _request: None)
    security.unauthn_handler(lambda *_rest, **_named: _to_sign_in())
    app.before_request(_identify)
    app.context_processor(lambda: {"member": signed_in()})


def signed_in() -> Member | None:
    """The member who asks, None when signed out or without an organisation."""
    return cast("Member | None", g.get("member"))


def current() -> Member:
    """The member who asks; who is signed out is sent to sign in, and back here afterwards."""
    member = signed_in()
    if member is None:
        _turn_away()
    return member


def require(*roles: str) -> Callable[[], None]:
    """A `before_request` for a blueprint: only members with one of `roles` pass (all, if none)."""

    def gate() -> None:
        member = current()
        if roles and member.roles.isdisjoint(roles):
            abort(403)

    return gate


def choose(organisation_id: UUID) -> bool:
    """Work for another of the person's organisations from now on; False when it is none."""
    if organisation_id not in current().organisations:
        return False
    prefer(organisation_id)
    return True


def prefer(organisation_id: UUID) -> None:
    """Keep in the session which organisation comes first; the loader checks it at each request."""
    session[_ORGANISATION] = str(organisation_id)


def _turn_away() -> NoReturn:
    if current_user.is_authenticated:
        abort(make_response(render_template("security/outside.html"), 403))
    if request.method in edge.SAFE_METHODS or not request.form:
        abort(_to_sign_in())
    abort(keeping_typed.send_again(401))


def _to_sign_in() -> Response:
    back = request.full_path.rstrip("?") if request.method in edge.SAFE_METHODS else None
    if back == "/":
        back = None
    return redirect(url_for("security.login", next=back), 303)


def _identify() -> None:
    if request.endpoint not in _STATIC:
        bool(current_user)


# Built once, on the tables: every request of a signed-in person asks it.
_U = cast("sa.Table", User.__table__).c
_M = cast("sa.Table", Membership.__table__).c
_O = cast("sa.Table", Organisation.__table__).c
_WHO = (
    sa.select(_U.id, _U.name, _U.email, _U.language, _O.id, _O.name, _M.roles)
    .select_from(User.__table__)
    .outerjoin(Membership.__table__, sa.and_(_M.user_id == _U.id, _M.ended_at.is_(None)))
    .outerjoin(Organisation.__table__, _O.id == _M.organisation_id)
    .where(_U.fs_uniquifier == sa.bindparam("uniquifier"), _U.active)
    .order_by(_M.created_at, _M.id)
)


class AtWork(UserMixin):  # type: ignore[misc]
    """Somebody signed in, on pages that ask nothing about how: no account is loaded for it."""

    def __init__(self, id: UUID, fs_uniquifier: str) -> None:
        self.id, self.fs_uniquifier = id, fs_uniquifier


def _load(uniquifier: str) -> AtWork | Staff | None:
    """Flask-Login's loader: the person, and in one query all that the gate asks."""
    rows = [tuple(row) for row in run(edge.database.session, _WHO, {"uniquifier": uniquifier})]
    if not rows:
        return None
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    g.language = rows[0][3]
    g.member = _member([row for row in rows if row[4] is not None])
    id: UUID = rows[0][0]
    if request.blueprint in _ABOUT_ACCOUNTS:
        return edge.database.session.get(Staff, id)
    return AtWork(id, uniquifier)


def _member(rows: Sequence[Any]) -> Member | None:
    if not rows:
        return None
    wanted = session.get(_ORGANISATION)
    user_id, name, email, language, organisation_id, organisation_name, roles = next(
        (row for row in rows if str(row[4]) == wanted), rows[0]
    )
    return Member(
        user_id=user_id,
        name=name,
        email=email,
        organisation_id=organisation_id,
        organisation_name=organisation_name,
        roles=frozenset(roles),
        language=language,
        organisations={row[4]: row[5] for row in rows},
    )
