"""A vendor whose recovery test took longer than promised: one finding over two answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Flag, Organisation, Rfi
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.reviewed import ACHIEVED, RTO, question_of

#: The finding, the answers that it is computed from, and the gap that it stands for.
SLOWER = "recovery-slower-than-promised"
PROMISED, TOOK = question_of(RTO), question_of(ACHIEVED)
#: A mandatory one that the law forbids to waive, and what it is computed from.
TRANSFER = "transfer-basis-mismatch"
ALTERNATE, SITES = "resilience.alternate-site", "company.sites"
SITE = {
    "site": "Riga", "country": "LV", "role": "primary", "seats": 100, "hazards": [],
    "grid": "AS", "km_from_primary": 0, "generator": True, "fuel_h": 24, "refuel_h": 6,
}  # fmt: skip
#: A client whose name is like a competitor's, and is none exactly: only to be clarified.
FUZZY, CLIENTS = "competitor-fuzzy", "clients.list"
OUR_RIVAL, THEIR_CLIENT = "Maple & Main Home", "Maple and Main Home"


def client_row(name: str | None = THEIR_CLIENT) -> dict[str, Any]:
    """One current client."""
    return {
        "client": name, "coded": False, "sector": "travel", "size_band": "mid", "seats": 12,
        "status": "current",
    }  # fmt: skip


def alike_rfi(session: Session, organisation: Organisation, **values: Any) -> Rfi:
    """An RFI of a shop with one competitor that asks for the vendor's clients."""
    return slow_rfi(
        session,
        organisation,
        CLIENTS,
        **{"brief": {"rto_hours": 24, "competitors": [OUR_RIVAL]}} | values,
    )


def alike(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    rfi: Rfi | None = None,
    *,
    vendor: str = "Amber Call",
    client: str | None = THEIR_CLIENT,
) -> Assessment:
    """A vendor with that client, submitted and judged."""
    return reviewed.submitted(
        session,
        clock,
        organisation,
        rfi or alike_rfi(session, organisation),
        vendor=vendor,
        answers={PROMISED: 4, TOOK: 3, CLIENTS: [client_row(client)]},
    )


def slow_rfi(session: Session, organisation: Organisation, *more: str, **values: Any) -> Rfi:
    """An RFI of a shop that asks for both times and, beyond them, `more`."""
    return reviewed.reviewed_rfi(
        session,
        organisation,
        **{
            "profiles": ["general-retail"],
            "question_ids": [PROMISED, TOOK, *more],
            "brief": {"rto_hours": 24},
        }
        | values,
    )


def slow(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    rfi: Rfi | None = None,
    *,
    vendor: str = "Amber Call",
    answers: dict[str, Any] | None = None,
) -> Assessment:
    """Promised 4 hours, took 9: submitted and judged."""
    return reviewed.submitted(
        session,
        clock,
        organisation,
        rfi or slow_rfi(session, organisation),
        vendor=vendor,
        answers={PROMISED: 4, TOOK: 9} if answers is None else answers,
    )


def finding_flag(session: Session, assessment: Assessment, finding_id: str = SLOWER) -> Flag:
    return reviewed.flags_of(session, assessment)[finding_id]
