"""From documents to the bank, and requirements to and from the JSON in which sets keep them.

A bank is read from this package's own files, from a folder, or from the documents that an edition
keeps; the same documents make the same bank with the same digest, wherever they lay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from marshmallow import ValidationError

from question_bank.assembling import assemble
from question_bank.documents import canonical, digest_of, read_documents
from question_bank.faults import Fault, InvalidBank, InvalidRequirement
from question_bank.model import Bank, Requirement
from question_bank.reading import flatten
from question_bank.schema_rules import RequirementSchema

__all__ = (
    "InvalidBank",
    "InvalidRequirement",
    "bank_from_documents",
    "canonical",
    "digest_of",
    "load_bank",
    "read_documents",
    "requirement_from_document",
    "requirement_to_document",
)

_LOAD: Callable[[dict[str, Any]], Requirement] = RequirementSchema().load
_DUMP: Callable[[Requirement], dict[str, Any]] = RequirementSchema().dump


def load_bank(folder: Path | None = None) -> Bank:
    """The bank in a folder; without one, the bank of this package. Raises InvalidBank."""
    return bank_from_documents(read_documents(folder))


def bank_from_documents(documents: Mapping[str, object]) -> Bank:
    """The bank that these documents describe. Raises InvalidBank with every fault of shape."""
    assembly = assemble(documents)
    if assembly.faults:
        raise InvalidBank(assembly.faults)
    return assembly.bank


def requirement_from_document(document: Mapping[str, Any], bank: Bank) -> Requirement:
    """The requirement that a requirement set keeps as JSON.

    Raises InvalidRequirement when its shape is wrong or it stands at no question of the bank;
    whether it can be judged and met is what `check.lint_requirement` says.
    """
    name = str(document.get("question") or "")
    try:
        requirement: Requirement = _LOAD(dict(document))
    except ValidationError as error:
        found = flatten(error.messages, document)
        raise InvalidRequirement([Fault("", name, path, text) for path, text in found]) from error
    if requirement.question not in bank.questions:
        message = f"there is no question {requirement.question!r} in the bank."
        raise InvalidRequirement([Fault("", name, "question", message)])
    return requirement


def requirement_to_document(requirement: Requirement) -> dict[str, Any]:
    """The requirement as JSON that `requirement_from_document` reads back as an equal one.

    ValueError when a number has more digits than JSON keeps.
    """
    return _DUMP(requirement)
