"""Which countries the data reaches, and whether it may (brief 3.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from question_bank.findings.continuity import SITES
from question_bank.findings.facts import Facts
from question_bank.findings.lines import Line
from question_bank.findings.outcome import Outcome, told
from question_bank.findings.reasoning import NotKnown, guess, sure
from question_bank.findings.registry import finding
from question_bank.findings.spans import some_line, those
from question_bank.truth import Truth, Unsure, all_true

CENTRES = "resilience.data-centres"
PARTNERS = "privacy.subprocessors"
DECLARED = "privacy.countries"
TOOL = "privacy.transfer-tool"
SUBCONTRACTING = "contract.subcontracting"


@dataclass(frozen=True, slots=True)
class Reach:
    """The countries that the data surely reaches, those it may, and why more are possible."""

    sure: frozenset[str]
    open: frozenset[str]
    why: str

    def leaves(self, allowed: frozenset[str]) -> Truth:
        """Whether a country is reached that is not allowed."""
        if self.sure - allowed:
            return True
        return Unsure(self.why) if self.why and (not self.open or self.open - allowed) else False


def reach(facts: Facts, *, declared: bool = True) -> Reach:
    """U: primary and alternate sites, data centres, subprocessors and the declared countries."""
    parts = list(_parts(facts, declared=declared).values())
    # Countries that only may be reached decide nothing while others are not known at all.
    boundless = next((one.why for one in parts if one.why and not one.open), "")
    return Reach(
        frozenset().union(*(one.sure for one in parts)),
        frozenset() if boundless else frozenset().union(*(one.open for one in parts)),
        boundless or next((one.why for one in parts if one.why), ""),
    )


def _parts(facts: Facts, *, declared: bool = True) -> dict[str, Reach]:
    """What each of the answers says that is reached."""
    parts = {
        SITES: _in_table(facts, SITES, _serves_us),
        CENTRES: _in_table(facts, CENTRES, _counts),
        PARTNERS: _in_table(facts, PARTNERS, _counts),
    }
    return parts | {DECLARED: _declared(facts)} if declared else parts


def _declared(facts: Facts) -> Reach:
    try:
        return Reach(facts.codes(DECLARED), frozenset(), "")
    except NotKnown as unknown:
        return Reach(frozenset(), frozenset(), unknown.why)


def _serves_us(line: Line) -> bool:
    return line.text("role") in ("primary", "alternate")


def _has_country(line: Line) -> bool:
    return bool(line.text("country"))


def _counts(line: Line) -> bool:
    return True


def _in_table(facts: Facts, question: str, inside: Callable[[Line], bool]) -> Reach:
    reached: set[str] = set()
    possible: set[str] = set()
    boundless = bounded = ""
    try:
        lines = facts.rows(question)
    except NotKnown as unknown:
        return Reach(frozenset(), frozenset(), unknown.why)
    for line in lines:
        within = guess(inside, line)
        country = guess(_has_country, line)
        if within is False:
            continue
        if isinstance(country, Unsure):
            boundless = boundless or country.why
        elif within is True:
            reached.add(line.text("country"))
        else:
            possible.add(line.text("country"))
            bounded = bounded or within.why
    found = frozenset() if boundless else frozenset(possible)
    return Reach(frozenset(reached), found, boundless or bounded)


def _named(facts: Facts, codes: frozenset[str]) -> str:
    return facts.voice.listed(sorted(map(facts.voice.country, codes)))


@finding("data-leaves-permitted-area", "list")
def leaves_the_permitted_area(facts: Facts) -> Outcome:
    """The data reaches a country that the buyer does not permit (brief 3.1).

    A brief that permits no country at all contradicts itself: then nothing is known.
    """
    permitted = facts.buyer_codes("permitted_countries")
    if not permitted:
        raise facts.not_known("no_permitted_countries")
    reached = reach(facts)
    return told(
        reached.leaves(permitted),
        lambda: {"list": _named(facts, reached.sure - permitted)},
        at_fault=tuple(name for name, one in _parts(facts).items() if one.sure - permitted),
    )


@finding("undeclared-country", "list")
def reaches_an_undeclared_country(facts: Facts) -> Outcome:
    """A country in the tables is missing among the declared ones (brief 3.1)."""
    declared = facts.codes(DECLARED)
    reached = reach(facts, declared=False)
    return told(reached.leaves(declared), lambda: {"list": _named(facts, reached.sure - declared)})


@finding("hidden-subcontracting", "name")
def hides_subcontracting(facts: Facts) -> Outcome:
    """Calls are never passed on, but a partner staffs them or takes the overflow (brief 3.1)."""

    def takes_calls(line: Line) -> bool:
        return line.text("service") in ("staffing", "overflow")

    never = guess(lambda: facts.code(SUBCONTRACTING) == "never")
    partner = guess(lambda: sure(some_line(facts.rows(PARTNERS), takes_calls)))
    return told(all_true((never, partner)), lambda: {"name": _names(facts, takes_calls)})


def _names(facts: Facts, inside: Callable[[Line], bool]) -> str:
    found = those(facts.rows(PARTNERS), inside)
    return facts.voice.listed(one.name or facts.phrase("a_company") for one in found)


@finding("transfer-basis-mismatch", "tool list")
def transfers_on_the_wrong_basis(facts: Facts) -> Outcome:
    """The legal basis does not cover a country that data of EU or UK people reaches (brief 3.1)."""
    concerned = guess(lambda: not facts.buyer_codes("jurisdictions").isdisjoint(("eu", "uk")))

    def mismatch() -> bool:
        covered = _covered(facts)
        return covered is not None and sure(reach(facts).leaves(covered))

    return told(
        all_true((concerned, guess(mismatch))),
        lambda: {
            "tool": facts.label(TOOL, facts.code(TOOL)),
            "list": _named(facts, reach(facts).sure - (_covered(facts) or frozenset())),
        },
    )


def _covered(facts: Facts) -> frozenset[str] | None:
    """The countries that the basis covers; None for one that is not bound to countries."""
    tool = facts.code(TOOL)
    if tool not in ("not_needed", "dpf", "adequacy"):
        return None
    area = facts.policy("eea")
    if tool == "dpf":
        return area | {"US"}
    return area if tool == "not_needed" else area | facts.policy("adequate_countries")
