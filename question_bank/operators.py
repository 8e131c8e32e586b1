"""Which operators fit which kind of answer, and which values they can compare it with.

A `Shape` is what a comparison needs to know of a question, a column, a field of the brief or a
policy table: the sort of its values, their codes, their order, their bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from question_bank.model import Bank, BriefField, Column, Question, Reference

#: Kind of question, column or brief field -> the sort of its values.
SORTS = {
    "yes_no": "truth",
    "number": "number",
    "percentage": "number",
    "money": "number",
    "year": "number",
    "date": "date",
    "time": "time",
    "single_choice": "code",
    "choice": "code",
    "country": "code",
    "language": "code",
    "multi_choice": "codes",
    "countries": "codes",
    "text": "text",
    "long_text": "text",
    "file": "file",
    "table": "table",
    "names": "names",
    "languages": "languages",
}
#: Kinds whose codes come from outside the bank (ISO 3166, ISO 639).
WORLDS = {"country": "country", "countries": "country", "language": "language"}

_BY_SORT = {
    "truth": ("equals",),
    "number": ("at_least", "at_most", "equals"),
    "date": ("not_older_than", "at_least", "at_most"),
    "code": ("one_of", "equals"),
    "codes": ("includes_all", "includes_any", "includes_none", "only_from"),
    "text": (),
    "file": (),
    "table": ("row",),
}
_ORDERED_CODE = ("at_least", "at_most", "one_of", "equals")
_CELL_BY_SORT = {
    "truth": ("equals",),
    "number": ("at_least", "at_most", "equals"),
    "date": ("at_least", "at_most", "equals"),
    "time": ("at_least", "at_most", "equals"),
    "code": ("one_of", "not_in", "equals"),
    "text": ("equals", "one_of", "not_in"),
    "codes": (),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What can be compared: `codes` is None where any code of `world` may stand."""

    sort: str
    codes: tuple[str, ...] | None = None
    ordered: bool = False
    world: str | None = None
    exclusive: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None


def shape_of(asked: Question | Column | BriefField) -> Shape:
    """The shape of what a question, a column or a field of the brief holds."""
    world = WORLDS.get(asked.kind)
    closed = asked.kind in ("single_choice", "choice", "multi_choice")
    if isinstance(asked, Column) and asked.choices_from is not None:
        closed, world = False, asked.choices_from
    return Shape(
        sort=SORTS[asked.kind],
        codes=tuple(choice.code for choice in asked.choices) if closed else None,
        ordered=not isinstance(asked, BriefField) and asked.ordered,
        world=world,
        exclusive=() if isinstance(asked, BriefField) else asked.exclusive,
        minimum=asked.minimum,
        maximum=asked.maximum,
    )


def fits(question: Question) -> tuple[str, ...]:
    """The operators with which a requirement on this question can be written."""
    shape = shape_of(question)
    own = _ORDERED_CODE if shape.sort == "code" and shape.ordered else _BY_SORT[shape.sort]
    return (*own, "evidence_required")


def cell_operators(shape: Shape) -> tuple[str, ...]:
    """The operators with which a row rule or a condition can compare a cell of this shape."""
    if shape.sort == "code" and shape.ordered:
        return ("at_least", "at_most", "one_of", "not_in", "equals")
    return _CELL_BY_SORT.get(shape.sort, ())


def shape_of_reference(reference: Reference, bank: Bank) -> Shape | None:
    """The shape of what a reference names; None when it names nothing that can be compared."""
    if reference.source == "buyer":
        field = next((one for one in bank.brief if one.name == reference.path), None)
        return None if field is None else shape_of(field)
    if reference.source == "answer":
        question = bank.questions.get(reference.path)
        return None if question is None else shape_of(question)
    if reference.source == "policy":
        table = bank.policy.get(reference.path)
        return Shape("codes", table) if isinstance(table, tuple) else None
    return _shape_of_language(reference.path, bank)


def _shape_of_language(path: str, bank: Bank) -> Shape | None:
    """`@language.…`: a part of the entry of the brief's languages that is at hand."""
    field = next((one for one in bank.brief if one.kind == "languages"), None)
    if field is None:
        return None
    if path == "min_spoken":
        return Shape("code", tuple(choice.code for choice in field.choices), ordered=True)
    return Shape("number") if path == "agents_needed" else None
