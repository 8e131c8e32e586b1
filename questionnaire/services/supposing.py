"""A what-if over a sent RFI: which requirements would be others, and what weighs how much.

Nothing is stored here. What a what-if may change is what an edit of the draft may, but what the
law or the card schemes demand can only be made stricter, and prices are not part of it: their
requirements count in no score, gap count or tier.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.loader import (
    InvalidRequirement,
    requirement_from_document,
    requirement_to_document,
)
from question_bank.model import Bank, Question, Requirement
from questionnaire.core.basis import Basis
from questionnaire.core.merging import default_requirements
from questionnaire.core.phrases import worded
from questionnaire.core.possible import impossible
from questionnaire.core.value import USUAL_PRICE_WEIGHT
from questionnaire.core.weighting import Weighting
from questionnaire.models import RequirementSetVersion, Rfi
from questionnaire.services import allowing, requiring
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.frozen_sets import RequirementSet, frozen_set
from questionnaire.services.requiring import Held

#: What an edit may differ in; question, comparison and law stay as they were sent.
_EDITABLE = ("threshold", "severity", "assurance", "rationale")
MOST_EDITS = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a what-if wants to be otherwise, by requirement; and how it would be weighed."""

    edits: Mapping[str, Held] = field(default_factory=dict)
    weighting: Weighting | None = None

    def __bool__(self) -> bool:
        return bool(self.edits) or self.weighting is not None


@dataclass(frozen=True, slots=True)
class Present:
    """The requirements of a sent RFI as they are now."""

    rfi: Rfi
    bank: Bank
    demanded: RequirementSet
    #: Those on questions that are asked and not about prices, switched off ones among them.
    held: Mapping[str, Held]
    #: The ids of all requirements in the order in which the set keeps them.
    order: Sequence[str]

    @property
    def number(self) -> int:
        return self.demanded.number

    def question(self, requirement_id: str) -> Question:
        return self.bank.questions[self.held[requirement_id].requirement.question]

    def one(self, requirement_id: str) -> Held:
        """The requirement of this id; Missing when it cannot be part of a what-if."""
        return requiring.one_of(self.held.values(), requirement_id)


def present(session: Session, rfi: Rfi) -> Present:
    """The newest frozen requirements of an RFI that the caller has reached."""
    bank = bank_of(session, rfi.edition_digest)
    asked = set(rfi.question_ids) - bank.sealed_questions
    suggested = {one.id: one for one in default_requirements(bank, rfi.profiles)}
    stored = requiring.working(session, rfi).documents
    found = requiring.read(stored, bank, suggested)
    return Present(
        rfi,
        bank,
        frozen_set(session, rfi.id, bank),
        {one.id: one for one in found if one.requirement.question in asked},
        [str(one["id"]) for one in stored],
    )


def number_of(session: Session, rfi_id: UUID) -> int:
    """The number of the newest frozen version of an RFI that the caller has reached."""
    version = RequirementSetVersion
    query = sa.select(sa.func.max(version.number)).where(
        version.rfi_id == rfi_id, version.frozen_at.is_not(None)
    )
    return session.scalar(query) or 0


def with_edit(now: Present, wanted: Wanted, edit: Held, today: date) -> Wanted:
    """The what-if with one more requirement in another form.

    Invalid when it cannot be, by control; one that is as it is now is taken out again.
    """
    before = now.one(edit.id)
    edits = {id: one for id, one in wanted.edits.items() if id != edit.id}
    if not _same(before, edit):
        _refuse(allowing.faults(before, edit, now.bank))
        edits[edit.id] = edit
        if len(edits) > MOST_EDITS:
            raise Refused(
                "A what-if has room for {n} changed requirements: take some out first.",
                n=MOST_EDITS,
            )
        _refuse(_unmeetable(now, edits, edit.id, today))
    return replace(wanted, edits=edits)


def with_weighting(now: Present, wanted: Wanted, weighting: Weighting) -> Wanted:
    """The what-if weighed like this; Invalid where the brief does not allow it."""
    _refuse(weighting.faults(now.bank, now.rfi.profiles))
    same = weighting == now.demanded.weighting
    return replace(wanted, weighting=None if same else weighting)


def without(wanted: Wanted, name: str) -> Wanted:
    """The what-if without one of its edits, or without its weights where `name` is `weights`."""
    if name == "weights":
        return replace(wanted, weighting=None)
    return replace(wanted, edits={id: one for id, one in wanted.edits.items() if id != name})


