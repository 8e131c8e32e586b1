"""Why a requirement is met or not, in one sentence with the figures in it."""

from __future__ import annotations

from typing import Any

from question_bank.model import Question, Requirement
from questionnaire.core.answers import Answer
from questionnaire.core.case import Case, subject
from questionnaire.core.needs import need
from questionnaire.core.phrases import quoted, say
from questionnaire.core.showing import names_of, show_value
from questionnaire.core.thresholds import Found
from questionnaire.core.truth import Truth, Unsure


def compared(
    requirement: Requirement, question: Question, value: Any, found: Found, truth: Truth, case: Case
) -> str:
    """`Recovery time: 12 hours; at most 8 hours is required (your brief).`"""
    fact = _fact(requirement.operator, question, value, found, truth, case)
    demand = need(requirement.operator, requirement.threshold, found, question, case)
    sentence = say(
        case.language,
        "{subject}: {fact}; required: {need}.",
        subject=subject(question, case.language),
        fact=fact,
        need=demand,
    )
    return with_doubt(sentence, truth, case)


def with_doubt(sentence: str, truth: Truth, case: Case) -> str:
    """The sentence, and why it could not be judged where it could not."""
    if not isinstance(truth, Unsure):
        return sentence
    return say(case.language, "{sentence} Not judged: {why}.", sentence=sentence, why=truth.why)


def _fact(
    operator: str, question: Question, value: Any, found: Found, truth: Truth, case: Case
) -> str:
    """The answer, or for several choices those that make the difference."""
    if isinstance(value, tuple) and isinstance(found.value, tuple):
        shared = [one for one in value if one in found.value]
        extra = [one for one in value if one not in found.value]
        missing = [one for one in found.value if one not in value]
        match operator, truth:
            case "includes_all", True:
                return say(case.language, "all included")
            case "includes_all", False:
                return say(
                    case.language, "{names} missing", names=names_of(missing, question, case)
                )
            case "includes_none", True:
                return say(case.language, "not included")
            case ("includes_none", False) | ("includes_any", True):
                return say(
                    case.language, "{names} included", names=names_of(shared, question, case)
                )
            case "only_from", False:
                return say(case.language, "{names} included", names=names_of(extra, question, case))
    if value == ():
        return say(case.language, "none of these")
    return show_value(value, question, case)


def not_known(question: Question, answer: Answer, demand: str, case: Case) -> str:
    """The answer is blank, "don't know", or a "not applicable" that nobody accepted yet."""
    language = case.language
    if answer.state == "dont_know":
        fact = say(language, "answered as not known")
    elif answer.state == "not_applicable":
        fact = say(language, "answered as not applicable")
        if answer.reason:
            fact += say(language, " ({reason})", reason=quoted(answer.reason))
        fact += say(language, ", which you have not accepted")
    else:
        fact = say(language, "not answered")
    return say(
        language,
        "{subject}: {fact}; required: {need}.",
        subject=subject(question, language),
        fact=fact,
        need=demand,
    )


def sealed(question: Question, truth: Truth, case: Case) -> str:
    """The status without the figures: prices stay sealed until the requirements are judged."""
    name = subject(question, case.language)
    if isinstance(truth, Unsure):
        return say(case.language, "{subject}: sealed; it could not be judged.", subject=name)
    if truth:
        return say(case.language, "{subject}: sealed; it meets the requirement.", subject=name)
    return say(case.language, "{subject}: sealed; it misses the requirement.", subject=name)
