"""In what two versions of requirements differ, and what the difference did, ready for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from question_bank.model import Bank
from questionnaire.core.case import Brief, subject
from questionnaire.core.numbers import show_number
from questionnaire.core.scoring import floors, section_weights
from questionnaire.core.sentences import requirement_sentence
from questionnaire.core.value import USUAL_PRICE_WEIGHT
from questionnaire.core.weighting import Weighting
from questionnaire.services.requiring import Held

_GAPS = ("not_met", "unknown")


@dataclass(frozen=True, slots=True)
class Edited:
    """One requirement before and after, in sentences; an empty one where it did not count."""

    id: str
    question_id: str
    section_id: str
    subject: str
    legal: bool
    before: str
    after: str
    before_severity: str
    after_severity: str
    before_why: str
    after_why: str


@dataclass(frozen=True, slots=True)
class Reweighed:
    """One weight or floor before and after; `section` is empty for the weight of the price."""

    kind: str
    section: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Turned:
    """What one requirement came to with one vendor, before and after; None: it did not count."""

    subject: str
    question_id: str
    section_id: str
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None

    @property
    def explanation(self) -> str:
        return (self.after or self.before or {}).get("explanation", "")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one vendor; `flags` counts those raised, re-opened and closed.

    The own team is in no tier, before and after.
    """

    vendor: str
    assessment: str
    before: str
    after: str
    turns: tuple[Turned, ...]
    findings: tuple[tuple[str, str, str], ...]
    sunk: tuple[str, ...]
    risen: tuple[str, ...]
    flags: Mapping[str, Sequence[str]]
    own_team: bool = False

    @property
    def flips(self) -> bool:
        return self.before != self.after

    @property
    def is_felt(self) -> bool:
        felt = self.turns or self.findings or self.sunk or self.risen
        return bool(self.flips or felt or any(self.flags.values()))


def edited(before: Held, after: Held, bank: Bank, brief: Brief, language: str) -> Edited:
    """One requirement of two versions."""
    old, new = before.requirement, after.requirement
    question = bank.questions[old.question]
    return Edited(
        old.id,
        question.id,
        question.section,
        subject(question, language),
        old.never_waivable,
        "" if before.off else requirement_sentence(old, bank, brief, language),
        "" if after.off else requirement_sentence(new, bank, brief, language),
        old.severity,
        new.severity,
        old.rationale.text(language),
        new.rationale.text(language),
    )


def reweighed(
    before: Weighting, after: Weighting, bank: Bank, profiles: Sequence[str], language: str
) -> tuple[Reweighed, ...]:
    """What is weighed otherwise, in the order of the sections, the price last."""
    found: list[Reweighed] = []
    for kind, usual, old, new in (
        ("weight", section_weights(bank, profiles), before.weights, after.weights),
        ("floor", floors(bank, profiles), before.floors, after.floors),
    ):
        for section in bank.sections:
            one, two = (at.get(section.id, usual.get(section.id)) for at in (old, new))
            if one is not None and two is not None and one != two:
                title = section.title.text(language)
                found.append(Reweighed(kind, title, _shown(one, language), _shown(two, language)))
    price, later = (_price(one.price_weight) for one in (before, after))
    if price != later:
        found.append(
            Reweighed("price_weight", "", _shown(price, language), _shown(later, language))
        )
    return tuple(found)


def effects(told: Mapping[str, Any] | None, bank: Bank, language: str) -> tuple[Effect, ...]:
    """What a version did to everybody, out of what is kept with it; who flips comes first.

    The own team stands last. Versions from before it was told of say nothing about it.
    """
    kept = told or {}
    found = [_effect(one, bank, language) for one in kept.get("vendors", ())]
    vendors = sorted(found, key=lambda one: (not one.flips, not one.is_felt))
    if "own_team" not in kept:
        return tuple(vendors)
    own = replace(_effect(kept["own_team"], bank, language), before="", after="", own_team=True)
    return (*vendors, own)


def tiers(found: Iterable[Effect], names: Sequence[str]) -> list[tuple[str, int, int]]:
    """Each tier with how many were in it before and are in it after."""
    held = list(found)
    return [
        (name, sum(one.before == name for one in held), sum(one.after == name for one in held))
        for name in names
    ]


def _effect(told: Mapping[str, Any], bank: Bank, language: str) -> Effect:
    titles = {one.id: one.title.text(language) for one in bank.findings}
    return Effect(
        told["vendor"],
        told["assessment"],
        told["tier"][0],
        told["tier"][1],
        tuple(_turns(told["turns"], bank, language)),
        tuple((titles.get(id, id), status, severity) for id, status, severity in told["findings"]),
        tuple(bank.sections_by_id[one].title.text(language) for one in told["sunk"]),
        tuple(bank.sections_by_id[one].title.text(language) for one in told["risen"]),
        told.get("flags", {}),
    )


def _turns(turns: Iterable[Mapping[str, Any]], bank: Bank, language: str) -> Iterator[Turned]:
    """Those in which a gap is on one side at least, and both sides differ."""
    for one in turns:
        before, after = one["before"], one["after"]
        sides = [(at["status"], at["severity"]) if at else None for at in (before, after)]
        is_gap = any(at and at["status"] in _GAPS for at in (before, after))
        if is_gap and sides[0] != sides[1]:
            question = bank.questions[one["requirement"].partition("#")[0]]
            yield Turned(subject(question, language), question.id, question.section, before, after)


def _price(weight: Decimal | None) -> Decimal:
    return 100 * (USUAL_PRICE_WEIGHT if weight is None else weight)


def _shown(figure: Decimal | int, language: str) -> str:
    return show_number(Decimal(figure), language)
