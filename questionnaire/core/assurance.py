"""How much stands behind an answer (brief 5.3.1), and what is missing of what a rule demands.

Shown beside a status and never a part of a score. Certificates and reports are held against the
day on which the service starts: one that ends before proves nothing about the contract.
"""

from __future__ import annotations

from collections.abc import Sequence

from question_bank.model import DocumentRule, Question, Requirement
from question_bank.vocabulary import CERTIFICATE_DATE
from questionnaire.core import evidence
from questionnaire.core.answers import Answer
from questionnaire.core.case import Case, subject
from questionnaire.core.certificates import primary_sites
from questionnaire.core.dates import show_date
from questionnaire.core.documents import fallen
from questionnaire.core.evidence import CLAIMED, OBSERVED, Evidence
from questionnaire.core.operators import day_of
from questionnaire.core.phrases import quoted, say, some
from questionnaire.core.texts import same_text
from questionnaire.core.truth import Unsure


def level_of(answer: Answer, case: Case) -> int:
    """The best level of the documents that stand today and speak of this service and its site."""
    return max(
        (one.level for one in answer.evidence if not (fallen(one, case) or _beside(one, case))),
        default=CLAIMED,
    )


def lacking(requirement: Requirement, question: Question, answer: Answer, case: Case) -> str:
    """Why the answer has less behind it than the requirement demands; empty when it has enough."""
    level = requirement.assurance
    if level is None:
        return ""
    papers = _asked_for(requirement, answer.evidence)
    faults = [_fault(one, level, case) for one in papers]
    if "" in faults:
        return ""
    if not faults:
        faults = [say(case.language, "no document was supplied")]
    return say(
        case.language,
        "{subject}: answered as required, but {proof} is demanded, and {facts}.",
        subject=subject(question, case.language),
        proof=proof(level, case.language),
        facts=some(faults, case.language),
    )


def unreviewed(requirement: Requirement, answer: Answer, case: Case) -> bool:
    """Whether the requirement lacks nothing but that people read a document that was attached."""
    level = requirement.assurance
    if level is None or level < evidence.REVIEWED:
        return False
    return any(
        one.review is None and not fallen(one, case)
        for one in _asked_for(requirement, answer.evidence)
    )


def proof(level: int, language: str) -> str:
    """What has to stand behind an answer at a level, as a noun: `evidence reviewed by us`."""
    match level:
        case evidence.SUPPLIED:
            return say(language, "a document")
        case evidence.REVIEWED:
            return say(language, "evidence reviewed by us")
        case evidence.ATTESTED:
            return say(language, "independently attested evidence")
    return say(language, "evidence observed in a trial or a visit")


def _asked_for(requirement: Requirement, papers: Sequence[Evidence]) -> list[Evidence]:
    """Where certain sorts of document are demanded no other sort proves anything."""
    rule = requirement.threshold
    return [
        one
        for one in papers
        if not isinstance(rule, DocumentRule) or one.document_type in rule.types
    ]


def _fault(paper: Evidence, level: int, case: Case) -> str:
    """Why this document does not prove the answer at the level; empty when it does."""
    return (
        fallen(paper, case)
        or _beside(paper, case)
        or _too_low(paper, level, case)
        or _ends_early(paper, case)
    )


def _beside(paper: Evidence, case: Case) -> str:
    """Why it is about something else than this service at its site."""
    review, name = paper.review, quoted(paper.name)
    if review is None:
        return ""
    if not review.covers_service:
        return say(case.language, "{name} does not cover the contact service", name=name)
    if not review.sites:
        return ""
    sites = primary_sites(case)
    if isinstance(sites, Unsure):
        return say(case.language, "{name} is about sites, and {why}", name=name, why=sites.why)
    named = {same_text(one) for one in review.sites}
    if all(same_text(site) in named for site in sites):
        return ""
    return say(case.language, "{name} does not name the primary site", name=name)


def _too_low(paper: Evidence, level: int, case: Case) -> str:
    name = quoted(paper.name)
    if paper.level >= level:
        return ""
    if paper.review is None:
        return say(case.language, "{name} has not been reviewed yet", name=name)
    if level == OBSERVED:
        return say(case.language, "{name} is no observation of ours", name=name)
    return say(case.language, "{name} is not attested by anybody independent", name=name)


def _ends_early(paper: Evidence, case: Case) -> str:
    start = day_of(case.stated(CERTIFICATE_DATE))
    ends = paper.review.expires_on if paper.review else None
    if start is None or ends is None or ends >= start:
        return ""
    return say(
        case.language,
        "{name} ends on {day}, before the contract starts on {start}",
        name=quoted(paper.name),
        day=show_date(ends, case.language),
        start=show_date(start, case.language),
    )
