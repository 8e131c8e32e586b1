"""Everything that a decision is made on, at one moment, as one document with its digest.

The verdicts in it are reached from the document itself, so that whoever reaches them from it later
has the same inputs. While prices are sealed no answer about them is in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from question_bank.documents import canonical, digest_of
from question_bank.model import Bank
from questionnaire.core import rulebook
from questionnaire.core.advice import Situation
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.freezing import freeze_basis, freeze_offer, thaw_basis, thaw_offer
from questionnaire.core.inhouse import reach_own_team
from questionnaire.core.outcomes import outcome_of
from questionnaire.core.verdict import Verdict, reach_all
from questionnaire.core.verdict_documents import verdict_document
from questionnaire.services import concluding
from questionnaire.services.concluding import Conclusion
from questionnaire.services.frozen_sets import frozen_set
from questionnaire.services.reading import HeldAnswer
from questionnaire.services.surveying import submitted_answers

#: Raised when the shape of the document changes.
FORMAT = 1


@dataclass(frozen=True)
class Snapshot:
    """The document, the digest that names it, and what was found on the way."""

    document: dict[str, Any]
    found: Conclusion

    @property
    def digest(self) -> str:
        return digest_of(self.document)

    @property
    def situation(self) -> Situation:
        """As the advice needs it."""
        found = self.found
        lock = found.review.lock
        return Situation(
            basis=found.basis,
            verdicts=found.verdicts,
            close=tuple(dict.fromkeys((*found.close_call, *found.level))),
            locked=bool(lock and lock.locked),
            missing=found.missing,
            own=found.inhouse_verdict,
        )


@dataclass(frozen=True)
class Thawed:
    """What a document says the verdicts were reached on, and the verdicts that it gives today."""

    basis: Basis
    verdicts: tuple[Verdict, ...]
    own: Verdict | None

    @property
    def outcome(self) -> dict[str, Any]:
        return outcome_of(self.basis, self.verdicts, self.own)


def take(session: Session, organisation_id: UUID, rfi_id: UUID, now: datetime) -> Snapshot:
    """The snapshot as of now; Missing for a draft, another organisation's RFI or nobody's."""
    found = concluding.conclude(session, organisation_id, rfi_id, now)
    offers = [*found.offers.values(), *([found.inhouse_offer] if found.inhouse_offer else ())]
    frozen = frozen_set(session, rfi_id, found.bank)
    inputs = {
        "basis": freeze_basis(found.basis),
        "offers": [freeze_offer(one) for one in offers],
    }
    reached = thaw(inputs, found.bank)
    document: dict[str, Any] = {
        "format": FORMAT,
        "rfi": {"id": str(rfi_id), "title": found.review.title},
        **inputs,
        "requirement_set": {"number": frozen.number, "digest": frozen.digest},
        "versions": _versions(session, offers),
        "waivers": [
            {"vendor": one.vendor, "question": one.question_id, "until": one.until.isoformat()}
            for one in found.waivers
        ],
        "review": _review(found),
        "not_submitted": list(found.missing),
        "declined": list(found.declined),
        "rules": {"program": rulebook.program(), "modules": dict(rulebook.modules())},
        "outcome": reached.outcome,
        "told": {
            one.code: verdict_document(one)
            for one in (*reached.verdicts, reached.own)
            if one is not None
        },
    }
    return Snapshot(document, found)


def thaw(document: Mapping[str, Any], bank: Bank) -> Thawed:
    """The verdicts that today's rules reach from a document."""
    basis = thaw_basis(document["basis"], bank)
    offers = [thaw_offer(one, bank) for one in document["offers"]]
    vendors = [one for one in offers if not one.in_house]
    own = next((one for one in offers if one.in_house), None)
    return Thawed(basis, reach_all(basis, vendors), reach_own_team(basis, own) if own else None)


def text_of(document: Mapping[str, Any]) -> str:
    """The document as the canonical text that is stored."""
    return canonical(document).decode()


def named(text: str) -> str:
    """The digest of a stored text."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> dict[str, Any] | None:
    """The document that was stored; None when it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.get("format") == FORMAT else None


def ground_of(document: Mapping[str, Any]) -> str:
    """Names what the verdicts rest on, apart from the day: answers, requirements, decisions."""
    basis = {name: one for name, one in document["basis"].items() if name != "on"}
    return digest_of(
        {
            "basis": basis,
            "offers": document["offers"],
            "outcome": document["outcome"],
            "locked": document["review"]["locked"],
        }
    )


def answer_digest(kept: Mapping[str, Any]) -> str:
    """Names one answer of a document, with what stands behind it."""
    return digest_of(kept)


def _versions(session: Session, offers: Sequence[Offer]) -> dict[str, Any]:
    """By vendor: the version of each answer, and each file by its content with its review."""
    kept = submitted_answers(session, [UUID(one.code) for one in offers])
    found = {}
    for one in offers:
        answers = freeze_offer(one)["answers"]
        held = {id: each for id, each in kept[UUID(one.code)].items() if id in answers}
        found[one.code] = {
            "answers": {
                id: {"version": held[id].version, "digest": answer_digest(answers[id])}
                for id in answers
            },
            "files": _files(held),
            "digest": digest_of(answers),
        }
    return found


def _files(held: Mapping[str, HeldAnswer]) -> list[dict[str, Any]]:
    return [
        {
            "question": id,
            "id": file.id,
            "name": file.name,
            "sha256": file.sha256,
            "review": file.review.version if file.review else 0,
            "level": file.review.level if file.review else None,
            "rejected": bool(file.review and file.review.rejected),
        }
        for id, answer in sorted(held.items())
        for file in answer.files
    ]


def _review(found: Conclusion) -> dict[str, Any]:
    """The lock, and whether prices were open, with who did what and when."""
    review, lock = found.review, found.review.lock
    told: dict[str, Any] = {
        "locked": bool(lock and lock.locked),
        "prices_open": found.prices_open,
        "seen_before": review.seen_before.isoformat() if review.seen_before else None,
        "open_flags": {
            str(one.assessment_id): [one.mandatory, one.major, one.minor] for one in review.vendors
        },
    }
    if lock is not None and lock.locked:
        told |= {
            "lock": str(lock.id),
            "proposer": lock.proposer,
            "second": lock.second,
            "agreed_at": lock.agreed_at.isoformat() if lock.agreed_at else None,
            "covers": sorted(lock.covers),
            "opener": lock.opener,
            "opened_at": lock.opened_at.isoformat() if lock.opened_at else None,
        }
    return told
