"""The ten invariants of the brief (5.10), each over a few hundred generated vendors."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from question_bank.model import Requirement
from questionnaire.core.basis import Basis
from questionnaire.core.merging import default_requirements, implies
from questionnaire.core.verdict import Verdict, reach_all
from questionnaire.core.verdict_documents import document_of, verdict_document
from tests.unit.verdict import cases
from tests.unit.verdict.cases import bank, basis, judged, offer, rank, vendors

pytestmark = pytest.mark.sqlite_only


def over(examples: int) -> Callable[..., Any]:
    """So many cases, the same ones in every run: a suite that fails must fail again."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def told(verdict: Verdict) -> dict[str, Any]:
    """All of a verdict that no price may touch."""
    document = verdict_document(verdict)
    for name in ("cost", "price_utility", "value"):
        del document[name]
    document["findings"] = [one for one in document["findings"] if one["severity"] != "warning"]
    document["undetermined"] = [
        one for one in document["undetermined"] if one["severity"] != "warning"
    ]
    return document


def statuses(verdict: Verdict) -> dict[str, str]:
    return {one.requirement.id: one.status for one in verdict.judgements}


def not_better(verdict: Verdict, than: Verdict) -> None:
    """Neither tier nor quality is better than before."""
    assert rank(verdict) <= rank(than), (than.tier, verdict.tier)
    before, after = than.quality.quality, verdict.quality.quality
    assert before is not None
    assert after is not None
    assert after <= before + Decimal("1e-20")


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
@given(vendors(), st.lists(cases.question_ids(), min_size=1, max_size=3))
def test_2_leaving_an_answer_open_improves_nothing(one: dict[str, Any], names: list[str]) -> None:
    before = judged(one)
    left_open = copy.deepcopy(one)
    left_open["answers"] |= dict.fromkeys(names)
    after = judged(left_open)
    not_better(after, than=before)
    was = statuses(before)
    for name, status in statuses(after).items():
        assert status != "met" or was[name] in ("met", "not_applicable"), name
        assert status != "not_applicable" or was[name] == "not_applicable", name


@over(80)
@given(st.lists(vendors(), min_size=2, max_size=4), st.integers(0, 3))
def test_3_no_other_vendor_changes_tier_quality_or_price_utility(
    several: list[dict[str, Any]], left_out: int
) -> None:
    offers = [offer(one, f"V{number}") for number, one in enumerate(several)]
    fewer = [one for number, one in enumerate(offers) if number != left_out]
    alone = {one.code: one for one in reach_all(basis(), fewer)}
    for verdict in reach_all(basis(), offers):
        if verdict.code in alone:
            other = alone[verdict.code]
            assert (verdict.tier, verdict.quality) == (other.tier, other.quality)
            assert (verdict.utility, verdict.value) == (other.utility, other.value)


@over(250)
@given(vendors(), st.data())
def test_4_curing_a_gap_never_worsens_the_tier(one: dict[str, Any], data: st.DataObject) -> None:
    before = judged(one)
    open_ones = sorted({gap.requirement.question for gap in before.judgements if gap.is_gap})
    assume(open_ones)
    name = data.draw(st.sampled_from(open_ones))
    cured = copy.deepcopy(one)
    cured["answers"][name] = data.draw(st.sampled_from(_known_answers(name)))
    after = judged(cured)
    gone = {gap.requirement.id for gap in before.judgements if gap.is_gap}
    left = {gap.requirement.id for gap in after.judgements if gap.is_gap}
    # A cure is one that closes a gap and opens neither a gap nor a finding.
    assume(left < gone)
    assume(name not in {gap.partition("#")[0] for gap in left})
    assume(_standing(after) <= _standing(before))
    assert rank(after) >= rank(before), (name, before.tier, after.tier)


def _known_answers(name: str) -> list[Any]:
    """What the vendors of the demo say to a question, where they know."""
    answers = [cases.vendor(code)["answers"].get(name) for code in ("CR", "US", "PH", "LV")]
    return [one for one in answers if one is not None] or [None]


def _standing(verdict: Verdict) -> set[tuple[str, str, str]]:
    """The findings that fire or may fire."""
    return {
        (one.id, one.status, one.severity)
        for one in verdict.findings
        if one.fires or one.undetermined
    }


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


