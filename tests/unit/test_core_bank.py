"""The whole bank and the six sample vendors, judged without app and database."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.loader import load_bank
from question_bank.model import DocumentRule, RowRule
from questionnaire.core.answers import Answer, Evidence, kept_answer
from questionnaire.core.conditions import shown_questions
from questionnaire.core.gaps import judge
from questionnaire.core.kinds import KINDS
from questionnaire.core.merging import default_requirements, implies
from questionnaire.core.needed import brief_faults, brief_fields_needed
from questionnaire.core.sentences import requirement_sentence

ON = date(2026, 11, 23)
VENDORS = ("PH", "IN", "CR", "DO", "US", "LV")
#: How good a status is at the gate, where unknown weighs like not met.
PASSES = {"met": True, "not_applicable": True, "not_met": False, "unknown": False}


@cache
def the_bank():
    return load_bank()


@cache
def the_case():
    path = Path(__file__).parents[2] / "questionnaire" / "demo" / "case.json"
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def demanded():
    return default_requirements(the_bank(), ("R", "P"))


def papers(question_id):
    """A document of each type that is asked for, a month old."""
    return tuple(
        Evidence("paper.pdf", kind, date(2026, 10, 23))
        for one in demanded()
        if one.question == question_id and isinstance(one.threshold, DocumentRule)
        for kind in one.threshold.types[:1]
    )


@cache
def answers_of(vendor):
    found = {}
    for name, value in the_case()["vendors"][vendor]["answers"].items():
        state = "blank" if value is None else "answered"
        question = the_bank().questions[name]
        found[name] = kept_answer(question, state, value, evidence=papers(name))
    return found


def judged(answers, demands=None):
    found = judge(
        the_bank(), demands or demanded(), the_case()["buyer"], answers, on=ON, assured=True
    )
    return {one.requirement.id: one for one in found}


@pytest.mark.parametrize(
    ("profiles", "mandatory", "major", "minor"),
    [("R", 19, 80, 30), ("H", 50, 61, 21), ("L", 48, 62, 21), ("P", 16, 7, 0)],
)
def test_the_profiles_have_the_sizes_that_the_content_promises(profiles, mandatory, major, minor):
    severities = Counter(one.severity for one in default_requirements(the_bank(), profiles))
    assert severities == Counter(mandatory=mandatory, major=major, minor=minor)


@pytest.mark.parametrize("base", ["R", "H", "L"])
def test_activating_the_card_profile_loses_no_requirement(base):
    alone = default_requirements(the_bank(), base)
    together = default_requirements(the_bank(), (base, "P"))
    for one in alone:
        about = [other for other in together if other.question == one.question]
        question = the_bank().questions[one.question]
        demanded_items = {
            item
            for other in about
            if other.operator == one.operator == "includes_all"
            and isinstance(other.threshold, tuple)
            for item in other.threshold
        }
        assert any(implies(other, one, question) for other in about) or (
            isinstance(one.threshold, tuple) and set(one.threshold) <= demanded_items
        )


@pytest.mark.parametrize("vendor", ["PH", "CR", "US"])
def test_three_sample_vendors_pass_every_mandatory_requirement(vendor):
    found = judged(answers_of(vendor)).values()
    assert [one.explanation for one in found if one.requirement.severity == "mandatory"
            and one.is_gap] == []  # fmt: skip


@pytest.mark.parametrize("vendor", ["IN", "DO", "LV"])
def test_three_sample_vendors_miss_several_mandatory_requirements(vendor):
    found = judged(answers_of(vendor)).values()
    assert sum(one.is_gap for one in found if one.requirement.severity == "mandatory") >= 3


def test_a_sample_vendor_sees_most_of_the_questions():
    for vendor in VENDORS:
        found = shown_questions(the_bank(), the_case()["buyer"], answers_of(vendor))
        assert 107 <= len(found) <= 114


def test_every_requirement_of_the_bank_reads_as_a_sentence_with_and_without_a_brief():
    for brief in ({}, the_case()["buyer"]):
        for one in the_bank().requirements:
            sentence = requirement_sentence(one, the_bank(), brief)
            assert sentence.endswith(".")
            assert not {"@", "{", "_"} & set(sentence)
            assert "None" not in sentence.replace("“None”", "")


def test_every_judgement_of_the_samples_explains_itself_and_seals_prices():
    for vendor in VENDORS:
        for one in judged(answers_of(vendor)).values():
            assert one.explanation.endswith(".")
            assert not {"@", "{", "_"} & set(one.explanation)
            if one.requirement.question in the_bank().sealed_questions:
                assert "sealed" in one.explanation


def test_without_answers_every_asked_requirement_is_unknown():
    statuses = {one.status for one in judged({}).values()}
    assert statuses == {"unknown", "not_applicable"}


def test_the_sample_buyer_states_what_the_requirements_refer_to():
    bank = the_bank()
    fields = brief_fields_needed(bank, demanded(), bank.questions)
    buyer = {"currency": "USD"} | the_case()["buyer"]
    assert brief_faults(bank, fields, buyer) == []
    names = {one.name for one in fields}
    assert {"rto_hours", "languages", "inhouse.csat", "sector", "contract_start"} <= names
    assert "medicare" not in names


def test_the_samples_come_back_from_form_and_json_as_they_were():
    for vendor in VENDORS:
        for name, answer in answers_of(vendor).items():
            question = the_bank().questions[name]
            kind = KINDS[question.kind]
            raw = kind.to_raw(question, answer.value, "es")
            assert kind.parse(question, raw, "es") == answer.value
            stored = json.loads(json.dumps(kind.to_json(answer.value)))
            assert kind.from_json(question, stored) == answer.value


_SEEDS = st.integers(0, 2**32)


@settings(max_examples=60)
@given(st.sampled_from(VENDORS), _SEEDS, st.sampled_from(["blank", "dont_know", "not_applicable"]))
def test_not_knowing_never_improves_a_status(vendor, seed, state):
    chance = random.Random(seed)
    answers = dict(answers_of(vendor))
    for name in chance.sample(sorted(answers), chance.choice((1, 3, 30))):
        answers[name] = Answer(state, reason="because")
    _not_better(judged(answers_of(vendor)), judged(answers))


@settings(max_examples=60)
@given(st.sampled_from(VENDORS), _SEEDS)
def test_an_empty_cell_never_improves_a_status(vendor, seed):
    chance = random.Random(seed)
    bank, answers = the_bank(), dict(answers_of(vendor))
    for name, answer in answers_of(vendor).items():
        if bank.questions[name].kind != "table" or not answer.value:
            continue
        emptied = {
            column.name
            for column in bank.questions[name].columns
            if not column.optional and chance.random() < 0.3
        }
        rows = tuple(
            {cell: None if cell in emptied and chance.random() < 0.5 else one
             for cell, one in row.items()}
            for row in answer.value
        )  # fmt: skip
        answers[name] = replace(answer, value=rows)
    _not_better(judged(answers_of(vendor)), judged(answers))


def _not_better(before, after):
    better = [
        (name, before[name].explanation, after[name].explanation)
        for name in before
        if PASSES[after[name].status] and not PASSES[before[name].status]
    ]
    assert better == []


@settings(max_examples=30)
@given(st.sampled_from(VENDORS), _SEEDS)
def test_the_order_of_rows_and_choices_is_irrelevant(vendor, seed):
    chance = random.Random(seed)
    bank, answers = the_bank(), {}
    for name, answer in answers_of(vendor).items():
        kind = KINDS[bank.questions[name].kind]
        stored = kind.to_json(answer.value)
        if isinstance(stored, list):
            chance.shuffle(stored)
        answers[name] = replace(answer, value=kind.from_json(bank.questions[name], stored))
    before, after = judged(answers_of(vendor)), judged(answers)
    assert {name: one.status for name, one in before.items()} == {
        name: one.status for name, one in after.items()
    }


def _tightened(demand, question, chance):
    """The same requirement with a stricter threshold, where its form has one."""
    threshold = demand.threshold
    step = chance.choice((1, 5, 50))
    up = {"at_least": step, "at_most": -step, "not_older_than": -min(step, 11)}
    if isinstance(threshold, RowRule):
        value = threshold.value
        if threshold.op in up and isinstance(value, int | Decimal):
            return replace(demand, threshold=replace(threshold, value=value + up[threshold.op]))
        return demand
    if demand.operator in up and isinstance(threshold, int | Decimal):
        return replace(demand, threshold=threshold + up[demand.operator])
    codes = [choice.code for choice in question.choices]
    if demand.operator == "at_least" and threshold in codes[:-1]:
        return replace(demand, threshold=codes[codes.index(threshold) + 1])
    if demand.operator in ("includes_all", "includes_none") and isinstance(threshold, tuple):
        return replace(demand, threshold=(*threshold, chance.choice(codes)))
    if demand.operator in ("one_of", "only_from") and isinstance(threshold, tuple):
        return replace(demand, threshold=threshold[1:])
    return demand


@settings(max_examples=60)
@given(st.sampled_from(VENDORS), _SEEDS)
def test_tightening_a_threshold_never_turns_a_miss_into_a_hit(vendor, seed):
    chance = random.Random(seed)
    stricter = [_tightened(one, the_bank().questions[one.question], chance) for one in demanded()]
    assert stricter != list(demanded())
    _not_better(judged(answers_of(vendor)), judged(answers_of(vendor), stricter))
