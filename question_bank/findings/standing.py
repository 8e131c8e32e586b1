"""Where the buyer would stand among the vendor's clients (brief 3.1)."""

from __future__ import annotations

from decimal import Decimal
from statistics import median

from question_bank.findings.clients import TOTAL, seats
from question_bank.findings.competitors import CLIENTS, is_current
from question_bank.findings.facts import Facts
from question_bank.findings.figures import percent, rounded
from question_bank.findings.given import BestClient
from question_bank.findings.lines import Line
from question_bank.findings.outcome import Figure, Outcome, told
from question_bank.findings.reasoning import guess, perhaps, sure
from question_bank.findings.registry import finding
from question_bank.findings.spans import Share, Span, count, share
from question_bank.truth import Truth, Unsure, all_true, any_true

RANK = "clients.our-rank"
_RANKS = ("smallest", "middle", "top5", "largest")
_HUNDRED = Decimal(100)


def _shares(facts: Facts) -> tuple[Decimal, Decimal, Decimal]:
    """The buyer's seats in percent of all with them, and the smallest and largest wanted share.

    A smallest share above the largest is a contradiction: neither says anything.
    """
    low, high = facts.preference("min_share"), facts.preference("max_share")
    if low > high:
        raise facts.not_known("shares_contradict")
    needed = facts.seats_needed()
    return _HUNDRED * needed / (facts.number(TOTAL) + needed), low, high


@finding("too-small-to-matter", "share rank N", unranked="share")
def hardly_counts(facts: Facts) -> Outcome:
    """The buyer's share of the seats is under the smallest that it wants (brief 3.1)."""
    ours, low, _ = _shares(facts)
    rank = perhaps(_rank, facts)
    if rank is None:
        return told(ours < low, lambda: {"share": rounded(ours, low)}, variant="unranked")
    return told(ours < low, lambda: {"share": rounded(ours, low), "rank": rank[0], "N": rank[1]})


@finding("too-dependent-on-us", "share")
def depends_on_us(facts: Facts) -> Outcome:
    """The buyer's share of the seats is over the largest that it wants (brief 3.1)."""
    ours, _, high = _shares(facts)
    return told(ours > high, lambda: {"share": rounded(ours, high)})


def _rank(facts: Facts) -> tuple[int, int]:
    """The buyer's place among the current clients by seats, and how many they would be."""
    ahead, all_of = _places(facts)
    return int(ahead.known()) + 1, int(all_of.known()) + 1


def _places(facts: Facts) -> tuple[Span, Span]:
    """How many current clients have more seats than the buyer needs, and how many there are."""
    needed, lines = facts.seats_needed(), facts.rows(CLIENTS)

    def is_ahead(line: Line) -> bool:
        larger = guess(lambda: seats(line) > needed)
        return sure(all_true((guess(is_current, line), larger)))

    return count(lines, is_ahead), count(lines, is_current)


@finding("rank-overstated", "claim rank N")
def claims_a_better_rank(facts: Facts) -> Outcome:
    """The rank that the vendor names is better than the one its client list gives (brief 3.1).

    Clients without a number of seats may stand before the buyer or behind: it fires only when
    every rank that is possible is worse than the claim. The lowest claim is never too high.
    """
    claim = facts.code(RANK)
    if claim not in _RANKS:
        raise facts.not_known("unreadable")
    if claim == _RANKS[0]:
        return told(False)
    ahead, others = _places(facts)
    n = int(others.known())
    most = int(ahead.most if ahead.most is not None else n)
    possible = range(int(ahead.least) + 1, most + 2)
    truths = {_RANKS.index(claim) > _RANKS.index(_class(rank, n)) for rank in possible}
    truth: Truth = truths.pop() if len(truths) == 1 else Unsure(ahead.why)
    return told(
        truth,
        lambda: {
            "claim": facts.label(RANK, claim),
            "rank": possible[0] if len(possible) == 1 else f"{possible[0]}–{possible[-1]}",
            "N": n + 1,
        },
    )


def _class(rank: int, others: int) -> str:
    if rank == 1:
        return "largest"
    if rank <= 5:
        return "top5"
    return "smallest" if 4 * rank > 3 * others else "middle"


@finding("size-mismatch", "pct m s", corporate="pct", larger="m s")
def serves_another_size(facts: Facts) -> Outcome:
    """Mostly large corporations for a small buyer, or a median client of four times its size.

    (Brief 3.1.) Each half decides alone when it is true.
    """
    lines, needed = facts.rows(CLIENTS), perhaps(facts.seats_needed)
    corporate = share(lines, is_current, lambda line: line.text("size_band") == "enterprise")
    mostly = all_true(
        (
            corporate.at_least(Decimal("0.6"), facts.phrase("no_clients")),
            guess(lambda: facts.buyer_code("size") in ("startup", "small")),
        )
    )
    middle = perhaps(_median, facts)
    larger = guess(lambda: _median(facts) > 4 * facts.seats_needed())
    known: dict[str, Figure | None] = {
        "pct": _percent(corporate, facts),
        "m": None if middle is None else rounded(middle),
        "s": needed,
    }
    variant = "" if None not in known.values() else "corporate" if mostly is True else "larger"
    named = {"": ("pct", "m", "s"), "corporate": ("pct",), "larger": ("m", "s")}[variant]
    figures = {name: figure for name in named if (figure := known[name]) is not None}
    return told(any_true((mostly, larger)), lambda: figures, variant=variant)


def _percent(part: Share, facts: Facts) -> Figure | None:
    """The share in percent; the least that it is where some rows are not known."""
    hits, of = part.least
    if not of:
        return None
    least = percent(Decimal(hits), Decimal(of))
    if part.least == part.most:
        return least
    return facts.phrase("at_least", n=facts.voice.number(least))


def _median(facts: Facts) -> Decimal:
    sizes = []
    for line in facts.rows(CLIENTS):
        if is_current(line):
            sizes.append(seats(line))
    if not sizes:
        raise facts.not_known("no_clients")
    return median(sizes)


@finding("best-clients-unlike-us", "list")
def has_best_clients_unlike_us(facts: Facts) -> Outcome:
    """None of the best clients, as tagged, shares sector, size or a service with us (brief 3.1)."""
    best = facts.given.best_clients
    if not best:
        raise facts.not_known("best_clients")
    resembles = any_true(_resembles(one, facts) for one in best)
    truth = resembles if isinstance(resembles, Unsure) else not resembles
    return told(truth, lambda: {"list": facts.voice.listed(sorted(one.name for one in best))})


def _resembles(client: BestClient, facts: Facts) -> Truth:
    def same(tag: str | None, field: str) -> bool:
        return facts.known_fact(tag, "best_clients") == facts.buyer_code(field)

    def shares_a_service() -> bool:
        services = facts.known_fact(client.services, "best_clients")
        return not facts.buyer_codes("service_lines").isdisjoint(services)

    return any_true(
        (
            guess(same, client.sector, "sector"),
            guess(same, client.size_band, "size"),
            guess(shares_a_service),
        )
    )
