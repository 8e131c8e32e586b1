"""Answers: the current value of each question, and every value that it ever had."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from questionnaire.db import Base
from questionnaire.models.columns import Address, Code, Id, OrganisationId, Prose, one_of

ANSWER_STATES = ("blank", "answered", "dont_know", "not_applicable")


class Answer(Base):
    """One row per question of an assessment; `version` rises by one with every change.

    `value` is the JSON form of brief 2.1a, None unless `state` is "answered". A question that
    nobody has touched has no row; "blank" is an answer that was taken back.
    """

    __tablename__ = "answer"
    __table_args__ = (
        sa.UniqueConstraint("assessment_id", "question_id"),
        one_of("state", ANSWER_STATES, "state"),
        sa.CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    assessment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("assessment.id", ondelete="CASCADE"))
    question_id: Mapped[Code]
    state: Mapped[str] = mapped_column(sa.String(16))
    value: Mapped[Any | None]
    comment: Mapped[Prose]
    reason: Mapped[Prose]
    version: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[Address]


class AnswerChange(Base):
    """One change of one answer, kept for ever.

    `save_key` is the browser's idempotency key: a repeated save finds it and changes nothing.
    `taken_from` is the earlier assessment whose answer was confirmed as still true by this change.
    """

    __tablename__ = "answer_change"
    __table_args__ = (
        sa.UniqueConstraint("assessment_id", "question_id", "version"),
        sa.UniqueConstraint("assessment_id", "save_key"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    assessment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("assessment.id", ondelete="CASCADE"))
    question_id: Mapped[Code]
    version: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(16))
    value: Mapped[Any | None]
    comment: Mapped[Prose]
    reason: Mapped[Prose]
    save_key: Mapped[str | None] = mapped_column(sa.String(64))
    taken_from: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("assessment.id", ondelete="SET NULL")
    )
    changed_at: Mapped[datetime]
    changed_by: Mapped[Address]
