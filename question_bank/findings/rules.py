"""The rules of all findings: importing this module is what fills the register."""

from __future__ import annotations

from question_bank.findings import (
    abroad,
    certificates,
    clients,
    competitors,
    connections,
    continuity,
    countries,
    editions,
    hours,
    options,
    payments,
    people,
    price,
    proof,
    recordings,
    standing,
)
from question_bank.findings.registry import RULES

__all__ = ("RULES", "SUBJECTS")

#: Every module that holds rules; each bears the name of the file that describes its findings.
SUBJECTS = (
    competitors, standing, clients, continuity, connections, hours, certificates, editions, people,
    payments, countries, abroad, recordings, price, options, proof,
)  # fmt: skip
