"""What a reviewer may do with a flag: rules without a database.

Accepting or waiving a mandatory gap is a proposal until a second person agrees; what is never
waivable can be neither accepted nor waived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from question_bank.values import add_months
from questionnaire.core import lifecycle
from questionnaire.core.dates import show_date
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import english, reader, worded
from questionnaire.core.texts import clean
from questionnaire.services.faults import Invalid
from questionnaire.services.flag_rows import FlagRow

#: The actions that end a flag, as they are posted.
DECIDING: Final = ("confirm", "accept", "waive", "not_applicable")
ACTIONS: Final = (*DECIDING, "agree", "decline", "reopen", "assign")
NEEDS_REASON: Final = ("accept", "waive", "decline", "reopen")
REASON_LIMIT: Final = 2_000
LONGEST_WAIVER_MONTHS: Final = 60

#: Where the core's lives of flags have a longer word for it.
_MOVES: Final = {"not_applicable": "accept_not_applicable"}

NEVER: Final = english(
    "The law or the card schemes demand this: it can be neither waived nor accepted. Only a "
    "better answer or better evidence closes it."
)
ASKED: Final = english(
    "The vendor has been asked about this. Wait for the reply, or take the question back first."
)
DECIDED: Final = english("This was decided already. Re-open it first.")
PROPOSED: Final = english("Somebody has proposed how to end this. Agree or decline first.")
CLOSED: Final = english("The gap is gone: there is nothing to decide.")
NOTHING_PROPOSED: Final = english("Nothing is proposed here.")
OWN_PROPOSAL: Final = english("You proposed this yourself: another reviewer has to agree.")
WAIVER_OVER: Final = english(
    "The proposed waiver would already be over. Decline it and propose a new date."
)
NOT_ANSWERED_SO: Final = english("The vendor did not answer “not applicable”.")
OF_FINDING: Final = english("That an answer does not apply is decided with the requirements on it.")
STILL_OPEN: Final = english("Nothing was decided here yet.")
SAME_PERSON: Final = english("It is assigned so already.")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer chose: one of `ACTIONS`, why, until when (waive), to whom (assign)."""

    action: str
    reason: str = ""
    until: date | None = None
    assignee: UUID | None = None

    def checked(self, today: date) -> Decision:
        """The same with tidy text; Invalid names every field that breaks its limits."""
        faults: dict[str, str] = {}
        if self.action not in ACTIONS:
            faults["action"] = worded("Choose what to do.")
        reason = self.reason
        try:
            reason = clean(self.reason, REASON_LIMIT, reader())
        except AnswerFault as fault:
            faults["reason"] = fault.sentence
        if self.action in NEEDS_REASON and not reason:
            faults["reason"] = worded("Give the reason: it is kept beside the decision.")
        if self.action == "waive":
            faults |= _until_faults(self.until, today)
        if faults:
            raise Invalid(faults)
        until = self.until if self.action == "waive" else None
        return Decision(self.action, reason, until, self.assignee)


def _until_faults(until: date | None, today: date) -> dict[str, str]:
    last = add_months(today, LONGEST_WAIVER_MONTHS)
    if until is None:
        return {"until": worded("Say until when the waiver holds, as a date.")}
    if until <= today:
        return {"until": worded("The waiver must end on a day after today.")}
    if until > last:
        return {
            "until": worded("A waiver ends by {day} at the latest.", day=show_date(last, reader()))
        }
    return {}


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What the rules need to know of the answer that a flag is about.

    Accepting *not applicable* is about the answer, so it touches every requirement of its question:
    `mandatory` and `never_waivable` say whether any of them is.
    """

    state: str = "blank"
    mandatory: bool = False
    never_waivable: bool = False


def refusal(
    flag: FlagRow,
    action: str,
    by: UUID | None,
    today: date,
    answer: AnswerFacts,
    *,
    assignee: UUID | None = None,
) -> str:
    """Why this cannot be done to the flag now; empty when it can."""
    if action == "not_applicable" and flag.finding_id is not None:
        return OF_FINDING
    if action in DECIDING and _never(flag, action, answer):
        return NEVER
    if action in DECIDING:
        return _undecidable(flag, action) or _not_answered_so(action, answer)
    if action in ("agree", "decline"):
        return _not_for_second(flag, action, by, today)
    if action == "reopen":
        return _not_decided(flag)
    return SAME_PERSON if flag.assignee_id == assignee else ""


def allowed(flag: FlagRow, by: UUID | None, today: date, answer: AnswerFacts) -> frozenset[str]:
    """The actions whose buttons a page offers to this person (assigning is always offered)."""
    return frozenset(
        one for one in ACTIONS if one != "assign" and not refusal(flag, one, by, today, answer)
    )


def wants_second(flag: FlagRow, action: str, answer: AnswerFacts) -> bool:
    """Whether the action stays a proposal until a second person agrees."""
    beside_mandatory = action == "not_applicable" and answer.mandatory
    severity = "mandatory" if beside_mandatory else flag.severity
    return lifecycle.second_person_needed(severity, _MOVES.get(action, action))


def state_after(flag: FlagRow, action: str) -> str | None:
    """Where the action leads from the flag's state; None when it leads nowhere."""
    return lifecycle.move(lifecycle.FLAG_MOVES, flag.state, _MOVES.get(action, action), "reviewer")


def _never(flag: FlagRow, action: str, answer: AnswerFacts) -> bool:
    never = flag.never_waivable or (action == "not_applicable" and answer.never_waivable)
    return not lifecycle.allowed(_MOVES.get(action, action), never_waivable=never)


def _undecidable(flag: FlagRow, action: str) -> str:
    if state_after(flag, action) is None:
        return {"clarifying": ASKED, "closed": CLOSED}.get(flag.state, DECIDED)
    return PROPOSED if flag.proposed_action else ""


def _not_answered_so(action: str, answer: AnswerFacts) -> str:
    wrong = action == "not_applicable" and answer.state != "not_applicable"
    return NOT_ANSWERED_SO if wrong else ""


def _not_for_second(flag: FlagRow, action: str, by: UUID | None, today: date) -> str:
    if not flag.proposed_action:
        return NOTHING_PROPOSED
    if action == "decline":
        return ""
    if flag.never_waivable:
        return NEVER
    if by is None or flag.proposed_by == by:
        return OWN_PROPOSAL
    if flag.proposed_until is not None and flag.proposed_until <= today:
        return WAIVER_OVER
    return ""


def _not_decided(flag: FlagRow) -> str:
    if state_after(flag, "reopen") is not None:
        return ""
    return CLOSED if flag.state == "closed" else STILL_OPEN
