"""What a vendor is told of its own gaps: what was good, what was missing, in neutral sentences.

Never a threshold, a reason for one, how severe a miss is, a score, a tier, a competitor's name, a
price or anything of another vendor (design: a vendor sees its own answers and nothing of these).
So nothing here is taken from the sentences of requirements and findings; they are made anew, out
of the vendor's own answers and documents. Of a finding only the questions count whose
answers make it fire, while nobody has waived or accepted it: they are not called good.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from question_bank.chapters import OPTION_FINDINGS, PRICE_FINDINGS
from question_bank.findings.outcome import Finding
from question_bank.model import Bank, DocumentRule, Question
from questionnaire.core.answers import BLANK, Answer
from questionnaire.core.assurance import lacking, unreviewed
from questionnaire.core.case import Case, subject
from questionnaire.core.counting import closes_gate, not_asked, unsettled
from questionnaire.core.gaps import Judgement
from questionnaire.core.phrases import quoted, say


@dataclass(frozen=True, slots=True)
class ToldSection:
    """One section of the vendor's own answers; `papers` are about its documents."""

    title: str
    good: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that did not count, with what its vendor may be told of that."""

    question: str
    name: str
    rejected: bool
    reason: str = ""


@dataclass(frozen=True)
class Told:
    """The whole debrief of one vendor."""

    sections: tuple[ToldSection, ...] = field(default=())

    @property
    def good(self) -> int:
        return sum(len(one.good) for one in self.sections)

    @property
    def missing(self) -> int:
        return sum(len(one.missing) for one in self.sections)

    def to_json(self) -> dict[str, Any]:
        """As it is kept when it is released."""
        return {
            "sections": [
                {
                    "title": one.title,
                    "good": list(one.good),
                    "missing": list(one.missing),
                    "papers": list(one.papers),
                }
                for one in self.sections
            ]
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Told:
        return cls(
            tuple(
                ToldSection(
                    str(one["title"]),
                    tuple(one["good"]),
                    tuple(one["missing"]),
                    tuple(one["papers"]),
                )
                for one in kept["sections"]
            )
        )


def tell(
    bank: Bank,
    judgements: Iterable[Judgement],
    findings: Sequence[Finding],
    case: Case,
    papers: Sequence[Paper],
    language: str = "en",
    settled: Collection[str] = (),
) -> Told:
    """Section by section what applied to the vendor, without what is sealed.

    `settled` names the findings that reviewers have waived or accepted.
    """
    by_question: dict[str, list[Judgement]] = {}
    for one in judgements:
        if one.status != "not_applicable":
            by_question.setdefault(one.requirement.question, []).append(one)
    doubted = _doubted(bank, unsettled(bank, findings, settled), case)
    told = []
    for section in bank.sections:
        if section.sealed:
            continue
        good, missing = [], []
        for question in section.questions:
            found = by_question.get(question.id, [])
            if any(one.is_gap for one in found):
                missing.append(_missing(question, found, case, language))
            elif found and question.id in doubted:
                missing.append(_doubt(question, doubted[question.id], case, language))
            elif found:
                good.append(subject(question, language))
        ids = {one.id for one in section.questions}
        beside = tuple(_paper(one, language) for one in papers if one.question in ids)
        if good or missing or beside:
            title = section.title.text(language)
            told.append(ToldSection(title, tuple(good), tuple(missing), beside))
    return Told(tuple(told))


def _doubted(bank: Bank, findings: Sequence[Finding], case: Case) -> Mapping[str, Finding]:
    """The questions whose answers make a finding against the vendor fire, or leave it open.

    Those on prices and between options are about what is sealed, or about others.
    """
    elsewhere = {
        finding.id
        for at in bank.subjects
        if at.id in (*PRICE_FINDINGS, *OPTION_FINDINGS)
        for finding in at.findings
    }
    unasked = not_asked(findings, case)
    return {
        question: one
        for one in reversed(findings)
        if one.id not in elsewhere
        and not bank.sealed_questions.intersection(one.used)
        and ((one.fires and one.severity != "info") or closes_gate(one, unasked))
        for question in _at_fault(one, case)
    }


def _at_fault(one: Finding, case: Case) -> Collection[str]:
    """Whose answers make it fire; of one that nobody could work out, those that say nothing."""
    if one.fires:
        return one.used if one.at_fault is None else one.at_fault
    silent = [name for name in one.used if case.answers.get(name, BLANK).state != "answered"]
    return silent or one.used


def _doubt(question: Question, finding: Finding, case: Case, language: str) -> str:
    """Why an answer that meets its own requirements was not enough."""
    answer, name = case.answers.get(question.id, BLANK), subject(question, language)
    if unsaid := _unsaid(answer, name, language):
        return unsaid
    if finding.severity == "caps":
        return _proof(answer, name, language)
    if len(finding.used) < 2:
        return say(
            language, "{subject}: looked at as a whole, this did not convince.", subject=name
        )
    return say(
        language,
        "{subject}: taken together with your other answers, this did not convince.",
        subject=name,
    )


def _proof(answer: Answer, name: str, language: str) -> str:
    """What became of the documents of an answer of which nobody doubts the words."""
    if not answer.evidence:
        return say(
            language,
            "{subject}: no document was attached that bears out your answer.",
            subject=name,
        )
    if all(one.review is None for one in answer.evidence):
        return say(language, "{subject}: what you attached has not been reviewed.", subject=name)
    return say(
        language, "{subject}: what was attached does not bear out your answer.", subject=name
    )


def _unsaid(answer: Answer, name: str, language: str) -> str:
    """What is said of a question without an answer; empty where there is one."""
    match answer.state:
        case "blank":
            return say(language, "{subject}: you left this without an answer.", subject=name)
        case "dont_know":
            return say(language, "{subject}: you said that you do not know.", subject=name)
        case "not_applicable":
            return say(
                language,
                "{subject}: you said that it does not apply, and that was not accepted.",
                subject=name,
            )
    return ""


def _missing(question: Question, found: Sequence[Judgement], case: Case, language: str) -> str:
    """One sentence about one question, by what the vendor itself said or left out."""
    answer, name = case.answers.get(question.id, BLANK), subject(question, language)
    if unsaid := _unsaid(answer, name, language):
        return unsaid
    if any(one.status == "not_met" and not _about_paper(one) for one in found):
        return say(language, "{subject}: your answer is not what was needed.", subject=name)
    return _unproven(question, found, answer, case, name, language)


def _unproven(
    question: Question,
    found: Sequence[Judgement],
    answer: Answer,
    case: Case,
    name: str,
    language: str,
) -> str:
    if any(lacking(one.requirement, question, answer, case) for one in found if one.is_gap):
        if not answer.evidence:
            return say(
                language,
                "{subject}: no document was attached that bears out your answer.",
                subject=name,
            )
        if any(unreviewed(one.requirement, answer, case) for one in found if one.is_gap):
            return say(
                language, "{subject}: what you attached has not been reviewed.", subject=name
            )
        return say(
            language, "{subject}: what was attached does not bear out your answer.", subject=name
        )
    if not any(one.is_gap and _about_paper(one) for one in found):
        text = "{subject}: out of what you told us it could not be judged."
    elif answer.evidence:
        text = "{subject}: what was attached is not the document that was needed."
    else:
        text = "{subject}: the document that was asked for is not attached."
    return say(language, text, subject=name)


def _about_paper(one: Judgement) -> bool:
    """Whether it asks for a document of some sort or age, and nothing of the answer itself."""
    return isinstance(one.requirement.threshold, DocumentRule)


def _paper(one: Paper, language: str) -> str:
    name = quoted(one.name)
    if not one.rejected:
        return say(language, "{name} has lapsed.", name=name)
    if not one.reason:
        return say(language, "{name} was not accepted.", name=name)
    return say(language, "{name} was not accepted: {reason}", name=name, reason=one.reason)
