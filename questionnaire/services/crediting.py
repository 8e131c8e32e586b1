"""Who works at the answers of an assessment: names by address, for saying who answered what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Base, Invitation
from questionnaire.services.bundling import in_one, rows_of

_somebody = Base.metadata.tables[Invitation.__tablename__].alias("somebody")
#: All who were ever let in, as one text for `people_in`: a page gets it with what its gate reads.
PEOPLE: Final = in_one(
    sa.select(_somebody.c.email, _somebody.c.name)
    .where(_somebody.c.assessment_id == sa.bindparam("assessment_id"))
    .order_by(_somebody.c.id)
)


@lru_cache(4_096)
def people_in(text: str | None) -> Mapping[str, str]:
    """By address, the name, or the address where none was given."""
    return {email: name or email for email, name in rows_of(text)}


def people(session: Session, assessment_id: UUID) -> Mapping[str, str]:
    """The same where no page has read it yet; one statement."""
    found = session.execute(sa.select(PEOPLE), {"assessment_id": assessment_id})
    return people_in(found.scalar_one())
