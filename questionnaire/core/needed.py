"""Which fields of the brief the chosen questions and requirements refer to, and what they lack."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from question_bank.model import (
    Bank,
    BriefField,
    BuyerIs,
    Question,
    Reference,
    Requirement,
    RowRule,
    SomeRow,
)
from questionnaire.core.briefs import check_field, stated
from questionnaire.core.conditions import parts_of
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say
from questionnaire.core.thresholds import as_reference


def brief_fields_needed(
    bank: Bank,
    requirements: Iterable[Requirement],
    question_ids: Collection[str],
    profiles: Collection[str] = (),
) -> tuple[BriefField, ...]:
    """The fields that these requirements, the conditions of these questions, and the findings
    about them look at.

    In the bank's order. The currency is among them as soon as an amount of money is asked. A
    finding counts when one of the profiles looks at it, all of its questions are asked and it can
    be a gap: what is only shown asks nothing of the buyer.
    """
    paths: set[str] = set()
    for requirement in requirements:
        paths.update(_paths(requirement.threshold, bank))
    for name in question_ids:
        question = bank.questions.get(name)
        if question is not None:
            paths.update(_in_question(question))
    asked = set(question_ids)
    codes = {one.code for one in bank.profiles if {one.id, one.code} & set(profiles)}
    for finding in bank.findings:
        looked_at = finding.kind == "counted" and codes & finding.severity.keys()
        if looked_at and finding.questions and asked.issuperset(finding.questions):
            paths.update(finding.brief)
    return tuple(one for one in bank.brief if _named(one.name, paths))


def _named(name: str, paths: Collection[str]) -> bool:
    """A field is needed when a path names it, a part of it, or the whole that it is part of."""
    return any(
        path == name or path.startswith(f"{name}.") or name.startswith(f"{path}.") for path in paths
    )


#: What costs, worth and the place are worked out from (brief 5.4-5.7).
_OF_COST = frozenset(
    (
        "office.country",
        "office.city",
        "home_market",
        "monthly_contacts",
        "inhouse.rate",
        "inhouse.aht",
        "inhouse.occ",
        "inhouse.fcr",
        "inhouse.csat",
        "margin",
        "silent_churn",
        "budget_rate",
    )
)
#: What the first page of the report begins with, whatever is asked.
_OF_REPORT = frozenset({"reasons"})
#: The part that the subjects of cultural training play.
_TOPICS = "topics"


def brief_fields_wished(bank: Bank, question_ids: Collection[str]) -> tuple[BriefField, ...]:
    """Fields that pages and costs look at and no rule demands, in the bank's order.

    Those of the cost are not among them where no sealed question is asked: there will be no price
    to work with. Where customers may be misunderstood is asked with the training that answers it;
    why the buyer outsources, always.
    """
    wished: set[str] = set(_OF_REPORT)
    if not bank.sealed_questions.isdisjoint(question_ids):
        wished |= _OF_COST
    if _TOPICS in bank.roles and bank.part(_TOPICS).question in question_ids:
        wished.add("disconnect_points")
    return tuple(one for one in bank.brief if one.name in wished)


def _in_question(question: Question) -> Iterator[str]:
    for part in parts_of(question.show_when):
        if isinstance(part, BuyerIs):
            yield part.field
        yield from _referred(part.value)
        if isinstance(part, SomeRow):
            yield from _in_filter(part.rows)
    if question.kind == "money" or any(one.kind == "money" for one in question.columns):
        yield "currency"


def _paths(threshold: object, bank: Bank) -> Iterator[str]:
    if not isinstance(threshold, RowRule):
        yield from _referred(threshold)
        return
    yield from _referred(threshold.value)
    for where in (threshold.where, threshold.numerator, threshold.denominator):
        yield from _in_filter(where or {})
    if threshold.quantifier == "each_buyer_language":
        yield "languages"
    if threshold.quantifier == "any_valid_cert":
        yield "contract_start"


def _in_filter(where: Mapping[str, object]) -> Iterator[str]:
    for wanted in where.values():
        yield from _referred(wanted)


def _referred(value: object) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for one in value:
            yield from _referred(one)
        return
    reference: Reference | None = as_reference(value)
    if reference is not None and reference.source == "buyer":
        yield reference.path
    if reference is not None and reference.source == "language":
        yield "languages"


def brief_faults(
    bank: Bank,
    fields: Sequence[BriefField],
    brief: Mapping[str, Any],
    language: str = "en",
) -> list[tuple[str, str]]:
    """Field name and sentence for every one of these fields that is missing or does not fit."""
    faults = []
    for field in fields:
        value = stated(brief, field.name)
        if value is None:
            faults.append((field.name, _missing(field, language)))
            continue
        if value in ([], ()) and field.kind != "names":
            faults.append((field.name, say(language, "Name at least one.")))
            continue
        try:
            check_field(field, value, language)
        except AnswerFault as fault:
            faults.append((field.name, fault.sentence))
    return faults


def _missing(field: BriefField, language: str) -> str:
    why = field.why.text(language)
    return say(language, "State this: the requirements refer to it. {why}", why=why)
