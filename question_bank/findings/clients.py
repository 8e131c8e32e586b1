"""What the client list says about the vendor itself (brief 3.1)."""

from __future__ import annotations

from decimal import Decimal

from question_bank.findings.competitors import CLIENTS, is_current
from question_bank.findings.facts import Facts
from question_bank.findings.figures import percent
from question_bank.findings.lines import Line
from question_bank.findings.outcome import Outcome, told
from question_bank.findings.reasoning import perhaps
from question_bank.findings.registry import finding
from question_bank.findings.spans import share, those, total
from question_bank.truth import Truth, Unsure
from question_bank.values import months_before

TOTAL = "clients.total-seats"


def seats(line: Line) -> Decimal:
    return line.number("seats")


@finding("one-client-risk", "pct")
def depends_on_one_client(facts: Facts) -> Outcome:
    """The largest client holds more than 30 % of the seats; major above 50 % (brief 3.1).

    Where a client's seats are not known the largest may be larger: then it counts as major.
    """
    whole = facts.number(TOTAL)
    if whole <= 0:
        raise facts.not_known("no_seats")
    lines = facts.rows(CLIENTS)
    held = total(lines, is_current, seats)
    known = [n for line in those(lines, is_current) if (n := perhaps(seats, line)) is not None]
    if held.is_known and not known:
        raise facts.not_known("no_clients")
    largest = max(known, default=Decimal(0))
    over = largest > Decimal("0.3") * whole
    half = largest > Decimal("0.5") * whole
    truth: Truth = over if over or held.is_known else Unsure(held.why)
    return told(
        truth,
        lambda: {"pct": percent(largest, whole, Decimal(50 if half else 30))},
        severity="major" if half or not held.is_known else "minor",
    )


@finding("client-list-incomplete", "pct")
def lists_too_few_clients(facts: Facts) -> Outcome:
    """The listed current clients hold less than 70 % of the seats that are billed (brief 3.1)."""
    whole = facts.number(TOTAL)
    listed = total(facts.rows(CLIENTS), is_current, seats)
    limit = Decimal("0.7") * whole
    return told(
        listed.under(limit),
        lambda: {"pct": percent(listed.most or Decimal(0), whole, Decimal(70))},
    )


@finding("clients-leaving", "a b")
def loses_clients(facts: Facts) -> Outcome:
    """Of all clients more than a quarter left in the last 24 months (brief 3.1).

    A client that ended on an unknown day may have left before; with no client at all there is
    nothing to divide by.
    """
    since = months_before(facts.on, 24)

    def has_left(line: Line) -> bool:
        return not is_current(line) and line.day("ended") >= since

    def counts(line: Line) -> bool:
        return bool(line.text("status"))

    lines = facts.rows(CLIENTS)
    left = share(lines, counts, has_left)
    truth = left.at_least(Decimal("0.25"), facts.phrase("no_clients"), strictly=True)
    return told(truth, lambda: {"a": left.least[0], "b": left.least[1]})


@finding("no-free-seats", "free s")
def has_no_free_seats(facts: Facts) -> Outcome:
    """The seats of all sites, less those that are billed, are fewer than needed (brief 3.1).

    More seats billed than there are leave none free.
    """
    needed, taken = facts.seats_needed(), facts.number(TOTAL)
    built = total(facts.rows("company.sites"), lambda _: True, seats)
    truth = built.under(taken + needed)
    return told(
        truth, lambda: {"free": max((built.most or Decimal(0)) - taken, Decimal(0)), "s": needed}
    )
