"""What findings may know besides answers and brief; None always means that it is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from question_bank.demanded import Requirement
from question_bank.values import Money


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a round in figures: the vendor itself, another one, or the own team.

    `shore` is in_house, onshore, nearshore or offshore; `tier` is not_eligible, conditional or
    recommended. `hour` is the cost of one productive hour, `adjusted` that of one resolved contact
    with customer loss (brief 5.6), `quality` the score Q (brief 5.4).
    """

    name: str = ""
    shore: str | None = None
    eligible: bool | None = None
    tier: str | None = None
    quality: Decimal | None = None
    hour: Money | None = None
    adjusted: Money | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """The trial of the vendor: its measured shares in percent, its handling time in seconds."""

    completed: bool | None = None
    fcr: Decimal | None = None
    csat: Decimal | None = None
    aht: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was attached to an answer; `issued_on` is the day that stands on it."""

    question: str
    name: str
    document_type: str
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class BestClient:
    """A client that the vendor calls one of its best, as an analyst tagged it."""

    name: str
    sector: str | None = None
    size_band: str | None = None
    services: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class DatedRate:
    """One unit of `currency` was worth `rate` units of `into` on that day."""

    currency: str
    into: str
    rate: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class Given:
    """The extra facts. Of them only `requirements` and `papers` have a stand-in.

    `requirements` are those of the round (None: the defaults of its profiles), `papers` what was
    attached (None: what the answers carry). `evidenced` are the questions whose evidence was
    accepted. `no_conflict`: a signed statement, or a blind match of all names, excludes that a
    competitor hides behind a coded client. `preferred`: the buyer marked this option as the one
    to choose. `labour_floors` by country are the buyer's own, before those of the policy.
    `prices_open`: the requirement review is locked, so the sealed answers may be read.
    """

    vendor: str | None = None
    requirements: tuple[Requirement, ...] | None = None
    papers: tuple[Paper, ...] | None = None
    evidenced: frozenset[str] | None = None
    trial: Trial | None = None
    best_clients: tuple[BestClient, ...] | None = None
    no_conflict: bool | None = None
    own: Option = field(default_factory=Option)
    others: tuple[Option, ...] | None = None
    preferred: bool | None = None
    rates: tuple[DatedRate, ...] = ()
    labour_floors: Mapping[str, Money] = field(default_factory=dict)
    prices_open: bool = False


NOTHING_GIVEN = Given()
