"""The shape of the small files: order, profiles, brief, policy, roles, claims, presets."""

from __future__ import annotations

from typing import Any

from marshmallow import (
    INCLUDE,
    Schema,
    ValidationError,
    fields,
    post_load,
    pre_load,
    validates_schema,
)

from question_bank.model import BRIEF_KINDS, Claim, Preset, Profile
from question_bank.schema_fields import (
    Name,
    Names,
    Number,
    OneOf,
    Text,
    Truth,
    Tuple,
    Whole,
    Words,
)
from question_bank.schema_questions import ChoiceSchema, with_choices


class OrderSchema(Schema):
    """bank.yaml: in which order sections are asked, profiles offered and findings told."""

    sections = Names(required=True)
    profiles = Names(required=True)
    #: Left away in a bank without findings, as the editions before them were.
    findings = Names(load_default=())


class ProfileSchema(Schema):
    id = Name(required=True)
    code = Name(required=True)
    title = Words(required=True)
    summary = Words(required=True)
    add_on = Truth()
    weights = fields.Dict(keys=Name(), values=Whole(), required=True)
    protected = Names(required=True)
    floor = Whole()
    max_major = Whole()

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Profile:
        return Profile(**values)


class BriefFieldSchema(Schema):
    name = Name(required=True)
    kind = OneOf(BRIEF_KINDS, required=True)
    label = Words(required=True)
    why = Words(required=True)
    unit = Words()
    choices = Tuple(fields.Nested(ChoiceSchema), load_default=())
    same_choices_as = Name()
    default = fields.Raw(load_default=None)
    minimum = Number()
    maximum = Number()
    at_most = Name()

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        plain = with_choices(values)
        if plain.pop("exclusive"):
            raise ValidationError({"choices": ["cannot be exclusive in the brief."]})
        return plain


class BriefSchema(Schema):
    """brief.yaml; its fields are read one by one."""

    fields_ = fields.List(fields.Raw(), required=True, data_key="fields")


class _ClaimSchema(Schema):
    id = Name(required=True)
    paragraph = Text(required=True)
    text = Words(required=True)

    @pre_load
    def reword(self, document: Any, **_: Any) -> Any:
        """Editions from before claims were translated hold a plain English text."""
        if isinstance(document, dict) and isinstance(document.get("text"), str):
            return document | {"text": {"en": document["text"]}}
        return document

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Claim:
        return Claim(**values)


class ClaimsSchema(Schema):
    claims = Tuple(fields.Nested(_ClaimSchema), required=True)

    @validates_schema
    def stand_once(self, values: dict[str, Any], **_: Any) -> None:
        _refuse_twins("claims", [claim.id for claim in values["claims"]])


class _PresetSchema(Schema):
    id = Name(required=True)
    title = Words(required=True)
    summary = Words(required=True)
    sections = Names(required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Preset:
        return Preset(**values)


class PresetsSchema(Schema):
    presets = Tuple(fields.Nested(_PresetSchema), required=True)


class _DocumentTypeSchema(Schema):
    code = Name(required=True)
    label = Words(required=True)


class DocumentTypesSchema(Schema):
    document_types = Tuple(fields.Nested(_DocumentTypeSchema), required=True)

    @validates_schema
    def stand_once(self, values: dict[str, Any], **_: Any) -> None:
        _refuse_twins("document_types", [one["code"] for one in values["document_types"]])


class RolesSchema(Schema):
    roles = fields.Dict(keys=Name(), values=Text(), required=True)


class PolicySchema(Schema):
    """policy.yaml; its tables are read one by one."""

    class Meta:
        unknown = INCLUDE

    as_of = Text(required=True)


def _refuse_twins(field: str, names: list[str]) -> None:
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise ValidationError({field: [f"{', '.join(twins)} stands here twice."]})


def read_policy_table(value: Any) -> object:
    """A list of codes as a tuple, or a mapping of codes to numbers or names; a date as text."""
    if isinstance(value, str):
        return Text().deserialize(value)
    if isinstance(value, list):
        return Names().deserialize(value)
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _policy_cell(one) for key, one in value.items()}
    raise ValidationError("must be a text, a list of codes, or codes with a number or a name each.")


def _policy_cell(value: Any) -> object:
    return (Text() if isinstance(value, str) else Number()).deserialize(value)
