"""The shape of scorecard.yaml."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from question_bank.schema_fields import Name, Names, Number, Tuple, Whole, Words
from question_bank.scorecard import HIGHEST_MARK, Criterion, Scenario, Scorecard, TrialLimits

_EACH_MARK = validate.Length(
    equal=HIGHEST_MARK, error=f"must say what each mark from 1 to {HIGHEST_MARK} means."
)


def _is_mark(number: Any) -> None:
    if not 1 <= number <= HIGHEST_MARK:
        raise ValidationError(f"must be a mark: 1 to {HIGHEST_MARK}.")


class _CriterionSchema(Schema):
    id = Name(required=True)
    weight = Whole(required=True)
    title = Words(required=True)
    hint = Words(required=True)
    anchors = Tuple(Words(), required=True, validate=_EACH_MARK)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Criterion:
        return Criterion(**values)


class _ScenarioSchema(Schema):
    id = Name(required=True)
    line = Name()
    title = Words(required=True)
    tests = Words(required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Scenario:
        return Scenario(**values)


class _LimitsSchema(Schema):
    profile = Name(required=True)
    least_mean = Number(required=True, validate=_is_mark)
    least_criterion = Number(required=True, validate=_is_mark)
    least_strict = Number(required=True, validate=_is_mark)
    most_critical_errors = Whole(required=True)
    most_csat_below = Number(required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> TrialLimits:
        return TrialLimits(**values)


class ScorecardSchema(Schema):
    least_observations = Whole(required=True)
    least_calls = Whole(required=True)
    strict = Names(required=True)
    limits = Tuple(fields.Nested(_LimitsSchema), required=True)
    criteria = Tuple(fields.Nested(_CriterionSchema), required=True)
    scenarios = Tuple(fields.Nested(_ScenarioSchema), required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Scorecard:
        return Scorecard(**values)
