"""Which controls edit the threshold of a requirement, and what it can be compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from question_bank.comparing import wanted_sort, wrong_with
from question_bank.model import (
    Bank,
    BriefField,
    Choice,
    Column,
    Question,
    Reference,
    Requirement,
    RowRule,
)
from question_bank.operators import Shape, cell_operators, shape_of, shape_of_reference
from questionnaire.core.briefs import stated
from questionnaire.core.case import subject
from questionnaire.core.codes import COUNTRIES, country_name
from questionnaire.core.phrases import english, reader, worded
from questionnaire.services import brief_values

#: What `@language.…` looks up, entry by entry of the brief's languages.
_BY_LANGUAGE = {
    "min_spoken": english("Your brief: the level stated for each language"),
    "agents_needed": english("Your brief: the agents stated for each language"),
}
FIGURES = ("count", "sum", "distinct", "ratio")


@dataclass(frozen=True, slots=True)
class Editor:
    """The controls of one threshold.

    `control` is truth, number, months, date, time, code, codes, text or documents; `references`
    are what can be looked up instead of a fixed value, each with what it says now.
    """

    control: str
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    references: tuple[tuple[str, str], ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None


def editor_of(
    requirement: Requirement, bank: Bank, brief: Mapping[str, Any], asked: frozenset[str]
) -> Editor:
    """The controls with which this requirement's threshold is edited."""
    question = bank.questions[requirement.question]
    threshold, op = requirement.threshold, requirement.operator
    of: Question | Column | None = question
    if op == "evidence_required":
        types = tuple((code, one.text()) for code, one in bank.document_types.items())
        return Editor("documents", types)
    if isinstance(threshold, RowRule):
        if threshold.quantifier == "any_valid_cert":
            column = question.column(bank.part("certificates.standard").column or "")
            return Editor("codes", _labels(column.choices if column else ()))
        of = question.column(threshold.column or "")
        op = threshold.op or ""
        if threshold.quantifier in FIGURES or of is None:
            shape = Shape("number", minimum=Decimal(0))
        else:
            shape = shape_of(of)
    else:
        shape = shape_of(question)
    held = threshold.value if isinstance(threshold, RowRule) else threshold
    path = held.path if isinstance(held, Reference) else ""
    by_language = isinstance(threshold, RowRule) and threshold.quantifier == "each_buyer_language"
    return _editor(_Comparison(op, shape, of, question.id, bank, brief, asked, path, by_language))


def _editor(comparison: _Comparison) -> Editor:
    op, shape, of = comparison.op, comparison.shape, comparison.of
    sort = wanted_sort(op, shape)
    if op == "not_older_than":
        return Editor("months", unit="months")
    choices: tuple[tuple[str, str], ...] = ()
    if sort in ("code", "codes"):
        choices = _countries() if shape.world == "country" else _labels(of.choices if of else ())
        sort = sort if choices else "texts" if sort == "codes" else "text"
    references = tuple(_references(comparison))
    unit = _unit(of, comparison.brief)
    return Editor(sort, choices, unit, references, shape.minimum, shape.maximum)


def _labels(choices: tuple[Choice, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, one.label.text()) for one in choices)


def _countries() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((code, country_name(code)) for code in COUNTRIES), key=lambda one: one[1]))


def _unit(of: Question | Column | BriefField | None, brief: Mapping[str, Any]) -> str:
    if of is None or of.kind in ("yes_no", "date", "time"):
        return ""
    if of.kind == "money":
        return of.unit if isinstance(of.unit, str) else str(brief.get("currency") or "USD")
    unit = of.unit if isinstance(of.unit, str) or of.unit is None else of.unit.text()
    return unit or ("%" if of.kind == "percentage" else "")


def _references(comparison: _Comparison) -> Iterator[tuple[str, str]]:
    """What a comparison can look up: fields of the brief, policy tables, other answers."""
    bank, brief, spoken = comparison.bank, comparison.brief, reader()
    for part, label in _BY_LANGUAGE.items() if comparison.by_language else ():
        if comparison.suits(Reference("language", part), None):
            yield f"@language.{part}", worded(label)
    for field in bank.brief:
        reference = Reference("buyer", field.name)
        if comparison.held == reference.path or comparison.suits(reference, field):
            shown = brief_values.show(field, stated(brief, field.name), spoken) or worded(
                "not stated yet"
            )
            yield (
                f"@buyer.{field.name}",
                worded(
                    "Your brief: {field} ({value})", field=field.label.text(spoken), value=shown
                ),
            )
    for name, table in bank.policy.items():
        if isinstance(table, tuple) and comparison.suits(Reference("policy", name), None):
            shown = name.upper() if len(name) < 4 else name.replace("_", " ")
            yield f"@policy.{name}", worded("Our table: {name}", name=shown)
    for name, question in bank.questions.items():
        offered = name in comparison.asked and name not in bank.sealed_questions
        if offered and comparison.suits(Reference("answer", name), question):
            yield (
                f"@answer.{name}",
                worded("The vendor's answer: {question}", question=subject(question, spoken)),
            )


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One operator on one thing that is asked, in front of all that it could be compared with."""

    op: str
    shape: Shape
    of: Question | Column | None
    question_id: str
    bank: Bank
    brief: Mapping[str, Any]
    asked: frozenset[str]
    #: The path that the present threshold looks up: it is offered whatever it is.
    held: str
    by_language: bool

    def suits(self, reference: Reference, found: BriefField | Question | None) -> bool:
        """Whether the comparison can be judged, and figures or codes of one sort meet in it."""
        if reference.path == self.question_id or self.op == "not_older_than":
            return False
        if next(wrong_with(self.op, self.shape, reference, self.bank), None) is not None:
            return False
        there = shape_of_reference(reference, self.bank)
        if there is None or there.sort == "truth":
            return False
        if there.sort in ("code", "codes"):
            return self._same_codes(there)
        return there.sort != "number" or self._same_unit(found)

    def _same_codes(self, there: Shape) -> bool:
        if self.shape.world == "country":
            countries = there.codes is not None and COUNTRIES.issuperset(there.codes)
            return there.world == "country" or countries
        return there.codes is not None and self.shape.codes is not None

    def _same_unit(self, found: BriefField | Question | None) -> bool:
        """Hours beside hours; where the answer has no unit, what its label counts."""
        if found is None:
            return self.by_language
        mine, other = _unit(self.of, self.brief), _unit(found, self.brief)
        if mine or self.of is None:
            return mine == other
        return bool(other) and other.casefold() in self.of_label()

    def of_label(self) -> str:
        label = self.of.label if isinstance(self.of, Column) else None
        return label.text().casefold() if label else ""


def operators_for(question: Question, column: Column | None, quantifier: str) -> tuple[str, ...]:
    """The comparisons that fit a cell of this column, or a figure over the rows."""
    if quantifier in FIGURES or column is None:
        return cell_operators(Shape("number"))
    return cell_operators(shape_of(column))