@over(150)
@given(vendors(), st.randoms(use_true_random=False))
def test_6_no_order_means_anything(one: dict[str, Any], order: Any) -> None:
    shuffled = copy.deepcopy(one)
    names = list(shuffled["answers"])
    order.shuffle(names)
    shuffled["answers"] = {name: shuffled["answers"][name] for name in names}
    for value in shuffled["answers"].values():
        if isinstance(value, list):
            order.shuffle(value)
    before, after = judged(one), judged(shuffled)
    assert statuses(after) == statuses(before)
    assert _figures(after) == _figures(before)
    assert _standing(after) == _standing(before)


def _figures(verdict: Verdict) -> dict[str, Any]:
    """Tier, counts and scores, without the sentences: these name rows as they were listed."""
    document = verdict_document(verdict)
    said = ("reasons", "conditions", "contract_conditions", "findings", "undetermined")
    return {name: one for name, one in document.items() if name not in said}


@over(40)
@given(st.lists(vendors(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_6_the_order_of_vendors_means_nothing(several: list[dict[str, Any]], order: Any) -> None:
    offers = [offer(one, f"V{number}") for number, one in enumerate(several)]
    shuffled = list(offers)
    order.shuffle(shuffled)
    one, other = (document_of(basis(), reach_all(basis(), of)) for of in (offers, shuffled))
    assert one["order"] == other["order"]
    assert one["close_call"] == other["close_call"]
    for code, verdict in one["vendors"].items():
        same = other["vendors"][code]
        assert {**verdict, "findings": []} == {**same, "findings": []}


@over(200)
@given(vendors())
def test_7_a_mandatory_gap_is_never_made_up_for(one: dict[str, Any]) -> None:
    verdict = judged(one)
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


@over(100)
@given(vendors(), st.sampled_from(("general-retail", "health-hipaa", "legal-privileged")))
def test_8_an_add_on_takes_no_requirement_away(one: dict[str, Any], base: str) -> None:
    alone, both = (_with_profiles(*of) for of in ((base,), (base, "card-payments")))
    without, with_cards = judged(one, alone), judged(one, both)
    for requirement in alone.requirements:
        assert _demanded(requirement, both), requirement.id
    met = {name for name, status in _by_question(with_cards).items() if status}
    assert met <= {name for name, status in _by_question(without).items() if status} | (
        set(_by_question(with_cards)) - set(_by_question(without))
    )


def _with_profiles(*profiles: str) -> Basis:
    asked = default_requirements(bank(), profiles)
    return replace(basis(), profiles=profiles, requirements=asked)


def _demanded(wanted: Requirement, on: Basis) -> bool:
    """Whether what the requirement demands is still demanded, at least as severely."""
    question = bank().questions[wanted.question]
    same = [one for one in on.requirements if one.question == wanted.question]
    if any(implies(one, wanted, question) for one in same):
        return True
    lists = [set(one.threshold) for one in same if isinstance(one.threshold, tuple)
             and one.operator == wanted.operator == "includes_all"]  # fmt: skip
    return isinstance(wanted.threshold, tuple) and set(wanted.threshold) <= set().union(*lists)


def _by_question(verdict: Verdict) -> dict[str, bool]:
    """Question -> whether nothing that is asked of it is missed."""
    found: dict[str, bool] = {}
    for one in verdict.judgements:
        name = one.requirement.question
        found[name] = found.get(name, True) and not one.is_gap
    return found


@over(60)
@given(vendors())
def test_9_the_same_answers_give_the_same_verdict(one: dict[str, Any]) -> None:
    first, again = (document_of(basis(), reach_all(basis(), [offer(one)])) for _ in range(2))
    assert first == again


@over(100)
@given(
    vendors(),
    st.sampled_from(("US", "PH", "LV", "CR", "AU")),
    st.sampled_from(("Omaha", "Cebu", "Riga", "Heredia", "Perth", "Nowhere at all")),
)
def test_10_the_shore_changes_no_score(one: dict[str, Any], country: str, city: str) -> None:
    before, after = judged(one), judged(one | {"country": country, "city": city})
    assert (after.tier, after.quality) == (before.tier, before.quality)
    assert (after.utility, after.value) == (before.utility, before.value)
    elsewhere = replace(basis(), brief={**basis().brief, "home_market": country})
    assert judged(one, elsewhere).quality == before.quality
