"""Requirements in plain words, the fields of a brief that they need, and lives of things."""

from __future__ import annotations

from decimal import Decimal

import pytest

from question_bank.model import (
    AllOf,
    AnswerIs,
    BuyerIs,
    DocumentRule,
    Reference,
    RowRule,
    SomeRow,
    Wording,
)
from questionnaire.core import lifecycle
from questionnaire.core.lifecycle import FLAG_MOVES, move
from questionnaire.core.needed import brief_faults, brief_fields_needed
from questionnaire.core.sentences import requirement_sentence
from tests.harness.asking import bank, brief_field, column, question, requirement

RTO = question("a.rto", "number", unit="hours", subject="Recovery time")
AUDIT = question("a.audit", "yes_no", subject="Right to audit")
SITE = question("a.site", "single_choice", "cold", "warm", "hot", ordered=True, subject="Site")
KEYS = question("a.keys", "multi_choice", "transit", "rest", subject="Encryption")
LANDS = question("a.lands", "countries", subject="Countries")
OWNER = question("a.owner", "text", subject="Owner")
PLAIN = question("a.plain", "number")
STAFF = question(
    "a.staff",
    "table",
    subject="Staff",
    columns=(
        column("role", "choice", "agent", "lead"),
        column("heads", "number"),
        column("cost", "money"),
        column("language", "language"),
    ),
)
HIDDEN = question(
    "b.hidden",
    "text",
    show_when=AllOf((
        BuyerIs("data_classes", "includes_any", ["phi"]),
        AnswerIs("a.rto", "at_most", "@buyer.patience"),
        SomeRow("a.staff", {"role": "@buyer.sector"}, "heads", "at_least", "@buyer.seats"),
    )),
)  # fmt: skip
BANK = bank(
    [RTO, AUDIT, SITE, KEYS, LANDS, OWNER, PLAIN, STAFF, HIDDEN],
    brief=[
        brief_field("currency", "single_choice", "USD", "EUR"),
        brief_field("rto_hours", "number", label="Longest outage", maximum=Decimal(100)),
        brief_field("patience", "number"),
        brief_field("sector", "single_choice", "retail", "health"),
        brief_field("seats", "number"),
        brief_field("data_classes", "multi_choice", "pii", "phi"),
        brief_field("allowed", "countries"),
        brief_field("home", "country"),
        brief_field("rivals", "names"),
        brief_field("languages", "languages", "B1", "B2", "C1"),
        brief_field("contract_start", "date"),
        brief_field("inhouse.csat", "percentage"),
        brief_field("inhouse.aht", "number"),
    ],
    document_types={"policy": Wording("Policy")},
)
ENGLISH = [{"language": "en", "min_spoken": "B2", "agents_needed": 5}]
BRIEF = {"rto_hours": 8, "allowed": ["US"], "languages": ENGLISH}


@pytest.mark.parametrize(
    ("demand", "sentence"),
    [
        (requirement(RTO, "at_most", 8), "Recovery time must be at most 8\u00a0hours."),
        (requirement(RTO, "at_most", Reference("buyer", "rto_hours")),
         "Recovery time must be at most 8\u00a0hours (your brief)."),
        (requirement(AUDIT, "equals", True), "Right to audit must be answered yes."),
        (requirement(SITE, "at_least", "warm"), "Site must be at least “Warm”."),
        (requirement(SITE, "one_of", ("warm", "hot")), "Site must be “Warm” or “Hot”."),
        (requirement(KEYS, "includes_all", ("transit", "rest")),
         "Encryption must include all of “Transit” and “Rest”."),
        (requirement(KEYS, "includes_none", ("rest",)), "Encryption must include none of “Rest”."),
        (requirement(LANDS, "only_from", Reference("buyer", "allowed")),
         "Countries may name only United States (your brief)."),
        (requirement(question("a.owner", "date", subject="Owner"), "not_older_than", 12),
         "Owner must be at most 12 months old."),
        (requirement(OWNER, "evidence_required", DocumentRule(("policy",), 6)),
         "Owner must come with a document (policy), at most 6 months old."),
        (requirement(PLAIN, "at_least", 5), "What about a.plain? must be at least 5."),
        (requirement(STAFF, "row", RowRule("count", {"role": "agent"}, None, "at_least", 3)),
         "Staff: the number of rows with Role “Agent” must be at least 3."),
        (requirement(STAFF, "row", RowRule("ratio", {}, "heads", "at_most", 15,
                                           {"role": "agent"}, {"role": "lead"})),
         "Staff: “Heads” with Role “Agent” divided by “Heads” with Role “Lead” must be at most "
         "15."),
        (requirement("a.gone", "equals", True), "“a.gone” is no question of this bank."),
    ],
)  # fmt: skip
def test_a_requirement_is_a_plain_sentence(demand, sentence):
    assert requirement_sentence(demand, BANK, BRIEF) == sentence


