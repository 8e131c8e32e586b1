"""Which findings people decide about, on which question they stand, and what counts once."""

from __future__ import annotations

import pytest

from question_bank.findings.outcome import DOES_NOT_FIRE, FIRES, UNDETERMINED, Finding
from questionnaire.core.answers import Answer
from questionnaire.core.conditions import open_case
from questionnaire.core.gaps import Judgement
from questionnaire.core.raised import explained, raised
from tests.harness.asking import answered, bank, question, requirement

RTO = question("a.rto", "number")
TEST = question("a.test", "number")
PRICE = question("p.price", "number")
BANK = bank([RTO, TEST, PRICE], sealed=["p"])


def case(answers=None, selection=None):
    return open_case(BANK, {}, answers or {}, selection=selection)


def finding(name="slow", status=FIRES, severity="major", used=(RTO.id, TEST.id), replaces=()):
    return Finding(name, status, severity, used=used, replaces=replaces)


def names(findings, in_case):
    return [one.finding.id for one in raised(findings, in_case)]


@pytest.mark.parametrize("severity", ["mandatory", "major", "minor"])
def test_what_fires_and_counts_is_decided_about(severity):
    assert names([finding(severity=severity)], case()) == ["slow"]
    assert names([finding(severity=severity, status=DOES_NOT_FIRE)], case()) == []


@pytest.mark.parametrize("severity", ["info", "warning", "caps"])
def test_what_is_only_shown_raises_nothing(severity):
    assert names([finding(severity=severity)], case()) == []
    assert names([finding(severity=severity, status=UNDETERMINED)], case()) == []


def test_what_nobody_can_tell_is_decided_about_where_it_keeps_a_vendor_back():
    for severity, expected in (("mandatory", ["slow"]), ("major", ["slow"]), ("minor", [])):
        assert names([finding(severity=severity, status=UNDETERMINED)], case()) == expected


def test_what_only_the_buyer_or_a_trial_could_tell_raises_nothing():
    known = {RTO.id: answered(4)}
    open_ = finding(status=UNDETERMINED)
    assert names([open_], case(known, {RTO.id})) == []
    assert names([open_], case({RTO.id: Answer("dont_know")}, {RTO.id})) == ["slow"]
    assert names([finding("claim-not-borne-out", UNDETERMINED)], case()) == []
    assert names([finding("claim-not-borne-out")], case()) == ["claim-not-borne-out"]


def test_it_stands_on_its_first_question_or_on_the_one_without_an_answer():
    known = {RTO.id: answered(4)}
    (fires,) = raised([finding()], case(known))
    assert (fires.question, fires.questions) == (RTO.id, (RTO.id, TEST.id))
    (open_,) = raised([finding(status=UNDETERMINED)], case(known))
    assert open_.question == TEST.id


def test_no_sealed_question_and_none_that_was_not_asked_is_named():
    (one,) = raised([finding(used=(PRICE.id, TEST.id, RTO.id))], case(selection={RTO.id, PRICE.id}))
    assert one.questions == (RTO.id,)
    assert names([finding(used=(PRICE.id,))], case()) == []


def gap(of, severity="major", number=1, status="not_met"):
    one = requirement(of, "at_most", 1, id=f"{of.id}#{number}", severity=severity)
    return Judgement(one, status, "It is missed.")


def test_a_finding_stands_for_the_gaps_that_it_explains():
    slow = raised([finding(replaces=(TEST.id,))], case())
    assert explained([gap(RTO), gap(TEST)], slow) == {f"{TEST.id}#1": "slow"}
    assert explained([gap(TEST, status="met")], slow) == {}
    by_id = raised([finding(replaces=(f"{TEST.id}#2",))], case())
    assert explained([gap(TEST), gap(TEST, number=2)], by_id) == {f"{TEST.id}#2": "slow"}


def test_a_milder_finding_makes_no_gap_disappear():
    mild = raised([finding(severity="minor", replaces=(TEST.id,))], case())
    assert explained([gap(TEST, "major"), gap(TEST, "minor", 2)], mild) == {f"{TEST.id}#2": "slow"}
    firm = raised([finding(severity="mandatory", replaces=(TEST.id,))], case())
    assert explained([gap(TEST, "minor")], firm) == {f"{TEST.id}#1": "slow"}


def test_findings_that_explain_the_same_are_one_subject_for_which_the_first_stands():
    both = raised([finding(replaces=(TEST.id,)), finding("late", replaces=(TEST.id,))], case())
    assert explained([gap(TEST)], both) == {"late": "slow", f"{TEST.id}#1": "slow"}


def test_what_nobody_can_tell_stands_for_nothing():
    open_ = raised([finding(status=UNDETERMINED, replaces=(TEST.id,))], case())
    assert explained([gap(TEST)], open_) == {}
