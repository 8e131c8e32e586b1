"""The shape of requirements: in a section file beside their question, and stored as JSON."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_dump, post_load, validates_schema
from marshmallow_oneofschema.one_of_schema import OneOfSchema

from question_bank.model import (
    OPERATORS,
    QUANTIFIERS,
    ROW_OPERATORS,
    SEVERITIES,
    DocumentRule,
    Requirement,
    RowRule,
)
from question_bank.schema_fields import (
    QUESTION_ID,
    Filter,
    Level,
    Literal,
    Name,
    Names,
    OneOf,
    Text,
    Truth,
    Whole,
    Words,
)

#: Quantifier -> the parts that it needs; `where` may stand beside the rest.
ROW_PARTS = {
    "any": {"column", "op", "value"},
    "all": {"column", "op", "value"},
    "none": {"column", "op", "value"},
    "count": {"op", "value"},
    "sum": {"column", "op", "value"},
    "distinct": {"column", "op", "value"},
    "ratio": {"numerator", "denominator", "column", "op", "value"},
    "each_buyer_language": {"column", "op", "value"},
    "any_valid_cert": {"where"},
}


WITHOUT_WHERE = ("ratio", "each_buyer_language")


class RowRuleSchema(Schema):
    quantifier = OneOf(QUANTIFIERS, required=True)
    where = Filter()
    column = Name()
    op = OneOf(ROW_OPERATORS)
    value = Literal()
    numerator = Filter()
    denominator = Filter()

    @validates_schema
    def has_its_parts(self, values: dict[str, Any], **_: Any) -> None:
        quantifier = values["quantifier"]
        needed = ROW_PARTS[quantifier]
        allowed = needed if quantifier in WITHOUT_WHERE else needed | {"where"}
        given = set(values) - {"quantifier"}
        wrong = {part: [f"is needed with {quantifier}."] for part in needed - given}
        wrong |= {part: [f"has no place with {quantifier}."] for part in given - allowed}
        if wrong:
            raise ValidationError(wrong)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> RowRule:
        return RowRule(**values)

    @post_dump
    def without_missing(self, document: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {part: one for part, one in document.items() if one is not None and one != {}}


class DocumentRuleSchema(Schema):
    types = Names(required=True)
    max_age_months = Whole()

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> DocumentRule:
        return DocumentRule(**values)

    @post_dump
    def without_missing(self, document: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {part: one for part, one in document.items() if one is not None}


class _RequirementBase(Schema):
    """What every requirement has; the threshold's shape follows from the operator."""

    id = Text(required=True)
    #: Left away in a section file, where the requirement stands with its question.
    question = Name(QUESTION_ID, load_default="")
    profiles = Names(load_default=())
    operator = OneOf(OPERATORS, required=True)
    severity = OneOf(SEVERITIES, required=True)
    rationale = Words(required=True)
    never_waivable = Truth(load_default=False)
    #: Sets that were frozen before there were levels have none, and keep their digests.
    assurance = Level(load_default=None)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Requirement:
        return Requirement(**values)

    @post_dump
    def without_missing(self, document: dict[str, Any], **_: Any) -> dict[str, Any]:
        if document["assurance"] is None:
            del document["assurance"]
        return document


class _LiteralRequirement(_RequirementBase):
    threshold = Literal(required=True)


class _RowRequirement(_RequirementBase):
    threshold = fields.Nested(RowRuleSchema, required=True)


class _DocumentRequirement(_RequirementBase):
    threshold = fields.Nested(DocumentRuleSchema, required=True)


class RequirementSchema(OneOfSchema):
    """One requirement; `operator` decides how its threshold is written."""

    type_field = "operator"
    type_field_remove = False
    type_schemas = {  # noqa: RUF012
        **{operator: _LiteralRequirement() for operator in OPERATORS},
        "row": _RowRequirement(),
        "evidence_required": _DocumentRequirement(),
    }

    def get_obj_type(self, obj: Requirement) -> str:
        return obj.operator
