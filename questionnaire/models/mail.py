"""The outbox: a message is a row of the transaction that causes it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Address, Code, Id, OrganisationId, Prose, one_of

MESSAGE_STATES = ("waiting", "leased", "sent", "kept", "failed", "cancelled")


class Message(Base):
    """One mail to one address.

    `once` makes a message unique (a reminder that was written is never written again). `kept`
    is the final state where no SMTP server is set. `reply` is the server's last word.
    """

    __tablename__ = "message"
    __table_args__ = (
        one_of("state", MESSAGE_STATES, "state"),
        sa.Index(
            "ix_message_due",
            "due_at",
            sqlite_where=sa.text("state IN ('waiting', 'leased')"),
            postgresql_where=sa.text("state IN ('waiting', 'leased')"),
        ),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    rfi_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("rfi.id", ondelete="CASCADE"))
    assessment_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("assessment.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[Code]
    once: Mapped[str | None] = mapped_column(sa.String(200), unique=True)
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    to_address: Mapped[Address]
    to_name: Mapped[str] = mapped_column(sa.String(200), default="")
    reply_to: Mapped[str | None] = mapped_column(sa.String(320))
    subject: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[Prose]
    html: Mapped[Prose]
    message_id: Mapped[str] = mapped_column(sa.String(255), unique=True)
    state: Mapped[str] = mapped_column(sa.String(16), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    lease: Mapped[str | None] = mapped_column(sa.String(64))
    reply: Mapped[str | None] = mapped_column(sa.Text())
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
