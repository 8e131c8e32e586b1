"""Organisations and the people who work in them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from questionnaire.db import Base
from questionnaire.models.columns import Address, Code, Hash, Id, Line, OrganisationId

ROLES = ("buyer", "reviewer", "admin")


class Organisation(Base):
    """A company that issues questionnaires: the fence around everything that it owns."""

    __tablename__ = "organisation"

    id: Mapped[Id]
    name: Mapped[Line]
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    created_at: Mapped[datetime]


class User(Base):
    """A person who signs in. Column names are those that Flask-Security looks for."""

    __tablename__ = "user"

    id: Mapped[Id]
    email: Mapped[Address] = mapped_column(unique=True)
    name: Mapped[Line]
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    password: Mapped[str | None] = mapped_column(sa.String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[Code] = mapped_column(unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(sa.String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(sa.String(255))
    tf_phone_number: Mapped[str | None] = mapped_column(sa.String(128))
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None]
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]

    memberships: Mapped[list[Membership]] = relationship(back_populates="user")


class Membership(Base):
    """That a person belongs to an organisation, and as what; several roles may be held at once."""

    __tablename__ = "membership"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "user_id"),)

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"), index=True)
    roles: Mapped[list[str]]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship()


class StaffInvitation(Base):
    """A link by which an admin lets a new member in; only the hash of its token is kept."""

    __tablename__ = "staff_invitation"

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    email: Mapped[Address]
    name: Mapped[Line]
    roles: Mapped[list[str]]
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    invited_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Passkey(Base):
    """A WebAuthn credential; column names are those that Flask-Security looks for."""

    __tablename__ = "passkey"

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[Code]
    credential_id: Mapped[bytes] = mapped_column(sa.LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary())
    sign_count: Mapped[int | None] = mapped_column(default=0)
    transports: Mapped[list[str] | None]
    backup_state: Mapped[bool]
    device_type: Mapped[Code]
    extensions: Mapped[str | None] = mapped_column(sa.String(255))
    usage: Mapped[Code]
    create_datetime: Mapped[datetime]
    lastuse_datetime: Mapped[datetime]
