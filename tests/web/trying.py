"""A what-if in the browser, as far as a test needs it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import (
    AuditRow,
    Judgement,
    Organisation,
    RequirementChange,
    RequirementSetVersion,
    Rfi,
)
from tests.harness.clock import MovableClock
from tests.harness.page import Page
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.reviewed import MINOR
from tests.web.buying import path

MAIN = "/what-if"
SEE, SEE_WEIGHTS = "See who would change tier", "See what it does"


def of(requirement_id: str) -> str:
    return f"{MAIN}/requirements/{requirement_id.replace('#', '%23')}"


def try_(
    buyer: StrictClient, rfi: Rfi, requirement_id: str, tried: str = "", **typed: str | None
) -> Page:
    """Change the controls of one requirement, and see what it does."""
    buyer.show(path(rfi, of(requirement_id)) + (f"?try={tried}" if tried else ""))
    return buyer.press(SEE, typed)


def tried_in(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["try"][0]


def stored(session: Session) -> list[int]:
    """How many rows there are of what a publishing would write."""
    counted = (AuditRow, Judgement, RequirementChange, RequirementSetVersion)
    return [session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in counted]


def passing(session: Session, clock: MovableClock, organisation: Organisation) -> Rfi:
    """A round in which Amber Call misses what is minor, and Birch Line nothing."""
    rfi = reviewed.reviewed_rfi(
        session,
        organisation,
        profiles=["general-retail"],
        question_ids=[reviewed.question_of(MINOR)],
    )
    for vendor, value in (("Amber Call", False), ("Birch Line", True)):
        reviewed.submitted(
            session, clock, organisation, rfi, vendor=vendor,
            answers={reviewed.question_of(MINOR): value},
        )  # fmt: skip
    return rfi
