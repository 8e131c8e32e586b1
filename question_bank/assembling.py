"""Builds the bank out of its documents; what is broken is left out and named as a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from question_bank.assembling_findings import FindingFiles
from question_bank.assembling_lists import ListFiles
from question_bank.assembling_sections import SectionFiles
from question_bank.documents import digest_of
from question_bank.faults import Fault
from question_bank.model import Bank
from question_bank.schema_lists import OrderSchema
from question_bank.shelf import Shelf


@dataclass(frozen=True)
class Assembly:
    """A bank of everything that could be read, what was wrong, and the names left out for it.

    A name may be a question, a whole section, `@buyer.x` or `@buyer`: whatever begins with it.
    """

    bank: Bank
    faults: tuple[Fault, ...]
    broken: frozenset[str]


def assemble(documents: Mapping[str, object]) -> Assembly:
    """The bank and every fault of shape; references are checked elsewhere (`check`)."""
    shelf = Shelf(documents)
    order = shelf.single(OrderSchema(), "bank.yaml") or shelf.order_of_files()
    files = SectionFiles(shelf, order["sections"])
    lists = ListFiles(shelf)
    bank = Bank(
        digest=digest_of(documents),
        sections=files.sections(),
        requirements=files.requirements(),
        profiles=lists.profiles(order["profiles"]),
        presets=lists.presets(),
        brief=lists.brief(),
        claims=lists.claims(),
        policy=lists.policy(),
        roles=lists.roles(),
        document_types=lists.document_types(),
        scorecard=lists.scorecard(),
        cures=lists.cures(),
        customers=lists.customers(),
        subjects=FindingFiles(shelf, order["findings"]).subjects(),
    )
    return Assembly(bank, tuple(shelf.reading.faults), frozenset(shelf.reading.broken))
