"""Price utility, value, the order inside a tier, close calls, and how much a buyer would matter."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from question_bank.loader import bank_from_documents, read_documents
from questionnaire.core.conditions import open_case
from questionnaire.core.scoring import Quality, SectionScore
from questionnaire.core.sensitivity import close_call
from questionnaire.core.standing import availability, rank, seat_share
from questionnaire.core.truth import Unsure
from questionnaire.core.value import Option, ordered, price_utility, value_of
from questionnaire.core.verdict import reach
from tests.unit.verdict.cases import bank, basis, changed, offer, vendor

pytestmark = pytest.mark.sqlite_only

UNKNOWN = Unsure("it is not known")


@pytest.mark.parametrize(
    ("cost", "utility"),
    [("10", 0), ("12", 0), ("7", 50), ("4", 100), ("1", 100), ("9.4", 10)],
)
def test_price_utility_runs_from_the_own_cost_to_sixty_percent_less(cost, utility):
    assert price_utility(Decimal(10), Decimal(cost)) == utility


@pytest.mark.parametrize(
    ("inhouse", "cost"), [(UNKNOWN, Decimal(1)), (Decimal(1), UNKNOWN), (Decimal(0), Decimal(1))]
)
def test_there_is_no_utility_without_something_to_compare(inhouse, cost):
    assert isinstance(price_utility(inhouse, cost), Unsure)


def test_value_weighs_quality_and_price():
    assert value_of(Decimal(90), Decimal(40), Decimal("0.2")) == 80
    assert value_of(Decimal(90), UNKNOWN, Decimal(0)) == 90
    assert isinstance(value_of(Decimal(90), UNKNOWN, Decimal("0.2")), Unsure)
    assert isinstance(value_of(None, Decimal(40), Decimal("0.2")), Unsure)


@pytest.mark.parametrize("weight", ["-0.01", "0.31"])
def test_the_price_never_weighs_more_than_the_brief_allows(weight):
    with pytest.raises(ValueError, match="between 0 and"):
        value_of(Decimal(90), Decimal(40), Decimal(weight))


def option(code, overall, utility, tier="recommended", **sections):
    parts = tuple(
        SectionScore(name, Decimal(earned), Decimal(100), Decimal(50))
        for name, earned in sections.items()
    )
    scores = Quality(parts, Decimal(overall), Decimal(overall))
    price = utility if isinstance(utility, Unsure) else Decimal(utility)
    return Option(code, f"Name {code}", tier, scores, None, price)


def test_the_order_is_by_value_then_name_and_unknown_values_come_last():
    options = [
        option("A", 80, 50), option("B", 90, 50), option("C", 99, UNKNOWN), option("D", 90, 50),
        option("E", 99, 99, tier="conditional"), option("F", 99, 99, tier="not_eligible"),
    ]  # fmt: skip
    assert [one.code for one in ordered(options, "recommended")] == ["B", "D", "A", "C"]
    assert [one.code for one in ordered(options, "conditional")] == ["E"]
    assert ordered(options, "not_eligible") == ()


def test_a_first_place_that_no_weight_changes_is_no_close_call():
    best = option("A", 90, 60, quality=90, culture=90)
    worse = option("B", 80, 50, quality=80, culture=80)
    assert close_call([worse, best], Decimal("0.2")) == ()
    assert close_call([best], Decimal("0.2")) == ()
    assert close_call([], Decimal("0.2")) == ()


def test_a_first_place_that_the_weight_of_the_price_changes_is_a_close_call():
    dear, cheap = option("A", 90, 0, quality=90), option("B", 85, 30, quality=85)
    assert close_call([dear, cheap], Decimal("0.2")) == ("Name B", "Name A")


def test_a_first_place_that_a_section_weight_changes_is_a_close_call():
    one = option("A", "80.5", 50, quality=100, culture=61)
    other = option("B", 80, 50, quality=60, culture=100)
    assert close_call([one, other], Decimal("0.2")) == ("Name A", "Name B")


def test_worse_tiers_take_no_part_in_a_close_call():
    best = option("A", 80, 0, quality=80)
    other = option("B", 99, 99, tier="conditional", quality=99)
    third = option("C", 99, 99, tier="not_eligible", quality=99)
    assert close_call([third, other, best], Decimal("0.2")) == ()
    assert close_call([third], Decimal("0.2")) == ()


# -- what stands beside the verdict --------------------------------------------------------------


def case(told, brief=None, of=None):
    return open_case(
        of or bank(), basis().brief if brief is None else brief, offer(told).answers, on=basis().on
    )


def test_seat_share_and_rank_are_those_that_the_buyer_would_have():
    quetzal = case(vendor("CR"))
    share = seat_share(quetzal)
    assert not isinstance(share, Unsure)
    assert round(share, 1) == Decimal("11.0")
    assert rank(quetzal) == (5, 11)


@pytest.mark.parametrize("name", ["clients.total-seats", "clients.list", "resilience.outages"])
def test_what_a_vendor_leaves_open_is_not_worked_out(name):
    told = vendor("CR")
    told["answers"][name] = None
    figures = [seat_share(case(told)), rank(case(told)), availability(case(told))]
    assert [isinstance(one, Unsure) for one in figures] == [
        name == "clients.total-seats", name == "clients.list", name == "resilience.outages",
    ]  # fmt: skip


def test_an_empty_cell_leaves_rank_and_availability_open():
    told = vendor("CR")
    told["answers"]["clients.list"][0]["seats"] = None
    told["answers"]["resilience.outages"][0]["minutes"] = None
    assert isinstance(rank(case(told)), Unsure)
    assert isinstance(availability(case(told)), Unsure)
    told["answers"]["clients.list"][0] = vendor("CR")["answers"]["clients.list"][0]
    told["answers"]["clients.list"][0]["status"] = None
    assert isinstance(rank(case(told)), Unsure)


def test_outages_count_for_two_years_and_without_a_date_too():
    def lost(*outages):
        rows = [
            {"date": day, "cause": "telecom", "minutes": minutes, "callers_affected_pct": 100,
             "fixed_for_good": True}
            for day, minutes in outages
        ]  # fmt: skip
        up = availability(case(changed(vendor("CR"), resilience__outages=rows)))
        assert not isinstance(up, Unsure)
        return round((100 - up) * 10512)

    assert lost() == 0
    assert lost(("2026-01-01", 30), ("2024-11-23", 20), ("2024-11-22", 500)) == 50
    assert lost((None, 40)) == 40
    assert lost(("2026-01-01", 900_000), ("2026-05-01", 900_000)) == 1_051_200


def test_a_brief_without_seats_leaves_share_and_rank_open():
    bare = case(vendor("CR"), brief={})
    assert isinstance(seat_share(bare), Unsure)
    assert isinstance(rank(bare), Unsure)


def test_sealed_prices_leave_cost_and_value_open_and_nothing_else():
    opened = reach(basis(), offer(vendor("CR")))
    sealed = reach(replace(basis(), prices_open=False), offer(vendor("CR")))
    assert (sealed.tier, sealed.quality) == (opened.tier, opened.quality)
    for figure in (sealed.cost.hour, sealed.cost.adjusted, sealed.utility, sealed.value):
        assert isinstance(figure, Unsure)


def test_claims_stand_in_where_the_trial_was_too_small():
    told = vendor("CR")
    told["trial"]["n"] = 19
    cost = reach(basis(), offer(told)).cost.contact
    assert not isinstance(cost, Unsure)
    claimed = Decimal("19.8") * 384 / 3600 / Decimal("0.82")
    assert abs(cost - claimed) < Decimal("1e-20")


def test_an_edition_from_before_all_this_is_judged_without_an_error():
    documents = dict(read_documents())
    del documents["scorecard.yaml"]
    kept = dict(documents["roles.yaml"]["roles"])  # type: ignore[index]
    known = ("sites.name", "sites.primary", "certificates", "languages")
    roles = {name: path for name, path in kept.items() if name.startswith(known)}
    documents["roles.yaml"] = {"roles": roles}
    old = replace(basis(), bank=bank_from_documents(documents))
    verdict = reach(old, offer(vendor("CR")))
    assert verdict.tier.name == "conditional"
    assert verdict.trial.result == "not_held"
    for figure in (verdict.cost.hour, verdict.value, verdict.seat_share, verdict.rank):
        assert isinstance(figure, Unsure)


def test_only_the_silent_churn_is_assumed_where_the_brief_is_silent():
    brief = {name: one for name, one in basis().brief.items() if name != "silent_churn"}
    assumed = replace(basis(), brief=brief)
    assert assumed.terms.silent_churn == Decimal("0.1")
    bare = replace(basis(), brief={"margin": 46})
    assert bare.stated("rto_hours") is None
    assert isinstance(bare.inhouse_cost.hour, Unsure)
    assert isinstance(bare.office, Unsure)
    assert bare.contract_start is None
