"""What one sort of visitor needs to come in: where its link leads, and what its pages say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from questionnaire.door.keys import Keys
from questionnaire.services.clock import Clock


class Found(NamedTuple):
    """What a link opens: the thing, the link's own id, and all that the actor knows of it."""

    thing_id: UUID
    link_id: UUID
    reached: Any


@dataclass(frozen=True, slots=True)
class Door:
    """`name` is the actor's blueprint and its folder of templates; `path` where links begin.

    `start` is the endpoint of the first page behind the code, whose address has one variable,
    `variable`; every page behind it lies below `inside`. `words` has the lazy sentences `heading`
    and `button`.
    """

    name: str
    path: str
    keys: Keys
    start: str
    variable: str
    inside: str
    words: Mapping[str, object]
    purpose: str
    find: Callable[[Session, str, datetime], Found]
    send_code: Callable[[Session, Clock, Any, str], None]
    verify: Callable[[Session, Clock, Any, str, str], None]
    tries_left: Callable[[Session, Any, str, datetime], int]


def wants_json() -> bool:
    """Whether our script asks, not a person."""
    return request.accept_mimetypes.best == "application/json"
