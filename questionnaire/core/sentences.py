"""A requirement as one plain sentence: `Recovery time must be at most 8 hours (your brief).`"""

from __future__ import annotations

from question_bank.model import Bank, DocumentRule, Requirement, RowRule
from questionnaire.core.assurance import proof
from questionnaire.core.case import Brief, subject
from questionnaire.core.conditions import open_case
from questionnaire.core.documents import document_need
from questionnaire.core.needs import need
from questionnaire.core.phrases import quoted, say
from questionnaire.core.rules import row_rule
from questionnaire.core.thresholds import resolve


def requirement_sentence(
    requirement: Requirement, bank: Bank, brief: Brief, language: str = "en"
) -> str:
    """What the answer must be, with the figures that the brief gives, or the place they come from.

    For buyers and reviewers only: a vendor never sees a threshold.
    """
    sentence = _sentence(requirement, bank, brief, language)
    if requirement.assurance is None or requirement.question not in bank.questions:
        return sentence
    proven = proof(requirement.assurance, language)
    demand = sentence.removesuffix(".")
    return say(language, "{demand}, with {proof}.", demand=demand, proof=proven)


def _sentence(requirement: Requirement, bank: Bank, brief: Brief, language: str) -> str:
    question = bank.questions.get(requirement.question)
    if question is None:
        return say(language, "{id} is no question of this bank.", id=quoted(requirement.question))
    case = open_case(bank, brief, {}, language=language)
    name, threshold = subject(question, language), requirement.threshold
    if isinstance(threshold, DocumentRule):
        demand = document_need(threshold, case)
        return say(language, "{subject} must come with {need}.", subject=name, need=demand)
    if isinstance(threshold, RowRule):
        demand = row_rule(threshold, question, case)
        return say(language, "{subject}: {need}.", subject=name, need=demand)
    found = resolve(threshold, case)
    demand = need(requirement.operator, threshold, found, question, case)
    if question.kind == "yes_no":
        return say(language, "{subject} must be answered {need}.", subject=name, need=demand)
    match requirement.operator:
        case "includes_all" | "includes_any" | "includes_none":
            return say(language, "{subject} must include {need}.", subject=name, need=demand)
        case "only_from":
            return say(language, "{subject} may name {need}.", subject=name, need=demand)
    return say(language, "{subject} must be {need}.", subject=name, need=demand)
