"""The demo as `make run` shows it: its tiers, and what keeps it from the command's verdicts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from questionnaire.core.case_reading import read_case
from questionnaire.core.verdict import reach_all
from questionnaire.demo.stage import the_case
from questionnaire.models import Rfi
from questionnaire.services import concluding, editions
from tests.services.test_demo import demo

__all__ = ("demo",)

pytestmark = pytest.mark.sqlite_only


def test_the_tiers_are_those_of_the_story(demo) -> None:
    tiers = {one.name: one.tier.name for one in _verdicts(demo)}
    assert {code: tiers[one["name"]] for code, one in the_case()["vendors"].items()} == {
        "CR": "recommended",
        "US": "recommended",
        "PH": "conditional",
        "IN": "not_eligible",
        "DO": "not_eligible",
        "LV": "not_eligible",
    }


def test_where_the_command_sees_more_met_a_document_is_missing_or_waits(demo) -> None:
    case = read_case(the_case(), editions.current_bank())
    told = {one.name: one for one in reach_all(case.basis, case.offers)}
    extra = set()
    for here in _verdicts(demo):
        there = {one.requirement.id: one.status for one in told[here.name].judgements}
        for one in here.judgements:
            demanded, status = one.requirement, there[one.requirement.id]
            if demanded.question in editions.current_bank().sealed_questions:
                continue
            proof = demanded.assurance or demanded.operator == "evidence_required"
            assert one.status == status or (status == "met" and one.is_gap and proof), demanded.id
        conditions = {one.kind for one in told[here.name].tier.conditions}
        extra |= {(here.name, one.kind) for one in here.tier.conditions} - {
            (here.name, kind) for kind in conditions
        }
    assert extra == {(the_case()["vendors"]["PH"]["name"], "gamble")}, "its papers wait"


def _verdicts(demo):
    rfi = demo.session.scalars(sa.select(Rfi).order_by(Rfi.id)).first()
    judged = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    return concluding.conclude(demo.session, rfi.organisation_id, rfi.id, judged).verdicts
