"""Who missed by what: each mandatory gap of a vendor, with how it could be closed (brief 5.8).

No score and no order of merit: vendors stand by their names, and a count of gaps is no rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from question_bank.findings.outcome import Finding
from question_bank.model import Cure
from questionnaire.core.basis import Basis
from questionnaire.core.case import subject
from questionnaire.core.counting import Subject
from questionnaire.core.curing import Remedy, remedy_of
from questionnaire.core.gaps import Judgement
from questionnaire.core.phrases import say
from questionnaire.core.verdict import Verdict

#: The states of a remedy, the easiest first.
_HARD = ("in_time", "unsaid", "if_met", "too_late", "never")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that keeps a vendor out: what it is about, what was found, and its remedy."""

    about: str
    texts: tuple[str, ...]
    unknown: bool
    remedy: Remedy
    #: Empty for findings and for the trial.
    question_id: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """One vendor that is not eligible, with everything that would have to be cured."""

    code: str
    name: str
    gaps: tuple[Gap, ...]

    @property
    def curable(self) -> bool:
        """Whether every gap can be closed before the contract starts."""
        return all(one.remedy.state == "in_time" for one in self.gaps)


def misses(basis: Basis, verdicts: Iterable[Verdict]) -> tuple[Miss, ...]:
    """Those who are not eligible, by name."""
    found = [Miss(one.code, one.name, gaps_of(basis, one)) for one in verdicts if not one.eligible]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.code)))


def gaps_of(basis: Basis, verdict: Verdict) -> tuple[Gap, ...]:
    """The mandatory gaps as the verdict counts them, each subject once, and a failed trial."""
    found = [_gap(basis, one) for one in verdict.tier.mandatory]
    if verdict.tier.closing.trial:
        cures = basis.bank.cures
        cure = cures.cures[cures.tried] if cures else None
        about = say(basis.language, "Trial")
        remedy = _remedy(basis, cure, unknown=False)
        found.append(Gap(about, verdict.trial.hard, False, remedy))
    return tuple(found)


def runners_up(basis: Basis, verdicts: Sequence[Verdict]) -> tuple[Miss, ...]:
    """Those whom the fewest things keep out, by name: several where they are alike in that."""
    out = misses(basis, verdicts)
    least = min((len(one.gaps) for one in out), default=0)
    return tuple(one for one in out if len(one.gaps) == least)


def _gap(basis: Basis, one: Subject) -> Gap:
    if one.findings:
        return _of_findings(basis, one.findings, one.texts)
    return _of_question(basis, one.gaps, one.texts)


def _of_findings(basis: Basis, found: Sequence[Finding], texts: tuple[str, ...]) -> Gap:
    cures = basis.bank.cures
    titles = {one.id: one.title.text(basis.language) for one in basis.bank.findings}
    remedies = [
        _remedy(basis, cures.of_finding(one.id) if cures else None, unknown=not one.fires)
        for one in found
    ]
    about = ", ".join(titles.get(one.id, one.id) for one in found)
    return Gap(about, texts, all(not one.fires for one in found), _hardest(remedies))


def _of_question(basis: Basis, gaps: Sequence[Judgement], texts: tuple[str, ...]) -> Gap:
    question = basis.bank.questions[gaps[0].requirement.question]
    remedies = [
        _remedy(basis, _cure(basis, one, question.section), unknown=one.status == "unknown")
        for one in gaps
    ]
    unknown = all(one.status == "unknown" for one in gaps)
    about = subject(question, basis.language)
    return Gap(about, texts, unknown, _hardest(remedies), question.id)


def _cure(basis: Basis, gap: Judgement, section_id: str) -> Cure | None:
    cures = basis.bank.cures
    if cures is None:
        return None
    return cures.of_requirement(gap.requirement.id, gap.requirement.question, section_id)


def _remedy(basis: Basis, cure: Cure | None, *, unknown: bool) -> Remedy:
    return remedy_of(
        cure, basis.bank.cures, unknown=unknown, start=basis.contract_start, today=basis.on
    )


def _hardest(remedies: Sequence[Remedy]) -> Remedy:
    """Where several stand for one gap, the one that is hardest: all of them have to be done."""
    return max(remedies, key=lambda one: (_HARD.index(one.state), one.days or 0))
