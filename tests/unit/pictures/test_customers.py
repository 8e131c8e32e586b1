"""What a customer would meet, and where agents and customers may talk past each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from questionnaire.core.pictures import customers, disconnects
from questionnaire.core.pictures.seen import Seen
from tests.unit.pictures.kit import changed, seen
from tests.unit.verdict import cases

pytestmark = pytest.mark.sqlite_only


def cell(one: Seen, need: str) -> customers.Cell:
    found = customers.view([one])
    assert found is not None
    (row,) = (row for row in found.rows if row.need == need)
    return row.cells[0]


def at(need: str, **answers: Any) -> customers.Cell:
    return cell(seen(told=changed("CR", **answers)), need)


def test_there_is_a_row_for_each_need_and_a_column_for_each_option() -> None:
    found = customers.view([seen("CR"), seen("IN")])
    assert found is not None
    assert len(found.rows) == 12
    assert all(len(row.cells) == 2 for row in found.rows)
    assert found.options == (seen("CR").name, seen("IN").name)


def test_a_need_that_is_met_says_so_with_what_callers_heard_beneath() -> None:
    found = at("understood")
    assert (found.state, found.sign, found.word) == ("met", "●●●", "met")
    assert found.missing == ()
    assert any("Understanding the caller" in one for one in found.heard)


def test_shares_are_weighed_by_severity() -> None:
    # 20 of a mandatory and 10 of two majors: without one of these 30 of 40, without both 20.
    assert at("reached").share == 100
    one = at("reached", quality__asa=900)
    both = at("reached", quality__asa=900, quality__abandon=60)
    assert one.share is not None
    assert both.share is not None
    assert both.share < one.share < 100
    assert one.missing
    assert len(both.missing) == len(one.missing) + 1


def test_a_need_that_is_missed_says_what_a_customer_would_meet() -> None:
    found = at("person", scripting__freedom="word_for_word")
    assert (found.state, found.sign) == ("weak", "●")
    assert found.meets == "Customers will be read to, whatever they say."


def test_an_unknown_mandatory_requirement_makes_a_need_unknown_and_no_other_does() -> None:
    mandatory = {one.question for one in cases.basis().requirements if one.severity == "mandatory"}
    assert "language.languages" in mandatory
    assert at("understood", language__languages=None).state == "unknown"
    assert "language.repeat-rate" not in mandatory
    assert at("understood", language__repeat_rate=None).state != "unknown"


@pytest.mark.parametrize("state", ["not_met", "unknown"])
def test_no_answer_is_never_better_than_a_bad_one(state: str) -> None:
    open_ = at("storm", resilience__carriers=None)
    assert open_.state in ("unknown", "partly", "weak")
    assert open_.missing


def test_a_drill_that_took_too_long_keeps_customers_from_being_reached_in_a_storm() -> None:
    told = changed("CR")
    told["trial"]["drill_h"] = 8
    assert cell(seen(told=told), "storm").state == "met"
    told["trial"]["drill_h"] = 9
    late = cell(seen(told=told), "storm")
    assert late.state == "partly"
    assert late.missing == ("The failover drill took 9 hours; you need at most 8.",)


def test_fuel_and_a_slow_test_count_among_what_a_storm_shows() -> None:
    found = cell(seen("LV"), "storm")
    assert found.state == "partly"
    text = " ".join(found.missing)
    assert "6 h of fuel" in text
    assert "The last test took 9.5 h" in text
    assert "The failover drill took 9 hours" in text


@pytest.mark.parametrize("code", ["DO", "LV"])
def test_hours_that_nobody_is_rostered_for_are_named_as_that(code: str) -> None:
    found = cell(seen(code), "reached")
    assert found.state != "met"
    assert found.meets == "At some of your hours nobody is there: the roster does not cover them."


def test_waiting_at_busy_hours_is_told_where_the_roster_covers_them() -> None:
    found = at("reached", quality__asa=900)
    assert "nobody is there" not in found.meets


def test_what_is_known_and_bad_is_told_where_another_part_is_not_known() -> None:
    found = cell(seen("DO"), "private")
    assert (found.state, found.sign) == ("unknown", "?")
    assert found.meets.startswith("Part of it is not known; what is known falls short: ")
    bare = at("understood", language__languages=None)
    assert bare.meets == "Nobody can tell yet what customers would meet."


def test_what_nobody_asked_is_neither_good_nor_bad() -> None:
    basis = replace(cases.basis_of("R"), prices_open=False)
    bare = [one for one in basis.requirements if not one.question.startswith("payments.")]
    vendor = replace(seen("CR").verdict, judgements=())
    found = cell(Seen(replace(basis, requirements=bare), seen("CR").offer, vendor), "card")
    assert (found.state, found.sign, found.share) == ("not_asked", "–", None)
    assert found.meets == "Nothing of this was asked."


def test_no_price_changes_what_customers_meet() -> None:
    cheap = customers.view([seen(told=changed("CR", price__rate=1))])
    assert cheap == customers.view([seen("CR")])


def test_without_a_trial_nothing_was_heard() -> None:
    told = cases.vendor("CR")
    told["trial"] = None
    assert "not heard" in cell(seen(told=told), "understood").heard[0]
    assert cell(seen(told=told), "storm").heard == ("Failover drill: not done",)


def test_the_map_shows_the_points_that_the_buyer_chose() -> None:
    found = disconnects.chart([seen("CR", disconnect_points=["humour", "bad_news"])])
    assert found is not None
    assert found.chosen
    assert [row.title for row in found.rows] == ["Humour", "Bad news"]
    every = disconnects.chart([seen("CR")])
    assert every is not None
    assert not every.chosen
    assert len(every.rows) == 8


def test_the_map_tells_trained_untrained_and_unknown_apart() -> None:
    told = changed("CR", culture__topics=["idiom"])
    (humour, address) = (
        disconnects.chart([seen(told=told, disconnect_points=[point])])
        for point in ("humour", "address")
    )
    assert humour is not None
    assert address is not None
    assert (humour.rows[0].cells[0].sign, humour.rows[0].cells[0].word) == ("✓", "trained")
    assert (address.rows[0].cells[0].sign, address.rows[0].cells[0].word) == ("✕", "not trained")
    open_ = disconnects.chart([seen(told=changed("CR", culture__topics=None))])
    assert open_ is not None
    assert {one.cells[0].word for one in open_.rows} == {"not known"}


def test_the_map_puts_beside_it_what_callers_heard() -> None:
    found = disconnects.chart([seen("CR"), seen("PH")])
    assert found is not None
    assert found.heard_title == "Courtesy as heard by the customer"
    assert found.heard[1] == "4.3 of 5"
    assert found.reviewed[1] == "✓ yes"


def test_an_edition_from_before_the_needs_has_neither() -> None:
    old = replace(cases.bank(), customers=None)
    one = seen("CR")
    of_old = Seen(replace(one.basis, bank=old), one.offer, one.verdict)
    assert customers.view([of_old]) is None
    assert disconnects.chart([of_old]) is None


def test_a_language_that_nobody_speaks_is_said_and_not_that_agents_are_hard_to_understand() -> None:
    """Its English is well understood; it is the Spanish callers who find nobody."""
    found = cell(seen("LV"), "understood")
    assert found.state == "weak"
    assert found.meets == "Some of your customers' languages nobody speaks there."
    assert cell(seen("PH"), "understood").meets.startswith("Customers are mostly understood")
