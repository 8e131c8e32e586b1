"""The rules of all findings: importing this module is what fills the register."""

from __future__ import annotations

from question_bank.findings import (
    certificates,
    clients,
    competitors,
    connections,
    continuity,
    countries,
    hours,
    options,
    payments,
    people,
    price,
    proof,
    recordings,
)
from question_bank.findings.registry import RULES

__all__ = ("RULES", "SUBJECTS")

#: Every module that holds rules; each bears the name of the file that describes its findings.
SUBJECTS = (
    competitors, clients, continuity, connections, hours, certificates, people, payments,
    countries, recordings, price, options, proof,
)  # fmt: skip