def on(now: Present, wanted: Wanted, basis: Basis) -> Basis:
    """The basis of the verdicts as the what-if would have it, in the order of the set."""
    asked = {one.id: one for one in in_force(now, wanted)}
    asked |= {one.id: one for one in basis.requirements if one.id not in now.held}
    weighting = now.demanded.weighting if wanted.weighting is None else wanted.weighting
    plain = replace(
        basis,
        price_weight=USUAL_PRICE_WEIGHT,
        requirements=[asked[id] for id in now.order if id in asked],
    )
    return weighting.on(plain)


def in_force(now: Present, wanted: Wanted) -> list[Requirement]:
    """What would count, in the order of the set; nothing that is about prices."""
    found = [wanted.edits.get(id, one) for id, one in now.held.items()]
    return [one.requirement for one in found if not one.off]


def asks_less(now: Present, wanted: Wanted) -> bool:
    """Whether a gate or a floor would ask less than before: that takes a second person."""
    if wanted.weighting is not None and wanted.weighting.lowers(now.demanded.weighting):
        return True
    return any(
        now.held[id].requirement.severity == "mandatory"
        and allowing.weakens(now.held[id], one, now.question(id))
        for id, one in wanted.edits.items()
    )


def check(now: Present, wanted: Wanted, today: date) -> None:
    """Invalid with a sentence for everything that cannot be published."""
    faults = _forbidden(now, wanted)
    for clash in impossible(now.bank, now.rfi.brief, in_force(now, wanted), on=today):
        faults.setdefault(clash.requirements[0], clash.sentence)
    _refuse(faults)


def refuse_forbidden(now: Present, wanted: Wanted) -> None:
    """Invalid with a sentence for everything that may not even be tried.

    For what-ifs that come from outside: an address can be written by anybody.
    """
    _refuse(_forbidden(now, wanted))


def _forbidden(now: Present, wanted: Wanted) -> dict[str, str]:
    faults: dict[str, str] = {}
    for id, edit in wanted.edits.items():
        if found := allowing.faults(now.one(id), edit, now.bank):
            faults[id] = " ".join(found.values())
    if wanted.weighting is not None:
        faults |= wanted.weighting.faults(now.bank, now.rfi.profiles)
    return faults


def to_document(now: Present, wanted: Wanted) -> dict[str, Any]:
    """The what-if as JSON: of each edit only what differs."""
    edits = {}
    for id, one in wanted.edits.items():
        old = requirement_to_document(now.one(id).requirement)
        new = requirement_to_document(one.requirement)
        said = {name: new.get(name) for name in _EDITABLE if new.get(name) != old.get(name)}
        edits[id] = said | {"off": one.off}
    weighting = None if wanted.weighting is None else (wanted.weighting.to_document() or {})
    return {"edits": edits, "weighting": weighting}


def from_document(now: Present, document: object) -> Wanted:
    """What `to_document` gave, on the requirements as they are now.

    Invalid when it is nothing of the kind. What it names and is no longer there is left out.
    """
    try:
        edits, weighting = document["edits"], document["weighting"]  # type: ignore[index]
        found = {id: _edit(now, id, said) for id, said in edits.items() if id in now.held}
        weighed = None if weighting is None else Weighting.from_document(weighting or None)
    except (AttributeError, InvalidRequirement, KeyError, TypeError, ValueError) as fault:
        raise Invalid(
            {"what-if": worded("This address holds no what-if that can be read.")}
        ) from fault
    kept = {id: one for id, one in found.items() if not _same(now.held[id], one)}
    return Wanted(kept, None if weighed == now.demanded.weighting else weighed)


def _edit(now: Present, id: str, said: Mapping[str, Any]) -> Held:
    document = requirement_to_document(now.held[id].requirement)
    document |= {name: said[name] for name in _EDITABLE if name in said}
    plain = {name: one for name, one in document.items() if one is not None}
    requirement = requirement_from_document(plain, now.bank)
    return replace(now.held[id], requirement=requirement, off=bool(said.get("off")))


def _same(before: Held, after: Held) -> bool:
    if before.off and after.off:
        return True
    return (before.off, before.requirement) == (after.off, after.requirement)


def _unmeetable(now: Present, edits: Mapping[str, Held], id: str, today: date) -> dict[str, str]:
    """Why no answer could meet it, alone or beside the others."""
    clashes = impossible(now.bank, now.rfi.brief, in_force(now, Wanted(edits)), on=today)
    mine = [one.sentence for one in clashes if id in one.requirements]
    return {"threshold": " ".join(mine)} if mine else {}


def _refuse(faults: Mapping[str, str]) -> None:
    if faults:
        raise Invalid(faults)


def documents(wanted: Wanted, stored: Collection[Any]) -> list[dict[str, Any]]:
    """The stored documents of the set with the edits in their places."""
    return [
        wanted.edits[one["id"]].to_document() if one["id"] in wanted.edits else dict(one)
        for one in stored
    ]
