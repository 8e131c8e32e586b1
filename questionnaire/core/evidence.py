"""A document beside an answer, and what a reviewer found when reading it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

#: Levels of assurance, weakest first: the places in the bank's list of them.
CLAIMED: Final = 0
SUPPLIED: Final = 1
REVIEWED: Final = 2
ATTESTED: Final = 3
OBSERVED: Final = 4


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer says of one document: how much it proves, from when until when, for what.

    `sites` are names out of the vendor's own answer; none means that the document is about no
    site in particular. `legal_entity` is the company that the document names, for people to read.
    """

    level: int
    issued_on: date | None = None
    expires_on: date | None = None
    sites: tuple[str, ...] = ()
    legal_entity: str = ""
    covers_service: bool = True
    rejected: bool = False

    def lapsed(self, on: date) -> bool:
        """Whether its last day is over."""
        return not self.rejected and self.expires_on is not None and self.expires_on < on


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that was accepted with an answer; `issued_on` is the day that the vendor gave."""

    name: str
    document_type: str
    issued_on: date | None = None
    review: Review | None = None

    @property
    def dated(self) -> date | None:
        """The day that stands on it: who has read it knows better than who attached it."""
        return (self.review and self.review.issued_on) or self.issued_on

    @property
    def level(self) -> int:
        """How much it proves by itself, whatever its dates and its scope."""
        return self.review.level if self.review else SUPPLIED

    @property
    def rejected(self) -> bool:
        return self.review is not None and self.review.rejected

    def stands(self, on: date | None) -> bool:
        """Neither rejected nor lapsed on the day."""
        lapsed = self.review is not None and on is not None and self.review.lapsed(on)
        return not (self.rejected or lapsed)
