"""What a derived finding comes to: the result that verdicts, flags and reports are built on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

FIRES = "fires"
DOES_NOT_FIRE = "does_not_fire"
UNDETERMINED = "undetermined"
STATUSES = (FIRES, DOES_NOT_FIRE, UNDETERMINED)

#: A number, a day or a word that a finding computed, by the name it has in the message.
Figure = Decimal | int | str | date


@dataclass(frozen=True, slots=True)
class Finding:
    """One derived finding about one vendor.

    `status` is one of `STATUSES`; an undetermined finding is neither an error nor a pass.
    `severity` is the one that applies: mandatory, major, minor, info, warning or caps (caps the
    tier at conditional). `text` is the message with its figures, empty unless it fires. `used`
    names the questions it was computed from, `because` says in words why it is undetermined.
    `replaces` names the questions, or requirements (`question#number`), whose gap is not counted a
    second time while the finding fires.
    """

    id: str
    status: str
    severity: str
    text: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    used: tuple[str, ...] = ()
    because: str = ""
    replaces: tuple[str, ...] = ()

    @property
    def fires(self) -> bool:
        return self.status == FIRES

    @property
    def undetermined(self) -> bool:
        return self.status == UNDETERMINED
