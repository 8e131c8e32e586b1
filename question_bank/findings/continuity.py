"""Whether the service survives the loss of a site (brief 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from question_bank.findings.facts import Facts
from question_bank.findings.lines import Line
from question_bank.findings.names import loosely
from question_bank.findings.outcome import Figure, Outcome, told
from question_bank.findings.payments import card_is_heard, takes_cards
from question_bank.findings.reasoning import guess, perhaps, sure
from question_bank.findings.registry import finding
from question_bank.findings.spans import count
from question_bank.truth import Truth, all_true, any_true

SITES = "company.sites"
ALTERNATE = "resilience.alternate-site"
PROMISED = "resilience.rto"
ACHIEVED = "resilience.achieved-hours"
#: What strikes a whole region at once.
_REGIONAL = frozenset({"hurricane", "typhoon", "earthquake", "flood", "volcano"})
_NEAR, _REGION = Decimal(50), Decimal(100)


def is_primary(line: Line) -> bool:
    return line.text("role") == "primary"


def primaries(facts: Facts) -> tuple[Line, ...]:
    """The primary sites; not known while a site's role is not, or when none is one."""
    found = tuple(line for line in facts.rows(SITES) if is_primary(line))
    if not found:
        raise facts.not_known("no_primary_site")
    return found


@finding("no-redundancy")
def has_nowhere_else_to_work(facts: Facts) -> Outcome:
    """One primary or alternate site, and no prepared place to go to (brief 3.1).

    No such site at all contradicts the question: then it is not known.
    """

    def is_ours(line: Line) -> bool:
        return line.text("role") in ("primary", "alternate")

    def one_site() -> bool:
        sites = count(facts.rows(SITES), is_ours)
        if sites.most == 0:
            raise facts.not_known("no_primary_site")
        return sure(all_true((sites.over(Decimal(0)), sites.under(Decimal(2)))))

    nowhere = guess(lambda: facts.code(ALTERNATE) in ("none", "cold"))
    return told(all_true((guess(one_site), nowhere)))


@finding("shared-fate", "a p reason")
def shares_the_fate_of_the_primary(facts: Facts) -> Outcome:
    """An alternate site on the primary's grid, near it, or under the same regional hazard.

    (Brief 3.1.) With several primary sites it is enough that one of them shares it.
    """
    lines = facts.rows(SITES)

    def has_role(role: str) -> list[Line]:
        return [one for one in lines if one.is_empty("role") or one.text("role") == role]

    pairs = [(a, p) for a in has_role("alternate") for p in has_role("primary") if a is not p]
    if has_role("alternate") and not pairs:
        raise facts.not_known("no_primary_site")
    truth = any_true(_pair(a, p) for a, p in pairs)
    return told(truth, lambda: _shared(facts, [one for one in pairs if _pair(*one) is True]))


def _pair(alternate: Line, primary: Line) -> Truth:
    return all_true(
        (
            guess(lambda: alternate.text("role") == "alternate" and is_primary(primary)),
            any_true(_reasons(alternate, primary).values()),
        )
    )


def _reasons(alternate: Line, primary: Line) -> dict[str, Truth]:
    """Why both would be lost together, by the name of the phrase that says it."""

    def same_grid() -> bool:
        return loosely(alternate.text("grid")) == loosely(primary.text("grid"))

    def same_hazard() -> bool:
        return bool(alternate.codes("hazards") & primary.codes("hazards") & _REGIONAL)

    within_region = guess(lambda: alternate.number("km_from_primary") < _REGION)
    return {
        "same_grid": guess(same_grid),
        "too_near": guess(lambda: alternate.number("km_from_primary") < _NEAR),
        "same_hazard": all_true((within_region, guess(same_hazard))),
    }


def _shared(facts: Facts, pairs: list[tuple[Line, Line]]) -> Mapping[str, Figure]:
    a, p = min(pairs, key=lambda pair: (pair[0].name.casefold(), pair[1].name.casefold()))
    reasons = [name for name, truth in _reasons(a, p).items() if truth is True]
    km = perhaps(a.number, "km_from_primary")
    shown = "" if km is None else facts.voice.number(km)
    return {
        "a": a.name or facts.phrase("the_alternate_site"),
        "p": p.name or facts.phrase("the_primary_site"),
        "reason": facts.voice.listed(facts.phrase(name, km=shown) for name in reasons),
    }


@finding("fuel-shorter-than-rto", "fuel rto gap", unpromised="fuel")
def runs_out_of_fuel(facts: Facts) -> Outcome:
    """A primary site has no generator, or fuel for less time than recovery takes (brief 3.1).

    Without a generator the fuel counts as 0. Minor when refuelling is contracted within the fuel
    time at every site that it fires for; of several sites the one with the least fuel is told.
    """
    dry = [
        (site, all_true((guess(is_primary, site), _is_dry(site, facts))))
        for site in facts.rows(SITES)
    ]
    truth = any_true(one for _, one in dry)
    if truth is False:
        primaries(facts)
    bad = [site for site, one in dry if one is True]
    milder = bool(bad) and all(guess(_is_refuelled, site) is True for site in bad)
    fuel = min((_fuel(site) for site in bad), default=Decimal(0))
    promised = perhaps(facts.number, PROMISED)
    if promised is None:
        return told(truth, lambda: {"fuel": fuel}, variant="unpromised", milder=milder)
    gap = max(promised - fuel, Decimal(0))
    return told(truth, lambda: {"fuel": fuel, "rto": promised, "gap": gap}, milder=milder)


def _is_dry(site: Line, facts: Facts) -> Truth:
    without = guess(lambda: not site.yes("generator"))
    return any_true((without, guess(lambda: site.number("fuel_h") < facts.number(PROMISED))))


def _fuel(site: Line) -> Decimal:
    if guess(site.yes, "generator") is False:
        return Decimal(0)
    return perhaps(site.number, "fuel_h") or Decimal(0)


def _is_refuelled(site: Line) -> bool:
    return not site.is_empty("refuel_h") and site.number("refuel_h") < _fuel(site)


@finding("recovery-slower-than-promised", "a r")
def recovers_slower_than_promised(facts: Facts) -> Outcome:
    """The last failover test took longer than the committed time (brief 3.1)."""
    took, promised = facts.number(ACHIEVED), facts.number(PROMISED)
    return told(took > promised, lambda: {"a": took, "r": promised})


@finding("home-fallback-not-allowed")
def falls_back_to_homes(facts: Facts) -> Outcome:
    """The only fallback is home working, which privilege or heard card numbers forbid (brief 3.1).

    Cards count as taken when the add-on is active or the brief names card data; where they are
    heard it is major at least.
    """
    legal = guess(facts.has_profile, "L")
    cards = all_true((takes_cards(facts), guess(card_is_heard, facts)))
    home = guess(lambda: facts.code(ALTERNATE) == "home")
    severity = "major" if cards is True and legal is False else None
    return told(all_true((home, any_true((legal, cards)))), severity=severity)
