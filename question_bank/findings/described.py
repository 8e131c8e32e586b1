"""A derived finding as the bank's files describe it: everything about it but its arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from question_bank.asked import Wording

#: Strictest first; a warning (about the price) or a cap stands alone.
FINDING_SEVERITIES = ("mandatory", "major", "minor", "info", "warning", "caps")
COUNTED = ("mandatory", "major", "minor")
#: `counted` findings are gaps; the other three are shown and never counted.
FINDING_CLASSES = ("counted", "warning", "info", "caps")


@dataclass(frozen=True, slots=True)
class Description:
    """One finding. `message` and `variants` name its figures in {braces}.

    `severity` says per profile code how severe it is; a profile that is not there does not look
    at it. `may_be` are the severities that the rule itself can choose instead. `questions` are the
    answers that it is computed from, and `at_fault` those of them that make it fire (empty: all);
    the others are what these are held against. `replaces` are questions or requirements that are
    not counted a second time while it fires.
    """

    id: str
    title: Wording
    message: Wording
    kind: str
    severity: Mapping[str, str]
    variants: Mapping[str, Wording] = field(default_factory=dict)
    may_be: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    at_fault: tuple[str, ...] = ()
    #: The fields of the brief that it looks at.
    brief: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    #: What it finds is against the law or the card schemes: no waiver (brief 5.3.3).
    never_waivable: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """The findings of one file, and the small phrases that they put into messages and reasons."""

    id: str
    findings: tuple[Description, ...]
    phrases: Mapping[str, Wording]


def strictest(severities: tuple[str, ...]) -> str | None:
    """The most severe of these; None when there is none."""
    return min(severities, key=FINDING_SEVERITIES.index, default=None)
