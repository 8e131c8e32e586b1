"""How a gap is closed: the days counted back from the start, and what is told first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from question_bank.loader import bank_from_documents, read_documents
from question_bank.model import Cures
from questionnaire.core import curing
from questionnaire.core.curing import Remedy, remedy_of
from tests.unit.verdict.cases import bank

pytestmark = pytest.mark.sqlite_only

START = date(2027, 3, 1)


def cures() -> Cures:
    found = bank().cures
    assert found is not None
    return found


def remedy(name: str, days_left: int, *, unknown: bool = False) -> Remedy:
    today = START - timedelta(days=days_left)
    return remedy_of(cures().cures[name], cures(), unknown=unknown, start=START, today=today)


def test_the_last_day_is_in_time_and_the_day_after_it_is_not() -> None:
    assert cures().cures["rule"].days == 30
    assert (remedy("rule", 30).state, remedy("rule", 29).state) == ("in_time", "too_late")
    assert remedy("rule", 30).begin_by == date(2027, 1, 30)


def test_what_is_not_known_is_told_first_and_takes_both_times() -> None:
    assert cures().cures["tell"].days == 10
    assert (remedy("rule", 40, unknown=True).state, remedy("rule", 39, unknown=True).state) == (
        "in_time", "if_met",
    )  # fmt: skip
    assert remedy("rule", 9, unknown=True).state == "too_late"
    told = curing.how(remedy("rule", 40, unknown=True))
    assert told.index("The vendor tells") < told.index("writes the rule down")


def test_what_cannot_be_cured_never_is_and_not_known_is_not_the_same() -> None:
    assert remedy("language", 400).state == "never"
    assert remedy("language", 400, unknown=True).state == "if_met"
    assert curing.by_when(remedy("language", 400), START) == ""
    assert curing.payer(remedy("language", 400)) == ""


def test_without_a_start_or_in_an_old_edition_nothing_is_claimed() -> None:
    some = cures().cures["rule"]
    assert remedy_of(some, cures(), unknown=False, start=None, today=START).state == "unsaid"
    assert remedy_of(None, None, unknown=True, start=START, today=START) == Remedy("unsaid")
    assert "from before cures were written down" in curing.how(Remedy("unsaid"))


def test_every_state_is_answered_in_words() -> None:
    assert len({curing.answer(Remedy(state)) for state in curing.STATES}) == len(curing.STATES)


@pytest.mark.parametrize("pays", ["vendor", "buyer", "shared", "nobody"])
def test_who_pays_is_told(pays: str) -> None:
    (one, *_rest) = [each for each in cures().cures.values() if each.curable and each.pays == pays]
    assert curing.payer(Remedy("in_time", one))


def test_the_more_exact_name_goes_first() -> None:
    found = cures()
    assert found.of_requirement("resilience.data-centres#4", "x.y", "resilience").id == "location"
    assert found.of_requirement("x.y#1", "quality.csat", "quality").id == "measured"
    assert found.of_requirement("x.y#1", "physical.other", "physical").id == "premises"
    assert found.of_requirement("x.y#1", "x.y", "x").id == found.usual
    assert found.approver_of("x") == found.approver


def test_an_edition_from_before_cures_still_opens() -> None:
    documents = {name: one for name, one in read_documents().items() if name != "cures.yaml"}
    old = bank_from_documents(documents)
    assert old.cures is None
    assert old.requirements == bank().requirements
