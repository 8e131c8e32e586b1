"""What a verdict is reached on: the buyer's side, the same for all, and what one vendor brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from question_bank.model import Bank, Requirement
from question_bank.values import Money
from questionnaire.core.answers import Answers
from questionnaire.core.case import Brief, Case
from questionnaire.core.conditions import open_case
from questionnaire.core.cost import USUAL_SHRINKAGE, Cost, Figure, Price, Terms, Work, cost_of
from questionnaire.core.exchange import Rates
from questionnaire.core.gazetteer import Place
from questionnaire.core.numbers import number_of
from questionnaire.core.scoring import base_of
from questionnaire.core.shore import place_of
from questionnaire.core.trial import Trial
from questionnaire.core.truth import Unsure
from questionnaire.core.value import USUAL_PRICE_WEIGHT


@dataclass(frozen=True)
class Basis:
    """The buyer's side of every verdict of one RFI.

    While prices are sealed (`prices_open` false) costs, price utility and value are unknown and
    everything else is as it will be: no price takes part in it.
    """

    bank: Bank
    brief: Brief
    profiles: tuple[str, ...]
    requirements: Sequence[Requirement]
    on: date
    selection: frozenset[str] | None = None
    prices_open: bool = False
    price_weight: Decimal = USUAL_PRICE_WEIGHT
    shrinkage: Decimal = USUAL_SHRINKAGE
    rates: Rates | None = None
    language: str = "en"
    #: In place of the weights of the profiles, by section; None: as the profiles have them.
    weights: Mapping[str, Decimal] | None = None
    #: Least scores of protected sections; one below what the profiles ask for does not count.
    floors: Mapping[str, int] | None = None
    #: Satisfaction of the own team's customers in the same trial; it goes before the brief's.
    measured_csat: Decimal | None = None

    @cached_property
    def case(self) -> Case:
        """The brief without any answers."""
        return open_case(self.bank, self.brief, {}, on=self.on, language=self.language)

    @cached_property
    def of_own_team(self) -> Basis:
        """The same as the buyer's own team is judged by: without what only vendors are asked."""
        left_out = self.bank.vendors_only
        asked = frozenset(self.bank.questions) if self.selection is None else self.selection
        return replace(
            self,
            selection=asked - left_out,
            requirements=[one for one in self.requirements if one.question not in left_out],
        )

    @property
    def base_profile(self) -> str:
        return base_of(self.bank, self.profiles).id

    def number(self, path: str) -> Figure:
        """A number of the brief, or why there is none."""
        value = self.case.stated(path)
        if isinstance(value, Unsure):
            return value
        found = value.amount if isinstance(value, Money) else number_of(value)
        return Unsure("") if found is None else found

    def stated(self, path: str) -> Decimal | None:
        """A number of the brief; None where the buyer states none."""
        found = self.number(path)
        return None if isinstance(found, Unsure) else found

    def assumed(self, path: str) -> Decimal | None:
        """A number of the brief, or the default of its field: for assumptions, never for needs."""
        asked = self.case.bank_field(path)
        stated = self.stated(path)
        return number_of(asked.default) if stated is None and asked is not None else stated

    @property
    def inhouse_csat(self) -> Decimal | None:
        """As the trial measured it, else as the brief states it; None where neither does."""
        return self.stated("inhouse.csat") if self.measured_csat is None else self.measured_csat

    def text(self, path: str) -> str | None:
        value = self.case.stated(path)
        return value if isinstance(value, str) else None

    @cached_property
    def contract_start(self) -> date | None:
        try:
            return date.fromisoformat(self.text("contract_start") or "")
        except ValueError:
            return None

    @cached_property
    def office(self) -> Place | Unsure:
        """Where the buyer's main office is; coordinates in the brief go before the gazetteer."""
        place = place_of(self.text("office.country"), self.text("office.city"), self.language)
        north, east = self.number("office.latitude"), self.number("office.longitude")
        zone = self.text("office.time_zone")
        if isinstance(north, Unsure) or isinstance(east, Unsure):
            return place
        if zone is None and isinstance(place, Unsure):
            return place
        known_zone = zone or (place.time_zone if isinstance(place, Place) else "")
        return Place(
            self.text("office.city") or "", self.text("office.country") or "",
            float(north), float(east), known_zone,
        )  # fmt: skip

    @cached_property
    def terms(self) -> Terms:
        margin = self.stated("margin")
        currency = self.case.currency
        return Terms(
            currency=currency,
            margin=None if margin is None else Money(margin, currency),
            silent_churn=self.assumed("silent_churn"),
            monthly_contacts=self.stated("monthly_contacts"),
            shrinkage=self.shrinkage,
            rates=self.rates,
            language=self.language,
        )

    @cached_property
    def inhouse_cost(self) -> Cost:
        """What the buyer's own team costs, by the same rules."""
        rate = self.number("inhouse.rate")
        known = None if isinstance(rate, Unsure) else Money(rate, self.terms.currency)
        work = Work(
            aht=self.number("inhouse.aht"),
            fcr=share(self.number("inhouse.fcr")),
            csat=share(self.number("inhouse.csat")),
            occupancy=self.number("inhouse.occ"),
        )
        return cost_of(Price("productive_hour", known), work, self.terms)


@dataclass(frozen=True)
class Offer:
    """What one vendor brought: its answers, its trial, its place, and what the buyer allowed it.

    `price` stands in for the answers where a hybrid price is told in its parts. `waived` and
    `accepted` name requirements and findings, `accepted_not_applicable` and `evidenced`
    questions.
    """

    code: str
    name: str
    answers: Answers
    trial: Trial | None = None
    #: The trial that was failed before it, where `trial` is its one repeat; it only is shown.
    first_trial: Trial | None = None
    country: str | None = None
    city: str | None = None
    price: Price | None = None
    waived: frozenset[str] = frozenset()
    #: What the reviewers have accepted as sufficient: the requirement is met, the finding is none.
    accepted: frozenset[str] = frozenset()
    accepted_not_applicable: frozenset[str] = frozenset()
    #: Questions whose evidence was accepted; None: nobody has reviewed any yet.
    evidenced: frozenset[str] | None = None
    #: Whether answers count as proven without documents: for cases that tell of none.
    assured: bool = False
    #: A signed statement, or a match of all names, excludes a competitor behind a coded client.
    no_conflict: bool | None = None
    preferred: bool | None = None
    #: The buyer's own team: it answers the same questions, and has no price and no clients.
    in_house: bool = False


def share(percent: Figure) -> Figure:
    """Percent as a share of 1."""
    return percent if isinstance(percent, Unsure) else percent / 100
