"""The shape of the files in which derived findings are described."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load

from question_bank.findings.described import FINDING_CLASSES, FINDING_SEVERITIES, Description
from question_bank.schema_fields import QUESTION_ID, Name, Names, OneOf, Truth, Words

#: A question, or one requirement on it.
_REPLACED = re.compile(rf"{QUESTION_ID.pattern}(?:#[0-9]+)?")


class Severities(fields.Field[Mapping[str, str]]):
    """A severity per profile code; a profile that is left away does not look at the finding."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, dict) or not value:
            raise ValidationError("must name profiles by their codes, with a severity each.")
        severity = OneOf(FINDING_SEVERITIES)
        return {
            str(Name().deserialize(key)): severity.deserialize(one) for key, one in value.items()
        }


class FindingSchema(Schema):
    id = Name(required=True)
    title = Words(required=True)
    message = Words(required=True)
    variants = fields.Dict(keys=Name(), values=Words(), load_default=dict)
    kind = OneOf(FINDING_CLASSES, required=True, data_key="class")
    severity = Severities(required=True)
    may_be = Names(load_default=())
    questions = Names(QUESTION_ID, load_default=())
    at_fault = Names(QUESTION_ID, load_default=())
    brief = Names(load_default=())
    replaces = Names(_REPLACED, load_default=())
    claims = Names(required=True)
    never_waivable = Truth(load_default=False)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Description:
        return Description(**values)


class SubjectSchema(Schema):
    """One file: its findings are read one by one."""

    findings = fields.List(fields.Raw(), required=True)
    phrases = fields.Dict(keys=Name(), values=Words(), load_default=dict)
