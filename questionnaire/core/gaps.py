"""Holds one vendor's answers against a buyer's requirements: the gaps, each with its reason.

Four outcomes. `unknown` is its own state and never better than `not_met`: blank, don't know, a
"not applicable" that the buyer has not accepted, missing or undated evidence, a threshold that the
brief leaves open, an amount in another currency, an answer with less behind it than is demanded.
`not_applicable` is a hidden question, or one that the buyer accepted as such.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from question_bank.model import Bank, DocumentRule, Question, Reference, Requirement, RowRule
from questionnaire.core import explaining
from questionnaire.core.answers import BLANK, Answer, Answers
from questionnaire.core.assurance import lacking
from questionnaire.core.case import Brief, Case, subject
from questionnaire.core.conditions import open_case
from questionnaire.core.documents import document_need, judge_documents
from questionnaire.core.needs import need
from questionnaire.core.operators import compare
from questionnaire.core.phrases import say
from questionnaire.core.quantifiers import judge_rows
from questionnaire.core.rules import row_rule
from questionnaire.core.thresholds import as_reference, resolve
from questionnaire.core.truth import Truth, Unsure

STATUSES = ("met", "not_met", "unknown", "not_applicable")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one requirement came to, and why in a sentence."""

    requirement: Requirement
    status: str
    explanation: str

    @property
    def is_gap(self) -> bool:
        return self.status in ("not_met", "unknown")


def judge(
    bank: Bank,
    requirements: Iterable[Requirement],
    brief: Brief,
    answers: Answers,
    *,
    on: date,
    selection: Collection[str] | None = None,
    accepted_not_applicable: Collection[str] = (),
    assured: bool = False,
    language: str = "en",
) -> tuple[Judgement, ...]:
    """Every requirement judged on the day `on`, in the order given; never raises on odd answers.

    `selection` names the questions that were asked (None: all). `assured` takes every answer as
    proven at whatever level is demanded, for callers that judge what was said alone: without
    documents and reviews most of what is demanded with evidence would be unknown. Explanations of
    requirements on sealed questions tell no figure of the answer.
    """
    case = open_case(
        bank,
        brief,
        answers,
        on=on,
        selection=selection,
        accepted=accepted_not_applicable,
        language=language,
    )
    return hold(requirements, case, assured=assured)


def hold(
    requirements: Iterable[Requirement], case: Case, *, assured: bool = False
) -> tuple[Judgement, ...]:
    """The same in a case that is open already, for callers that ask more of it."""
    return tuple(_judge(requirement, case, assured) for requirement in requirements)


def _judge(requirement: Requirement, case: Case, assured: bool) -> Judgement:
    question = case.bank.questions.get(requirement.question)
    if question is None or (case.selection is not None and question.id not in case.selection):
        why = say(case.language, "The question is not part of this questionnaire.")
        return Judgement(requirement, "unknown", why)
    answer = case.answers.get(question.id, BLANK)
    name = subject(question, case.language)
    if not case.shown(question.id):
        why = say(case.language, "{subject}: not asked, since it does not apply.", subject=name)
        return Judgement(requirement, "not_applicable", why)
    if answer.state == "not_applicable" and question.id in case.accepted:
        why = say(case.language, "{subject}: you accepted that it does not apply.", subject=name)
        return Judgement(requirement, "not_applicable", why)
    truth, explanation = _truth(requirement, question, answer, case)
    if truth is True and not assured and (lacks := lacking(requirement, question, answer, case)):
        truth, explanation = Unsure(lacks), lacks
    if _is_sealed(requirement, case):
        explanation = explaining.sealed(question, truth, case)
    status = "unknown" if isinstance(truth, Unsure) else ("met" if truth else "not_met")
    return Judgement(requirement, status, explanation)


def _truth(
    requirement: Requirement, question: Question, answer: Answer, case: Case
) -> tuple[Truth, str]:
    threshold = requirement.threshold
    if isinstance(threshold, DocumentRule):
        if answer.state == "answered" or (question.kind == "file" and answer.state == "blank"):
            return judge_documents(threshold, question, answer, case)
        return _unknown(question, answer, document_need(threshold, case), case)
    if isinstance(threshold, RowRule):
        demand = row_rule(threshold, question, case)
        if answer.state != "answered":
            return _unknown(question, answer, demand, case)
        return _rows(threshold, question, answer.value, demand, case)
    found = resolve(threshold, case)
    if answer.state != "answered":
        demand = need(requirement.operator, threshold, found, question, case)
        return _unknown(question, answer, demand, case)
    truth = compare(requirement.operator, answer.value, found.value, question, case)
    return truth, explaining.compared(requirement, question, answer.value, found, truth, case)


def _unknown(question: Question, answer: Answer, demand: str, case: Case) -> tuple[Truth, str]:
    sentence = explaining.not_known(question, answer, demand, case)
    return Unsure(sentence), sentence


def _rows(
    rule: RowRule, question: Question, value: Any, demand: str, case: Case
) -> tuple[Truth, str]:
    name = subject(question, case.language)
    if not isinstance(value, tuple):
        why = say(case.language, "{subject}: the answer is no table.", subject=name)
        return Unsure(why), why
    finding = judge_rows(rule, value, question, case)
    sentence = say(
        case.language,
        "{subject}: {fact}; required: {need}.",
        subject=name,
        fact=finding.fact,
        need=demand,
    )
    return finding.truth, explaining.with_doubt(sentence, finding.truth, case)


def _is_sealed(requirement: Requirement, case: Case) -> bool:
    """Whether the explanation could tell a sealed answer: its own, or one that it refers to."""
    if requirement.question in case.bank.sealed_questions:
        return True
    threshold = requirement.threshold
    looked_up = threshold.value if isinstance(threshold, RowRule) else threshold
    reference: Reference | None = as_reference(looked_up)
    return (
        reference is not None
        and reference.source == "answer"
        and reference.path in case.bank.sealed_questions
    )
