"""Proving a decision: the same result from what was stored, or what is not the same and why.

Three things can differ. The stored document can have been tampered with: digests and the audit
trail tell. The rules can have changed: digests of every module tell which. And the result can
differ: then every status, finding, tier and figure that does is named. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.documents import digest_of
from question_bank.loader import bank_from_documents
from question_bank.model import Bank
from questionnaire.core import rulebook
from questionnaire.core.outcomes import Difference, differences
from questionnaire.core.rulebook import Changes
from questionnaire.models import AuditRow, Decision, Edition
from questionnaire.services import snapshotting

#: What is stored beside the document and stands in it as well.
_TWICE = (
    "number", "option", "vendor", "decider", "supersedes", "needs_second", "reason", "against",
    "superseding_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proof:
    """What recomputing a decision came to. `tampered` and `broken` are sentences."""

    tampered: tuple[str, ...]
    #: Why nothing could be computed at all; empty where it could.
    broken: str
    differences: tuple[Difference, ...]
    rules: Changes
    #: The version of the program then and now.
    program: tuple[str, str]
    #: Code -> the vendor's name on the day of the decision.
    names: Mapping[str, str]

    @property
    def holds(self) -> bool:
        """Whether the same result came out of an untouched document."""
        return not (self.tampered or self.broken or self.differences)


def prove(session: Session, decision: Decision) -> Proof:
    """Recompute a decision from its document; reads the edition and the trail, writes nothing."""
    tampered = [*_of_text(session, decision)]
    document = snapshotting.read(decision.snapshot)
    if document is None:
        return _unreadable(tampered, "The stored document cannot be read.")
    try:
        return _proof(session, decision, document, tampered)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        why = f"The stored document is not whole: {type(fault).__name__}: {fault}."
        return _unreadable(tampered, why)


def _proof(
    session: Session, decision: Decision, document: dict[str, Any], tampered: list[str]
) -> Proof:
    tampered += _of_columns(decision, document)
    tampered += _of_answers(document)
    bank, broken = _edition(session, document["basis"]["edition"])
    if bank is None:
        return _unreadable(tampered, broken)
    outcome = snapshotting.thaw(document, bank).outcome
    rules = document["rules"]
    return Proof(
        tuple(tampered),
        "",
        differences(document["outcome"], outcome),
        rulebook.changes(rules["modules"]),
        (rules["program"], rulebook.program()),
        _names(document),
    )


def _unreadable(tampered: list[str], why: str) -> Proof:
    return Proof(tuple(tampered), why, (), Changes(), ("", rulebook.program()), {})


def _of_text(session: Session, decision: Decision) -> Iterator[str]:
    if snapshotting.named(decision.snapshot) != decision.digest:
        yield "The stored document does not have the digest that was stored with it."
    trail = session.scalars(
        sa.select(AuditRow.details).where(
            AuditRow.organisation_id == decision.organisation_id,
            AuditRow.object_kind == "decision",
            AuditRow.object_id == str(decision.id),
            AuditRow.action.in_(("decided", "decision_proposed")),
        )
    ).all()
    if not trail:
        yield "The audit trail does not know this decision."
    elif any(one.get("digest") != decision.digest for one in trail):
        yield "The audit trail has another digest than the one that is stored."


def _of_columns(decision: Decision, document: Mapping[str, Any]) -> Iterator[str]:
    kept = document["decision"]
    for name in _TWICE:
        if getattr(decision, name) != kept[name]:
            yield f"What is stored as {name.replace('_', ' ')} is not what the document says."
    code = str(decision.assessment_id) if decision.assessment_id else ""
    if code != kept["code"]:
        yield "The vendor that is stored is not the one of the document."
    if decision.decided_at.isoformat() != kept["at"]:
        yield "The time that is stored is not the one of the document."


def _of_answers(document: Mapping[str, Any]) -> Iterator[str]:
    """Each answer against the digest that was taken of it alone, so that the one is named."""
    for offer in document["offers"]:
        kept = document["versions"][offer["code"]]["answers"]
        for name in dict.fromkeys((*kept, *offer["answers"])):
            answer = offer["answers"].get(name)
            taken = kept.get(name, {}).get("digest")
            if answer is None or snapshotting.answer_digest(answer) != taken:
                yield f"{offer['name']}: the answer to {name} is not the one that was stored."


def _edition(session: Session, digest: str) -> tuple[Bank | None, str]:
    """The bank as the edition is stored now, held against its own name; else why there is none."""
    documents = session.scalar(sa.select(Edition.documents).where(Edition.digest == digest))
    if documents is None:
        return None, f"The edition {digest[:12]} is not stored any more."
    if digest_of(documents) != digest:
        return None, f"The edition {digest[:12]} is not what its digest names."
    return bank_from_documents(documents), ""


def _names(document: Mapping[str, Any]) -> dict[str, str]:
    return {one["code"]: one["name"] for one in document["offers"]}
