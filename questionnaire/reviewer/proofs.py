"""The small form with which a document is reviewed: what it holds, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from questionnaire.services.proving import ENTITY_LIMIT, NOTE_LIMIT, REASON_LIMIT
from questionnaire.services.recalling import HeldReview

LIMITS = {"legal_entity": ENTITY_LIMIT, "reason": REASON_LIMIT, "note": NOTE_LIMIT}


@dataclass(frozen=True, slots=True)
class ProofForm:
    """The form of one document; `id` makes the names of its controls its own on the page."""

    id: str
    name: str
    review: HeldReview | None
    sites: Sequence[str]
    values: Mapping[str, Any]
    faults: Mapping[str, str]
    typed: bool

    @property
    def limits(self) -> Mapping[str, int]:
        """How much its boxes take."""
        return LIMITS

    @property
    def seen(self) -> int:
        """The version of the review that the page shows."""
        return self.review.version if self.review else 0


def proof_form(
    id: object,
    name: str,
    issued_on: date | None,
    review: HeldReview | None,
    sites: Sequence[str],
    *,
    typed: bool = False,
    faults: Mapping[str, str] | None = None,
) -> ProofForm:
    """The form with what was typed, else with the review that stands, else with nothing but the
    vendor's own date.
    """
    values = _typed() if typed else _reviewed(review) if review else _fresh(issued_on)
    return ProofForm(str(id), name, review, sites, values, faults or {}, typed)


def by_control(faults: Mapping[str, str], id: object) -> dict[str, str]:
    """Faults by the ids of the controls that they are about, for the summary's links."""
    return {f"{name}-{id}": sentence for name, sentence in faults.items()}


def _typed() -> dict[str, Any]:
    plain = {
        name: request.form.get(name, "")
        for name in ("level", "issued_on", "expires_on", "legal_entity", "reason", "note")
    }
    return plain | {
        "sites": request.form.getlist("sites"),
        "covers_service": request.form.get("covers_service") == "yes",
        "ask": request.form.get("ask") == "yes",
    }


def _reviewed(review: HeldReview) -> dict[str, Any]:
    return {
        "level": str(review.level),
        "issued_on": _day(review.issued_on),
        "expires_on": _day(review.expires_on),
        "sites": review.sites,
        "legal_entity": review.legal_entity,
        "covers_service": review.covers_service,
        "reason": review.reason,
        "note": review.note,
        "ask": False,
    }


def _fresh(issued_on: date | None) -> dict[str, Any]:
    return {"level": "", "issued_on": _day(issued_on), "sites": (), "covers_service": True}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
