"""Documents, their digest, and requirements as JSON, on a small bank."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from question_bank.documents import canonical, digest_of
from question_bank.loader import (
    InvalidBank,
    InvalidRequirement,
    bank_from_documents,
    load_bank,
    read_documents,
    requirement_from_document,
    requirement_to_document,
)
from question_bank.model import (
    AllOf,
    AnswerIs,
    AnyOf,
    Bank,
    BuyerIs,
    DocumentRule,
    Reference,
    Requirement,
    RowRule,
    SomeRow,
)
from question_bank.schema_lists import ClaimsSchema
from tests.unit.banks import SMALL_BANK, copy_of, edit

pytestmark = pytest.mark.sqlite_only


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(SMALL_BANK)


def requirement(bank: Bank, name: str) -> Requirement:
    return next(one for one in bank.requirements if one.id == name)


def turned_around(document: object) -> object:
    """The same document with its keys in the opposite order."""
    if isinstance(document, dict):
        return {key: turned_around(document[key]) for key in reversed(document)}
    if isinstance(document, list):
        return [turned_around(one) for one in document]
    return document


def test_the_digest_names_the_content() -> None:
    assert load_bank(SMALL_BANK).digest == digest_of(read_documents(SMALL_BANK))
    assert len(load_bank(SMALL_BANK).digest) == 64


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    documents = read_documents(SMALL_BANK)
    turned = turned_around(dict(documents))
    assert isinstance(turned, dict)
    assert list(turned) != list(documents)
    assert canonical(turned) == canonical(documents)
    assert bank_from_documents(turned) == bank_from_documents(documents)


def test_the_digest_changes_with_any_word(tmp_path: Path) -> None:
    folder = copy_of(SMALL_BANK, tmp_path)
    edit(folder, "sections/cost.yaml", "What is the rate?", "What is your rate?")
    assert load_bank(folder).digest != load_bank(SMALL_BANK).digest


def test_comments_and_layout_do_not_change_the_digest(tmp_path: Path) -> None:
    folder = copy_of(SMALL_BANK, tmp_path)
    edit(folder, "sections/cost.yaml", "sealed: true", "# nobody sees it\nsealed:   true")
    assert load_bank(folder).digest == load_bank(SMALL_BANK).digest


def test_references_are_taken_apart(bank: Bank) -> None:
    assert requirement(bank, "safety.csat#1").threshold == Reference(
        "buyer", "team.csat", Decimal(-3)
    )
    assert requirement(bank, "safety.csat#2").threshold == Reference("answer", "safety.hours")


def test_row_rules_and_document_rules_are_read(bank: Bank) -> None:
    assert requirement(bank, "places.sites#1").threshold == RowRule(
        "any",
        where={"role": "primary", "ready": True},
        column="seats",
        op="at_least",
        value=Reference("buyer", "seats"),
    )
    assert requirement(bank, "places.sites#3").threshold == RowRule(
        "ratio",
        column="seats",
        op="at_most",
        value=Decimal("1.5"),
        numerator={"role": "primary"},
        denominator={"role": "other"},
    )
    assert requirement(bank, "safety.locked#2").threshold == DocumentRule(("report", "letter"), 12)


def test_conditions_are_read(bank: Bank) -> None:
    assert bank.questions["safety.tested"].show_when == AllOf(
        (
            AnswerIs("safety.locked", "equals", True),
            AnyOf(
                (
                    BuyerIs("kinds", "includes_any", ("health",)),
                    SomeRow("places.sites", {"role": "primary"}, "country", "not_in", ("NO",)),
                )
            ),
        )
    )
    assert bank.questions["safety.hours"].show_when == AnswerIs("safety.tested", "answered")


def test_choices_are_shared_by_name(bank: Bank) -> None:
    table = bank.questions["places.languages"]
    level, written = table.column("level"), table.column("written")
    assert level is not None
    assert written is not None
    assert written.choices == level.choices
    assert next(one for one in bank.brief if one.name == "hours").choices == (
        bank.questions["places.hours"].choices
    )


def test_an_exclusive_choice_is_marked(bank: Bank) -> None:
    assert bank.questions["safety.measures"].exclusive == ("nothing",)


def test_every_requirement_survives_json(bank: Bank) -> None:
    for one in bank.requirements:
        document = json.loads(json.dumps(requirement_to_document(one)))
        assert requirement_from_document(document, bank) == one


@pytest.mark.parametrize("number", ["0.1", "2.50", "1e3", "123456789012345", "-0.25"])
def test_a_number_of_a_threshold_survives_json_exactly(bank: Bank, number: str) -> None:
    changed = replace(requirement(bank, "safety.hours#1"), threshold=Decimal(number))
    document = json.loads(json.dumps(requirement_to_document(changed)))
    assert requirement_from_document(document, bank) == changed


def test_a_number_that_json_cannot_keep_is_refused(bank: Bank) -> None:
    changed = replace(requirement(bank, "safety.hours#1"), threshold=Decimal("0.12345678901234567"))
    with pytest.raises(ValueError, match="more digits than can be kept"):
        requirement_to_document(changed)


def test_a_country_named_no_stays_a_country(bank: Bank) -> None:
    assert bank.policy["closed_countries"] == ("NO", "KP")
    assert bank.policy["wages"] == {"NO": Decimal("20.5")}


@pytest.mark.parametrize(
    ("change", "field", "fragment"),
    [
        ({"operator": "about"}, "operator", "there is no about"),
        ({"severity": "fatal"}, "severity", "none of: mandatory"),
        ({"threshold": None}, "threshold", "must not be empty"),
        ({"threshold": "@nobody.x"}, "threshold", "is no reference"),
        ({"threshold": {"ref": "@buyer.seats", "plus": "3"}}, "threshold", "must be a number"),
        ({"threshold": ["a", "a"]}, "threshold", "stands here twice"),
        ({"never_waivable": "yes"}, "never_waivable", "must be true or false"),
        ({"rationale": {"en": "  "}}, "rationale.en", "must not be empty"),
        ({"rationale": {"en": "x" * 2001}}, "rationale.en", "at most 2000"),
        ({"rationale": {"en": "a\x00"}}, "rationale.en", "NUL"),
        ({"rationale": {"lv": "tikai"}}, "rationale.en", "is missing"),
        ({"note": "x"}, "note", "is not known here"),
        ({"question": "places.moon"}, "question", "there is no question"),
    ],
)
def test_a_wrong_requirement_document_is_refused_by_its_field(
    bank: Bank, change: dict[str, object], field: str, fragment: str
) -> None:
    document = requirement_to_document(requirement(bank, "safety.hours#1")) | change
    with pytest.raises(InvalidRequirement) as refusal:
        requirement_from_document(document, bank)
    (fault,) = refusal.value.faults
    assert (fault.field, fragment in fault.message) == (field, True)


def test_documents_that_are_no_bank_are_refused_with_all_faults() -> None:
    with pytest.raises(InvalidBank) as refusal:
        bank_from_documents({})
    assert {one.file for one in refusal.value.faults} == {
        "bank.yaml", "brief.yaml", "claims.yaml", "document_types.yaml", "policy.yaml",
        "presets.yaml", "roles.yaml",
    }  # fmt: skip


def test_an_edition_from_before_claims_were_translated_is_read():
    document = {"id": "C1", "paragraph": "P1", "text": "They save time."}
    (claim,) = ClaimsSchema().load({"claims": [document]})["claims"]
    assert claim.text.text("lv") == "They save time."
