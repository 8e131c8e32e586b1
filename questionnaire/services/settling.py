"""What an allowed action does to a flag: the next step of its life, without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from questionnaire.services.flag_rows import Change, FlagRow
from questionnaire.services.ruling import AnswerFacts, Decision, refusal, state_after, wants_second

_TOLD_AS: Final = {
    "confirm": "confirmed",
    "accept": "accepted",
    "waive": "waived",
    "not_applicable": "not_applicable_accepted",
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an action does to one flag: a change, or the sentence that says why not.

    `effect` is the word under which the history tells of it, or "refused".
    """

    flag: FlagRow
    change: Change | None = None
    refused: str = ""

    @property
    def effect(self) -> str:
        return self.change.action if self.change else "refused"


def rule(
    flag: FlagRow, decision: Decision, by: UUID | None, today: date, answer: AnswerFacts
) -> Ruling:
    """What `decision`, made by the person `by` on `today`, does to this flag."""
    refused = refusal(flag, decision.action, by, today, answer, assignee=decision.assignee)
    if refused:
        return Ruling(flag, refused=refused)
    step = _STEPS.get(decision.action, _decide)
    return Ruling(flag, change=step(flag, decision, by, answer))


def _decide(flag: FlagRow, made: Decision, by: UUID | None, answer: AnswerFacts) -> Change:
    if wants_second(flag, made.action, answer):
        new = flag.but(
            proposed_action=made.action,
            proposed_by=by,
            proposed_reason=made.reason,
            proposed_until=made.until,
        )
        return Change(flag, new, f"{made.action}_proposed", made.reason, made.until)
    new = _ended(flag, made.action, made.until)
    return Change(flag, new, _TOLD_AS[made.action], made.reason, made.until)


def _ended(flag: FlagRow, action: str, until: date | None) -> FlagRow:
    return flag.without_proposal().but(
        state=state_after(flag, action), decision=action, waived_until=until, reopened_why=None
    )


def _agree(flag: FlagRow, made: Decision, _by: UUID | None, _answer: AnswerFacts) -> Change:
    action, until = str(flag.proposed_action), flag.proposed_until
    return Change(flag, _ended(flag, action, until), f"{action}_agreed", made.reason, until)


def _decline(flag: FlagRow, made: Decision, by: UUID | None, _answer: AnswerFacts) -> Change:
    own = by is not None and flag.proposed_by == by
    word = "withdrawn" if own else "declined"
    return Change(flag, flag.without_proposal(), f"proposal_{word}", made.reason)


def _reopen(flag: FlagRow, made: Decision, _by: UUID | None, _answer: AnswerFacts) -> Change:
    return Change(flag, flag.open_again(made.reason), "reopened", made.reason)


def _assign(flag: FlagRow, made: Decision, _by: UUID | None, _answer: AnswerFacts) -> Change:
    action = "assigned" if made.assignee else "unassigned"
    return Change(flag, flag.but(assignee_id=made.assignee), action)


_STEPS: Final[dict[str, Callable[[FlagRow, Decision, UUID | None, AnswerFacts], Change]]] = {
    "agree": _agree,
    "decline": _decline,
    "reopen": _reopen,
    "assign": _assign,
}
