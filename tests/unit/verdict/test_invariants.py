"""The invariants of the brief (5.10) about answers, prices and thresholds."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from question_bank.model import Requirement
from questionnaire.core.basis import Basis
from questionnaire.core.verdict import reach_all
from questionnaire.core.verdict_documents import document_of, verdict_document
from tests.unit.verdict import cases
from tests.unit.verdict.cases import basis, judged, offer, rank, vendors
from tests.unit.verdict.comparing import by_question, not_better, over, standing, statuses, told

pytestmark = pytest.mark.sqlite_only


def test_the_generated_vendors_come_to_every_tier() -> None:
    shares = tier_shares(400)
    assert all(shares[tier] >= 0.10 for tier in cases.TIERS), shares


def tier_shares(examples: int) -> dict[str, float]:
    """Which share of generated vendors comes to which tier."""
    tally: Counter[str] = Counter()

    @over(examples)
    @given(vendors())
    def count(one: dict[str, Any]) -> None:
        tally[judged(one).tier.name] += 1

    count()
    shares = {tier: tally[tier] / tally.total() for tier in cases.TIERS}
    print(", ".join(f"{tier} {share:.0%}" for tier, share in shares.items()))
    return shares


@over(150)
@given(
    vendors(),
    st.decimals(0, 5000, places=2, allow_nan=False) | st.none(),
    st.integers(0, 500_000) | st.none(),
)
def test_1_no_price_changes_status_tier_or_quality(
    one: dict[str, Any], rate: Decimal | None, setup: int | None
) -> None:
    priced = cases.changed(one, price__setup=setup)
    priced["answers"]["price.rate"] = None if rate is None else float(rate)
    assert told(judged(priced)) == told(judged(one))


@over(350)
@given(vendors(), st.lists(cases.question_ids(), min_size=1, max_size=3), cases.bases())
def test_2_leaving_an_answer_open_improves_nothing(
    one: dict[str, Any], names: list[str], on: Basis
) -> None:
    before = judged(one, on)
    left_open = copy.deepcopy(one)
    left_open["answers"] |= dict.fromkeys(names)
    after = judged(left_open, on)
    not_better(after, than=before)
    was = statuses(before)
    for name, status in statuses(after).items():
        assert status != "met" or was[name] in ("met", "not_applicable"), name
        assert status != "not_applicable" or was[name] == "not_applicable", name


@over(250)
@given(vendors(), st.data(), cases.bases())
def test_4_curing_a_gap_never_worsens_the_tier(
    one: dict[str, Any], data: st.DataObject, on: Basis
) -> None:
    before = judged(one, on)
    missed = {gap.requirement.question for gap in before.judgements if gap.is_gap}
    cures = [cure for cure in _cures(on.profiles) if cure[0] in missed]
    assume(cures)
    name, code = data.draw(st.sampled_from(cures))
    cured = copy.deepcopy(one)
    cured["answers"][name] = cases.vendor(code)["answers"][name]
    after = judged(cured, on)
    gone = {gap.requirement.id for gap in before.judgements if gap.is_gap}
    left = {gap.requirement.id for gap in after.judgements if gap.is_gap}
    # A cure is one that closes a gap and opens neither a gap nor a finding.
    assume(left < gone)
    assume(name not in {gap.partition("#")[0] for gap in left})
    assume(standing(after) <= standing(before))
    assert rank(after) >= rank(before), (name, before.tier, after.tier)


@cache
def _cures(profiles: tuple[str, ...]) -> list[tuple[str, str]]:
    """Questions with a vendor of the demo that misses nothing there."""
    return [
        (name, code)
        for code in ("CR", "US", "PH", "DO", "LV")
        for name, met in by_question(judged(cases.vendor(code), cases.basis_of(*profiles))).items()
        if met and cases.vendor(code)["answers"].get(name) is not None
    ]


def _tightenable(one: Requirement) -> bool:
    return one.operator in ("at_least", "at_most") and isinstance(one.threshold, int | Decimal)


@over(200)
@given(vendors(), st.data(), st.integers(1, 40))
def test_5_tightening_a_threshold_never_improves_the_tier(
    one: dict[str, Any], data: st.DataObject, by: int
) -> None:
    numbered = [at for at in basis().requirements if _tightenable(at)]
    chosen = data.draw(st.sampled_from(numbered))
    assert isinstance(chosen.threshold, int | Decimal)
    step = by if chosen.operator == "at_least" else -by
    tighter = replace(chosen, threshold=chosen.threshold + step)
    asked = [tighter if at is chosen else at for at in basis().requirements]
    not_better(judged(one, replace(basis(), requirements=asked)), than=judged(one))


@over(200)
@given(vendors(), cases.bases())
def test_7_a_mandatory_gap_is_never_made_up_for(one: dict[str, Any], on: Basis) -> None:
    verdict = judged(one, on)
    closed = any(
        gap.is_gap and gap.requirement.severity == "mandatory" for gap in verdict.judgements
    )
    closed = closed or any(
        at.severity == "mandatory" and (at.fires or at.undetermined) for at in verdict.findings
    )
    closed = closed or verdict.trial.result == "hard_fail"
    assert (verdict.tier.name == "not_eligible") is closed
    assert closed is bool(verdict.tier.reasons)
    assert not closed or verdict_document(verdict)["value"] is None


@over(60)
@given(vendors())
def test_9_the_same_answers_give_the_same_verdict(one: dict[str, Any]) -> None:
    first, again = (document_of(basis(), reach_all(basis(), [offer(one)])) for _ in range(2))
    assert first == again
