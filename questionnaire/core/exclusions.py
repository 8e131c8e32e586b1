"""What kept most vendors out, and whom it would let in if it were less than mandatory.

Brief 5.8: of what the law or the card schemes demand it is never said what relaxing it would bring.
A requirement is never proposed to be dropped; who reads that it decides alone must also read why it
was made and who answers for changing it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from questionnaire.core.basis import Basis, Offer
from questionnaire.core.case import subject
from questionnaire.core.excluding import Excluding, excluding
from questionnaire.core.phrases import say
from questionnaire.core.sentences import requirement_sentence
from questionnaire.core.verdict import Verdict

KINDS = ("requirement", "finding", "trial")
_TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One thing that keeps vendors out, with their names in alphabetical order.

    `unknown` are those of them at whom it is only not known. `opens` names whom nothing else keeps
    out, so that they would pass if it were major; None where that is not said: of legal
    requirements, of findings and of a failed trial.
    """

    kind: str
    id: str
    about: str
    demand: str
    vendors: tuple[str, ...]
    unknown: tuple[str, ...]
    legal: bool
    opens: tuple[str, ...] | None = None
    rationale: str = ""
    approver: str = ""


def exclusions(
    basis: Basis, offers: Sequence[Offer], verdicts: Sequence[Verdict]
) -> tuple[Exclusion, ...]:
    """Everything that closes a gate: what does for most vendors first, then as in the bank.

    `verdicts` are those of `offers`, in their order.
    """
    shut: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for verdict in verdicts:
        for name, unknown in _closing(verdict).items():
            shut[name][verdict.name] = unknown
    found = [
        *(_requirement(basis, one, shut) for one in excluding(basis, offers, verdicts)),
        *_findings(basis, shut),
        *_trials(basis, shut),
    ]
    return tuple(sorted(found, key=lambda one: -len(one.vendors)))


def _closing(verdict: Verdict) -> dict[str, bool]:
    """The ids of all that closes one vendor's gate, and whether each is only not known."""
    closing = verdict.tier.closing
    found = {one.requirement.id: one.status == "unknown" for one in closing.gaps}
    found |= {one.id: not one.fires for one in closing.findings}
    return found | ({_TRIAL: False} if closing.trial else {})


_Shut = defaultdict[str, dict[str, bool]]


def _requirement(basis: Basis, found: Excluding, shut: _Shut) -> Exclusion:
    bank, language, cures = basis.bank, basis.language, basis.bank.cures
    one = found.requirement
    question = bank.questions[one.question]
    return Exclusion(
        kind="requirement",
        id=one.id,
        about=subject(question, language),
        demand=requirement_sentence(one, bank, basis.brief, language),
        vendors=_by_name(found.vendors),
        unknown=_unknown(shut[one.id]),
        legal=one.never_waivable,
        opens=None if found.if_major is None else _by_name(name for name, _ in found.if_major),
        rationale=one.rationale.text(language),
        approver=cures.approver_of(question.section).text(language) if cures else "",
    )


def _findings(basis: Basis, shut: _Shut) -> list[Exclusion]:
    return [
        Exclusion(
            kind="finding",
            id=one.id,
            about=one.title.text(basis.language),
            demand="",
            vendors=_by_name(shut[one.id]),
            unknown=_unknown(shut[one.id]),
            legal=one.never_waivable,
        )
        for one in basis.bank.findings
        if one.id in shut
    ]


def _trials(basis: Basis, shut: _Shut) -> list[Exclusion]:
    if _TRIAL not in shut:
        return []
    about = say(basis.language, "Trial failed")
    return [Exclusion("trial", _TRIAL, about, "", _by_name(shut[_TRIAL]), (), legal=False)]


def _unknown(vendors: Mapping[str, bool]) -> tuple[str, ...]:
    return _by_name([name for name, unknown in vendors.items() if unknown])


def _by_name(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=str.casefold))
