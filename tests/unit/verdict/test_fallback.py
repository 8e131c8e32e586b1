"""What the buyer can do with the verdicts: every state of brief 5.8 on the demo's vendors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from questionnaire.core.fallback import Fallback, fall_back
from questionnaire.core.inhouse import reach_own_team
from tests.unit.verdict.cases import basis, changed, offer, vendor
from tests.unit.verdict.falling import alone, among, of, only, verdicts

pytestmark = pytest.mark.sqlite_only


def rungs(found: Fallback) -> dict[str, Any]:
    return {one.kind: one for one in found.ladder}


def test_without_verdicts_there_is_nothing_to_say() -> None:
    assert fall_back(basis(), (), ()) == Fallback("nothing", "")


def test_nobody_passes_and_the_headline_says_so_word_by_word() -> None:
    found = of("LV", "DO", "IN")
    assert found.state == "nobody"
    assert found.headline == (
        "No provider meets your mandatory requirements. Do not outsource on these answers."
    )


def test_the_ladder_has_its_three_rungs_in_order_and_advises_in_house() -> None:
    ladder = of("LV", "DO", "IN").ladder
    assert [one.kind for one in ladder] == ["onshore", "in_house", "hybrid"]
    assert [one.taken for one in ladder] == [False, True, False]
    assert ladder[0].sentences[0].startswith("No onshore provider was asked.")


def test_an_onshore_provider_that_is_not_eligible_is_no_way_out() -> None:
    found = alone(offer(changed(vendor("US"), resilience__alternate_site="none")))
    assert found.state == "nobody"
    first = found.ladder[0]
    assert not first.taken
    assert "No onshore provider passes either: Prairie Bell" in first.sentences[0]


def test_what_the_own_team_has_to_put_right_is_listed_once_it_has_answered() -> None:
    silent = rungs(of("IN"))["in_house"]
    assert silent.fixes == ()
    assert "has not answered the questionnaire" in " ".join(silent.sentences)
    own = reach_own_team(basis(), among("IN")[0])
    told = rungs(of("IN", own=own))["in_house"]
    assert len(told.fixes) >= len(own.tier.mandatory)
    assert f"{len(own.tier.mandatory)} mandatory" in " ".join(told.sentences)


def test_vendors_stand_by_their_names_with_every_mandatory_gap() -> None:
    found = of("LV", "IN", "DO")
    assert [one.code for one in found.missed] == ["LV", "DO", "IN"]
    by_code = {one.code: one for one in verdicts("LV", "IN", "DO")}
    for one in found.missed:
        verdict = by_code[one.code]
        failed = verdict.tier.closing.trial
        assert len(one.gaps) == len(verdict.tier.mandatory) + failed


def test_language_place_and_competitor_cannot_be_cured() -> None:
    never = {
        gap.about for one in of("LV", "IN").missed for gap in one.gaps
        if gap.remedy.state == "never"
    }  # fmt: skip
    assert never == {"A needed language is missing", "Data would leave the permitted area"}
    told = replace(basis(), brief={**basis().brief, "profiles": ["L"]}, profiles=("L",))
    (offer,) = among("PH")
    gaps = alone(offer, told).missed[0].gaps
    assert any("competitor" in gap.about.lower() and gap.remedy.state == "never" for gap in gaps)


def test_the_message_of_a_new_search_gives_nothing_away() -> None:
    search = of("LV", "DO", "IN").search
    assert search is not None
    assert len(search.steps) == 3
    assert "United States" in search.steps[0]
    assert "English and Spanish" in search.steps[1]
    for told in ("45", "English and Spanish", "1 March 2027", "free"):
        assert told in search.message
    for secret in ("Maple", "Larkspur", "24", "34", "B2", "88", "Costa Rica", "United States"):
        assert secret not in search.message


def test_only_one_passes_and_the_runner_up_stands_with_its_gaps() -> None:
    found = of("CR", "LV", "IN")
    assert found.state == "one"
    assert "nothing to compare it with" in found.headline
    assert [one.code for one in found.missed] == ["LV"]
    assert found.missed[0].gaps
    assert any("only one" in sentence for sentence in found.risk)
    assert (found.exclusions, found.search, found.over_budget) == ((), None, False)


def test_a_budget_that_buys_nobody_says_by_how_much_a_month() -> None:
    found = of("US", "IN")
    assert found.over_budget
    (one,) = found.over
    assert one.hour == Decimal("32.5")
    assert one.over_hour == Decimal("8.5")
    us = verdicts("US", "IN")[0 if verdicts("US", "IN")[0].code == "US" else 1]
    hours = us.cost.contact * 38_000 / us.cost.hour  # type: ignore[operator]
    assert one.over_month == Decimal("8.5") * Decimal(hours)
    rung = found.ladder[0]
    assert rung.taken
    assert "Prairie Bell" in rung.sentences[0]
    assert rung.over == found.over
    assert found.exclusions == ()


def test_a_budget_that_buys_somebody_is_not_said_to_buy_nobody() -> None:
    assert not of("US", "CR").over_budget


@pytest.mark.parametrize(
    ("brief", "says"),
    [({"budget_rate": None}, "does not state"), ({"monthly_contacts": None}, "")],
)
def test_what_is_missing_for_the_amounts_is_said(brief: dict[str, Any], says: str) -> None:
    less = replace(basis(), brief={**basis().brief, **brief})
    found = alone(offer(vendor("US")), on=less)
    if says:
        assert not found.over_budget
        assert says in found.unsaid
    else:
        assert found.over_budget
        assert "no contacts a month" in found.over[0].over_month.why  # type: ignore[union-attr]


def test_while_prices_are_sealed_no_amount_is_said_and_why() -> None:
    sealed = replace(basis(), prices_open=False)
    found = alone(offer(vendor("US")), on=sealed)
    assert (found.over_budget, found.over) == (False, ())
    assert "prices are sealed" in found.unsaid


def test_all_pass_is_a_state_of_its_own_and_so_is_some() -> None:
    assert of("US", "CR").state == "all"
    assert of("US", "CR", "IN").state == "some"


def test_the_contract_start_decides_what_is_in_time() -> None:
    late = replace(basis(), brief={**basis().brief, "contract_start": "2026-12-01"})
    found = alone(only(security__logs=6), on=late)
    (gap,) = found.missed[0].gaps
    assert (gap.remedy.state, gap.remedy.begin_by) == ("too_late", date(2026, 10, 17))
