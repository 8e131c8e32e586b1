"""What the demo plays on: a clock that is set by the story, and the case that it tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.orm import Session

from question_bank.strict_yaml import parse
from questionnaire.paths import PACKAGE
from questionnaire.services.auditing import Actor
from questionnaire.services.links import Links

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_FOLDER = PACKAGE / "demo"


class StageClock:
    """A clock that shows what the story says."""

    def __init__(self, present: datetime) -> None:
        self.present = present

    def __call__(self) -> datetime:
        return self.present


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a part of the demo is played: database, files, links, and when."""

    session: Session
    clock: StageClock
    links: Links
    store: ObjectStore
    buyer: Actor
    reviewer: Actor
    reply_to: str


@cache
def the_case() -> Mapping[str, Any]:
    """The buyer's brief and everything that the six vendors answered."""
    return cast("dict[str, Any]", json.loads((_FOLDER / "case.json").read_text(encoding="utf-8")))


@cache
def what_vendors_did() -> Mapping[str, Any]:
    """Per vendor: who answered, when, and the documents."""
    return cast("dict[str, Any]", parse((_FOLDER / "vendors.yaml").read_text(encoding="utf-8")))
