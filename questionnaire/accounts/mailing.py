"""Flask-Security's mails, put into our outbox."""

from __future__ import annotations

import sqlalchemy as sa

from questionnaire import edge
from questionnaire.accounts.staff import Staff
from questionnaire.models import Membership
from questionnaire.services import posting


def post(person: Staff, *, subject: str, text: str, html: str) -> None:
    """One mail to a person; to somebody who is no member of anything, none."""
    session = edge.database.session
    organisation_id = session.scalar(
        sa.select(Membership.organisation_id)
        .where(Membership.user_id == person.id, Membership.ended_at.is_(None))
        .order_by(Membership.created_at, Membership.id)
        .limit(1)
    )
    if organisation_id is None:
        return
    posting.post(
        session,
        edge.clock(),
        organisation_id=organisation_id,
        kind="password_reset",
        to_address=person.email,
        to_name=person.name,
        language=person.language,
        context={"subject": subject, "text": text, "html": html},
    )
