"""Every fault of a bank is provoked in a copy and found: alone, with file, question and field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from question_bank.check import faults
from question_bank.strict_yaml import parse
from tests.unit.banks import SMALL_BANK, copy_of, edit

pytestmark = pytest.mark.sqlite_only

PLACES, SAFETY, COST = "sections/places.yaml", "sections/safety.yaml", "sections/cost.yaml"
BRIEF = "brief.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of(SMALL_BANK, tmp_path)


def found(folder: Path) -> list[tuple[str, str, str, str]]:
    return [(one.file, one.question, one.field, one.message) for one in faults(folder)]


def assert_only(folder: Path, file: str, question: str, field: str, fragment: str) -> None:
    assert [one[:3] for one in found(folder)] == [(file, question, field)], found(folder)
    assert fragment in found(folder)[0][3]


def test_the_small_bank_has_no_fault() -> None:
    assert found(SMALL_BANK) == []


CASES: Any = parse((Path(__file__).parent / "small_bank_faults.yaml").read_text(encoding="utf-8"))
GROUPS = [(name, case) for name, group in CASES.items() for case in group]


@pytest.mark.parametrize(
    ("group", "case"), GROUPS, ids=[f"{name}: {case['says']}" for name, case in GROUPS]
)
def test_a_fault_is_found_with_its_place(folder: Path, group: str, case: dict[str, str]) -> None:
    edit(folder, case["file"], case["old"], case["new"])
    place = (case["file"], case.get("question", ""), case["field"])
    matching = [one for one in found(folder) if one[:3] == place and case["says"] in one[3]]
    assert matching, found(folder)
    if group == "shape":
        assert {one[:2] for one in found(folder)} == {place[:2]}, "something else was blamed"


def test_a_condition_may_not_read_a_sealed_answer(folder: Path) -> None:
    edit(folder, PLACES, "intro:", "sealed: true\nintro:")
    assert (
        SAFETY,
        "safety.tested",
        "show_when",
        "places.sites is sealed; whether this question is asked would show its answer.",
    ) in found(folder)


def test_a_question_may_not_stand_twice(folder: Path) -> None:
    edit(folder, SAFETY, "id: safety.csat\n", "id: safety.hours\n")
    assert (SAFETY, "safety.hours", "id", "stands in the bank twice.") in found(folder)


def test_a_requirement_may_not_stand_twice(folder: Path) -> None:
    edit(folder, PLACES, "id: places.sites#2", "id: places.sites#1")
    place = "requirements[places.sites#1].id"
    assert_only(folder, PLACES, "places.sites", place, "stands in the bank twice")


def test_a_requirement_is_named_after_its_question(folder: Path) -> None:
    edit(folder, PLACES, "id: places.sites#2", "id: places.hours#9")
    place = "requirements[places.hours#9].id"
    assert_only(folder, PLACES, "places.sites", place, "must be places.sites#")


def test_a_requirement_belongs_to_the_question_that_it_stands_with(folder: Path) -> None:
    edit(
        folder, PLACES, "operator: only_from", "question: places.sites\n        operator: only_from"
    )
    place = "requirements[places.countries#1].question"
    assert_only(folder, PLACES, "places.countries", place, "is not needed")


def test_a_requirement_belongs_to_a_profile(folder: Path) -> None:
    edit(folder, PLACES, "profiles: [cards]", "profiles: []")
    place = "requirements[places.hours#2].profiles"
    assert_only(folder, PLACES, "places.hours", place, "name one at least")


def test_a_requirement_that_cannot_be_judged_is_a_fault(folder: Path) -> None:
    edit(folder, PLACES, "threshold: [night]", "threshold: [noon]")
    place = "requirements[places.hours#2].threshold"
    assert_only(folder, PLACES, "places.hours", place, "No answer can be noon")


def test_two_profiles_may_not_share_a_code(folder: Path) -> None:
    edit(folder, "profiles/cards.yaml", "code: B", "code: A")
    assert_only(folder, "bank.yaml", "", "profiles", "two profiles have the code A")


def test_add_ons_alone_are_no_profiles(folder: Path) -> None:
    edit(folder, "profiles/plain.yaml", "code: A", "code: A\nadd_on: true")
    assert_only(folder, "bank.yaml", "", "profiles", "no add-on")


def test_a_section_needs_a_question(folder: Path) -> None:
    text = (folder / COST).read_text(encoding="utf-8").partition("questions:")[0]
    (folder / COST).write_text(f"{text}questions: []\n", encoding="utf-8")
    assert_only(folder, COST, "", "questions", "no question in it")


def test_a_section_that_nobody_lists_is_a_fault(folder: Path) -> None:
    edit(folder, "bank.yaml", "sections: [places, safety, cost]", "sections: [places, safety]")
    assert_only(folder, COST, "", "", "not listed in bank.yaml")


def test_a_section_is_named_like_its_file(folder: Path) -> None:
    edit(folder, COST, "id: cost\n", "id: price\n")
    assert (COST, "", "id", "'price' is not the name of the file.") in found(folder)


@pytest.mark.parametrize(
    "file",
    ["bank.yaml", BRIEF, "claims.yaml", "document_types.yaml", "needs.yaml", "policy.yaml",
     "presets.yaml", "roles.yaml", "scorecard.yaml", COST],
)  # fmt: skip
def test_a_missing_file_is_named_once_and_nothing_is_blamed_for_it(folder: Path, file: str) -> None:
    (folder / file).unlink()
    blamed = "bank.yaml" if file == COST else file
    assert {one.file for one in faults(folder)} == {blamed}
    assert len(faults(folder)) == 1


@pytest.mark.parametrize("file", [BRIEF, "roles.yaml", PLACES, SAFETY, "profiles/plain.yaml"])
def test_an_unreadable_file_is_named_with_its_line_and_nothing_is_blamed_for_it(
    folder: Path, file: str
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(f"{text}broken: 1\nbroken: 2\n", encoding="utf-8")
    line = text.count("\n") + 2
    assert_only(folder, file, "", f"line {line}", "'broken' stands here twice")


def test_a_question_left_out_is_not_missed_elsewhere(folder: Path) -> None:
    edit(folder, PLACES, "en: Which sites are there?", 'en: ""')
    assert_only(folder, PLACES, "places.sites", "text.en", "must not be empty")


def test_all_faults_are_found_at_once(folder: Path) -> None:
    edit(folder, PLACES, "claims: [C01]", "claims: [C02]")
    edit(folder, SAFETY, "threshold: 8", "threshold: 800")
    edit(folder, COST, "kind: money", "kind: gold")
    edit(folder, "roles.yaml", "role=primary", "role=main")
    edit(folder, BRIEF, "default: 10", "default: 0")
    assert {one[:3] for one in found(folder)} == {
        (PLACES, "places.sites", "claims"),
        (SAFETY, "safety.hours", "requirements[safety.hours#1].threshold"),
        (COST, "cost.rate", "kind"),
        ("roles.yaml", "", "roles.sites.primary"),
        (BRIEF, "", "fields[seats].default"),
    }
