"""The reasons that a decision is given: for itself, and for each advice that it goes against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.advice import Advice
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import reader, worded
from questionnaire.core.texts import clean
from questionnaire.services.faults import Invalid

REASON_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What was typed. `seen` is the digest that the page showed, `key` names this one press.

    `reasons` holds why each advice is gone against, by its kind.
    """

    option: str
    code: str = ""
    reason: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    superseding_reason: str = ""
    seen: str = ""
    key: str = ""


def justify(choice: Choice, advice: Sequence[Advice], *, superseding: bool) -> dict[str, Any]:
    """The typed reasons, cleaned; Invalid with everything that is missing at once."""
    faults: dict[str, str] = {}
    reason = _reason(
        choice.reason, "reason", worded("Say why you decide so: it stays for ever."), faults
    )
    gone = [
        {
            "kind": one.kind,
            "text": one.text,
            "points": list(one.points),
            "reason": _reason(
                choice.reasons.get(one.kind, ""),
                f"against-{one.kind}",
                worded("Say why you decide against this advice."),
                faults,
            ),
        }
        for one in advice
    ]
    other = ""
    if superseding:
        other = _reason(
            choice.superseding_reason,
            "superseding",
            worded("Say why the decision before this one no longer holds."),
            faults,
        )
    if faults:
        raise Invalid(faults)
    return {"reason": reason, "against": gone, "superseding_reason": other}


def _reason(text: str, name: str, missing: str, faults: dict[str, str]) -> str:
    try:
        reason = clean(text, REASON_LIMIT, reader())
    except AnswerFault as fault:
        faults[name] = fault.sentence
        return ""
    if not reason:
        faults[name] = missing
    return reason
