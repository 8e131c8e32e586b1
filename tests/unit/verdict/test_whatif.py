"""A what-if says what judging anew would say, and no tightening of it helps anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from question_bank.model import SEVERITIES, Requirement
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.scoring import floors, section_weights
from questionnaire.core.verdict import Verdict, reach_all
from questionnaire.core.weighting import Weighting
from questionnaire.core.whatif import changed_ids, moved, try_out, without_decisions
from tests.unit.verdict import cases
from tests.unit.verdict.cases import basis, offer, vendors
from tests.unit.verdict.comparing import not_better, over

pytestmark = pytest.mark.sqlite_only

STEPS = st.integers(-40, 40).filter(bool)


def numbered(one: Requirement) -> bool:
    return one.operator in ("at_least", "at_most") and isinstance(one.threshold, int | Decimal)


def moved_by(one: Requirement, step: int) -> Requirement:
    assert isinstance(one.threshold, int | Decimal)
    return replace(one, threshold=one.threshold + step)


@st.composite
def demanding(draw: st.DrawFn, begun: Basis) -> Basis:
    """The basis with some requirements dropped, weighing otherwise, or with other figures."""
    asked = {one.id: one for one in begun.requirements}
    for name in draw(st.lists(st.sampled_from(sorted(asked)), min_size=1, max_size=5, unique=True)):
        match draw(st.sampled_from(("off", "severity", "figure", "proof"))):
            case "off":
                del asked[name]
            case "severity":
                asked[name] = replace(asked[name], severity=draw(st.sampled_from(SEVERITIES)))
            case "figure" if numbered(asked[name]):
                asked[name] = moved_by(asked[name], draw(STEPS))
            case "proof":
                asked[name] = replace(asked[name], assurance=draw(st.sampled_from((None, 1, 3))))
    after = replace(begun, requirements=list(asked.values()))
    if draw(st.booleans()):
        weights = section_weights(begun.bank, begun.profiles)
        after = replace(
            after,
            weights={name: Decimal(draw(st.integers(1, 30))) for name in weights},
            floors={
                name: draw(st.integers(floor, 100))
                for name, floor in floors(begun.bank, begun.profiles).items()
            },
            price_weight=draw(st.sampled_from((Decimal(0), Decimal("0.3")))),
        )
    return after


def decided(one: Offer, draw: Callable[..., Any], begun: Basis) -> Offer:
    """With decisions of reviewers, and with proof demanded behind its answers or not."""
    ids = st.lists(st.sampled_from([at.id for at in begun.requirements]), max_size=6)
    return replace(
        one,
        assured=draw(st.booleans()),
        waived=frozenset(draw(ids)),
        accepted=frozenset(draw(ids)),
    )


def reached(told: list[dict[str, Any]], data: st.DataObject, on: Basis) -> list[Offer]:
    return [decided(offer(one, f"V{n}"), data.draw, on) for n, one in enumerate(told)]


ROUNDS = st.lists(vendors(), min_size=1, max_size=2)


@over(40)
@given(ROUNDS, st.data(), cases.bases(), st.booleans())
def test_a_what_if_without_a_change_is_the_verdict(
    told: list[dict[str, Any]], data: st.DataObject, on: Basis, prices_open: bool
) -> None:
    on = replace(on, prices_open=prices_open)
    offers = reached(told, data, on)
    before = reach_all(on, offers)
    assert try_out(on, replace(on), offers, before) == before
    assert not any(one.flips or one.turns or one.findings for one in moved(on, on, before, before))


@over(200)
@given(ROUNDS, st.data(), cases.bases(), st.booleans())
def test_a_what_if_is_what_judging_anew_says(
    told: list[dict[str, Any]], data: st.DataObject, on: Basis, prices_open: bool
) -> None:
    on = replace(on, prices_open=prices_open)
    offers = reached(told, data, on)
    after = data.draw(demanding(on))
    changed = changed_ids(on, after)
    tried = try_out(on, after, offers, reach_all(on, offers))
    assert tried == reach_all(after, [without_decisions(one, changed) for one in offers])


@over(120)
@given(vendors(), st.data())
def test_tightening_in_a_what_if_never_improves(one: dict[str, Any], data: st.DataObject) -> None:
    begun = basis()
    chosen = data.draw(st.sampled_from([at for at in begun.requirements if numbered(at)]))
    step = data.draw(st.integers(1, 40)) * (1 if chosen.operator == "at_least" else -1)
    (before,), (after,) = both(one, begun, moved_by(chosen, step))
    not_better(after, than=before)


@over(120)
@given(vendors(), st.data())
def test_a_severer_requirement_in_a_what_if_never_improves_the_tier(
    one: dict[str, Any], data: st.DataObject
) -> None:
    begun = basis()
    chosen = data.draw(
        st.sampled_from([at for at in begun.requirements if at.severity != "mandatory"])
    )
    (before,), (after,) = both(one, begun, replace(chosen, severity="mandatory"))
    # A met requirement that weighs more lifts its section, as it should; a missed one never does.
    assume(any(at.is_gap and at.requirement.id == chosen.id for at in before.judgements))
    assert cases.rank(after) <= cases.rank(before)


@over(60)
@given(vendors(), st.data())
def test_a_higher_floor_never_improves(one: dict[str, Any], data: st.DataObject) -> None:
    begun = basis()
    name, floor = data.draw(st.sampled_from(sorted(floors(begun.bank, begun.profiles).items())))
    higher = replace(begun, floors={name: data.draw(st.integers(floor, 100))})
    offers = [offer(one)]
    before = reach_all(begun, offers)
    not_better(try_out(begun, higher, offers, before)[0], than=before[0])


def both(
    one: dict[str, Any], begun: Basis, wanted: Requirement
) -> tuple[tuple[Verdict, ...], tuple[Verdict, ...]]:
    asked = [wanted if at.id == wanted.id else at for at in begun.requirements]
    offers = [offer(one)]
    before = reach_all(begun, offers)
    return before, try_out(begun, replace(begun, requirements=asked), offers, before)


def test_a_floor_below_that_of_the_profile_does_not_count() -> None:
    begun = basis()
    offers = list(cases.whole().offers)
    lower = replace(begun, floors=dict.fromkeys(floors(begun.bank, begun.profiles), 0))
    before = reach_all(begun, offers)
    assert try_out(begun, lower, offers, before) == before


def test_nothing_but_what_is_demanded_can_differ() -> None:
    begun = basis()
    offers = list(cases.whole().offers)[:1]
    with pytest.raises(ValueError, match="what is demanded"):
        try_out(begun, replace(begun, prices_open=not begun.prices_open), offers, ())


def test_it_says_who_flips_and_by_which_requirement() -> None:
    begun = basis()
    offers = [one for one in cases.whole().offers if one.code in ("CR", "LV")]
    before = reach_all(begun, offers)
    chosen = next(
        at.requirement
        for at in before[0].judgements
        if before[0].code == "CR" and at.is_gap and at.requirement.severity == "major"
    )
    after_basis = replace(
        begun,
        requirements=[
            replace(at, severity="mandatory") if at.id == chosen.id else at
            for at in begun.requirements
        ],
    )
    after = try_out(begun, after_basis, offers, before)
    first, _second = moved(begun, after_basis, before, after)
    assert (first.before.tier.name, first.after.tier.name) == ("recommended", "not_eligible")
    assert [one.requirement_id for one in first.causes] == [chosen.id]


def test_a_floor_that_was_raised_and_comes_down_again_asks_less() -> None:
    high, low = Weighting(floors={"security": 90}), Weighting(floors={"security": 70})
    assert low.lowers(high)
    assert Weighting().lowers(high)
    assert not high.lowers(low)
    assert not high.lowers(Weighting())
