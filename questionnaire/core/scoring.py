"""Section scores, section quality and the quality score (brief 5.4). No price is in any of them.

Requirements on sealed questions count nowhere. A question that is asked only because nobody knows
whether it applies is counted when its requirement is missed and left out when it is met: so no
score rises because something else was left unanswered (invariant I2).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from question_bank.model import Bank, Profile
from questionnaire.core.gaps import Judgement

POINTS: Mapping[str, int] = {"mandatory": 20, "major": 10, "minor": 5}
#: What a waived gap earns of its points.
WAIVED_SHARE = Decimal("0.5")
SECTION_SHARE, TRIAL_SHARE = Decimal("0.7"), Decimal("0.3")


@dataclass(frozen=True, slots=True)
class SectionScore:
    """What the requirements of one section earned, of what they could have earned."""

    section: str
    earned: Decimal
    possible: Decimal
    weight: Decimal
    #: The least score of a protected section; None where nothing is protected.
    floor: int | None = None

    @property
    def score(self) -> Decimal:
        return 100 * self.earned / self.possible

    @property
    def under_floor(self) -> bool:
        return self.floor is not None and self.score < self.floor


@dataclass(frozen=True, slots=True)
class Quality:
    """All scores of one provider, from 0 to 100; None where nothing was judged."""

    sections: tuple[SectionScore, ...]
    section_quality: Decimal | None
    quality: Decimal | None


class NoBaseProfile(LookupError):
    """Nothing says what counts how much: no profile is active, or only add-ons are."""


def base_of(bank: Bank, profiles: Collection[str]) -> Profile:
    """The one profile that is no add-on; NoBaseProfile when there is none."""
    for one in bank.profiles:
        if not one.add_on and {one.id, one.code} & set(profiles):
            return one
    named = ", ".join(one.title.en for one in bank.profiles if not one.add_on)
    raise NoBaseProfile(f"No base profile is active; one of these must be: {named}.")


def section_weights(bank: Bank, profiles: Collection[str]) -> Mapping[str, Decimal]:
    """The weights of the base profile, made smaller by what an add-on takes (brief 2.3)."""
    add_ons = [one for one in bank.profiles if one.add_on and {one.id, one.code} & set(profiles)]
    taken = sum(sum(one.weights.values()) for one in add_ons)
    left = Decimal(100 - taken) / 100
    weights = {name: weight * left for name, weight in base_of(bank, profiles).weights.items()}
    for one in add_ons:
        for name, weight in one.weights.items():
            weights[name] = weights.get(name, Decimal(0)) + weight
    return weights


def floors(bank: Bank, profiles: Collection[str]) -> Mapping[str, int]:
    """The protected sections with the least score that each must reach."""
    active = [one for one in bank.profiles if {one.id, one.code} & set(profiles)]
    floor = max(one.floor for one in active)
    return {name: floor for one in active for name in one.protected}


def raised_floors(least: Mapping[str, int], own: Mapping[str, int] | None) -> Mapping[str, int]:
    """The floors with a buyer's own: what is protected stays so, at least as much (brief 5.4)."""
    return {name: max(floor, (own or {}).get(name, floor)) for name, floor in least.items()}


def score(
    bank: Bank,
    profiles: Collection[str],
    judgements: Sequence[Judgement],
    trial_score: Decimal | None,
    *,
    waived: Collection[str] = (),
    doubtful: Collection[str] = (),
    own_weights: Mapping[str, Decimal] | None = None,
    own_floors: Mapping[str, int] | None = None,
) -> Quality:
    """All scores. `waived` names requirements, `doubtful` questions that may not apply.

    `own_weights` stand in place of the profiles', section by section; `own_floors` only raise.
    """
    weights = {**section_weights(bank, profiles), **(own_weights or {})}
    least = raised_floors(floors(bank, profiles), own_floors)
    earned: dict[str, Decimal] = {}
    possible: dict[str, Decimal] = {}
    for one in judgements:
        section = _scored_in(one, bank, doubtful)
        if section is not None:
            points = Decimal(POINTS[one.requirement.severity])
            possible[section] = possible.get(section, Decimal(0)) + points
            earned[section] = earned.get(section, Decimal(0)) + points * _share(one, waived)
    sections = tuple(
        SectionScore(
            one.id, earned[one.id], possible[one.id],
            weights.get(one.id, Decimal(0)), least.get(one.id),
        )
        for one in bank.sections
        if one.id in possible
    )  # fmt: skip
    overall = section_quality(sections)
    return Quality(sections, overall, quality_of(overall, trial_score))


def section_quality(
    sections: Sequence[SectionScore], weights: Mapping[str, Decimal] | None = None
) -> Decimal | None:
    """The weighted mean of the sections that were scored; `weights` in place of their own."""
    total = weighed = Decimal(0)
    for one in sections:
        weight = one.weight if weights is None else weights.get(one.section, Decimal(0))
        total += weight
        weighed += weight * one.score
    return weighed / total if total else None


def quality_of(overall: Decimal | None, trial_score: Decimal | None) -> Decimal | None:
    """Section quality and trial together; section quality alone before the trial."""
    if overall is None or trial_score is None:
        return overall
    return SECTION_SHARE * overall + TRIAL_SHARE * trial_score


def can_be_waived(one: Judgement, waived: Collection[str]) -> bool:
    """Whether a waiver counts for it: what the law or a card scheme demands has none."""
    return one.requirement.id in waived and not one.requirement.never_waivable


def _share(one: Judgement, waived: Collection[str]) -> Decimal:
    if one.status == "met":
        return Decimal(1)
    return WAIVED_SHARE if can_be_waived(one, waived) else Decimal(0)


def _scored_in(one: Judgement, bank: Bank, doubtful: Collection[str]) -> str | None:
    """The section whose score the judgement takes part in; None when in none."""
    name = one.requirement.question
    question = bank.questions.get(name)
    if question is None or name in bank.sealed_questions or one.status == "not_applicable":
        return None
    return None if one.status == "met" and name in doubtful else question.section
