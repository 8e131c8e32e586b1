"""Requirements on evidence: a document of an asked type, dated recently enough."""

from __future__ import annotations

from question_bank.model import DocumentRule, Question
from questionnaire.core.answers import Answer, Evidence
from questionnaire.core.case import Case, subject
from questionnaire.core.dates import show_date
from questionnaire.core.operators import within_months
from questionnaire.core.phrases import listed, quoted, say, some
from questionnaire.core.truth import Truth, Unsure, any_true


def document_need(rule: DocumentRule, case: Case) -> str:
    """`a document: certificate or audit report, at most 12 months old`."""
    names = listed([_type_name(code, case) for code in rule.types], case.language, either=True)
    if rule.max_age_months is None:
        return say(case.language, "a document ({types})", types=names)
    return say(
        case.language,
        "a document ({types}), at most {n} months old",
        types=names,
        n=rule.max_age_months,
    )


def judge_documents(
    rule: DocumentRule, question: Question, answer: Answer, case: Case
) -> tuple[Truth, str]:
    """Whether a fitting document was attached. Missing evidence is unknown, too old is not met.

    One that a reviewer did not accept, or that has lapsed, is as good as missing.
    """
    attached = [one for one in answer.evidence if one.document_type in rule.types]
    fitting = [one for one in attached if one.stands(case.on)]
    truth: Truth
    if fitting:
        truth = any_true(_recent(one, rule, case) for one in fitting)
        fact = some([_described(one, case) for one in fitting], case.language)
    elif attached:
        fact = some([fallen(one, case) for one in attached], case.language)
        truth = Unsure(fact)
    else:
        fact = say(case.language, "no such document is attached")
        truth = Unsure(fact)
    sentence = say(
        case.language,
        "{subject}: {fact}; required: {need}.",
        subject=subject(question, case.language),
        fact=fact,
        need=document_need(rule, case),
    )
    if fitting and isinstance(truth, Unsure):
        sentence = say(
            case.language, "{sentence} Not judged: {why}.", sentence=sentence, why=truth.why
        )
    return truth, sentence


def fallen(evidence: Evidence, case: Case) -> str:
    """Why the document proves nothing any more; empty while it stands."""
    name, ends = quoted(evidence.name), evidence.review and evidence.review.expires_on
    if evidence.rejected:
        return say(case.language, "{name} was not accepted", name=name)
    if ends is None or evidence.stands(case.on):
        return ""
    day = show_date(ends, case.language)
    return say(case.language, "{name} lapsed on {day}", name=name, day=day)


def _recent(evidence: Evidence, rule: DocumentRule, case: Case) -> Truth:
    if evidence.dated is None:
        why = say(case.language, "the date of {name} is missing", name=quoted(evidence.name))
        return True if rule.max_age_months is None else Unsure(why)
    if rule.max_age_months is None:
        return True
    return within_months(evidence.dated, rule.max_age_months, case)


def _described(evidence: Evidence, case: Case) -> str:
    name = quoted(evidence.name)
    if evidence.dated is None:
        return say(case.language, "{name} without a date", name=name)
    day = show_date(evidence.dated, case.language)
    return say(case.language, "{name} of {day}", name=name, day=day)


def _type_name(code: str, case: Case) -> str:
    wording = case.bank.document_types.get(code)
    return wording.text(case.language).lower() if wording else code.replace("_", " ")
