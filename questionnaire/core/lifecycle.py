"""The states of an assessment and of a flag; who may move a flag, and who must agree.

Pure data and questions about it; what a move does is the services' affair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

ASSESSMENT_STATES: Final = (
    "not_sent", "sent", "opened", "in_progress", "submitted", "declined", "withdrawn",
)  # fmt: skip
#: The vendor has it and has neither submitted nor declined.
UNFINISHED: Final = ("sent", "opened", "in_progress")

FLAG_STATES: Final = ("open", "clarifying", "gap_confirmed", "accepted", "waived", "closed")
#: Somebody still has to do something.
UNDECIDED: Final = ("open", "clarifying")

#: Actions that set a gap aside although it is still there.
SETTING_ASIDE: Final = ("accept", "waive", "accept_not_applicable")


@dataclass(frozen=True, slots=True)
class Move:
    """`action` takes it from one state to another; `who` may do it."""

    action: str
    before: tuple[str, ...]
    after: str
    who: tuple[str, ...]


_VENDOR, _REVIEWER, _SERVICE = ("vendor",), ("reviewer",), ("service",)

FLAG_MOVES: Final = (
    Move("ask", ("open",), "clarifying", _REVIEWER),
    Move("reply", ("clarifying",), "open", _VENDOR),
    Move("take_back", ("clarifying",), "open", _REVIEWER),
    Move("confirm", ("open",), "gap_confirmed", _REVIEWER),
    Move("accept", ("open",), "accepted", _REVIEWER),
    Move("accept_not_applicable", ("open",), "accepted", _REVIEWER),
    Move("waive", ("open",), "waived", _REVIEWER),
    Move("reopen", ("gap_confirmed", "accepted", "waived"), "open", ("reviewer", "service")),
    Move("close", ("open", "clarifying", "gap_confirmed", "accepted", "waived"), "closed",
         _SERVICE),
    Move("return", ("closed",), "open", _SERVICE),
)  # fmt: skip


def move(moves: Iterable[Move], state: str, action: str, who: str) -> str | None:
    """The state that `action` by `who` leads to, or None when it is not allowed."""
    for one in moves:
        if one.action == action and state in one.before and who in one.who:
            return one.after
    return None


def allowed(action: str, *, never_waivable: bool) -> bool:
    """Whether the action may be done to a gap at all: the law's demands are never set aside."""
    return not (never_waivable and action in SETTING_ASIDE)


def second_person_needed(severity: str, action: str) -> bool:
    """Whether the action takes effect only when a second person agrees."""
    return severity == "mandatory" and action in SETTING_ASIDE
