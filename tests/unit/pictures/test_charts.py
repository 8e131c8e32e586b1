"""Charts: whole files that say what they show, and nothing that answers do not bear out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from questionnaire.core.pictures import Chart, NoChart, claims, quality_cost, redundancy, seats
from questionnaire.core.verdict import Verdict, reach_all
from tests.unit.pictures.kit import SVG, changed, drawn, seen, words
from tests.unit.verdict import cases

pytestmark = pytest.mark.sqlite_only

CODES = ("CR", "DO", "IN", "LV", "PH", "US")


def verdicts() -> tuple[Verdict, ...]:
    return reach_all(cases.basis(), cases.whole().offers)


def charts() -> list[Chart]:
    found: list[Chart | NoChart] = [quality_cost.chart(cases.basis(), verdicts())]
    for code in CODES:
        one = seen(code)
        found += [
            seats.among_clients(one),
            redundancy.picture(one),
            claims.beside_measurements(one),
        ]
    return [one for one in found if isinstance(one, Chart)]


def test_every_chart_is_a_whole_file_with_words_for_who_cannot_see_it() -> None:
    found = charts()
    assert len(found) == 19
    for chart in found:
        root = drawn(chart)
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        ids = {one.get("id"): "".join(one.itertext()) for one in root if one.get("id")}
        named = str(root.get("aria-labelledby")).split()
        assert [ids[one] for one in named] == [chart.title, chart.desc]
        assert root.get("viewBox") == f"0 0 {chart.width} {chart.height}"
        assert chart.figures.rows
        assert {len(row) for row in chart.figures.rows} == {len(chart.figures.head)}


def test_a_chart_needs_no_style_and_stays_on_its_sheet() -> None:
    for chart in charts():
        for one in drawn(chart).iter():
            assert not {"class", "style"} & set(one.attrib), chart.id
            for name, most in (("x", chart.width), ("cx", chart.width), ("y", chart.height)):
                place = float(one.get(name, 0))
                assert 0 <= place <= most, (chart.id, one.attrib)


def test_what_a_vendor_typed_cannot_break_out_of_a_chart() -> None:
    told = changed("CR")
    told["answers"]["company.sites"][0]["site"] = '"><script>go()</script>'
    told["answers"]["resilience.carriers"][0]["carrier"] = "A & B]]>"
    chart = redundancy.picture(seen(told=told))
    assert isinstance(chart, Chart)
    assert not [one for one in drawn(chart).iter() if one.tag.endswith("script")]
    assert "A & B]]>" in words(drawn(chart))


# -- quality against cost ----------------------------------------------------------------------


def test_while_prices_are_sealed_there_is_no_chart_and_no_figure() -> None:
    sealed = replace(cases.basis(), prices_open=False)
    found = quality_cost.chart(sealed, reach_all(sealed, cases.whole().offers))
    assert isinstance(found, NoChart)
    assert "sealed" in found.why


def test_when_nobody_passes_there_is_no_chart() -> None:
    failed = [one for one in verdicts() if not one.eligible]
    found = quality_cost.chart(cases.basis(), failed)
    assert isinstance(found, NoChart)
    assert "Nobody is eligible" in found.why


def test_who_is_not_eligible_stands_hollow_and_is_never_efficient() -> None:
    chart = quality_cost.chart(cases.basis(), verdicts())
    assert isinstance(chart, quality_cost.QualityCost)
    marks = {one.name: one for one in chart.dots}
    out = {one.name for one in verdicts() if not one.eligible}
    assert len(out) == 3
    for name in out:
        assert marks[name].mark == "not_eligible"
        assert not marks[name].efficient
        assert "has gaps" in marks[name].key
    hollow = [one for one in drawn(chart).iter(f"{SVG}rect") if one.get("stroke-dasharray")]
    assert len(hollow) == 2 * len(out)  # in the plot and in the key
    assert {one.name for one in chart.dots if one.efficient} == {
        one.name for one in verdicts() if one.eligible
    }


def test_letters_follow_names_and_say_nothing_of_rank() -> None:
    chart = quality_cost.chart(cases.basis(), verdicts())
    assert isinstance(chart, quality_cost.QualityCost)
    assert [one.letter for one in chart.dots] == list("ABCDEF")
    assert [one.name for one in chart.dots] == sorted(
        (one.name for one in chart.dots), key=str.casefold
    )


def test_dearer_lies_to_the_right_and_better_lies_higher() -> None:
    chart = quality_cost.chart(cases.basis(), verdicts())
    assert isinstance(chart, quality_cost.QualityCost)
    at = {one.name: one for one in chart.dots}
    known = [one for one in verdicts() if isinstance(one.cost.adjusted, Decimal)]
    for one, other in pairwise(known):
        dearer = one.cost.adjusted > other.cost.adjusted  # type: ignore[operator]
        assert (at[one.name].x > at[other.name].x) == dearer
        better = (one.quality.quality or 0) > (other.quality.quality or 0)
        assert (at[one.name].y < at[other.name].y) == better
        assert at[one.name].high_y <= at[one.name].y <= at[one.name].low_y


# -- seats -------------------------------------------------------------------------------------


def test_the_buyer_stands_where_its_rank_says() -> None:
    for code in CODES:
        one = seen(code)
        chart = seats.among_clients(one)
        assert isinstance(chart, seats.SeatBars)
        rank, of = one.verdict.rank  # type: ignore[misc]
        assert [bar.own for bar in chart.bars].index(True) + 1 == rank
        assert len(chart.figures.rows) == of
        assert f"rank {rank} of {of}" in chart.desc


def test_no_client_is_named_in_a_picture() -> None:
    chart = seats.among_clients(seen("PH"))
    assert isinstance(chart, seats.SeatBars)
    text = " ".join((chart.desc, *words(drawn(chart)), *map(" ".join, chart.figures.rows)))
    assert "Maple" not in text
    assert "Client P1" not in text
    assert "Travel" in text


def test_long_lists_keep_the_buyer_and_count_the_rest() -> None:
    told = changed("PH")
    row = dict(told["answers"]["clients.list"][0])
    told["answers"]["clients.list"] = [{**row, "seats": 100 + n} for n in range(40)]
    chart = seats.among_clients(seen(told=told))
    assert isinstance(chart, seats.SeatBars)
    assert len(chart.bars) == seats.MOST_BARS
    assert chart.bars[-1].own
    assert "29 more" in chart.more
    assert len(chart.figures.rows) == 41


def test_a_client_without_its_seats_has_no_bar_and_no_zero() -> None:
    told = changed("CR")
    told["answers"]["clients.list"][0]["seats"] = None
    chart = seats.among_clients(seen(told=told))
    assert isinstance(chart, seats.SeatBars)
    assert [one.said for one in chart.bars if one.width is None] == ["not stated"]
    assert "Your rank is not known" in chart.desc


def test_without_seats_or_list_a_sentence_says_why() -> None:
    unstated = seats.among_clients(seen("CR", seats_needed=None))
    unlisted = seats.among_clients(seen(told=changed("CR", clients__list=None)))
    assert isinstance(unstated, NoChart)
    assert "how many seats you need" in unstated.why
    assert isinstance(unlisted, NoChart)
    assert "is not known" in unlisted.why


# -- claims ------------------------------------------------------------------------------------


def test_claims_stand_beside_measurements_with_the_difference_in_words() -> None:
    found = {one.title: one for one in claims.compared(seen("IN"))}
    solved = found["Solved at the first contact"]
    assert (solved.claimed, solved.measured) == (61, 52)
    assert solved.difference == "9 points under the claim"
    assert solved.sign == "worse:"
    slower = found["Handling time"]
    assert (slower.sign, slower.difference) == ("worse:", "14 s longer than claimed")
    assert found["Waiting for an answer"].difference == "not measured"
    assert found["Waiting for an answer"].sign == "?"


def test_better_than_claimed_is_called_better_whichever_way_the_figure_runs() -> None:
    told = cases.vendor("CR")
    told["trial"] |= {"fcr": told["answers"]["quality.fcr"] + 2, "aht": 100}
    signs = {one.title: one.sign for one in claims.compared(seen(told=told))}
    assert signs["Solved at the first contact"] == "better:"
    assert signs["Handling time"] == "better:"


def test_too_few_calls_and_no_trial_are_said() -> None:
    told = cases.vendor("CR")
    told["trial"]["n"] = 5
    chart = claims.beside_measurements(seen(told=told))
    assert isinstance(chart, claims.Claims)
    assert "Too few calls" in chart.note
    told["trial"] = None
    assert {one.difference for one in claims.compared(seen(told=told))} == {"no trial was held"}


def test_the_sealed_answers_are_in_no_picture() -> None:
    chart = claims.beside_measurements(seen("CR"))
    assert isinstance(chart, claims.Claims)
    assert "19.8" not in " ".join(words(drawn(chart)))
