"""The working requirement set of a draft: begun from profiles, then the buyer's own."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.loader import requirement_from_document, requirement_to_document
from question_bank.model import Bank, Requirement
from questionnaire.core.merging import default_requirements
from questionnaire.models import RequirementSetVersion, Rfi
from questionnaire.services.basics import Basics
from questionnaire.services.faults import Missing


@dataclass(frozen=True, slots=True)
class Held:
    """One requirement of the set, and how it came to be there."""

    requirement: Requirement
    off: bool = False
    #: What the profiles suggest in its place; None where the buyer added it.
    suggested: Requirement | None = None

    @property
    def id(self) -> str:
        return self.requirement.id

    @property
    def own(self) -> bool:
        """The buyer added it."""
        return self.suggested is None

    @property
    def changed(self) -> bool:
        """The buyer made it another one than the profiles suggest."""
        return not self.own and (self.off or self.requirement != self.suggested)

    def to_document(self) -> dict[str, Any]:
        document = requirement_to_document(self.requirement)
        return document | {"off": True} if self.off else document


def begin(session: Session, rfi: Rfi, bank: Bank) -> None:
    """Give a new draft the requirements of its profiles."""
    suggested = default_requirements(bank, rfi.profiles)
    session.add(
        RequirementSetVersion(
            organisation_id=rfi.organisation_id,
            rfi_id=rfi.id,
            number=1,
            documents=[requirement_to_document(one) for one in suggested],
        )
    )
    session.flush()


def rebase(session: Session, rfi: Rfi, bank: Bank, basics: Basics) -> None:
    """Begin anew from other profiles; what the buyer added or changed is kept as it is.

    A change of a requirement that the new profiles do not have stays as one of the buyer's own.
    """
    kept = {one.id: one for one in held(session, rfi, bank) if one.own or one.changed}
    suggested = default_requirements(bank, basics.profiles)
    fresh = [kept.pop(one.id, Held(one)).to_document() for one in suggested]
    fresh += [one.to_document() for one in kept.values() if not one.off]
    working(session, rfi).documents = fresh
    session.flush()


def working(session: Session, rfi: Rfi) -> RequirementSetVersion:
    """The newest version of the RFI's set: being edited in a draft, frozen once it was sent."""
    found = session.scalar(
        sa.select(RequirementSetVersion)
        .where(RequirementSetVersion.rfi_id == rfi.id)
        .order_by(RequirementSetVersion.number.desc())
        .limit(1)
    )
    if found is None:
        raise Missing(rfi.id)
    return found


def held(session: Session, rfi: Rfi, bank: Bank) -> list[Held]:
    """Every requirement of the set in the bank's order, those switched off among them."""
    suggested = {one.id: one for one in default_requirements(bank, rfi.profiles)}
    return read(working(session, rfi).documents, bank, suggested)


def read(
    documents: Iterable[Mapping[str, Any]], bank: Bank, suggested: Mapping[str, Requirement]
) -> list[Held]:
    """Stored documents as requirements, in the bank's order."""
    found = []
    for document in documents:
        plain = {name: one for name, one in document.items() if name != "off"}
        requirement = requirement_from_document(plain, bank)
        found.append(Held(requirement, bool(document.get("off")), suggested.get(requirement.id)))
    places = {name: place for place, name in enumerate(bank.questions)}
    return sorted(found, key=lambda one: places[one.requirement.question])


def in_force(found: Iterable[Held], question_ids: Collection[str]) -> list[Requirement]:
    """What will be judged: switched on, and its question is asked."""
    asked = set(question_ids)
    return [one.requirement for one in found if not one.off and one.requirement.question in asked]


def one_of(found: Iterable[Held], requirement_id: str) -> Held:
    """The requirement of this id; Missing when the set has none."""
    for one in found:
        if one.id == requirement_id:
            return one
    raise Missing(requirement_id)


def store(session: Session, rfi: Rfi, changed: Held, bank: Bank) -> None:
    """Put one requirement into the set, in the place of the one of the same id."""
    documents = [dict(one) for one in working(session, rfi).documents]
    for place, document in enumerate(documents):
        if document["id"] == changed.id:
            documents[place] = changed.to_document()
            break
    else:
        documents.append(changed.to_document())
    working(session, rfi).documents = documents
    session.flush()


def drop(session: Session, rfi: Rfi, requirement_id: str) -> None:
    """Take one of the buyer's own requirements out of the set."""
    version = working(session, rfi)
    version.documents = [one for one in version.documents if one["id"] != requirement_id]
    session.flush()


def fresh_requirement_id(found: Iterable[Held], question_id: str) -> str:
    """An id that no requirement of the set has; the bank's own end in a plain number."""
    taken = {one.id for one in found}
    number = 1
    while f"{question_id}#own{number}" in taken:
        number += 1
    return f"{question_id}#own{number}"


def with_off(one: Held, off: bool) -> Held:
    """The same requirement switched on or off."""
    return dataclasses.replace(one, off=off)
