"""The shape of cures.yaml."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from question_bank.cures import PAYERS, Cure, Cures
from question_bank.schema_fields import Name, OneOf, Truth, Tuple, Whole, Words

_PROVEN = ("days", "evidence", "pays")


class _CureSchema(Schema):
    id = Name(required=True)
    curable = Truth(required=True)
    how = Words(required=True)
    days = Whole()
    evidence = Words()
    pays = OneOf(PAYERS)

    @validates_schema
    def has_its_parts(self, values: dict[str, Any], **_: Any) -> None:
        wanted = values["curable"]
        wrong = {
            part: ["is needed." if wanted else "has no place: it cannot be cured."]
            for part in _PROVEN
            if (part in values) is not wanted
        }
        if wrong:
            raise ValidationError(wrong)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Cure:
        return Cure(**values)


class _ApproverSchema(Schema):
    usual = Words(required=True)
    sections = fields.Dict(keys=Name(), values=Words(), load_default=dict)


class CuresSchema(Schema):
    cures = Tuple(fields.Nested(_CureSchema), required=True)
    usual = Name(required=True)
    #: Schemas have an attribute of the plain name.
    unknown_ = Name(required=True, data_key="unknown")
    tried = Name(required=True)
    approvers = fields.Nested(_ApproverSchema, required=True)
    sections = fields.Dict(keys=Name(), values=Name(), load_default=dict)
    questions = fields.Dict(keys=Name(), values=Name(), load_default=dict)
    requirements = fields.Dict(keys=fields.String(), values=Name(), load_default=dict)
    findings = fields.Dict(keys=Name(), values=Name(), load_default=dict)

    @validates_schema
    def names_what_is_there(self, values: dict[str, Any], **_: Any) -> None:
        ids = [one.id for one in values["cures"]]
        twins = sorted({one for one in ids if ids.count(one) > 1})
        wrong = {"cures": [f"{one} stands here twice." for one in twins]} if twins else {}
        for part in ("usual", "unknown_", "tried"):
            if values[part] not in ids:
                wrong[part.rstrip("_")] = [f"there is no cure {values[part]}."]
        for part in ("sections", "questions", "requirements", "findings"):
            missing = sorted(set(values[part].values()) - set(ids))
            if missing:
                wrong[part] = [f"there is no cure {one}." for one in missing]
        if wrong:
            raise ValidationError(wrong)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Cures:
        approvers, unknown = values.pop("approvers"), values.pop("unknown_")
        values["cures"] = {one.id: one for one in values["cures"]}
        told = {"approver": approvers["usual"], "approvers": approvers["sections"]}
        return Cures(unknown=unknown, **told, **values)
