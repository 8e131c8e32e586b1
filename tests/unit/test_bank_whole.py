"""The bank that is shipped: whole, without faults, and the size that the brief promises."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from question_bank.check import faults, fits, missing_wordings
from question_bank.loader import (
    InvalidBank,
    bank_from_documents,
    load_bank,
    read_documents,
    requirement_from_document,
    requirement_to_document,
)
from question_bank.model import Bank, Part, Wording
from tests.unit.banks import copy_of, edit

pytestmark = pytest.mark.sqlite_only

SECTIONS = {
    "company": 5, "services": 6, "clients": 8, "language": 6, "culture": 6, "scripting": 9,
    "quality": 12, "people": 5, "resilience": 11, "security": 14, "physical": 7, "privacy": 11,
    "payments": 5, "price": 5, "contract": 7, "trial": 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def test_the_bank_has_no_fault() -> None:
    assert faults() == []


def test_every_section_has_its_questions_in_order(bank: Bank) -> None:
    assert {section.id: len(section.questions) for section in bank.sections} == SECTIONS
    assert [section.id for section in bank.sections] == list(SECTIONS)
    assert [one.order for one in bank.questions.values()] == list(range(1, 122))


@pytest.mark.parametrize(
    ("code", "mandatory", "major", "minor"),
    [("R", 19, 80, 30), ("H", 50, 61, 21), ("L", 48, 62, 21), ("P", 16, 7, 0)],
)
def test_every_profile_has_its_requirements(
    bank: Bank, code: str, mandatory: int, major: int, minor: int
) -> None:
    profile = bank.profile(code)
    found = Counter(one.severity for one in bank.requirements if profile.id in one.profiles)
    assert found == Counter(mandatory=mandatory, major=major, minor=minor)


def test_each_requirement_stands_once(bank: Bank) -> None:
    ids = [one.id for one in bank.requirements]
    assert len(ids) == len(set(ids)) == 223


def test_the_law_cannot_be_waived(bank: Bank) -> None:
    assert {one.id for one in bank.requirements if one.never_waivable} == {
        "company.sites#5", "resilience.data-centres#4", "privacy.countries#1", "privacy.dpa#1",
        "privacy.transfer-tool#1", "privacy.baa#1", "privacy.offshore-attestation#1",
        "privacy.privilege#1", "privacy.privilege#2", "payments.aoc#1", "payments.aoc-scope#1",
        "payments.stored-codes#1", "payments.stored-codes#2",
    }  # fmt: skip


def test_only_prices_are_sealed(bank: Bank) -> None:
    assert bank.sealed_questions == {
        "price.model", "price.rate", "price.included", "price.setup", "price.minimum"
    }  # fmt: skip


def test_weights_of_a_base_profile_add_up_to_a_hundred(bank: Bank) -> None:
    sums = {one.code: sum(one.weights.values()) for one in bank.profiles if not one.add_on}
    assert sums == {"R": 100, "H": 100, "L": 100}


def test_six_topics_are_the_sections_of_the_mission(bank: Bank) -> None:
    six = next(one for one in bank.presets if one.id == "six-topics")
    titles = {bank.sections_by_id[name].title.en for name in six.sections}
    assert titles == {
        "Redundant systems", "Data security", "Physical security", "Scripting flexibility",
        "Client list", "Cultural training",
    }  # fmt: skip


def test_section_titles_have_all_three_languages(bank: Bank) -> None:
    assert all(section.title.lv and section.title.es for section in bank.sections)


def test_a_missing_wording_is_listed_with_its_place(bank: Bank) -> None:
    section = bank.sections_by_id["price"]
    question = replace(bank.questions["price.rate"], text=Wording(en="What does it cost?"))
    others = tuple(one for one in section.questions if one.id != question.id)
    lacking = replace(bank, sections=(replace(section, questions=(question, *others)),))
    listed = {(one.file, one.question, one.field, one.message) for one in missing_wordings(lacking)}
    assert ("sections/price.yaml", "price.rate", "text", "is missing in lv, es.") in listed
    assert ("sections/price.yaml", "", "title", "is missing in lv, es.") not in listed


def test_every_wording_is_in_all_languages(bank: Bank) -> None:
    assert [str(one) for one in missing_wordings(bank)] == []


def test_every_default_requirement_fits_its_question(bank: Bank) -> None:
    misfits = [
        one.id
        for one in bank.requirements
        if one.operator not in fits(bank.questions[one.question])
    ]
    assert misfits == []


def test_roles_lead_to_questions_columns_and_choices(bank: Bank) -> None:
    assert bank.part("certificates") == Part("security.certifications")
    assert bank.part("sites.name") == Part("company.sites", "site")
    assert bank.part("sites.primary") == Part("company.sites", "role", "primary")


def test_the_bank_survives_json(bank: Bank) -> None:
    again = bank_from_documents(json.loads(json.dumps(read_documents())))
    assert again == bank
    assert again.digest == bank.digest


def test_an_edition_from_before_the_scorecard_still_opens(bank: Bank) -> None:
    documents = {name: one for name, one in read_documents().items() if name != "scorecard.yaml"}
    old = bank_from_documents(documents)
    assert old.scorecard is None
    assert old.digest != bank.digest
    assert old.requirements == bank.requirements


def test_an_edition_from_before_the_needs_still_opens(bank: Bank) -> None:
    documents = {name: one for name, one in read_documents().items() if name != "needs.yaml"}
    assert bank_from_documents(documents).customers is None


def test_the_needs_are_those_of_the_brief(bank: Bank) -> None:
    assert bank.customers is not None
    assert len(bank.customers.needs) == 12
    assert len(bank.customers.disconnects) == 8
    assert bank.customers.heard == "courtesy-as-heard"
    marked = {name for one in bank.customers.needs for name in one.criteria}
    assert len(marked) == 11


def test_the_scorecard_is_the_one_of_the_brief(bank: Bank) -> None:
    assert bank.scorecard is not None
    weights = {one.id: one.weight for one in bank.scorecard.criteria}
    assert sum(weights.values()) == 100
    assert [one.id for one in bank.scorecard.criteria][:2] == ["reach", "line-quality"]
    assert {name for name, weight in weights.items() if weight == 10} == {
        "intelligibility", "comprehension", "courtesy-as-heard",
    }  # fmt: skip
    assert [one.id for one in bank.scorecard.scenarios] == [f"S{n}" for n in range(1, 16)]
    assert {one.profile: str(one.least_mean) for one in bank.scorecard.limits} == {
        "general-retail": "3.8", "health-hipaa": "4", "legal-privileged": "4",
    }  # fmt: skip


def test_every_requirement_survives_json(bank: Bank) -> None:
    for requirement in bank.requirements:
        document = json.loads(json.dumps(requirement_to_document(requirement)))
        assert requirement_from_document(document, bank) == requirement


def test_a_broken_copy_is_refused_with_file_question_and_field(tmp_path: Path) -> None:
    import question_bank

    folder = copy_of(Path(question_bank.__file__).parent, tmp_path)
    assert load_bank(folder).digest == load_bank().digest
    edit(folder, "sections/company.yaml", "kind: yes_no", "kind: yes-no")
    edit(folder, "sections/trial.yaml", "severity: mandatory", "severity: fatal")
    with pytest.raises(InvalidBank) as refusal:
        load_bank(folder)
    places = [(one.file, one.question, one.field) for one in refusal.value.faults]
    assert places == [
        ("sections/company.yaml", "company.accounts", "kind"),
        ("sections/trial.yaml", "trial.offered", "requirements[trial.offered#1].severity"),
    ]
