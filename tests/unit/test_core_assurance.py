"""What stands behind an answer: levels, lapse, scope, the contract's start, and what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from question_bank.loader import (
    load_bank,
    requirement_from_document,
    requirement_to_document,
)
from question_bank.model import DocumentRule, Wording
from questionnaire.core.answers import Answer, Evidence, Review
from questionnaire.core.assurance import level_of
from questionnaire.core.conditions import open_case
from questionnaire.core.gaps import judge
from questionnaire.core.merging import implies, merge
from questionnaire.core.sentences import requirement_sentence
from tests.harness.asking import answered, bank, brief_field, column, question, requirement, row

HOURS = question("a.hours", "number", unit="hours", subject="Recovery time")
PLAN = question("a.plan", "file", subject="Plan")
SITES = question(
    "a.sites",
    "table",
    subject="Sites",
    columns=(column("site", "text"), column("role", "choice", "primary", "second")),
)
RATE = question("p.rate", "money", subject="Price")
BANK = bank(
    [HOURS, PLAN, SITES, RATE],
    sealed=["p"],
    brief=[brief_field("contract_start", "date")],
    document_types={"policy": Wording("Policy")},
    roles={"sites.name": "a.sites.site", "sites.primary": "a.sites.role=primary"},
)
ON, START = date(2026, 11, 23), "2027-03-01"
TWO_SITES = answered(
    (row(SITES, site="Riga", role="primary"), row(SITES, site="Liepāja", role="second"))
)
SEEN = requirement(HOURS, "at_most", 8, assurance=2)


def paper(name: str = "iso.pdf", kind: str = "certificate", **reviewed) -> Evidence:
    """A document; with a level, reviewed."""
    review = Review(**reviewed) if reviewed else None
    return Evidence(name, kind, date(2026, 1, 1), review)


def judged(demand, *papers, answer=None, sites=TWO_SITES, start=START, **more):
    held = answer or answered(Decimal(4), evidence=papers)
    answers = {demand.question: held, "a.sites": sites}
    (found,) = judge(BANK, [demand], {"contract_start": start}, answers, on=ON, **more)
    return found


@pytest.mark.parametrize(
    ("papers", "says"),
    [
        ((), "no document was supplied"),
        ((paper(),), "“iso.pdf” has not been reviewed yet"),
        ((paper(level=0, rejected=True),), "“iso.pdf” was not accepted"),
        ((paper(level=2, expires_on=date(2026, 11, 22)),), "“iso.pdf” lapsed on 22 November 2026"),
        (
            (paper(level=2, expires_on=date(2027, 1, 15)),),
            "“iso.pdf” ends on 15 January 2027, before the contract starts on 1 March 2027",
        ),
        ((paper(level=2, covers_service=False),), "does not cover the contact service"),
        ((paper(level=2, sites=("Liepāja",)),), "“iso.pdf” does not name the primary site"),
        (
            (paper(), paper("soc.pdf", level=0, rejected=True)),
            "“iso.pdf” has not been reviewed yet and “soc.pdf” was not accepted",
        ),
    ],
)
def test_an_answer_with_less_behind_it_is_unknown_and_says_what_is_missing(papers, says):
    found = judged(SEEN, *papers)
    assert found.status == "unknown"
    assert found.explanation.startswith(
        "Recovery time: answered as required, but evidence reviewed by us is demanded, and “"
        if papers
        else "Recovery time: answered as required, but evidence reviewed by us is demanded, and no"
    )
    assert says in found.explanation


@pytest.mark.parametrize(
    "papers",
    [
        (paper(level=2),),
        (paper(level=4),),
        (paper(level=2, expires_on=date(2027, 3, 1)),),
        (paper(level=2, sites=("RIGA ", "Liepāja")),),
        (paper(), paper(level=2), paper(level=0, rejected=True)),
    ],
)
def test_one_document_that_proves_it_is_enough(papers):
    found = judged(SEEN, *papers)
    assert (found.status, found.explanation) == (
        "met",
        "Recovery time: 4\u00a0hours; required: at most 8\u00a0hours.",
    )


def test_the_last_day_counts_and_without_a_start_the_day_of_judging_is_what_matters():
    ends_today = paper(level=2, expires_on=ON)
    assert judged(SEEN, ends_today, start=None).status == "met"
    assert judged(SEEN, ends_today).status == "unknown"


@pytest.mark.parametrize(
    ("level", "have", "status"),
    [(1, None, "met"), (2, None, "unknown"), (3, 2, "unknown"), (3, 3, "met"), (4, 3, "unknown")],
)
def test_a_level_is_reached_by_itself_or_a_better_one(level, have, status):
    held = paper() if have is None else paper(level=have)
    found = judged(replace(SEEN, assurance=level), held)
    assert found.status == status
    assert found.is_gap == ("demanded" in found.explanation)


def test_a_miss_stays_a_miss_whatever_stands_behind_it():
    for held in (paper(), paper(level=4)):
        found = judged(SEEN, answer=answered(Decimal(12), evidence=(held,)))
        assert found.status == "not_met"
        assert "demanded" not in found.explanation


def test_a_site_that_is_not_known_proves_nothing():
    of_one_site = paper(level=2, sites=("Riga",))
    assert judged(SEEN, of_one_site).status == "met"
    unknown = judged(SEEN, of_one_site, sites=Answer("dont_know"))
    assert unknown.status == "unknown"
    assert "“iso.pdf” is about sites, and the primary site is not known" in unknown.explanation


def test_who_judges_without_documents_can_say_so():
    assert judged(SEEN).status == "unknown"
    assert judged(SEEN, assured=True).status == "met"
    assert judged(SEEN, answer=answered(Decimal(12)), assured=True).status == "not_met"


def test_a_sealed_answer_tells_nothing_of_its_documents():
    demand = requirement(RATE, "at_most", 24, assurance=2)
    found = judged(demand, answer=answered(Decimal(13), evidence=(paper(),)))
    assert found.status == "unknown"
    assert found.explanation == "Price: sealed; it could not be judged."


DOCUMENT = requirement(PLAN, "evidence_required", DocumentRule(("policy",), 12))


@pytest.mark.parametrize(
    ("papers", "level", "status"),
    [
        ((paper(kind="policy"),), None, "met"),
        ((paper(kind="policy", level=0, rejected=True),), None, "unknown"),
        ((paper(kind="policy", level=2, expires_on=date(2026, 1, 1)),), None, "unknown"),
        ((paper(kind="policy", level=2, issued_on=date(2025, 1, 1)),), None, "not_met"),
        ((paper(kind="policy"),), 2, "unknown"),
        ((paper(kind="policy"), paper(level=2)), 2, "unknown"),
        ((paper(kind="policy", level=2), paper()), 2, "met"),
    ],
)
def test_a_demanded_document_is_the_one_that_has_to_be_reviewed(papers, level, status):
    found = judged(replace(DOCUMENT, assurance=level), answer=Answer("blank", evidence=papers))
    assert found.status == status


@pytest.mark.parametrize(
    ("papers", "level"),
    [
        ((), 0),
        ((paper(),), 1),
        ((paper(), paper(level=3)), 3),
        ((paper(level=3, expires_on=date(2026, 11, 1)), paper()), 1),
        ((paper(level=0, rejected=True),), 0),
        ((paper(level=3, covers_service=False),), 0),
        ((paper(level=3, expires_on=date(2027, 1, 1)),), 3),
    ],
)
def test_the_level_of_an_answer_is_the_best_of_what_stands_today(papers, level):
    answer = answered(Decimal(4), evidence=papers)
    case = open_case(BANK, {"contract_start": START}, {"a.hours": answer}, on=ON)
    assert level_of(answer, case) == level


def test_a_requirement_says_what_it_demands_behind_the_answer():
    sentences = {
        level: requirement_sentence(replace(SEEN, assurance=level), BANK, {})
        for level in (None, 1, 2, 3, 4)
    }
    assert sentences == {
        None: "Recovery time must be at most 8\u00a0hours.",
        1: "Recovery time must be at most 8\u00a0hours, with a document.",
        2: "Recovery time must be at most 8\u00a0hours, with evidence reviewed by us.",
        3: "Recovery time must be at most 8\u00a0hours, with independently attested evidence.",
        4: "Recovery time must be at most 8\u00a0hours, with evidence observed in a trial or a "
        "visit.",
    }


def test_a_set_that_was_frozen_before_there_were_levels_loads_as_it_was():
    plain = load_bank()
    demand = next(one for one in plain.requirements if one.assurance)
    document = requirement_to_document(demand)
    assert document["assurance"] == demand.assurance == 2
    old = {name: one for name, one in document.items() if name != "assurance"}
    loaded = requirement_from_document(old, plain)
    assert loaded == replace(demand, assurance=None)
    assert requirement_to_document(loaded) == old


def test_gates_of_the_guarded_sections_demand_a_review_and_nothing_else_does():
    held = load_bank()
    guarded = {
        one.id
        for one in held.requirements
        if one.severity == "mandatory"
        and held.questions[one.question].section in ("security", "privacy", "payments")
    }
    assert len(guarded) > 30
    assert {one.id: one.assurance for one in held.requirements if one.assurance} == dict.fromkeys(
        guarded, 2
    )


def test_a_rule_without_a_level_never_stands_in_for_one_with_it():
    plain = replace(SEEN, id="a.hours#2", assurance=None)
    assert implies(SEEN, plain, HOURS)
    assert not implies(plain, SEEN, HOURS)
    assert merge(BANK, [plain, SEEN]) == (SEEN,)
