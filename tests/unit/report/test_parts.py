"""The report says what was computed: part by part, on the demo's case."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from questionnaire.core.report import Report, compose
from questionnaire.core.report.blocks import Notice, Table
from questionnaire.core.report.matter import Decided, Judged, Raised
from tests.unit.report import kit
from tests.unit.verdict import cases

pytestmark = pytest.mark.sqlite_only

TITLES = [
    "Verdict", "The customer’s view", "What is at stake", "Gaps and findings",
    "Fit with the client list", "Redundancy", "Security", "Culture, language, scripts",
    "Trial and claims", "Cost", "Options by shore type", "Fallback", "Contract conditions",
    "Method, versions, sources",
]  # fmt: skip
HEADLINE = "No provider meets your mandatory requirements. Do not outsource on these answers."


@cache
def demo() -> Report:
    return compose(kit.matter())


@cache
def sealed() -> Report:
    return compose(kit.matter(opened=False))


def test_it_has_the_fourteen_parts_in_their_order_and_none_is_empty() -> None:
    assert [part.title for part in demo().parts] == TITLES
    assert [part.number for part in demo().parts] == list(range(1, 15))
    assert all(part.blocks for part in demo().parts)


def test_every_row_has_a_cell_for_every_head_and_no_table_is_named_twice() -> None:
    names = []
    for _part, table in demo().tables:
        names.append(table.name)
        assert {len(row) for row in table.rows} <= {len(table.heads)}
    assert len(names) == len(set(names))


def test_the_tiers_and_their_counts_are_those_of_the_verdicts() -> None:
    rows = {row[0]: row for row in kit.table(demo(), "tiers")}
    quetzal = rows["Quetzal Bridge CX, S.R.L."]
    assert quetzal[1:4] == ["Recommended", "0", "2"]
    verdict = next(one for one in kit.matter().vendors if one.code == "CR").verdict
    assert quetzal[-1] == f"{verdict.quality.quality:.1f}"
    saffron = rows["Saffron Kite Support Pvt. Ltd."]
    assert saffron[1] == "Not eligible"
    assert saffron[-1] == "–"


def test_each_reason_of_a_tier_stands_in_the_first_part() -> None:
    told = kit.text_of(demo().parts[0])
    for one in kit.matter().vendors:
        for reason in one.verdict.tier.reasons:
            assert reason in told
        for condition in one.verdict.tier.conditions:
            assert condition.text[:60] in told


def test_every_gap_of_every_vendor_stands_in_the_fourth_part_with_its_arithmetic() -> None:
    told = kit.text_of(demo().parts[3])
    sealed_questions = cases.bank().sealed_questions
    for one in kit.matter().vendors:
        for judgement in one.verdict.judgements:
            if judgement.is_gap and judgement.requirement.question not in sealed_questions:
                assert judgement.explanation.partition(": ")[2][5:] in told


def test_the_report_never_opens_with_a_price() -> None:
    parts = kit.text_of(demo().parts[0])
    assert "USD" not in parts
    first_money = next(part.number for part in demo().parts if "USD" in kit.text_of(part))
    assert first_money == 3, "what is at stake is told in money of the buyer's own assumptions"


def test_while_prices_are_sealed_there_is_no_cost_no_value_and_no_rank() -> None:
    (block,) = sealed().parts[9].blocks
    assert isinstance(block, Notice)
    assert "Prices are sealed" in block.text
    told = kit.text_of(sealed())
    assert "Value, of 100" not in told
    assert "by value, the best first" not in told
    assert not any(table.name.startswith("cost") for _, table in sealed().tables)


def test_no_answer_about_prices_is_anywhere_before_they_are_open() -> None:
    """The figures are changed into ones that stand nowhere else, and not one is found."""
    offers = []
    for number, one in enumerate(cases.whole().offers):
        told = cases.vendor(one.code)
        for question in cases.bank().sealed_questions:
            value = told["answers"].get(question)
            if isinstance(value, int | float) and not isinstance(value, bool):
                told["answers"][question] = 71.53 + number
        offers.append(cases.offer(told, one.code))
    strange = [f"{71.53 + number:.2f}" for number in range(len(offers))]
    before = kit.text_of(compose(kit.matter(opened=False, offers=offers)))
    assert [figure for figure in strange if figure in before] == []
    assert before == kit.text_of(sealed())
    after = kit.text_of(compose(kit.matter(offers=offers)))
    assert len([figure for figure in strange if figure in after]) == 3, "of those who pass"


def test_costs_are_of_those_who_pass_and_of_the_own_team() -> None:
    names = [row[0] for row in kit.table(demo(), "costs")]
    assert names[0] == "Your own team"
    assert set(names[1:]) == {one.name for one in kit.matter().eligible}
    quetzal = next(row for row in kit.table(demo(), "costs") if row[0].startswith("Quetzal"))
    assert quetzal[2:7] == ["19.80", "2.63", "3.41", "0.60", "4.01"]


def test_a_month_is_the_cost_of_a_contact_times_the_contacts() -> None:
    own, *_ = kit.table(demo(), "costs-month")
    assert own == ["Your own team", "165,641", "20,976", "186,617", "0"]


def test_when_nobody_passes_that_is_the_headline_and_there_is_no_score() -> None:
    report = compose(kit.matter("IN", "DO", "LV"))
    first = [one.text for one in report.parts[0].blocks if isinstance(one, Notice)]
    assert HEADLINE in first
    assert {row[-1] for row in kit.table(report, "tiers")} == {"–"}
    assert HEADLINE in kit.text_of(report.parts[11])
    assert "Nobody is eligible, so no price is shown" in kit.text_of(report.parts[9])
    assert not any(table.name in ("costs", "section-scores") for _, table in report.tables)


def test_of_a_round_without_answers_it_says_that_there_is_nothing() -> None:
    report = compose(kit.matter(offers=[]))
    assert len(report.parts) == 14
    assert "there is nothing to judge" in kit.text_of(report.parts[0])
    assert HEADLINE not in kit.text_of(report)


def test_who_passes_alone_is_said_to_have_nobody_beside_it() -> None:
    told = kit.text_of(compose(kit.matter("CR", "IN")).parts[0])
    assert "Only Quetzal Bridge CX, S.R.L. passes" in told


def test_what_is_not_known_is_said_and_never_shown_as_zero() -> None:
    """Without figures in the brief the stake is not known."""
    found = kit.matter()
    brief = {
        name: value
        for name, value in found.basis.brief.items()
        if name not in ("margin", "monthly_contacts", "inhouse")
    }
    report = compose(
        kit.of(replace(found.basis, brief=brief), [one.offer for one in found.vendors])
    )
    own, *_ = kit.table(report, "at-stake")
    assert own[1:2] + own[3:] == ["not known"] * 5
    assert "states no margin per customer" in kit.text_of(report.parts[2])


def test_a_waiver_is_printed_in_the_first_part_with_who_and_why() -> None:
    found = kit.matter("DO")
    (one,) = found.vendors
    gap = next(
        at.requirement
        for at in one.verdict.judgements
        if at.is_gap
        and at.requirement.severity == "mandatory"
        and not at.requirement.never_waivable
    )
    offer = replace(one.offer, waived=frozenset({gap.id}))
    until = kit.WHEN.date().replace(year=2027)
    acted = tuple(
        Decided(kit.WHEN, who, one.code, gap.id, gap.question, action, why, until)
        for who, action, why in (
            ("Remi Finch", "waive_proposed", "We watch it ourselves."),
            ("Rosa Birch", "waive_agreed", "Agreed."),
        )
    )
    report = compose(kit.of(found.basis, [offer], decisions=acted))
    assert not any(table.name == "waivers" for _, table in report.tables), "no flag stands waived"
    made = kit.of(found.basis, [offer], decisions=acted)
    flags = {gap.id: Raised("1", "waived", "waive", until, proposed=False)}
    report = compose(replace(made, vendors=(with_flags(made.vendors[0], flags),)))
    ((_, subject, day, by, why),) = kit.table(report, "waivers")
    assert subject == made.subject(gap.question)
    assert day == "23 November 2027"
    assert "Remi Finch" in by
    assert "Rosa Birch" in by
    assert why == "We watch it ourselves. Agreed."
    assert [row[1] for row in kit.table(report, "decisions")] == ["Remi Finch", "Rosa Birch"]


def with_flags(one: Judged, flags: dict[str, Raised]) -> Judged:
    return replace(one, flags=flags)


def test_the_same_matter_gives_the_same_report() -> None:
    assert compose(kit.matter()) == compose(kit.matter())


def test_the_versions_that_it_was_made_on_are_in_it() -> None:
    rows = dict(kit.table(demo(), "versions"))
    assert rows["Edition of the bank"] == "e" * 64
    assert rows["Requirements"] == "version 1"
    assert rows["Day of evaluation"] == "23 November 2026"
    assert rows["Profiles"] == "General retail and Card payments"


def test_every_claim_that_is_cited_is_one_of_the_article() -> None:
    claims = cases.bank().claims
    rows = kit.table(demo(), "sources")
    assert rows
    for id, paragraph, text, _behind in rows:
        assert (paragraph, text) == (claims[id].paragraph, claims[id].text.en)


def test_no_sentence_ends_in_two_full_stops_or_holds_a_name_of_a_program() -> None:
    for text in kit.texts(demo()):
        assert ".." not in text.replace("... ", ""), text
        assert "Unsure" not in text, text


def test_tables_by_vendor_stand_in_the_order_of_names() -> None:
    table = next(one for _, one in demo().tables if one.name == "client-fit")
    assert isinstance(table, Table)
    names = [str(row[0].value) for row in table.rows]
    assert names == sorted(names, key=str.casefold)
