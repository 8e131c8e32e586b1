"""What the buyer's own team has to put right: the same gaps, in an order to work through.

The own team is never "not eligible" (brief 5.5): it is the status quo, with gaps to fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from question_bank.findings.outcome import Finding
from question_bank.model import Bank
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.counting import Subject
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import quoted, say
from questionnaire.core.rounding import tenth
from questionnaire.core.scoring import SectionScore
from questionnaire.core.verdict import Verdict, reach

#: Why something has to be put right: the gate, a count of gaps, a protected section, the trial,
#: or something that could not be worked out.
SORTS = ("mandatory", "major", "floor", "trial", "undetermined")


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to put right, in a sentence; `sort` is one of SORTS.

    `question` is the id of the question that it is about, where there is a single one; `section`
    that of the protected section under its floor.
    """

    sort: str
    text: str
    question: str = ""
    section: str = ""


def reach_own_team(basis: Basis, offer: Offer) -> Verdict:
    """The verdict on the own team: the same gates and scores, no price, no value and no rank."""
    return reach(basis.of_own_team, replace(offer, in_house=True))


def must_fix(verdict: Verdict, bank: Bank, language: str = "en") -> tuple[Fix, ...]:
    """Everything that keeps the own team from passing as a vendor would, each thing once."""
    writer = _Writer(bank, language)
    fixes = [
        *(one for subject in verdict.tier.mandatory for one in writer.of(subject, "mandatory")),
        *(one for subject in verdict.tier.majors for one in writer.of(subject, "major")),
        *(writer.floor(one) for one in verdict.quality.sections if one.under_floor),
        *(Fix("trial", reason) for reason in verdict.trial.reasons),
        *(writer.finding(one, "undetermined") for one in verdict.findings if _open(one)),
    ]
    found: dict[str, Fix] = {}
    for one in fixes:
        found.setdefault(one.text, one)
    return tuple(found.values())


def _open(one: Finding) -> bool:
    """What a condition would be made of: a cap, or something severe that nobody could work out."""
    if one.severity == "caps":
        return one.fires or one.undetermined
    return one.undetermined and one.severity in ("mandatory", "major")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Puts what is to be put right into sentences."""

    bank: Bank
    language: str

    def of(self, subject: Subject, sort: str) -> Iterator[Fix]:
        """The findings of a subject, else its unmet requirements."""
        if subject.findings:
            yield from (self.finding(one, sort) for one in subject.findings)
            return
        for gap in subject.gaps:
            yield Fix(sort, gap.explanation, question=gap.requirement.question)

    def finding(self, one: Finding, sort: str) -> Fix:
        if one.fires:
            return Fix(sort, one.text)
        named = next((at.title.text(self.language) for at in self.bank.findings if at.id == one.id),
                     one.id)  # fmt: skip
        return Fix(
            sort,
            say(
                self.language,
                "Whether {finding} applies is not known: {why}.",
                finding=quoted(named),
                why=one.because,
            ),
        )

    def floor(self, one: SectionScore) -> Fix:
        title = self.bank.sections_by_id[one.section].title.text(self.language)
        text = say(
            self.language,
            "{section} reaches {score} of 100, and at least {floor} is needed.",
            section=quoted(title),
            score=show_number(tenth(one.score), self.language),
            floor=one.floor,
        )
        return Fix("floor", text, section=one.section)
