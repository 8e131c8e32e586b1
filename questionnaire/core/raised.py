"""Which findings people must decide about, on which question each stands, and what it explains.

What fires and counts is one; so is a mandatory or major finding that nobody can tell, since it
keeps a provider from being recommended (brief 3.1). What is only shown (info, about the price, the
gamble that a trial ends) is none, and neither is what is open only because the buyer did not ask
everything, or because a trial has not shown it yet: no answer could settle that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from question_bank.findings.described import COUNTED
from question_bank.model import SEVERITIES
from questionnaire.core.answers import BLANK
from questionnaire.core.case import Case
from questionnaire.core.counting import not_asked, together
from questionnaire.core.findings import Finding
from questionnaire.core.gaps import Judgement

#: What a trial has to show, and no answer can.
BY_TRIAL = frozenset(("claim-not-borne-out",))
_OPEN_MATTERS = ("mandatory", "major")


@dataclass(frozen=True, slots=True)
class Raised:
    """A finding to decide about.

    `questions` are those it was computed from, as far as they are asked and not sealed; `question`
    is the one of them that stands for all: one without an answer, where that is why nobody can
    tell, else the first.
    """

    finding: Finding
    question: str
    questions: tuple[str, ...]


def raised(findings: Sequence[Finding], case: Case) -> tuple[Raised, ...]:
    """The findings of one vendor that people must decide about, in the order of the bank."""
    unasked = not_asked(findings, case)
    found = []
    for one in findings:
        if one.id in unasked or not _matters(one):
            continue
        questions = tuple(
            name for name in one.used if name not in case.bank.sealed_questions and case.shown(name)
        )
        if questions:
            found.append(Raised(one, _standing_for(one, questions, case), questions))
    return tuple(found)


def _matters(one: Finding) -> bool:
    if one.fires:
        return one.severity in COUNTED
    return one.undetermined and one.severity in _OPEN_MATTERS and one.id not in BY_TRIAL


def _standing_for(one: Finding, questions: Sequence[str], case: Case) -> str:
    if one.undetermined:
        for name in questions:
            if case.answers.get(name, BLANK).state != "answered":
                return name
    return questions[0]


def explained(gaps: Sequence[Judgement], found: Sequence[Raised]) -> Mapping[str, str]:
    """Requirement or finding -> the finding that stands for it in counts, as in `counting`.

    A finding takes the place of gaps on what it explains, if it is at least as severe; findings
    that explain the same are one subject, for which the first of them stands.
    """
    stands: dict[str, str] = {}
    heads: list[tuple[frozenset[str], str]] = []
    for severity in SEVERITIES:
        firing = [one.finding for one in found if one.finding.severity == severity]
        for group in together([one for one in firing if one.fires]):
            heads.append((frozenset(t for one in group for t in one.replaces), group[0].id))
            stands |= {one.id: group[0].id for one in group[1:]}
        for gap in gaps:
            about = gap.requirement
            if not gap.is_gap or about.severity != severity:
                continue
            for targets, head in heads:
                if targets & {about.id, about.question}:
                    stands[about.id] = head
                    break
    return stands
