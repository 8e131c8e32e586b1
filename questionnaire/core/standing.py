"""How much the buyer would matter, how much the lines were up, how new agents are (brief 3.3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from question_bank.values import months_before
from questionnaire.core.case import Case
from questionnaire.core.numbers import number_of
from questionnaire.core.parts import cell, number, rows
from questionnaire.core.phrases import say
from questionnaire.core.truth import Unsure

#: Three months of a year until an agent has all skills (brief 3.3).
_QUARTER = Decimal("0.25")
#: Minutes of 24 months (brief 3.3).
PERIOD_MINUTES, PERIOD_MONTHS = 1_051_200, 24


def seat_share(case: Case) -> Decimal | Unsure:
    """The share of the provider's seats that would be the buyer's, in percent."""
    seats, total = number_of(case.stated("seats_needed")), number("clients.seats_in_all", case)
    if seats is None:
        return Unsure(say(case.language, "your brief does not state how many seats you need"))
    if isinstance(total, Unsure):
        return total
    if total + seats <= 0:
        return Unsure(say(case.language, "there are no seats to have a share of"))
    return 100 * seats / (total + seats)


def rank(case: Case) -> tuple[int, int] | Unsure:
    """The buyer's place among the current clients by seats, and how many they would be with it."""
    seats, current = number_of(case.stated("seats_needed")), rows("clients.current", case)
    if seats is None:
        return Unsure(say(case.language, "your brief does not state how many seats you need"))
    if isinstance(current, Unsure):
        return current
    larger = 0
    for row in current:
        held = number_of(cell("clients.seats", row, case))
        if held is None:
            return Unsure(say(case.language, "a client is listed without its seats"))
        larger += held > seats
    return 1 + larger, len(current) + 1


def availability(case: Case) -> Decimal | Unsure:
    """How much of the last 24 months the service was up, in percent.

    An outage without a date counts, since it may lie in these months.
    """
    reported = rows("outages", case)
    if isinstance(reported, Unsure):
        return reported
    down = Decimal(0)
    for row in reported:
        day = cell("outages.date", row, case)
        if case.on and isinstance(day, date) and day < months_before(case.on, PERIOD_MONTHS):
            continue
        minutes = number_of(cell("outages.minutes", row, case))
        if minutes is None:
            return Unsure(say(case.language, "an outage is reported without its duration"))
        down += minutes
    return max(100 * (1 - down / PERIOD_MINUTES), Decimal(0))


def leaving(case: Case) -> Decimal | Unsure:
    """How many agents leave in a year, in percent; of several rows of agents the worst decides."""
    agents = rows("staff.agents", case)
    if isinstance(agents, Unsure):
        return agents
    if not agents:
        return Unsure(say(case.language, "no agents are listed"))
    rates = [number_of(cell("staff.leaving", row, case)) for row in agents]
    known = [rate for rate in rates if rate is not None]
    if len(known) < len(rates):
        return Unsure(say(case.language, "how many agents leave is not said"))
    return max(known)


def new_starters(case: Case) -> Decimal | Unsure:
    """The share of agents with under three months' service, in percent."""
    rate = leaving(case)
    return rate if isinstance(rate, Unsure) else rate * _QUARTER
