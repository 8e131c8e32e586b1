"""What a reviewer can say of one document, and the limits of it: rules without a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from questionnaire.core.dates import FIRST_YEAR, LAST_YEAR
from questionnaire.core.evidence import ATTESTED, CLAIMED, OBSERVED, REVIEWED
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import english, reader, worded
from questionnaire.core.texts import clean
from questionnaire.services.faults import Invalid
from questionnaire.services.recalling import HeldReview

#: What a document can be found to be; the level 0 is one that is not accepted.
LEVELS: Final = (REVIEWED, ATTESTED, OBSERVED)
NOT_ACCEPTED: Final = CLAIMED
ENTITY_LIMIT: Final = 200
REASON_LIMIT: Final = 2_000
NOTE_LIMIT: Final = 2_000

_YEAR: Final = english("Check the year: it has to be from {first} to {last}.")


@dataclass(frozen=True, slots=True)
class Proof:
    """How much a document proves, from when until when, for which sites, company and service.

    `level` is None while nothing is chosen. `reason` is what a vendor may be told of a document
    that is not accepted; `note` is for colleagues alone.
    """

    level: int | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    sites: tuple[str, ...] = ()
    legal_entity: str = ""
    covers_service: bool = True
    reason: str = ""
    note: str = ""

    @property
    def rejected(self) -> bool:
        return self.level == NOT_ACCEPTED

    def checked(self, today: date, offered: Collection[str]) -> Proof:
        """The same with tidy text and nothing that does not belong to what was chosen.

        Invalid names every field that breaks its limits; `offered` are the vendor's own sites.
        """
        faults: dict[str, str] = {}
        entity = _tidy(self.legal_entity, ENTITY_LIMIT, "legal_entity", faults, lines=False)
        reason = _tidy(self.reason, REASON_LIMIT, "reason", faults)
        note = _tidy(self.note, NOTE_LIMIT, "note", faults)
        if self.level not in (*LEVELS, NOT_ACCEPTED):
            faults["level"] = worded(
                "Choose what the document proves, or that it is not acceptable."
            )
        if self.rejected:
            if not reason:
                missing = worded("Say what is wrong with it: the vendor is told so when asked.")
                faults.setdefault("reason", missing)
            _refuse(faults)
            return Proof(NOT_ACCEPTED, reason=reason, note=note)
        faults |= _date_faults(self.issued_on, self.expires_on, today)
        if not set(self.sites) <= set(offered):
            faults["sites"] = worded("Choose sites out of those that the vendor has named.")
        _refuse(faults)
        sites = tuple(one for one in offered if one in self.sites)
        dates = (self.issued_on, self.expires_on)
        return Proof(self.level, *dates, sites, entity, self.covers_service, note=note)

    def columns(self) -> dict[str, Any]:
        """How a review keeps it."""
        return {
            "level": self.level,
            "issued_on": self.issued_on,
            "expires_on": self.expires_on,
            "sites": list(self.sites),
            "legal_entity": self.legal_entity,
            "covers_service": self.covers_service,
            "rejected": self.rejected,
            "reason": self.reason,
            "note": self.note,
        }

    @classmethod
    def of(cls, review: HeldReview) -> Proof:
        """What a stored review says."""
        return cls(
            review.level,
            review.issued_on,
            review.expires_on,
            review.sites,
            review.legal_entity,
            review.covers_service,
            review.reason,
            review.note,
        )


def _tidy(text: str, limit: int, name: str, faults: dict[str, str], *, lines: bool = True) -> str:
    try:
        return clean(text, limit, reader(), lines=lines)
    except AnswerFault as fault:
        faults[name] = fault.sentence
        return ""


def _date_faults(issued: date | None, expires: date | None, today: date) -> Mapping[str, str]:
    faults = {
        name: worded(_YEAR, first=FIRST_YEAR, last=LAST_YEAR)
        for name, day in (("issued_on", issued), ("expires_on", expires))
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR
    }
    if faults:
        return faults
    # A document made today may bear tomorrow's date where the vendor sits.
    if issued is not None and issued > today + timedelta(days=1):
        faults["issued_on"] = worded("The date on the document lies in the future.")
    if issued is not None and expires is not None and expires < issued:
        faults["expires_on"] = worded("It cannot end before the day on which it was issued.")
    return faults


def _refuse(faults: Mapping[str, str]) -> None:
    if faults:
        raise Invalid(faults)
