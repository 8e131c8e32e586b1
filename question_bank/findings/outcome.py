"""What a derived finding comes to: the result that verdicts, flags and reports are built on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from question_bank.truth import Truth
from question_bank.values import Money

FIRES = "fires"
DOES_NOT_FIRE = "does_not_fire"
UNDETERMINED = "undetermined"
STATUSES = (FIRES, DOES_NOT_FIRE, UNDETERMINED)

#: A number, an amount, a day or words that a finding computed.
Figure = Decimal | int | Money | date | str


@dataclass(frozen=True, slots=True)
class Finding:
    """One derived finding about one vendor.

    `status` is one of `STATUSES`; an undetermined finding is neither an error nor a pass.
    `severity` is the one that applies: mandatory, major, minor, info, warning or caps (caps the
    tier at conditional); of an undetermined finding it is the strictest that it might have.
    `at_fault` are those of the `used` questions whose own answers make it fire (None: all of
    them); what the others say is only what they are held against.
    `text` is the message with its `figures`, which are named as in the message; both are empty
    unless it fires. `used` names the questions it was computed from, `because` says in words why
    it is undetermined. `replaces` names the questions, or requirements (`question#number`), whose
    gap is not counted a second time: only while the finding fires and is itself counted. A gate
    that such a requirement closes stays closed.
    """

    id: str
    status: str
    severity: str
    text: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    used: tuple[str, ...] = ()
    because: str = ""
    replaces: tuple[str, ...] = ()
    at_fault: tuple[str, ...] | None = None

    @property
    def fires(self) -> bool:
        return self.status == FIRES

    @property
    def undetermined(self) -> bool:
        return self.status == UNDETERMINED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the function of a finding says: whether it fires, and with which figures.

    `variant` names another message than the usual one. `severity` is given where the rule itself
    decides it; `milder` takes the usual one a step down (major to minor, everything else stays).
    `questions` are named where the rule itself knows which answers it looked at, and `at_fault`
    where it knows which of them make it fire.
    """

    truth: Truth
    figures: Mapping[str, Figure] = field(default_factory=dict)
    variant: str = ""
    severity: str | None = None
    milder: bool = False
    questions: tuple[str, ...] = ()
    at_fault: tuple[str, ...] | None = None


def told(
    truth: Truth,
    figures: Callable[[], Mapping[str, Figure]] | None = None,
    *,
    variant: str = "",
    severity: str | None = None,
    milder: bool = False,
    questions: tuple[str, ...] = (),
    at_fault: tuple[str, ...] | None = None,
) -> Outcome:
    """The outcome; its figures are worked out only when it fires."""
    found = figures() if truth is True and figures is not None else {}
    return Outcome(truth, found, variant, severity, milder, questions, at_fault)
