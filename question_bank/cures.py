"""How a gap can be closed before the contract starts, and who has to agree to living with it.

A cure is advice with its reasons and not a rule: no tier, score or gap depends on one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from question_bank.asked import Wording

#: Who bears the cost of a cure.
PAYERS = ("vendor", "buyer", "shared", "nobody")


@dataclass(frozen=True, slots=True)
class Cure:
    """One way to close a gap, or why there is none.

    `how` says what has to be done; of what cannot be cured it says why not. `days` are calendar
    days from the beginning until the evidence is there, as long as they usually take.
    """

    id: str
    curable: bool
    how: Wording
    days: int = 0
    evidence: Wording | None = None
    pays: str = "nobody"


@dataclass(frozen=True)
class Cures:
    """Every cure, and which one goes with what; the more exact name goes first.

    `unknown` is the cure of what was not told or not proven, `tried` the one of a failed trial.
    `approvers` say by section who has to answer for a requirement that is relaxed, `approver` who
    does where the section names nobody.
    """

    cures: Mapping[str, Cure]
    usual: str
    unknown: str
    tried: str
    approver: Wording
    sections: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    requirements: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    approvers: Mapping[str, Wording] = field(default_factory=dict)

    def of_requirement(self, requirement_id: str, question_id: str, section_id: str) -> Cure:
        """The cure of a gap: its requirement's own, else its question's, else its section's."""
        name = (
            self.requirements.get(requirement_id)
            or self.questions.get(question_id)
            or self.sections.get(section_id)
            or self.usual
        )
        return self.cures[name]

    def of_finding(self, finding_id: str) -> Cure:
        return self.cures[self.findings.get(finding_id, self.usual)]

    def approver_of(self, section_id: str) -> Wording:
        """Who has to agree when a requirement of this section is relaxed."""
        return self.approvers.get(section_id, self.approver)
