"""Columns that every aggregate declares alike."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

from questionnaire.db import new_id

Id = Annotated[UUID, mapped_column(sa.Uuid(), primary_key=True, default=new_id)]

OrganisationId = Annotated[
    UUID, mapped_column(sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
]

Line = Annotated[str, mapped_column(sa.String(200))]
Address = Annotated[str, mapped_column(sa.String(320))]
Code = Annotated[str, mapped_column(sa.String(64))]
Prose = Annotated[str, mapped_column(sa.Text(), default="")]
Hash = Annotated[str, mapped_column(sa.String(64))]


def one_of(column: str, values: tuple[str, ...], name: str) -> sa.CheckConstraint:
    """A CHECK that `column` holds one of `values`, so that no path can store another state."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name)
