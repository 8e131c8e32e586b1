"""A what-if in the words of its pages: what is tried, what it does, what could be tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from question_bank.model import Requirement
from questionnaire.buyer.requirements import Line, line_of
from questionnaire.buyer.tries import Trying, encoded
from questionnaire.buyer.verdict_words import TIERS as TIER_TITLES
from questionnaire.core.excluding import misses
from questionnaire.core.exclusions import Exclusion, exclusions
from questionnaire.core.faults import AnswerFault
from questionnaire.core.numbers import parse_number, plain_number
from questionnaire.core.phrases import reader, worded
from questionnaire.core.scoring import floors, section_weights
from questionnaire.core.value import TIERS_IN_ORDER, USUAL_PRICE_WEIGHT, ordered
from questionnaire.core.verdict import Verdict
from questionnaire.core.weighting import Weighting
from questionnaire.services import differing, foreseeing, supposing, versioning
from questionnaire.services.concluding import TIERS, Conclusion
from questionnaire.services.faults import Invalid
from questionnaire.services.supposing import Present, Wanted

#: How many requirements are listed without being searched for.
FIRST = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A requirement that can be tried, and what it does to vendors as it is now."""

    line: Line
    excludes: Exclusion | None
    tried: bool


def told(
    tried: Trying, found: Conclusion, asked: Mapping[str, str], language: str
) -> dict[str, Any]:
    """Everything that the page says."""
    now = tried.now
    verdicts = list(found.verdicts)
    offers = [found.offers[one.code] for one in verdicts]
    shut = {one.id: one for one in exclusions(found.basis, offers, verdicts)}
    choices = list(_choices(tried, shut, asked))
    return done(tried, found, language) | {
        "without": _without(tried),
        "tier_titles": TIER_TITLES,
        "choices": choices,
        "sections": [one for one in now.bank.sections if not one.sealed],
        "wanted": asked.get("q", ""),
        "section": asked.get("section", ""),
        "all": len(now.held),
        "misses": misses(found.basis, offers, verdicts),
    }


def done(tried: Trying, found: Conclusion, language: str) -> dict[str, Any]:
    """What is tried and what it does."""
    now, wanted = tried.now, tried.wanted
    after, new = foreseeing.tried(now, wanted, found)
    effects = foreseeing.effects_of(now, found, after, new, language)
    return {
        "edits": versioning.wanted_edits(now, wanted, language),
        "weights": versioning.wanted_weights(now, wanted, language),
        "effects": effects,
        "counts": differing.tiers(effects, TIERS),
        "orders": _orders(list(found.verdicts), new, found, after.price_weight),
        "asks_less": supposing.asks_less(now, wanted),
    }


def _without(tried: Trying) -> dict[str, str | None]:
    """The what-if without each of its parts, as the address of the page holds it."""
    parts = [*tried.wanted.edits, "weights"]
    return {one: encoded(tried.now, supposing.without(tried.wanted, one)) for one in parts}


def weight_rows(now: Present, language: str) -> list[tuple[str, str, str, int | None]]:
    """Section, its title, its usual weight and the least floor, None where nothing protects it."""
    usual = section_weights(now.bank, now.rfi.profiles)
    least = floors(now.bank, now.rfi.profiles)
    asked = {now.bank.questions[one].section for one in now.rfi.question_ids}
    return [
        (one.id, one.title.text(language), _plain(usual[one.id]), least.get(one.id))
        for one in now.bank.sections
        if one.id in usual and one.id in asked
    ]


def typed_weighting(now: Present, wanted: Wanted) -> dict[str, str]:
    """What the controls of the weights hold: those tried, else those in force."""
    held = now.demanded.weighting if wanted.weighting is None else wanted.weighting
    price = USUAL_PRICE_WEIGHT if held.price_weight is None else held.price_weight
    typed = {"price_weight": _plain(100 * price)}
    for id, _title, weight, floor in weight_rows(now, "en"):
        own = held.weights.get(id)
        typed[f"weight-{id}"] = weight if own is None else _plain(own)
        if floor is not None:
            typed[f"floor-{id}"] = str(held.floors.get(id, floor))
    return typed


def read_weighting(now: Present, typed: Mapping[str, str]) -> Weighting:
    """Only what differs from the profiles; Invalid for what is no number."""
    faults: dict[str, str] = {}
    weights, least = {}, {}
    for id, _title, usual, floor in weight_rows(now, "en"):
        weight = _number(typed, f"weight-{id}", Decimal(usual), faults)
        if weight != Decimal(usual):
            weights[id] = weight
        if floor is not None:
            own = _number(typed, f"floor-{id}", Decimal(floor), faults)
            if own != own.to_integral_value():
                faults[f"floor-{id}"] = worded("A floor is a whole number.")
            elif own != floor:
                least[id] = int(own)
    price = _number(typed, "price_weight", 100 * USUAL_PRICE_WEIGHT, faults) / 100
    if faults:
        raise Invalid(faults)
    return Weighting(weights, least, None if price == USUAL_PRICE_WEIGHT else price)


def _plain(number: Decimal) -> str:
    """Without zeros at its end."""
    return plain_number(number.normalize())


def _number(typed: Mapping[str, str], name: str, usual: Decimal, faults: dict[str, str]) -> Decimal:
    text = typed.get(name, "").strip()
    if not text:
        return usual
    try:
        return parse_number(text, reader())
    except AnswerFault as fault:
        faults[name] = fault.sentence
        return usual


def _choices(
    tried: Trying, shut: Mapping[str, Exclusion], asked: Mapping[str, str]
) -> Iterator[Choice]:
    """What was searched for, or what keeps most vendors out; the heaviest first."""
    now = tried.now
    wanted, section = asked.get("q", "").strip().casefold(), asked.get("section", "")
    places = {id: place for place, id in enumerate(shut)}
    held = sorted(now.held.values(), key=lambda one: places.get(one.id, len(places)))
    narrowed = bool(wanted or section or asked.get("all"))
    shown = 0
    for one in held:
        question = now.bank.questions[one.requirement.question]
        if section and question.section != section:
            continue
        if not narrowed and one.id not in shut:
            continue
        line = line_of(now.bank, now.rfi, one)
        if wanted and wanted not in _text(line, one.requirement):
            continue
        shown += 1
        if not narrowed and shown > FIRST:
            return
        yield Choice(line, shut.get(one.id), one.id in tried.wanted.edits)


def _text(line: Line, requirement: Requirement) -> str:
    return f"{line.sentence} {line.why} {line.question.text.en} {requirement.id}".casefold()


def _orders(
    before: list[Verdict], after: list[Verdict], found: Conclusion, price_weight: Decimal
) -> list[tuple[str, list[str], list[str]]]:
    """The order inside each tier where it changes; there is none while prices are sealed."""
    if not found.prices_open:
        return []
    orders = []
    for tier in TIERS_IN_ORDER:
        old = _names(before, tier, found.basis.price_weight)
        new = _names(after, tier, price_weight)
        if old != new and set(old) == set(new):
            orders.append((tier, old, new))
    return orders


def _names(verdicts: list[Verdict], tier: str, price_weight: Decimal) -> list[str]:
    return [one.name for one in ordered([at.option for at in verdicts], tier, price_weight)]
