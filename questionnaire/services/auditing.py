"""Writing the audit trail, in the transaction of the change that it tells of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id, run
from questionnaire.models import AuditRow

_INSERT: Final = sa.insert(cast("sa.Table", AuditRow.__table__))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff, somebody at a vendor, or the service itself.

    `colleague` is the address of one whom the vendor's invited person let in: it stands in the
    details of everything that this one does.
    """

    kind: str
    id: UUID | None
    name: str
    organisation_id: UUID
    colleague: str = ""

    @property
    def beside(self) -> dict[str, str]:
        """What the details of a row say of the actor."""
        return {"colleague": self.colleague} if self.colleague else {}

    @classmethod
    def service(cls, organisation_id: UUID) -> Actor:
        """The service acting on its own: reminders, judging, migrations of content."""
        return cls("service", None, "The service", organisation_id)


def append(
    session: Session,
    actor: Actor,
    now: datetime,
    action: str,
    object_kind: str,
    object_id: object,
    *,
    rfi_id: UUID | None = None,
    assessment_id: UUID | None = None,
    **details: object,
) -> None:
    """Add one row to the trail.

    `action` is a past participle ("sent", "waived"); `object_kind` one of the words of the design
    ("rfi", "flag"). `details` are JSON values: names, ids, versions; never an answer's value,
    because a sealed answer must not be readable here.
    """
    about = (action, object_kind, str(object_id))
    session.add(AuditRow(**_columns(actor, now, about, rfi_id, assessment_id, details)))


def write(
    session: Session,
    actor: Actor,
    now: datetime,
    action: str,
    object_kind: str,
    object_id: object,
    *,
    rfi_id: UUID | None = None,
    assessment_id: UUID | None = None,
    **details: object,
) -> None:
    """Like `append`, but at once and without an object: for what happens by the thousand."""
    about = (action, object_kind, str(object_id))
    row = _columns(actor, now, about, rfi_id, assessment_id, details)
    run(session, _INSERT, row | {"id": new_id()})


def _columns(
    actor: Actor,
    now: datetime,
    about: tuple[str, str, str],
    rfi_id: UUID | None,
    assessment_id: UUID | None,
    details: Mapping[str, object],
) -> dict[str, Any]:
    action, object_kind, object_id = about
    return {
        "organisation_id": actor.organisation_id,
        "at": now,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_name": actor.name[:200],
        "action": action,
        "object_kind": object_kind,
        "object_id": object_id[:200],
        "rfi_id": rfi_id,
        "assessment_id": assessment_id,
        "details": dict(details) | actor.beside,
    }
