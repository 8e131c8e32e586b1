"""The frozen requirements of an RFI: read once per process and version, since they never change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.loader import requirement_from_document
from question_bank.model import Bank, Requirement
from questionnaire.core.weighting import AS_PROFILED, Weighting
from questionnaire.models import RequirementSetVersion

#: Sets that are kept in memory; the one used longest ago goes first.
_MOST = 64
_sets: dict[UUID, RequirementSet] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class RequirementSet:
    """One frozen version; what the buyer switched off is left out. Both mappings go by id."""

    number: int
    digest: str
    requirements: Mapping[str, Requirement]
    #: Names what each requirement demands, so that an unchanged one is known in a later version.
    digests: Mapping[str, str]
    #: What differs from the weights and floors of the profiles.
    weighting: Weighting = AS_PROFILED
    #: Where each requirement looks further, as far as that was asked already: see `resting`.
    sources: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(
        default_factory=dict, compare=False
    )


EMPTY = RequirementSet(0, "", {}, {})


def frozen_set(session: Session, rfi_id: UUID, bank: Bank) -> RequirementSet:
    """The newest frozen requirements of an RFI; an empty set while nothing is frozen."""
    return _newest(session, bank, RequirementSetVersion.rfi_id == rfi_id)


def frozen_version(session: Session, rfi_id: UUID, number: int, bank: Bank) -> RequirementSet:
    """One frozen version of an RFI's requirements; an empty set when there is none of the number.

    What was decided on a version stays readable by it.
    """
    version = RequirementSetVersion
    return _newest(session, bank, version.rfi_id == rfi_id, version.number == number)


def _newest(session: Session, bank: Bank, *conditions: sa.ColumnElement[bool]) -> RequirementSet:
    version = RequirementSetVersion
    newest = session.execute(
        sa.select(version.id, version.number, version.digest)
        .where(version.frozen_at.is_not(None), *conditions)
        .order_by(version.number.desc())
        .limit(1)
    ).first()
    if newest is None:
        return EMPTY
    if (kept := _sets.get(newest.id)) is not None:
        return kept
    documents, weighting = session.execute(
        sa.select(version.documents, version.weighting).where(version.id == newest.id)
    ).one()
    made = replace(
        _made(newest.number, newest.digest or "", documents, bank),
        weighting=Weighting.from_document(weighting),
    )
    with _lock:
        while len(_sets) >= _MOST:
            del _sets[next(iter(_sets))]
        return _sets.setdefault(newest.id, made)


def made(version: RequirementSetVersion, bank: Bank) -> RequirementSet:
    """A version as it will be read once it is stored."""
    return replace(
        _made(version.number, version.digest or "", version.documents, bank),
        weighting=Weighting.from_document(version.weighting),
    )


def _made(
    number: int, digest: str, documents: list[Mapping[str, Any]], bank: Bank
) -> RequirementSet:
    requirements: dict[str, Requirement] = {}
    digests: dict[str, str] = {}
    for document in documents:
        if document.get("off"):
            continue
        plain = {name: value for name, value in document.items() if name != "off"}
        requirement = requirement_from_document(plain, bank)
        requirements[requirement.id] = requirement
        digests[requirement.id] = digest_of(plain)
    return RequirementSet(number, digest, requirements, digests)


def digest_of(document: object) -> str:
    """Names a JSON document by its content."""
    plain = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
