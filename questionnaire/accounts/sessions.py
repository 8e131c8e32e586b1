"""Beginning a session outside the sign-in page, and what a person can sign in with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import Security, login_user
from flask_security import hash_password as _hash

from questionnaire import edge
from questionnaire.accounts.members import prefer
from questionnaire.accounts.staff import Staff
from questionnaire.services.faults import Invalid


@dataclass(frozen=True, slots=True)
class Key:
    """A passkey as its owner sees it; `alone` says that it replaces the password."""

    name: str
    alone: bool
    made_at: datetime
    used_at: datetime


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How the person who asks proves who it is, besides the password."""

    app: bool
    recovery_codes: int
    keys: tuple[Key, ...]

    @property
    def second_factor(self) -> bool:
        """Whether a password alone is not enough."""
        return self.app or any(not key.alone for key in self.keys)


def ways_in() -> WaysIn:
    """The ways of the person who is signed in."""
    person = cast(Staff, current_user)
    return WaysIn(
        app=person.tf_primary_method is not None,
        recovery_codes=len(person.mf_recovery_codes or ()),
        keys=tuple(
            Key(one.name, one.usage == "first", one.create_datetime, one.lastuse_datetime)
            for one in sorted(person.webauthn, key=lambda key: key.name.casefold())
        ),
    )


def person_id() -> UUID | None:
    """The account that is signed in, member of an organisation or not; None when signed out."""
    return cast(Staff, current_user).id if current_user.is_authenticated else None


def begin_session(user_id: UUID, organisation_id: UUID) -> None:
    """Sign in a person who has just proved who it is, to work for this organisation."""
    if person_id() != user_id:
        login_user(edge.database.session.get_one(Staff, user_id), authn_via=["invitation"])
    prefer(organisation_id)


def new_password(typed: Mapping[str, str]) -> str:
    """The password typed twice, if it keeps the rules; Invalid under the field that does not."""
    first, second = typed.get("password", ""), typed.get("password_confirm", "")
    if not first:
        raise Invalid({"password": _("Choose a password.")})
    if first != second:
        raise Invalid({"password_confirm": _("The two passwords differ. Type the same twice.")})
    faults, password = _security().password_util.validate(first, True)
    if faults:
        raise Invalid({"password": str(faults[0])})
    return password


def hash_password(password: str) -> str:
    """The argon2id hash that is stored of a password."""
    return _hash(_security().password_util.normalize(password))


def _security() -> Security:
    return cast(Security, current_app.extensions["security"])
