"""Who may do what to a flag, and when it waits for a second person: every cell of the matrix."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from questionnaire.db import new_id
from questionnaire.services import ruling
from questionnaire.services.faults import Invalid
from questionnaire.services.flag_rows import SEVERITY_RANKS, FlagRow
from questionnaire.services.ruling import AnswerFacts, Decision
from questionnaire.services.settling import rule
from tests.harness.clock import START

pytestmark = pytest.mark.sqlite_only

TODAY = date(2026, 11, 23)
LATER = date(2027, 3, 1)
REMI, ROSA = new_id(), new_id()
SETTING_ASIDE = ("accept", "waive", "not_applicable")
ENDS = {
    "confirm": "gap_confirmed",
    "accept": "accepted",
    "waive": "waived",
    "not_applicable": "accepted",
}


def a_flag(severity: str = "major", **values: Any) -> FlagRow:
    base: dict[str, Any] = {
        "id": new_id(),
        "organisation_id": new_id(),
        "rfi_id": new_id(),
        "assessment_id": new_id(),
        "requirement_id": "r#1",
        "finding_id": None,
        "explained_by": None,
        "covered": False,
        "question_id": "r",
        "section_id": "s",
        "severity": severity,
        "severity_rank": SEVERITY_RANKS[severity],
        "never_waivable": False,
        "status": "unknown",
        "explanation": "",
        "state": "open",
        "decision": None,
        "basis": {},
        "reopened_why": None,
        "assignee_id": None,
        "waived_until": None,
        "proposed_action": None,
        "proposed_by": None,
        "proposed_reason": None,
        "proposed_until": None,
        "version": 1,
        "raised_at": START,
    }
    return FlagRow(**(base | values))


def a_decision(action: str) -> Decision:
    until = LATER if action == "waive" else None
    return Decision(action, "Because it is so.", until).checked(TODAY)


def facts(flag: FlagRow) -> AnswerFacts:
    return AnswerFacts("not_applicable", flag.severity == "mandatory", flag.never_waivable)


@pytest.mark.parametrize(
    ("severity", "action", "never"),
    [*product(SEVERITY_RANKS, ruling.DECIDING, (False, True))],
)
def test_every_action_on_every_severity_waivable_or_not(
    severity: str, action: str, never: bool
) -> None:
    flag = a_flag(severity, never_waivable=never)
    ruled = rule(flag, a_decision(action), REMI, TODAY, facts(flag))
    sets_aside = action != "confirm"
    if never and sets_aside:
        assert (ruled.change, ruled.refused) == (None, ruling.NEVER)
        assert action not in ruling.allowed(flag, REMI, TODAY, facts(flag))
        return
    assert ruled.change is not None
    new = ruled.change.new
    assert action in ruling.allowed(flag, REMI, TODAY, facts(flag))
    if severity == "mandatory" and sets_aside:
        assert (new.state, new.decision) == ("open", None)
        assert (new.proposed_action, new.proposed_by) == (action, REMI)
        assert ruled.effect == f"{action}_proposed"
    else:
        assert (new.state, new.decision, new.proposed_action) == (ENDS[action], action, None)
    assert new.waived_until == (LATER if action == "waive" and new.decision else None)


@pytest.mark.parametrize("action", SETTING_ASIDE)
def test_the_second_person_makes_it_so_and_the_first_cannot(action: str) -> None:
    flag = a_flag("mandatory")
    proposed = rule(flag, a_decision(action), REMI, TODAY, facts(flag)).change
    assert proposed is not None
    again = rule(proposed.new, a_decision("agree"), REMI, TODAY, facts(flag))
    assert again.refused == ruling.OWN_PROPOSAL
    done = rule(proposed.new, a_decision("agree"), ROSA, TODAY, facts(flag)).change
    assert done is not None
    assert (done.new.state, done.new.decision) == (ENDS[action], action)
    assert (done.new.proposed_action, done.new.proposed_by) == (None, None)
    assert done.new.waived_until == (LATER if action == "waive" else None)


@pytest.mark.parametrize("action", SETTING_ASIDE)
def test_nobody_agrees_without_a_name(action: str) -> None:
    flag = a_flag("mandatory", proposed_action=action, proposed_by=None)
    assert rule(flag, a_decision("agree"), None, TODAY, facts(flag)).refused == ruling.OWN_PROPOSAL


@pytest.mark.parametrize(("who", "word"), [(REMI, "withdrawn"), (ROSA, "declined")])
def test_a_proposal_is_declined_by_the_other_and_withdrawn_by_its_maker(
    who: Any, word: str
) -> None:
    flag = a_flag("mandatory", proposed_action="accept", proposed_by=REMI)
    done = rule(flag, a_decision("decline"), who, TODAY, facts(flag)).change
    assert done is not None
    assert (done.action, done.new.state) == (f"proposal_{word}", "open")
    assert done.new.proposed_action is None


def test_a_proposed_waiver_that_is_over_is_not_agreed_to() -> None:
    flag = a_flag("mandatory", proposed_action="waive", proposed_by=REMI, proposed_until=TODAY)
    assert rule(flag, a_decision("agree"), ROSA, TODAY, facts(flag)).refused == ruling.WAIVER_OVER


def test_what_became_never_waivable_is_not_agreed_to() -> None:
    flag = a_flag("mandatory", proposed_action="accept", proposed_by=REMI, never_waivable=True)
    assert rule(flag, a_decision("agree"), ROSA, TODAY, facts(flag)).refused == ruling.NEVER


def test_not_applicable_is_as_strict_as_the_strictest_requirement_of_its_question() -> None:
    flag = a_flag("minor")
    beside_mandatory = AnswerFacts("not_applicable", mandatory=True)
    ruled = rule(flag, a_decision("not_applicable"), REMI, TODAY, beside_mandatory)
    assert ruled.effect == "not_applicable_proposed"
    beside_never = AnswerFacts("not_applicable", never_waivable=True)
    ruled = rule(flag, a_decision("not_applicable"), REMI, TODAY, beside_never)
    assert ruled.refused == ruling.NEVER
    assert rule(flag, a_decision("accept"), REMI, TODAY, beside_never).effect == "accepted"


@pytest.mark.parametrize("state", ["blank", "answered", "dont_know"])
def test_only_a_not_applicable_can_be_accepted_as_one(state: str) -> None:
    flag = a_flag()
    ruled = rule(flag, a_decision("not_applicable"), REMI, TODAY, AnswerFacts(state))
    assert ruled.refused == ruling.NOT_ANSWERED_SO


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"state": "clarifying"}, ruling.ASKED),
        ({"state": "closed"}, ruling.CLOSED),
        ({"state": "accepted", "decision": "accept"}, ruling.DECIDED),
        ({"proposed_action": "accept", "proposed_by": ROSA}, ruling.PROPOSED),
    ],
)
@pytest.mark.parametrize("action", ruling.DECIDING)
def test_what_is_not_open_is_not_decided(
    values: dict[str, Any], sentence: str, action: str
) -> None:
    flag = a_flag(**values)
    assert rule(flag, a_decision(action), REMI, TODAY, facts(flag)).refused == sentence


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("open", ruling.STILL_OPEN), ("clarifying", ruling.STILL_OPEN), ("closed", ruling.CLOSED)],
)
def test_only_a_decision_is_re_opened(state: str, sentence: str) -> None:
    flag = a_flag(state=state)
    assert rule(flag, a_decision("reopen"), REMI, TODAY, facts(flag)).refused == sentence


@pytest.mark.parametrize("state", ["gap_confirmed", "accepted", "waived"])
def test_re_opening_forgets_the_decision_and_keeps_why(state: str) -> None:
    flag = a_flag(state=state, decision="accept", waived_until=LATER)
    done = rule(flag, a_decision("reopen"), REMI, TODAY, facts(flag)).change
    assert done is not None
    assert (done.new.state, done.new.decision, done.new.waived_until) == ("open", None, None)
    assert done.new.reopened_why == "Because it is so."


@pytest.mark.parametrize("action", ["agree", "decline"])
def test_there_must_be_a_proposal(action: str) -> None:
    flag = a_flag("mandatory")
    ruled = rule(flag, a_decision(action), ROSA, TODAY, facts(flag))
    assert ruled.refused == ruling.NOTHING_PROPOSED


def test_assigning_to_whom_it_is_assigned_changes_nothing() -> None:
    flag = a_flag(assignee_id=REMI)
    ruled = rule(flag, Decision("assign", assignee=REMI), ROSA, TODAY, facts(flag))
    assert ruled.refused == ruling.SAME_PERSON
    done = rule(flag, Decision("assign"), ROSA, TODAY, facts(flag)).change
    assert done is not None
    assert (done.action, done.new.assignee_id) == ("unassigned", None)


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (Decision("approve"), "action"),
        (Decision("accept"), "reason"),
        (Decision("accept", "   "), "reason"),
        (Decision("accept", "x" * 2_001), "reason"),
        (Decision("accept", "nul \x00"), "reason"),
        (Decision("decline"), "reason"),
        (Decision("reopen"), "reason"),
        (Decision("waive", "It costs little."), "until"),
        (Decision("waive", "It costs little.", TODAY), "until"),
        (Decision("waive", "It costs little.", date(2031, 11, 24)), "until"),
        (Decision("waive", "", LATER), "reason"),
    ],
)
def test_what_is_missing_or_too_much_is_said_by_field(decision: Decision, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        decision.checked(TODAY)
    assert list(refused.value.faults) == [field]


@pytest.mark.parametrize("action", ["confirm", "agree", "not_applicable"])
def test_these_need_no_reason_and_keep_no_date(action: str) -> None:
    assert Decision(action, " so ", LATER).checked(TODAY) == Decision(action, "so")


def test_a_waiver_may_last_five_years() -> None:
    last = date(2031, 11, 23)
    assert Decision("waive", "Until the contract ends.", last).checked(TODAY).until == last