def test_a_figure_that_is_not_stated_yet_is_named_by_its_place():
    demand = requirement(RTO, "at_most", Reference("buyer", "rto_hours"))
    assert requirement_sentence(demand, BANK, {}) == (
        "Recovery time must be at most “Longest outage” of your brief."
    )


def needed(demands=(), questions=()):
    return [one.name for one in brief_fields_needed(BANK, demands, questions)]


@pytest.mark.parametrize(
    ("threshold", "names"),
    [
        (5, []),
        (Reference("buyer", "rto_hours"), ["rto_hours"]),
        (Reference("buyer", "inhouse.csat", Decimal(-3)), ["inhouse.csat"]),
        (Reference("buyer", "inhouse"), ["inhouse.csat", "inhouse.aht"]),
        (Reference("policy", "eea"), []),
        (RowRule("any", {"role": "@buyer.sector"}, "heads", "at_least", "@buyer.seats"),
         ["sector", "seats"]),
        (RowRule("ratio", {}, "heads", "at_most", 9, {"role": "@buyer.sector"}, {}), ["sector"]),
        (RowRule("each_buyer_language", {}, "heads", "at_least", 1), ["languages"]),
        (RowRule("any_valid_cert", {"standard": ("x",)}), ["contract_start"]),
    ],
)  # fmt: skip
def test_a_requirement_needs_the_fields_that_it_refers_to(threshold, names):
    assert needed([requirement(STAFF, "row", threshold)]) == names


def test_a_question_needs_the_fields_of_its_condition_and_an_amount_the_currency():
    assert needed(questions=["b.hidden"]) == ["patience", "sector", "seats", "data_classes"]
    assert needed(questions=["a.staff"]) == ["currency"]
    assert needed(questions=["a.rto", "a.gone"]) == []


FITTING = {
    "currency": "EUR", "rto_hours": 8, "patience": 0, "sector": "retail", "seats": 4.5,
    "data_classes": ["pii"], "allowed": ["US"], "home": "LV", "rivals": [],
    "languages": ENGLISH, "contract_start": "2027-03-01",
    "inhouse": {"csat": 88, "aht": 360},
}  # fmt: skip


def test_a_brief_that_fits_has_no_faults():
    assert brief_faults(BANK, BANK.brief, FITTING) == []


def test_every_missing_field_is_named_with_why_it_is_asked():
    faults = brief_faults(BANK, BANK.brief, {"patience": ""})
    assert [name for name, _ in faults] == [one.name for one in BANK.brief]
    assert all("So that we know." in sentence for _, sentence in faults)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rto_hours": "8"}, "number"),
        ({"rto_hours": 101}, "most that can be answered is 100"),
        ({"sector": "circus"}, "not offered"),
        ({"data_classes": []}, "Name at least one"),
        ({"allowed": ["XX"]}, "no country"),
        ({"home": "Latvia"}, "no country"),
        ({"rivals": "Maple"}, "list"),
        ({"contract_start": "soon"}, "date"),
        ({"inhouse": {"csat": True, "aht": 1}}, "number"),
        ({"languages": ["en"]}, "Name the language"),
        ({"languages": [{"language": "xx", "min_spoken": "B2"}]}, "no language"),
        ({"languages": [{"language": "en", "min_spoken": "Z9"}]}, "lowest level"),
        ({"languages": [{"language": "en", "min_spoken": "B2"}]}, "how many agents"),
        ({"languages": ENGLISH * 2}, "each language once"),
    ],
)
def test_a_field_that_does_not_fit_is_named_with_what_is_wrong(change, sentence):
    ((name, said),) = brief_faults(BANK, BANK.brief, FITTING | change)
    assert name.split(".")[0] in change
    assert sentence in said


@pytest.mark.parametrize(
    ("moves", "state", "action", "who", "after"),
    [
        (FLAG_MOVES, "open", "waive", "reviewer", "waived"),
        (FLAG_MOVES, "open", "waive", "vendor", None),
        (FLAG_MOVES, "waived", "reopen", "service", "open"),
        (FLAG_MOVES, "clarifying", "reply", "vendor", "open"),
        (FLAG_MOVES, "waived", "accept", "reviewer", None),
        (FLAG_MOVES, "closed", "return", "service", "open"),
    ],
)
def test_lives_are_closed(moves, state, action, who, after):
    assert move(moves, state, action, who) == after


def test_moves_lead_between_states_that_exist():
    states = lifecycle.FLAG_STATES
    assert {one.after for one in FLAG_MOVES} <= set(states)
    assert {state for one in FLAG_MOVES for state in one.before} <= set(states)
    begun = {states[0]}
    for _ in states:
        begun |= {one.after for one in FLAG_MOVES if begun & set(one.before)}
    assert begun == set(states)


def test_the_law_is_never_set_aside_and_a_mandatory_gap_only_by_two():
    assert not lifecycle.allowed("waive", never_waivable=True)
    assert lifecycle.allowed("confirm", never_waivable=True)
    assert lifecycle.second_person_needed("mandatory", "accept")
    assert not lifecycle.second_person_needed("mandatory", "confirm")
    assert not lifecycle.second_person_needed("major", "waive")
