"""Faults of the cures: what they go with must be in the bank, and each of them must be used."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.cures import Cures
from question_bank.faults import Fault
from question_bank.model import Bank


def cure_faults(bank: Bank) -> Iterator[Fault]:
    """Everything that is wrong with cures whose shape is right."""
    if bank.cures is not None:
        for place, message in _faults(bank.cures, bank):
            yield Fault("cures.yaml", "", place, message)


def _faults(cures: Cures, bank: Bank) -> Iterator[tuple[str, str]]:
    requirements = {one.id for one in bank.requirements}
    findings = {one.id for one in bank.findings}
    for place, names, known, kind in (
        ("sections", cures.sections, bank.sections_by_id, "section"),
        ("approvers.sections", cures.approvers, bank.sections_by_id, "section"),
        ("questions", cures.questions, bank.questions, "question"),
        ("requirements", cures.requirements, requirements, "requirement"),
        ("findings", cures.findings, findings, "finding"),
    ):
        for name in names:
            if name not in known:
                yield place, f"there is no {kind} {name}."
    for one in bank.findings:
        gate = {*one.severity.values(), *one.may_be}
        if "mandatory" in gate and one.id not in cures.findings:
            yield "findings", f"{one.id} can keep a vendor out and has no cure."
    used = {
        cures.usual, cures.unknown, cures.tried, *cures.sections.values(),
        *cures.questions.values(), *cures.requirements.values(), *cures.findings.values(),
    }  # fmt: skip
    for name in cures.cures:
        if name not in used:
            yield f"cures[{name}]", "goes with nothing."
    if not cures.cures[cures.unknown].curable:
        yield "unknown", "must be curable: what is not known can be told."
