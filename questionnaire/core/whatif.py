"""What other requirements, severities or weights would make of the same answers.

Nothing here is stored. What no change touches is not computed anew: of the requirements only the
changed ones are judged again, of the findings only those that look at requirements or options.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from question_bank.findings.looking import AT_REQUIREMENTS
from question_bank.findings.outcome import Finding
from question_bank.model import Requirement
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.gaps import Judgement
from questionnaire.core.verdict import Verdict, compared, hold, reach_again


@dataclass(frozen=True, slots=True)
class Turn:
    """What one changed requirement comes to with one vendor; None where it is not asked."""

    requirement_id: str
    before: Judgement | None
    after: Judgement | None

    @property
    def is_felt(self) -> bool:
        """A gap appears, goes away, or weighs otherwise."""
        return _weight(self.before) != _weight(self.after)


@dataclass(frozen=True, slots=True)
class Moved:
    """One vendor before and after: changed requirements, findings, sections under their floor."""

    before: Verdict
    after: Verdict
    turns: tuple[Turn, ...]
    #: Findings that fire, or may fire, on one side only or with another severity.
    findings: tuple[Finding, ...]
    #: Sections that fell under their floor, and those that rose over it.
    sunk: tuple[str, ...]
    risen: tuple[str, ...]

    @property
    def flips(self) -> bool:
        return self.before.tier.name != self.after.tier.name

    @property
    def causes(self) -> tuple[Turn, ...]:
        """The changed requirements that this vendor feels."""
        return tuple(one for one in self.turns if one.is_felt)


def changed_ids(before: Basis, after: Basis) -> frozenset[str]:
    """The requirements that are another one, or asked on one side only."""
    old = {one.id: one for one in before.requirements}
    new = {one.id: one for one in after.requirements}
    return frozenset(id for id in old.keys() | new.keys() if old.get(id) != new.get(id))


def try_out(
    before: Basis, after: Basis, offers: Sequence[Offer], verdicts: Sequence[Verdict]
) -> tuple[Verdict, ...]:
    """The verdicts as `after` makes them: the same as reaching them all on it.

    `verdicts` are those of `offers` on `before`. Both differ in requirements, weights, floors and
    the weight of the price alone; ValueError otherwise. A waiver or an acceptance of a changed
    requirement falls, as it does when the change is published, and so does one of a finding from
    the answer that the requirement is on.
    """
    if not _differ_in_demands_alone(before, after):
        raise ValueError("A what-if changes what is demanded, and nothing else.")
    changed = changed_ids(before, after)
    fallen = changed | _findings_on(before, after, changed)
    standing = [without_decisions(one, fallen) for one in offers]
    alone = [
        reach_again(after, offer, verdict, _judgements(after, offer, verdict, changed))
        for offer, verdict in zip(standing, verdicts, strict=True)
    ]
    return compared(after, standing, alone)


def moved(
    before: Basis, after: Basis, old: Sequence[Verdict], new: Sequence[Verdict]
) -> tuple[Moved, ...]:
    """What changes with each vendor, in their order."""
    changed = changed_ids(before, after)
    return tuple(_moved(one, other, changed) for one, other in zip(old, new, strict=True))


def without_decisions(offer: Offer, changed: Collection[str]) -> Offer:
    """The offer with no waiver and no acceptance of these requirements and findings."""
    return replace(
        offer, waived=offer.waived.difference(changed), accepted=offer.accepted.difference(changed)
    )


def _findings_on(before: Basis, after: Basis, changed: Collection[str]) -> frozenset[str]:
    """The findings that are computed from an answer on which a requirement changed."""
    touched = {
        one.question for one in (*before.requirements, *after.requirements) if one.id in changed
    }
    return frozenset(one.id for one in after.bank.findings if touched.intersection(one.questions))


def with_requirement(basis: Basis, wanted: Requirement) -> Basis:
    """The basis with one of its requirements in another form."""
    asked = [wanted if one.id == wanted.id else one for one in basis.requirements]
    return replace(basis, requirements=asked)


def _differ_in_demands_alone(before: Basis, after: Basis) -> bool:
    same = (
        (before.bank, after.bank), (before.brief, after.brief), (before.rates, after.rates),
    )  # fmt: skip
    equal = ("profiles", "on", "selection", "prices_open", "shrinkage", "language", "measured_csat")
    return all(one is other for one, other in same) and all(
        getattr(before, name) == getattr(after, name) for name in equal
    )


def _judgements(
    after: Basis, offer: Offer, verdict: Verdict, changed: Collection[str]
) -> tuple[Judgement, ...]:
    """Those of the unchanged requirements as they are, the others anew."""
    found = {
        one.requirement.id: one for one in verdict.judgements if one.requirement.id not in changed
    }
    anew = [one for one in after.requirements if one.id not in found]
    found |= {one.requirement.id: one for one in hold(after, offer, anew)}
    return tuple(found[one.id] for one in after.requirements)


def _moved(before: Verdict, after: Verdict, changed: Collection[str]) -> Moved:
    old = {one.requirement.id: one for one in before.judgements if one.requirement.id in changed}
    new = {one.requirement.id: one for one in after.judgements if one.requirement.id in changed}
    ids = [*old, *(id for id in new if id not in old)]
    was, now = _under(before), _under(after)
    return Moved(
        before,
        after,
        tuple(Turn(id, old.get(id), new.get(id)) for id in ids),
        tuple(_findings(before, after)),
        tuple(one for one in now if one not in was),
        tuple(one for one in was if one not in now),
    )


def _findings(before: Verdict, after: Verdict) -> list[Finding]:
    """As they are afterwards; requirements are all that they can have changed by."""
    old = {one.id: (one.status, one.severity) for one in before.findings}
    return [
        one
        for one in after.findings
        if one.id in AT_REQUIREMENTS and old.get(one.id) != (one.status, one.severity)
    ]


def _under(verdict: Verdict) -> list[str]:
    return [one.section for one in verdict.quality.sections if one.under_floor]


def _weight(judgement: Judgement | None) -> str:
    return judgement.requirement.severity if judgement is not None and judgement.is_gap else ""
