"""The person who signs in, as Flask-Security wants to see one.

`models` may not import Flask, and Flask-Security wants its own mixins on what it loads. So the
tables `user` and `passkey` have a second mapping here. The two mappings have no class in common:
a session keeps their objects apart, and a query for one never returns the other.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask_security import RoleMixin, UserMixin, WebAuthnMixin
from flask_security.datastore import FSQLALiteUserDatastore
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy.orm import Mapped, relationship

from questionnaire import edge
from questionnaire.models import Base, Passkey, User


class Credential(WebAuthnMixin, Base):
    """A passkey, as Flask-Security stores and checks it."""

    __table__ = Passkey.__table__

    if TYPE_CHECKING:
        create_datetime: datetime

    def __init__(self, **values: Any) -> None:
        super().__init__(create_datetime=edge.now(), **values)


class Staff(UserMixin, Base):
    """A user, as Flask-Security and Flask-Login handle one."""

    __table__ = User.__table__

    webauthn: Mapped[list[Credential]] = relationship(  # type: ignore[assignment]
        cascade="all, delete-orphan"
    )

    if TYPE_CHECKING:
        id: UUID  # type: ignore[assignment]
        name: str
        language: str
        tf_last_counter: int | None


class StaffDatastore(FSQLALiteUserDatastore):
    """Flask-Security's way to the tables; the edge commits, not this."""

    def __init__(self, database: SQLAlchemy) -> None:
        super().__init__(database, Staff, RoleMixin, Credential)

    def commit(self) -> None:
        """Flask-Security asks for a commit within the request; the one commit comes at its end."""
        self.db.session.flush()

    def mf_delete_recovery_code(self, user: UserMixin, idx: int) -> bool:
        """Take a used code off the list.

        The list is assigned anew: a change inside it would not reach the database, and the code
        could be used again.
        """
        codes = list(user.mf_recovery_codes or ())
        if not 0 <= idx < len(codes):
            return False
        del codes[idx]
        user.mf_recovery_codes = codes
        return True
