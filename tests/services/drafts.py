"""RFIs as Ada begins them: a draft with everything stated, and one that was sent."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from questionnaire.models import Organisation, Rfi, User
from questionnaire.paths import PACKAGE
from questionnaire.services import (
    brief_values,
    briefing,
    drafting,
    editions,
    listing,
    requiring,
    sending,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.basics import Basics
from questionnaire.services.links import Links
from questionnaire.services.requiring import Held
from tests.cast import actor_of
from tests.harness.clock import START, MovableClock

LINKS = Links("http://localhost", "t" * 40)
VENDORS = ("Amber Call", "Cobalt Desk", "Dune Voice")


def basics(**changes: Any) -> Basics:
    """What Ada types first."""
    values: dict[str, Any] = {
        "title": "Customer care 2027",
        "purpose": "Evenings and weekends.",
        "reply_to": "ada@brightlane.example",
        "deadline": START + timedelta(days=21),
        "time_zone": "Europe/Riga",
        "profiles": ("general-retail",),
    }
    return Basics(**(values | changes))


@cache
def demo_brief() -> dict[str, Any]:
    """A brief with every field that there is."""
    text = (PACKAGE / "demo" / "case.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["buyer"])


def ada_of(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


def begin(
    session: Session,
    clock: MovableClock,
    actor: Actor,
    *,
    preset: str = "six-topics",
    **changes: Any,
) -> Rfi:
    """A draft with nothing stated but its basics."""
    return drafting.create(session, clock, actor, basics(**changes), preset=preset)


def ready(
    session: Session,
    clock: MovableClock,
    actor: Actor,
    *,
    vendors: int = 2,
    preset: str = "six-topics",
    **changes: Any,
) -> Rfi:
    """A draft that lacks nothing."""
    rfi = begin(session, clock, actor, preset=preset, **changes)
    state_brief(session, clock, actor, rfi)
    for number in range(vendors):
        name = VENDORS[number] if number < len(VENDORS) else f"Vendor {number:03}"
        add_vendor(session, clock, actor, rfi, name)
    return rfi


def sent(session: Session, clock: MovableClock, actor: Actor, **options: Any) -> Rfi:
    """The same, sent."""
    rfi = ready(session, clock, actor, **options)
    return sending.send(session, clock, LINKS, actor, rfi.id)


def state_brief(session: Session, clock: MovableClock, actor: Actor, rfi: Rfi) -> None:
    """State whatever the draft asks, as in the demo."""
    bank = editions.bank_of(session, rfi.edition_digest)
    typed = {
        one.name: brief_values.typed(
            one,
            one.default
            if (stated := brief_values.held(demo_brief(), one.name)) is None
            else stated,
        )
        for one in briefing.needed(session, rfi, bank)
    }
    briefing.state(session, clock, actor, rfi.id, typed, seen=drafting.digest(rfi.brief))


def add_vendor(session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, name: str) -> Any:
    typed = {
        "vendor": name,
        "name": "Vera Ozola",
        "email": f"vera@{name.lower().replace(' ', '')}.example",
        "language": "en",
    }
    return listing.add(session, clock, actor, rfi.id, typed)


def held(session: Session, rfi: Rfi, requirement_id: str) -> Held:
    """One requirement of the draft as it stands."""
    bank = editions.bank_of(session, rfi.edition_digest)
    return requiring.one_of(requiring.held(session, rfi, bank), requirement_id)
