"""Holding answers against requirements: four outcomes, each explained with its figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from question_bank.model import AnswerIs, DocumentRule, Reference, Wording
from question_bank.values import Money
from questionnaire.core.answers import BLANK, Answer, Evidence
from questionnaire.core.gaps import judge
from tests.harness.asking import (
    answered,
    bank,
    brief_field,
    column,
    question,
    requirement,
    row,
)

RTO = question("a.rto", "number", unit="hours", subject="Recovery time")
TESTED = question("a.tested", "number", unit="hours", subject="Time in the test")
AUDIT = question("a.audit", "yes_no", subject="Right to audit")
SITE = question("a.site", "single_choice", "none", "cold", "hot", subject="Alternate site")
KEYS = question("a.keys", "multi_choice", "transit", "rest", "backups", subject="Encryption")
LANDS = question("a.lands", "countries", subject="Countries")
PENTEST = question("a.pentest", "date", subject="Penetration test")
PLAN = question("a.plan", "file", subject="Plan")
OWNER = question("a.owner", "text", subject="Owner")
FIREWALL = question(
    "a.firewall", "yes_no", subject="Firewall", show_when=AnswerIs("a.site", "equals", "hot")
)
RATE = question("p.rate", "money", subject="Price")
EXTRAS = question("p.extras", "table", subject="Extras", columns=(column("what", "text"),))
BANK = bank(
    [RTO, TESTED, AUDIT, SITE, KEYS, LANDS, PENTEST, PLAN, OWNER, FIREWALL, RATE, EXTRAS],
    sealed=["p"],
    brief=[brief_field("rto_hours", "number", label="Longest outage")],
    document_types={"policy": Wording("Policy"), "certificate": Wording("Certificate")},
)
ON = date(2026, 11, 23)
BRIEF = {"rto_hours": 8, "allowed": ["US", "CR"]}


def judged(demand, answer=BLANK, brief=None, answers=None, **more):
    (found,) = judge(
        BANK,
        [demand],
        BRIEF if brief is None else brief,
        {demand.question: answer} | (answers or {}),
        on=ON,
        **more,
    )
    return found


AT_MOST = requirement(RTO, "at_most", Reference("buyer", "rto_hours"))


@pytest.mark.parametrize(
    ("demand", "answer", "status", "explanation"),
    [
        (AT_MOST, answered(Decimal(12)), "not_met",
         "Recovery time: 12\u00a0hours; required: at most 8\u00a0hours (your brief)."),
        (AT_MOST, answered(Decimal("7.5")), "met",
         "Recovery time: 7.5\u00a0hours; required: at most 8\u00a0hours (your brief)."),
        (AT_MOST, BLANK, "unknown",
         "Recovery time: not answered; required: at most 8\u00a0hours (your brief)."),
        (AT_MOST, Answer("dont_know"), "unknown",
         "Recovery time: answered as not known; required: at most 8\u00a0hours (your brief)."),
        (AT_MOST, Answer("not_applicable", reason="One site."), "unknown",
         "Recovery time: answered as not applicable (“One site.”), which you have not "
         "accepted; required: at most 8\u00a0hours (your brief)."),
        (requirement(AUDIT, "equals", True), answered(False), "not_met",
         "Right to audit: no; required: yes."),
        (requirement(SITE, "one_of", ("cold", "hot")), answered("none"), "not_met",
         "Alternate site: “None”; required: “Cold” or “Hot”."),
        (requirement(KEYS, "includes_all", ("transit", "backups")), answered(("transit", "rest")),
         "not_met",
         "Encryption: “Backups” missing; required: all of “Transit” and “Backups”."),
        (requirement(KEYS, "includes_all", ("transit",)), answered(()), "not_met",
         "Encryption: “Transit” missing; required: “Transit”."),
        (requirement(KEYS, "includes_none", ("rest",)), answered(("rest",)), "not_met",
         "Encryption: “Rest” included; required: none of “Rest”."),
        (requirement(LANDS, "only_from", Reference("buyer", "allowed")), answered(("CR", "PH")),
         "not_met",
         "Countries: Philippines included; required: only United States or Costa Rica (your "
         "brief)."),
        (requirement(PENTEST, "not_older_than", 12), answered(date(2025, 2, 3)), "not_met",
         "Penetration test: 3 February 2025; required: at most 12 months old."),
        (requirement(TESTED, "at_most", Reference("answer", "a.rto")), answered(Decimal(9)),
         "unknown",
         "Time in the test: 9\u00a0hours; required: at most the answer to “Recovery time”. Not "
         "judged: “Recovery time” is not known."),
    ],
)  # fmt: skip
def test_every_outcome_explains_itself(demand, answer, status, explanation):
    found = judged(demand, answer)
    assert (found.status, found.explanation) == (status, explanation)
    assert found.is_gap == (status in ("not_met", "unknown"))


def test_a_threshold_that_the_brief_leaves_open_makes_the_status_unknown():
    found = judged(AT_MOST, answered(Decimal(1)), brief={})
    assert found.status == "unknown"
    assert found.explanation.endswith(
        "required: at most “Longest outage” of your brief. Not judged: your brief does not state "
        "“Longest outage”."
    )


def test_another_answer_can_be_the_threshold():
    demand = requirement(TESTED, "at_most", Reference("answer", "a.rto"))
    found = judged(demand, answered(Decimal(9)), answers={"a.rto": answered(Decimal(8))})
    assert found.status == "not_met"
    assert "at most 8\u00a0hours (the answer to “Recovery time”)" in found.explanation


def test_a_hidden_question_is_not_applicable_and_an_undetermined_one_is_judged():
    demand = requirement(FIREWALL, "equals", True)
    hidden = judged(demand, answered(False), answers={"a.site": answered("cold")})
    assert hidden.status == "not_applicable"
    assert judged(demand, answered(False)).status == "not_met"
    assert judged(demand, BLANK).status == "unknown"


def test_not_applicable_holds_once_the_buyer_accepted_it_and_only_as_long_as_it_is_said():
    says = Answer("not_applicable", reason="One site.")
    accepted = {"accepted_not_applicable": {"a.rto"}}
    assert judged(AT_MOST, says, **accepted).status == "not_applicable"
    assert judged(AT_MOST, answered(Decimal(12)), **accepted).status == "not_met"
    assert judged(AT_MOST, BLANK, **accepted).status == "unknown"


def test_a_question_that_was_not_asked_is_unknown_and_not_met_by_an_old_answer():
    found = judged(AT_MOST, answered(Decimal(1)), selection={"a.audit"})
    assert found.status == "unknown"
    assert "not part of this questionnaire" in found.explanation
    assert judged(requirement("a.gone", "equals", True)).status == "unknown"


RECENT = DocumentRule(("policy", "certificate"), 12)


def paper(kind="policy", issued_on=date(2026, 1, 1), name="plan.pdf"):
    return Evidence(name, kind, issued_on)


@pytest.mark.parametrize(
    ("papers", "status", "says"),
    [
        ((paper(),), "met", "“plan.pdf” of 1 January 2026"),
        ((paper(issued_on=date(2025, 11, 23)),), "met", "23 November 2025"),
        ((paper(issued_on=date(2025, 11, 22)),), "not_met", "at most 12 months old"),
        ((paper(issued_on=None),), "unknown", "the date of “plan.pdf” is missing"),
        ((paper(issued_on=None), paper()), "met", "“plan.pdf” without a date"),
        ((paper(issued_on=date(2027, 1, 1)),), "unknown", "lies in the future"),
        ((paper("sample"),), "unknown", "no such document is attached"),
        ((), "unknown", "required: a document (policy or certificate), at most 12 months old."),
    ],
)
def test_evidence_counts_when_its_type_and_age_are_as_asked(papers, status, says):
    found = judged(requirement(OWNER, "evidence_required", RECENT), answered("x", evidence=papers))
    assert found.status == status
    assert says in found.explanation


def test_evidence_of_any_age_needs_no_date():
    demand = requirement(OWNER, "evidence_required", DocumentRule(("policy",)))
    assert judged(demand, answered("x", evidence=(paper(issued_on=None),))).status == "met"


def test_evidence_without_an_answer_is_not_enough_unless_the_document_is_the_answer():
    with_paper = Answer("blank", evidence=(paper(),))
    assert judged(requirement(OWNER, "evidence_required", RECENT), with_paper).status == "unknown"
    assert judged(requirement(PLAN, "evidence_required", RECENT), with_paper).status == "met"
    unsure = Answer("dont_know", evidence=(paper(),))
    assert judged(requirement(PLAN, "evidence_required", RECENT), unsure).status == "unknown"


SEALED = [
    (requirement(RATE, "at_most", 24), answered(Decimal("13.7")), "met"),
    (requirement(RATE, "at_most", 24), answered(Decimal("31.7")), "not_met"),
    (requirement(RATE, "at_most", 24), answered(Money(Decimal("13.7"), "EUR")), "unknown"),
]


@pytest.mark.parametrize(("demand", "answer", "status"), SEALED)
def test_an_explanation_tells_nothing_of_a_sealed_answer(demand, answer, status):
    found = judged(demand, answer)
    assert found.status == status
    assert found.explanation.startswith("Price: sealed; it ")
    assert not set(found.explanation) & set("0123456789")


def test_a_comparison_with_a_sealed_answer_is_sealed_too():
    demand = requirement(RTO, "at_most", Reference("answer", "p.rate"))
    found = judged(demand, answered(Decimal(5)), answers={"p.rate": answered(Decimal("13.7"))})
    assert "sealed" in found.explanation
    assert "13" not in found.explanation


def test_the_reason_for_a_sealed_not_applicable_is_not_quoted():
    answer = Answer("not_applicable", reason="It would be 13.7")
    assert "13" not in judged(requirement(RATE, "at_most", 24), answer).explanation


def test_judgements_come_in_the_order_of_the_requirements():
    demands = [requirement(AUDIT, "equals", True), AT_MOST]
    found = judge(BANK, demands, BRIEF, {}, on=ON)
    assert [one.requirement for one in found] == demands


ODD = [
    None, True, 5, "text", Decimal("NaN"), (), (1, None), ({"x": object()},), {"a": 1}, object(),
    date(2026, 1, 1), Money(Decimal(1), "EUR"),
]  # fmt: skip
DEMANDS = [
    AT_MOST,
    requirement(AUDIT, "equals", True),
    requirement(SITE, "at_least", "cold"),
    requirement(KEYS, "includes_all", ("transit",)),
    requirement(LANDS, "only_from", ("US",)),
    requirement(PENTEST, "not_older_than", 12),
    requirement(RTO, "at_least", ("a", "b")),
    requirement(RTO, "at_least", "@nowhere.else"),
    requirement(OWNER, "evidence_required", RECENT),
]


@pytest.mark.parametrize("odd", ODD[1:])
def test_odd_answers_and_odd_briefs_never_raise(odd):
    for demand in DEMANDS:
        found = judged(demand, answered(odd), brief={"rto_hours": odd, "allowed": odd})
        assert found.status in ("met", "not_met", "unknown")
        assert found.explanation


def test_a_row_that_is_odd_is_named_all_the_same():
    demand = requirement(EXTRAS, "row", 5)
    assert judged(demand, answered((row(EXTRAS, what="x"),))).status == "unknown"
