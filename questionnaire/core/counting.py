"""How many gaps a provider has: each subject once (brief 5.4, 3.1).

A subject is a question with an unmet requirement, or a finding. A finding that fires takes the
place of the questions it explains ("replaces in the count"), and findings that explain the same
question are one subject together. Only what is at least as severe takes a place: a minor finding
never makes a major gap disappear.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from question_bank.findings.outcome import Finding
from question_bank.model import SEVERITIES, Bank
from questionnaire.core.answers import BLANK
from questionnaire.core.case import Case
from questionnaire.core.gaps import Judgement
from questionnaire.core.scoring import can_be_waived


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to put right: what was found, or the unmet requirements of one question."""

    findings: tuple[Finding, ...] = ()
    gaps: tuple[Judgement, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        found = tuple(one.text if one.fires else one.because for one in self.findings)
        return found or tuple(one.explanation for one in self.gaps)


def open_gaps(
    bank: Bank, judgements: Sequence[Judgement], waived: Collection[str] = ()
) -> tuple[Judgement, ...]:
    """What is missed and not waived, outside the sealed sections, which count in nothing."""
    return tuple(
        one
        for one in judgements
        if one.is_gap
        and one.requirement.question not in bank.sealed_questions
        and not can_be_waived(one, waived)
    )


def unsettled(
    bank: Bank, findings: Sequence[Finding], settled: Collection[str]
) -> tuple[Finding, ...]:
    """The findings without those that reviewers waived or accepted; what the law forbids stays."""
    firm = {one.id for one in bank.findings if one.never_waivable}
    return tuple(one for one in findings if one.id not in settled or one.id in firm)


def not_asked(findings: Sequence[Finding], case: Case) -> frozenset[str]:
    """The findings that are undetermined only because the buyer did not ask everything.

    What was asked for them has been answered: such a finding keeps nobody out, since no vendor
    can do anything about it.
    """
    if case.selection is None:
        return frozenset()
    return frozenset(
        one.id
        for one in findings
        if one.undetermined
        and not case.selection.issuperset(one.used)
        and all(
            case.answers.get(name, BLANK).state == "answered"
            for name in one.used
            if case.shown(name)
        )
    )


def subjects(
    severity: str,
    gaps: Sequence[Judgement],
    findings: Sequence[Finding],
    unasked: Collection[str] = (),
) -> tuple[Subject, ...]:
    """The subjects of one severity: findings first, then questions, in the order given.

    Of mandatory findings the undetermined ones count too, since they keep a provider out as well,
    unless they are `unasked`.
    """
    found = [
        one
        for one in findings
        if one.severity == severity and (one.fires or closes_gate(one, unasked))
    ]
    heavier = SEVERITIES[: SEVERITIES.index(severity)]
    replacing = found + [one for one in findings if one.fires and one.severity in heavier]
    replaced = {target for one in replacing for target in one.replaces}
    left: dict[str, list[Judgement]] = {}
    for gap in gaps:
        requirement = gap.requirement
        if requirement.severity == severity and not replaced & {
            requirement.id,
            requirement.question,
        }:
            left.setdefault(requirement.question, []).append(gap)
    return (
        *(Subject(findings=group) for group in together(found)),
        *(Subject(gaps=tuple(of_question)) for of_question in left.values()),
    )


def closes_gate(one: Finding, unasked: Collection[str] = ()) -> bool:
    """Whether the finding keeps a provider out: it fires, or nobody can tell (see `tiers`)."""
    open_ = one.undetermined and one.id not in unasked
    return one.severity == "mandatory" and (one.fires or open_)


def together(findings: Sequence[Finding]) -> list[tuple[Finding, ...]]:
    """Findings in groups: those that explain the same question are in one."""
    groups: list[tuple[set[str], list[Finding]]] = []
    for one in findings:
        targets, members = set(one.replaces), [one]
        apart = []
        for group in groups:
            if group[0] & targets:
                targets |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (targets, members)]
    return [tuple(members) for _, members in groups]
