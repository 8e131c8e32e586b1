"""Says what is wrong with one requirement: its operator, its threshold, what it refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from question_bank.comparing import wrong_with
from question_bank.model import (
    SEVERITIES,
    Bank,
    Column,
    DocumentRule,
    Question,
    Reference,
    Requirement,
    RowRule,
)
from question_bank.operators import Shape, cell_operators, fits, shape_of
from question_bank.vocabulary import CERTIFICATE_DATE, CERTIFICATE_ROLES

#: Quantifiers that compare a figure over the rows instead of one cell.
_FIGURES = ("count", "sum", "distinct", "ratio")
_CERTIFICATES = "certificates"
_LANGUAGES = "languages"


def lint_requirement(requirement: Requirement, bank: Bank) -> list[str]:
    """Sentences that say why the requirement cannot be judged or never be met; none if it can."""
    return [sentence for _, sentence in lint(requirement, bank)]


def lint(requirement: Requirement, bank: Bank) -> Iterator[tuple[str, str]]:
    """The same with the field of the requirement that each sentence is about."""
    question = bank.questions.get(requirement.question)
    if question is None:
        yield "question", f"There is no question {requirement.question} in the bank."
        return
    if requirement.severity not in SEVERITIES:
        yield "severity", f"{requirement.severity} is none of: {', '.join(SEVERITIES)}."
    known = {profile.id for profile in bank.profiles}
    for profile in requirement.profiles:
        if profile not in known:
            yield "profiles", f"There is no profile {profile}."
    if requirement.operator not in fits(question):
        fitting = ", ".join(fits(question))
        yield "operator", f"{requirement.operator} does not fit this question; {fitting} do."
        return
    for sentence in _threshold(requirement, question, bank):
        yield "threshold", sentence


def _threshold(requirement: Requirement, question: Question, bank: Bank) -> Iterator[str]:
    threshold = requirement.threshold
    if requirement.operator == "evidence_required":
        if isinstance(threshold, DocumentRule):
            yield from _documents(threshold, bank)
        else:
            yield "Say which documents are accepted."
    elif requirement.operator == "row":
        if isinstance(threshold, RowRule):
            yield from _rows(threshold, question, bank)
            for part in _compared_with(threshold):
                yield from _itself_or_sealed(part, question, bank)
        else:
            yield "Say which rows are looked at and what they must show."
    elif isinstance(threshold, DocumentRule | RowRule):
        yield f"{requirement.operator} compares with a value, not with rows or documents."
    else:
        yield from wrong_with(requirement.operator, shape_of(question), threshold, bank)
        yield from _itself_or_sealed(threshold, question, bank)


def _compared_with(rule: RowRule) -> Iterator[object]:
    """Everything that a row rule holds cells against."""
    yield rule.value
    for rows in (rule.where, rule.numerator, rule.denominator):
        yield from (rows or {}).values()


def _itself_or_sealed(threshold: object, question: Question, bank: Bank) -> Iterator[str]:
    if not isinstance(threshold, Reference) or threshold.source != "answer":
        return
    if threshold.path == question.id:
        yield "An answer cannot be compared with itself."
    if threshold.path in bank.sealed_questions and question.id not in bank.sealed_questions:
        yield f"@answer.{threshold.path} is sealed; a comparison with it would show it."


def _documents(rule: DocumentRule, bank: Bank) -> Iterator[str]:
    if not rule.types:
        yield "The list of accepted documents is empty: name at least one type."
    strange = [one for one in rule.types if one not in bank.document_types]
    if strange:
        yield f"There is no document type {', '.join(strange)}."
    if rule.max_age_months is not None and rule.max_age_months < 1:
        yield "The age must be a whole number of months, 1 or more."


def _rows(rule: RowRule, question: Question, bank: Bank) -> Iterator[str]:
    if rule.quantifier == "any_valid_cert":
        yield from _valid_certificate(rule, question, bank)
        return
    if rule.quantifier == "each_buyer_language" and bank.roles.get(_LANGUAGES) != question.id:
        yield "each_buyer_language can only be asked of the table of languages."
    for rows in (rule.where, rule.numerator, rule.denominator):
        yield from _filter(rows or {}, question, bank)
    column = question.column(rule.column or "")
    if column is None and rule.quantifier != "count":
        yield f"There is no column {rule.column} in this table."
        return
    yield from _comparison(rule, column, bank)


def _comparison(rule: RowRule, column: Column | None, bank: Bank) -> Iterator[str]:
    op = rule.op or ""
    if rule.quantifier in _FIGURES:
        shape = _figure(rule.quantifier, column)
        if shape is None:
            yield f"{rule.quantifier} needs a column of numbers; {rule.column} is none."
            return
    elif column is not None:
        shape = shape_of(column)
    else:
        return
    if op not in cell_operators(shape):
        yield f"{op} does not fit here; {', '.join(cell_operators(shape)) or 'nothing'} do."
        return
    if (
        isinstance(rule.value, Reference)
        and rule.value.source == "language"
        and rule.quantifier != "each_buyer_language"
    ):
        yield "@language can only be named with each_buyer_language."
    yield from wrong_with(op, shape, rule.value, bank)


def _figure(quantifier: str, column: Column | None) -> Shape | None:
    """The shape of a count, a sum or a ratio; None when the column holds no numbers."""
    if quantifier in ("sum", "ratio") and (column is None or shape_of(column).sort != "number"):
        return None
    return Shape("number", minimum=Decimal(0))


def _filter(rows: Mapping[str, object], question: Question, bank: Bank) -> Iterator[str]:
    for name, value in rows.items():
        column = question.column(name)
        if column is None:
            yield f"There is no column {name} in this table."
            continue
        shape = shape_of(column)
        if "equals" not in cell_operators(shape):
            yield f"Rows cannot be picked by {name}: it holds several codes in one cell."
            continue
        for sentence in wrong_with("equals", shape, value, bank):
            yield f"Rows with {name}: {sentence}"


def _valid_certificate(rule: RowRule, question: Question, bank: Bank) -> Iterator[str]:
    missing = [role for role in CERTIFICATE_ROLES if role not in bank.roles]
    if missing:
        yield f"any_valid_cert cannot be judged: no answer plays {', '.join(missing)}."
        return
    if all(field.name != CERTIFICATE_DATE for field in bank.brief):
        yield f"any_valid_cert cannot be judged: there is no @buyer.{CERTIFICATE_DATE}."
    if bank.roles.get(_CERTIFICATES) != question.id:
        yield "any_valid_cert can only be asked of the table of certificates."
        return
    part = bank.part(f"{_CERTIFICATES}.standard")
    column = question.column(part.column or "")
    if column is None or set(rule.where) != {column.name}:
        yield f"any_valid_cert needs the accepted standards, under {part.column}."
        return
    yield from wrong_with("one_of", shape_of(column), rule.where[column.name], bank)
