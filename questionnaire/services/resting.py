"""What a decision rests on: the answer, its evidence, the requirement, and what that refers to.

A decision stands while all of it stands; `differences` says in sentences what does not any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from question_bank.model import Bank, Requirement, RowRule
from questionnaire.core.dates import show_date
from questionnaire.core.findings import Finding
from questionnaire.core.phrases import english, quoted
from questionnaire.core.raised import BY_TRIAL, Raised
from questionnaire.core.thresholds import as_reference
from questionnaire.services.frozen_sets import RequirementSet, digest_of
from questionnaire.services.reading import UNTOUCHED, HeldAnswer

_STATED: Final = "buyer"
_ANSWERED: Final = "answer"

_SENTENCES: Final = {
    "answer": english("The vendor changed the answer."),
    "evidence": english("The evidence changed."),
    "reviews": english("A document beside the answer was reviewed."),
    "requirement": english("The requirement changed."),
    "brief": english("The brief changed in what the requirement refers to."),
    "others": english("Another answer that the requirement refers to changed."),
    "answers": english("The vendor changed an answer that this was computed from."),
    "trial": english("The trial showed other figures."),
    "edition": english("The rule changed."),
}
#: A finding that fires was not met before it is: its own words for another status.
_OF_FINDINGS: Final = {
    "not_met": english("Nobody could tell, and now the answers show it."),
    "unknown": english("The answers showed it, and now nobody can tell."),
}
_STATUS_SENTENCES: Final = {
    "not_met": english("It was unknown and is not met now."),
    "unknown": english("It was not met and is unknown now."),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Where one judging stands: everything that the basis of a flag is taken from."""

    bank: Bank
    demanded: RequirementSet
    brief: Mapping[str, Any]
    answers: Mapping[str, HeldAnswer]
    #: The day of judging, on which documents have lapsed or not.
    on: date | None = None
    #: What a trial measured, as JSON; empty before there was one.
    trial: Mapping[str, Any] = field(default_factory=dict)

    def basis(self, requirement: Requirement, status: str) -> dict[str, Any]:
        """What a decision about this requirement would rest on now, as JSON."""
        answer = self.answers.get(requirement.question, UNTOUCHED)
        stated, others = self._sources(requirement)
        return _found_by_reviewers([answer], self.on) | {
            "answer": answer.digest,
            "answer_version": answer.version,
            "evidence": sorted(_named(answer)),
            "requirement": self.demanded.digests.get(requirement.id, ""),
            "set": self.demanded.number,
            "set_digest": self.demanded.digest,
            "brief": digest_of([_stated(self.brief, path) for path in stated]),
            "others": {one: self.answers.get(one, UNTOUCHED).digest for one in others},
            "status": status,
        }

    def _sources(self, requirement: Requirement) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Fields of the brief and other answers; worked out once for a frozen set."""
        kept = self.demanded.sources
        if requirement.id not in kept:
            found = sorted(set(_sources(requirement, self.bank)))
            kept[requirement.id] = (
                tuple(path for source, path in found if source == _STATED),
                tuple(path for source, path in found if source == _ANSWERED),
            )
        return kept[requirement.id]

    def basis_of_finding(self, one: Raised) -> dict[str, Any]:
        """What a decision about this finding would rest on now, as JSON.

        The questions it was computed from, what stands beside their answers, the requirements on
        them, the fields of the brief that its rule looks at, and the trial where it does.
        """
        described = next(it for it in self.bank.findings if it.id == one.finding.id)
        answers = [self.answers.get(id, UNTOUCHED) for id in one.questions]
        of_trial = one.finding.id in BY_TRIAL
        return _found_by_reviewers(answers, self.on) | {
            "questions": list(one.questions),
            "answers": {id: it.digest for id, it in zip(one.questions, answers, strict=True)},
            "evidence": sorted(name for it in answers for name in _named(it)),
            "requirement": digest_of(
                [
                    self.demanded.digests.get(id, "")
                    for id, it in self.demanded.requirements.items()
                    if it.question in one.questions
                ]
            ),
            "set": self.demanded.number,
            "set_digest": self.demanded.digest,
            "brief": digest_of([_stated(self.brief, path) for path in described.brief]),
            "edition": digest_of([described.id, one.finding.severity]),
            "trial": digest_of(dict(self.trial)) if of_trial else "",
            "status": finding_status(one.finding),
        }


def finding_status(finding: Finding) -> str:
    """How the flag of a finding stands: what fires is not met, what nobody can tell is unknown."""
    return "not_met" if finding.fires else "unknown"


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What has changed between two bases, in sentences; empty while a decision stands.

    Another version of the requirement set with the same requirement changes nothing.
    """
    changed = {key for key in _SENTENCES if then.get(key) != now.get(key)}
    if "requirement" in changed:
        changed -= {"brief", "others"}  # another requirement looks elsewhere
    found = list(_lapsed_since(then, now))
    if found or "evidence" in changed:
        changed -= {"reviews"}  # they came and went with their documents
    found = [_SENTENCES[key] for key in _SENTENCES if key in changed] + found
    if not found and then.get("status") != now["status"]:
        told = _OF_FINDINGS if "answers" in now else _STATUS_SENTENCES
        found.append(told[now["status"]])
    return " ".join(found)


def _named(answer: HeldAnswer) -> Iterator[str]:
    """Each file by its content, sort and date: a new date is new evidence."""
    for file in answer.files:
        yield f"{file.sha256} {file.document_type} {file.issued_on or ''}".rstrip()


def _found_by_reviewers(answers: Sequence[HeldAnswer], on: date | None) -> dict[str, Any]:
    """Which reviews stand, and what of it has lapsed.

    Without any it says nothing, like every basis from before there were reviews.
    """
    files = [file for one in answers for file in one.files]
    reviews = [one.review for one in files if one.review]
    lapsed = {
        file.name: file.review.expires_on.isoformat()
        for file in files
        if file.review and file.review.expires_on and on and file.review.lapsed(on)
    }
    found: dict[str, Any] = {"reviews": sorted(str(one.id) for one in reviews)} if reviews else {}
    return found | ({"lapsed": lapsed} if lapsed else {})


def _lapsed_since(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    before = then.get("lapsed") or {}
    for name, ended in (now.get("lapsed") or {}).items():
        if before.get(name) != ended:
            yield f"{quoted(name)} lapsed on {show_date(date.fromisoformat(ended))}."


def _sources(requirement: Requirement, bank: Bank) -> Iterator[tuple[str, str]]:
    """Where the threshold is looked up: fields of the brief, other answers."""
    threshold = requirement.threshold
    yield from _references(threshold)
    if isinstance(threshold, RowRule):
        for part in (threshold.where, threshold.numerator, threshold.denominator, threshold.value):
            yield from _references(part)
        if threshold.quantifier == "each_buyer_language":
            yield _STATED, "languages"
        if threshold.quantifier == "any_valid_cert":
            yield _STATED, "contract_start"
            yield _ANSWERED, bank.part("sites.name").question


def _references(part: object) -> Iterator[tuple[str, str]]:
    reference = as_reference(part)
    if reference is not None:
        if reference.source in (_STATED, _ANSWERED):
            yield reference.source, reference.path
    elif isinstance(part, Mapping):
        for one in part.values():
            yield from _references(one)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _references(one)


def _stated(brief: Mapping[str, Any], path: str) -> Any:
    """A field of the brief; dots go deeper."""
    if path in brief:
        return brief[path]
    value: Any = brief
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
