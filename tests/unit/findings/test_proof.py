"""What claims are worth: the trial, the documents, and what nobody can know yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from question_bank.findings.given import Paper, Trial
from question_bank.model import DocumentRule, Requirement, Wording
from questionnaire.core.answers import Evidence, kept_answer
from questionnaire.core.findings import find
from tests.unit.findings.kit import BLANK, BRIEF, DONT_KNOW, GIVEN, ON, bank, fired, judged


def trial(fcr: float | None = 79, csat: float | None = 89, aht: float | None = 410) -> dict:
    figures = [None if one is None else Decimal(str(one)) for one in (fcr, csat, aht)]
    return {"trial": Trial(True, *figures)}


@pytest.mark.parametrize(
    ("changes", "given", "text"),
    [
        ({}, trial(fcr=74.9), "First-contact resolution in %: claimed 80, measured 74.9; "
         "satisfaction in %: claimed 90, measured 89."),
        ({"quality.fcr": DONT_KNOW}, trial(csat=80), "First-contact resolution in %: claimed not "
         "known, measured 79; satisfaction in %: claimed 90, measured 80."),
        ({"quality.fcr": DONT_KNOW}, trial(aht=461),
         "Handling time claimed 400 s, measured 461 s."),
        ({}, trial(fcr=None, csat=66, aht=604), "First-contact resolution in %: claimed 80, "
         "measured not known; satisfaction in %: claimed 90, measured 66; handling time claimed "
         "400 s, measured 604 s."),
    ],
)  # fmt: skip
def test_a_claim_that_the_trial_does_not_bear_out_is_told_with_both_figures(changes, given, text):
    assert fired(judged("claim-not-borne-out", changes, given=given)) == ("major", text)


@pytest.mark.parametrize(
    ("changes", "given", "status"),
    [
        ({}, trial(fcr=75, csat=85, aht=460), "does_not_fire"),
        ({}, trial(fcr=None), "undetermined"),
        ({}, {"trial": None}, "undetermined"),
        ({"quality.aht": BLANK}, {}, "undetermined"),
        ({"quality.csat": DONT_KNOW}, trial(fcr=60), "fires"),
    ],
)
def test_a_claim_is_borne_out_only_when_all_three_figures_are_known(changes, given, status):
    assert judged("claim-not-borne-out", changes, given=given).status == status


ASKED = "“Last penetration test”"


def asking(severity: str, age: int | None = 12) -> Requirement:
    rule = DocumentRule(("audit_report",), age)
    return Requirement(
        "security.pentest#9", "security.pentest", ("general-retail",), "evidence_required", rule,
        severity, Wording("Because."),
    )  # fmt: skip


def attached(*days: str | None, **cells: str) -> tuple[Paper, ...]:
    told = {"question": "security.pentest", "document_type": "audit_report", **cells}
    return tuple(
        Paper(name=f"report {day}", issued_on=None if day is None else date.fromisoformat(day),
              **told) for day in days
    )  # fmt: skip


@pytest.mark.parametrize(
    ("severity", "papers", "found", "text"),
    [
        (
            "minor",
            attached("2025-11-22"),
            "minor",
            f"“report 2025-11-22”, for {ASKED}, is 12 months old.",
        ),
        (
            "major",
            attached("2024-01-31"),
            "minor",
            f"“report 2024-01-31”, for {ASKED}, is 33 months old.",
        ),
        (
            "mandatory",
            attached("2024-11-24"),
            "major",
            f"“report 2024-11-24”, for {ASKED}, is 23 months old.",
        ),
        (
            "minor",
            attached("2023-01-01", "2024-11-24"),
            "minor",
            f"“report 2024-11-24”, for {ASKED}, is 23 months old.",
        ),
    ],
)
def test_the_newest_document_is_too_old(severity, papers, found, text):
    given = {"requirements": (asking(severity),), "papers": papers}
    assert fired(judged("evidence-stale", given=given)) == (found, text)


def test_several_old_documents_are_listed_at_the_strictest_severity():
    other = replace(asking("mandatory"), id="security.access#9", question="security.access")
    papers = (*attached("2025-01-01"), *attached("2024-01-01", question="security.access"))
    finding = judged("evidence-stale", given={"requirements": (asking("minor"), other),
                                              "papers": papers})  # fmt: skip
    assert fired(finding) == (
        "major", "Too old: “report 2024-01-01”, for “Sign-in and access” (34 months) and "
        f"“report 2025-01-01”, for {ASKED} (22 months)."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("severity", "papers", "status", "found"),
    [
        ("minor", attached("2025-11-23"), "does_not_fire", "minor"),
        ("minor", attached("2020-01-01", "2026-01-01"), "does_not_fire", "minor"),
        ("minor", attached("2020-01-01", document_type="policy"), "does_not_fire", "minor"),
        ("minor", (), "does_not_fire", "minor"),
        ("minor", attached(None), "undetermined", "minor"),
        ("mandatory", attached(None, "2020-01-01"), "undetermined", "major"),
        ("mandatory", attached(None, "2026-01-01"), "does_not_fire", "minor"),
    ],
)
def test_a_fresh_document_is_enough_and_an_undated_one_is_open(severity, papers, status, found):
    given = {"requirements": (asking(severity),), "papers": papers}
    finding = judged("evidence-stale", given=given)
    assert (finding.status, finding.severity) == (status, found)


def test_an_old_minor_document_does_not_hide_an_undated_mandatory_one():
    other = replace(asking("mandatory"), id="security.access#9", question="security.access")
    papers = (*attached("2020-01-01"), *attached(None, question="security.access"))
    given = {"requirements": (asking("minor"), other), "papers": papers}
    finding = judged("evidence-stale", given=given)
    assert (finding.status, finding.severity) == ("undetermined", "major")
    assert "the date of “report None” is missing" in finding.because


def test_a_requirement_without_an_age_makes_no_document_old():
    given = {"requirements": (asking("minor", None),), "papers": attached("1999-01-01")}
    assert judged("evidence-stale", given=given).status == "does_not_fire"


def test_the_evidence_of_the_answers_stands_in_for_papers():
    question = bank().questions["clients.best-clients"]
    old = Evidence("letter.pdf", "reference_letter", date(2024, 1, 1))
    answers = {question.id: kept_answer(question, "answered", "Northwind", evidence=[old])}
    found = find(bank(), BRIEF, answers, on=ON, extra=replace(GIVEN, papers=None))
    stale = next(one for one in found if one.id == "evidence-stale")
    assert fired(stale) == ("minor", "“letter.pdf”, for “Best clients”, is 34 months old.")


@pytest.mark.parametrize(
    ("changes", "given", "status"),
    [
        ({}, {}, "does_not_fire"),
        ({}, {"trial": Trial(completed=False)}, "fires"),
        ({}, {"trial": None}, "undetermined"),
        ({}, {"evidenced": None}, "undetermined"),
        ({}, {"evidenced": frozenset(("quality.csat",))}, "fires"),
        ({"quality.csat": DONT_KNOW}, {"trial": None, "evidenced": None}, "fires"),
        ({"language.repeat-rate": BLANK}, {}, "fires"),
    ],
)
def test_it_is_a_gamble_while_something_telling_is_missing(changes, given, status):
    finding = judged("too-big-a-gamble", changes, given=given)
    assert (finding.status, finding.severity) == (status, "caps")


SATISFIED = "You cannot yet know whether customers will leave satisfied: "


@pytest.mark.parametrize(
    ("changes", "given", "missing"),
    [
        ({"quality.fcr": BLANK}, {}, "no answer on “First-contact resolution”."),
        ({}, {"trial": Trial(completed=False)}, "no trial was held whole."),
        (
            {},
            {"evidenced": frozenset(("quality.csat",))},
            "no accepted evidence for “First-contact resolution”, “Calls with misunderstandings” "
            "and “Complaints about attitude”.",
        ),
        (
            {"quality.fcr": BLANK},
            {
                "trial": Trial(completed=False),
                "evidenced": frozenset(("quality.csat", "language.repeat-rate")),
            },
            "no answer on “First-contact resolution”; no accepted evidence for “Complaints about "
            "attitude”; no trial was held whole.",
        ),
        (
            {"quality.fcr": BLANK},
            {"trial": None, "evidenced": None},
            "no answer on “First-contact resolution”.",
        ),
    ],
)
def test_a_gamble_names_what_is_missing(changes, given, missing):
    finding = judged("too-big-a-gamble", changes, given=given)
    assert fired(finding)[1] == SATISFIED + missing


def test_of_many_old_documents_the_oldest_are_named_and_the_rest_counted():
    papers = tuple(one for year in range(2010, 2017) for one in attached(f"{year}-01-01"))
    others = [
        replace(asking("minor"), id=f"{name}#9", question=name)
        for name in list(bank().questions)[:7]
    ]
    papers = tuple(
        replace(paper, question=one.question) for paper, one in zip(papers, others, strict=True)
    )
    text = judged("evidence-stale", given={"requirements": tuple(others), "papers": papers}).text
    assert text.startswith("Too old: “report 2010-01-01”, for ")
    assert text.endswith(" and 2 more.")
