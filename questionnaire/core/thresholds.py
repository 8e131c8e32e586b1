"""What an answer is compared with: literals, and references to the brief, answers and tables."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from question_bank.model import Reference
from question_bank.values import Money
from questionnaire.core.case import Case, plain_value, subject
from questionnaire.core.phrases import quoted, say
from questionnaire.core.truth import Unsure

_SOURCES = ("buyer", "answer", "policy", "language")


class Found(NamedTuple):
    """A threshold's value, or Unsure; `origin` says where it was found, "" for a literal."""

    value: Any
    origin: str = ""

    @property
    def known(self) -> bool:
        return not isinstance(self.value, Unsure)


def as_reference(threshold: object) -> Reference | None:
    """The reference that a threshold is, also when it is still written as "@buyer.sector"."""
    if isinstance(threshold, Reference):
        return threshold
    if isinstance(threshold, str):
        return _written(threshold) if threshold.startswith("@") else None
    if isinstance(threshold, Mapping) and isinstance(threshold.get("ref"), str):
        found = as_reference(threshold["ref"])
        plus = plain_value(threshold.get("plus", 0))
        if found is not None and isinstance(plus, Decimal):
            return Reference(found.source, found.path, plus)
    return None


def _written(text: str) -> Reference | None:
    source, _, path = text[1:].partition(".")
    return Reference(source, path) if source in _SOURCES and path else None


def resolve(threshold: object, case: Case, entry: Mapping[str, Any] | None = None) -> Found:
    """What the threshold stands for; `entry` is the entry of the brief's languages at hand.

    An empty list that was looked up is unknown: a buyer who permits no country has not yet said
    which ones, and nothing may be met by that.
    """
    reference = as_reference(threshold)
    if reference is None:
        if isinstance(threshold, list | tuple) and any(map(as_reference, threshold)):
            return _resolve_list(threshold, case, entry)
        return Found(plain_value(threshold))
    found = _look_up(reference, case, entry)
    if not found.known:
        return found
    if found.value == ():
        why = say(case.language, "{place} names nothing there", place=found.origin)
        return Found(Unsure(why), found.origin)
    return _plus(found, reference.plus, case.language)


def _resolve_list(
    threshold: list[Any] | tuple[Any, ...], case: Case, entry: Mapping[str, Any] | None
) -> Found:
    values: list[Any] = []
    origin = ""
    for one in threshold:
        found = resolve(one, case, entry)
        if not found.known:
            return found
        values.extend(found.value if isinstance(found.value, tuple) else (found.value,))
        origin = origin or found.origin
    return Found(tuple(values), origin)


def _look_up(reference: Reference, case: Case, entry: Mapping[str, Any] | None) -> Found:
    language = case.language
    if reference.source == "buyer":
        return Found(case.stated(reference.path), say(language, "your brief"))
    if reference.source == "language":
        value = plain_value((entry or {}).get(reference.path))
        if value is None:
            value = Unsure(say(language, "your brief does not say it for this language"))
        return Found(value, say(language, "your brief"))
    if reference.source == "policy":
        value = plain_value(case.bank.policy.get(reference.path))
        if value is None:
            value = Unsure(say(language, "the table it refers to is missing"))
        return Found(value, say(language, "our policy table"))
    question = case.bank.questions.get(reference.path)
    name = quoted(subject(question, language)) if question else reference.path
    value = case.known(reference.path)
    if question is not None and question.kind == "money" and isinstance(value, Decimal):
        value = Money(value, case.currency)
    return Found(value, say(language, "the answer to {question}", question=name))


def _plus(found: Found, plus: Decimal, language: str) -> Found:
    if not plus:
        return found
    if isinstance(found.value, Decimal):
        return Found(found.value + plus, found.origin)
    if isinstance(found.value, Money):
        return Found(Money(found.value.amount + plus, found.value.currency), found.origin)
    why = say(language, "nothing can be added to {place}", place=found.origin)
    return Found(Unsure(why), found.origin)
