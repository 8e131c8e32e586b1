"""What keeps vendors out, requirement by requirement, and how near each one missed (brief 5.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from question_bank.model import Requirement
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.conditions import open_case
from questionnaire.core.counting import open_gaps
from questionnaire.core.distance import short_of
from questionnaire.core.gaps import Judgement
from questionnaire.core.verdict import Verdict
from questionnaire.core.whatif import try_out, with_requirement


@dataclass(frozen=True, slots=True)
class Excluding:
    """One mandatory requirement with the vendors that it keeps out, by name.

    `alone` are those whom nothing else keeps out. `if_major` are the vendors that would pass if it
    were major, each with its tier then: None where the law or the card schemes demand it, since
    of those it must not even be said (brief 5.8).
    """

    requirement: Requirement
    vendors: tuple[str, ...]
    alone: tuple[str, ...]
    if_major: tuple[tuple[str, str], ...] | None


@dataclass(frozen=True, slots=True)
class Short:
    """One mandatory gap, and how far off the answer is in the units of its question."""

    gap: Judgement
    #: As in `answered 12 hours, asked at most 8 hours: 4 hours over`; empty where it has none.
    distance: str


@dataclass(frozen=True, slots=True)
class Miss:
    """One vendor that is not eligible: what is missing, and what else keeps it out.

    `mandatory` counts its mandatory gaps as the verdict does, each subject once.
    """

    code: str
    name: str
    mandatory: int
    trial_failed: bool
    gaps: tuple[Short, ...]
    #: Findings, and what was failed in the trial.
    others: tuple[str, ...]

    @property
    def count(self) -> int:
        return self.mandatory + self.trial_failed


def excluding(
    basis: Basis, offers: Sequence[Offer], verdicts: Sequence[Verdict]
) -> tuple[Excluding, ...]:
    """What closes the gate for whom; what does for most comes first, then as in the bank."""
    by_id: defaultdict[str, list[int]] = defaultdict(list)
    for place, (offer, verdict) in enumerate(zip(offers, verdicts, strict=True)):
        for gap in deciding(basis, offer, verdict):
            by_id[gap.requirement.id].append(place)
    found = []
    for requirement in basis.requirements:
        places = by_id.get(requirement.id, [])
        if places:
            alone = [place for place in places if len(verdicts[place].tier.reasons) == 1]
            found.append(
                Excluding(
                    requirement,
                    tuple(verdicts[place].name for place in places),
                    tuple(verdicts[place].name for place in alone),
                    _if_major(basis, requirement, [(offers[at], verdicts[at]) for at in alone]),
                )
            )
    return tuple(sorted(found, key=lambda one: -len(one.vendors)))


def deciding(basis: Basis, offer: Offer, verdict: Verdict) -> tuple[Judgement, ...]:
    """The gaps that close the gate for one vendor."""
    gaps = open_gaps(basis.bank, verdict.judgements, offer.waived)
    return tuple(one for one in gaps if one.requirement.severity == "mandatory")


def misses(basis: Basis, offers: Sequence[Offer], verdicts: Sequence[Verdict]) -> tuple[Miss, ...]:
    """Those who are not eligible, by name alone: this is no ranking (brief 5.8)."""
    found = [
        _miss(basis, offer, verdict)
        for offer, verdict in zip(offers, verdicts, strict=True)
        if not verdict.eligible
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.code)))


def _miss(basis: Basis, offer: Offer, verdict: Verdict) -> Miss:
    case = open_case(
        basis.bank, basis.brief, offer.answers,
        on=basis.on, selection=basis.selection,
        accepted=offer.accepted_not_applicable, language=basis.language,
    )  # fmt: skip
    gaps = deciding(basis, offer, verdict)
    said = {one.explanation for one in gaps}
    return Miss(
        verdict.code,
        verdict.name,
        len(verdict.tier.mandatory),
        verdict.trial.result == "hard_fail",
        tuple(Short(one, short_of(one, case)) for one in gaps),
        tuple(text for text in verdict.tier.reasons if text not in said),
    )


def _if_major(
    basis: Basis, requirement: Requirement, alone: Sequence[tuple[Offer, Verdict]]
) -> tuple[tuple[str, str], ...] | None:
    """Only whom nothing else keeps out can pass, and is tried."""
    if requirement.never_waivable:
        return None
    after = with_requirement(basis, replace(requirement, severity="major"))
    offers, verdicts = [one for one, _ in alone], [one for _, one in alone]
    tried = try_out(basis, after, offers, verdicts)
    return tuple((one.name, one.tier.name) for one in tried if one.eligible)
