"""The default requirements of several profiles as one list (brief 5.3.2): none is lost.

A requirement is dropped only when another one on the same question, of equal or higher severity,
implies it: the same operator with a threshold at least as strict, equal lists or values,
`includes_all` or `includes_none` with a superset, identical row rules. Where a shorter list of
`one_of` or `only_from` would be stricter both are kept: the brief asks for equal lists. What the
law demands is never dropped in favour of something that can be waived.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from question_bank.model import (
    SEVERITIES,
    Bank,
    DocumentRule,
    Question,
    Reference,
    Requirement,
)
from questionnaire.core.numbers import number_of


def default_requirements(
    bank: Bank, profile_ids: Collection[str], question_ids: Collection[str] | None = None
) -> tuple[Requirement, ...]:
    """The requirements of the profiles (by id or code) on these questions, in the bank's order.

    `question_ids` None means all questions. KeyError when there is no such profile.
    """
    profiles = {bank.profile(name).id for name in profile_ids}
    applying = [
        one
        for one in bank.requirements
        if profiles.intersection(one.profiles)
        and (question_ids is None or one.question in question_ids)
    ]
    return merge(bank, applying)


def merge(bank: Bank, requirements: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """Without those that another one implies, and with nothing demanded twice."""
    by_question: dict[str, list[Requirement]] = {}
    for one in requirements:
        by_question.setdefault(one.question, []).append(one)
    merged: list[Requirement] = []
    for question_id, held in by_question.items():
        question = bank.questions.get(question_id)
        kept = [one for one in held if not _superfluous(one, held, question)]
        merged.extend(left for one in kept if (left := _without_twice(one, kept)).threshold != ())
    return tuple(merged)


def _superfluous(
    one: Requirement, others: Sequence[Requirement], question: Question | None
) -> bool:
    """Whether another one makes it say nothing new; of two that say the same the first stays."""
    for other in others:
        if other is one or not _outweighs(other, one) or not implies(other, one, question):
            continue
        mutual = _outweighs(one, other) and implies(one, other, question)
        if not mutual or others.index(other) < others.index(one):
            return True
    return False


def _outweighs(other: Requirement, one: Requirement) -> bool:
    """At least as severe, and not waivable where the other is not."""
    return _rank(other) <= _rank(one) and other.never_waivable >= one.never_waivable


def _rank(requirement: Requirement) -> int:
    return SEVERITIES.index(requirement.severity)


def implies(stricter: Requirement, one: Requirement, question: Question | None) -> bool:
    """Whether every answer that meets `stricter` meets `one`, as far as their form tells."""
    if stricter.question != one.question or stricter.operator != one.operator:
        return False
    if not _as_assured(stricter, one):
        return False
    mine, other = stricter.threshold, one.threshold
    match one.operator:
        case "at_least":
            return _ordered(mine, other, question, up=True)
        case "at_most":
            return _ordered(mine, other, question, up=False)
        case "not_older_than":
            return _ordered(mine, other, None, up=False)
        case "includes_all" | "includes_none":
            if isinstance(mine, tuple) and isinstance(other, tuple):
                return set(mine) >= set(other)
        case "evidence_required":
            return _documents(mine, other)
    return _same(mine, other)


def _as_assured(stricter: Requirement, one: Requirement) -> bool:
    return (stricter.assurance or 0) >= (one.assurance or 0)


def _same(mine: object, other: object) -> bool:
    if isinstance(mine, tuple) and isinstance(other, tuple):
        return set(mine) == set(other)
    if isinstance(mine, bool) or isinstance(other, bool):
        return mine is other
    return mine == other


def _ordered(mine: object, other: object, question: Question | None, *, up: bool) -> bool:
    """Numbers, positions of ordered choices, or the same reference with another `plus`."""
    one, two = _position(mine, question), _position(other, question)
    if isinstance(mine, Reference) and isinstance(other, Reference):
        if (mine.source, mine.path) != (other.source, other.path):
            return False
        one, two = mine.plus, other.plus
    if one is None or two is None:
        return mine == other
    return one >= two if up else one <= two


def _position(threshold: object, question: Question | None) -> Decimal | None:
    if isinstance(threshold, str) and question is not None and question.ordered:
        codes = [choice.code for choice in question.choices]
        return Decimal(codes.index(threshold)) if threshold in codes else None
    return number_of(threshold)


def _documents(mine: object, other: object) -> bool:
    if not isinstance(mine, DocumentRule) or not isinstance(other, DocumentRule):
        return False
    if set(mine.types) != set(other.types):
        return False
    if other.max_age_months is None:
        return True
    return mine.max_age_months is not None and mine.max_age_months <= other.max_age_months


def _without_twice(one: Requirement, kept: Sequence[Requirement]) -> Requirement:
    """Without the choices that a more severe `includes_all` on the question demands already."""
    if one.operator != "includes_all" or not isinstance(one.threshold, tuple):
        return one
    demanded = {
        code
        for other in kept
        if other.operator == "includes_all"
        and isinstance(other.threshold, tuple)
        and _rank(other) < _rank(one)
        and other.never_waivable >= one.never_waivable
        and _as_assured(other, one)
        for code in other.threshold
    }
    left = tuple(code for code in one.threshold if code not in demanded)
    return one if len(left) == len(one.threshold) else replace(one, threshold=left)
