"""The shape of a section file: questions with their columns, choices, conditions and wording."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load

from question_bank.model import (
    COLUMN_KINDS,
    CONDITION_OPERATORS,
    KINDS,
    ROW_OPERATORS,
    SEVERITIES,
    AllOf,
    AnswerIs,
    AnyOf,
    BuyerIs,
    Choice,
    Condition,
    SomeRow,
)
from question_bank.schema_fields import (
    QUESTION_ID,
    Filter,
    Level,
    Literal,
    Name,
    Names,
    Number,
    OneOf,
    Text,
    Truth,
    Tuple,
    Words,
)
from question_bank.schema_rules import RequirementSchema


class Conditions(fields.Field[Condition]):
    """A condition says by its keys what it is: all, any, buyer, question, question with rows."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Condition:
        if isinstance(value, dict):
            for key, schema in _CONDITIONS.items():
                if key in value:
                    condition: Condition = schema.load(value)
                    return condition
        raise ValidationError("needs one of the keys all, any, buyer or question.")


class _BuyerIs(Schema):
    buyer = Name(required=True)
    op = OneOf(CONDITION_OPERATORS, required=True)
    value = Literal(required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> BuyerIs:
        return BuyerIs(values["buyer"], values["op"], values["value"])


class _AnswerIs(Schema):
    question = Name(QUESTION_ID, required=True)
    op = OneOf((*CONDITION_OPERATORS, "answered"), required=True)
    value = Literal()

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> AnswerIs:
        if (values["op"] == "answered") == ("value" in values):
            raise ValidationError(
                {"value": ["is needed, except with `answered`, which takes none."]}
            )
        return AnswerIs(**values)


class _SomeRow(Schema):
    question = Name(QUESTION_ID, required=True)
    rows = Filter(required=True)
    column = Name(required=True)
    op = OneOf(ROW_OPERATORS, required=True)
    value = Literal(required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> SomeRow:
        return SomeRow(**values)


class _AllOf(Schema):
    all = Tuple(Conditions(), required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> AllOf:
        return AllOf(values["all"])


class _AnyOf(Schema):
    any = Tuple(Conditions(), required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> AnyOf:
        return AnyOf(values["any"])


#: The key that tells what a condition is -> its schema; the first one that is there counts.
_CONDITIONS: dict[str, Schema] = {
    "all": _AllOf(),
    "any": _AnyOf(),
    "buyer": _BuyerIs(),
    "rows": _SomeRow(),
    "question": _AnswerIs(),
}


class ChoiceSchema(Schema):
    code = Name(required=True)
    label = Words(required=True)
    exclusive = Truth(load_default=False)


class _Choices(Tuple):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields.Nested(ChoiceSchema), load_default=(), **kwargs)


def with_choices(values: dict[str, Any]) -> dict[str, Any]:
    """The values with `choices` and `exclusive` as the model has them."""
    choices = values.pop("choices")
    return {
        **values,
        "choices": tuple(Choice(one["code"], one["label"]) for one in choices),
        "exclusive": tuple(one["code"] for one in choices if one["exclusive"]),
    }


class ColumnSchema(Schema):
    name = Name(required=True)
    kind = OneOf(COLUMN_KINDS, required=True)
    label = Words(required=True)
    note = Words()
    unit = Text()
    choices = _Choices()
    same_choices_as = Name()
    choices_from = Name()
    ordered = Truth(load_default=False)
    optional = Truth(load_default=False)
    minimum = Number()
    maximum = Number()

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        return with_choices(values)


class QuestionSchema(Schema):
    """One question of a section file; what depends on other questions is put in later."""

    id = Name(QUESTION_ID, required=True)
    kind = OneOf(KINDS, required=True)
    scope = OneOf(("profile", "engagement"), required=True)
    answer_required = Truth(required=True)
    subject = Words(required=True)
    text = Words(required=True)
    help = Words(required=True)
    unit = Words()
    minimum = Number()
    maximum = Number()
    ordered = Truth(load_default=False)
    choices = _Choices()
    columns = Tuple(fields.Nested(ColumnSchema), load_default=())
    none_label = Words()
    none_allowed = Truth(load_default=True)
    most_choices = fields.Integer(strict=True)
    in_house = Truth(load_default=True)
    show_when = Conditions()
    evidence = Words()
    claims = Names(load_default=())
    standards = Tuple(Text(), load_default=())
    requirements = Tuple(fields.Nested(RequirementSchema), load_default=())

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        return with_choices(values)


class SectionSchema(Schema):
    """The head of a section file; its questions are read one by one."""

    id = Name(required=True)
    title = Words(required=True)
    intro = Words(required=True)
    sealed = Truth(load_default=False)
    in_house = Truth(load_default=True)
    #: Severity -> the assurance that requirements of the section demand unless they say another.
    assurance = fields.Dict(keys=OneOf(SEVERITIES), values=Level(), load_default=dict)
    questions = fields.List(fields.Raw(), required=True)
