"""Who acts and who looks, in the order in which use cases ask for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock


def acting() -> tuple[Any, Clock, Actor]:
    """Session, clock and actor: what every change begins with."""
    return edge.database.session, edge.clock(), current().actor()


def looking() -> tuple[Any, UUID, UUID, datetime]:
    """Session, organisation, person and time: what the queue is asked with."""
    member = current()
    return edge.database.session, member.organisation_id, member.user_id, edge.now()
