"""Editions that no longer count, and certificates that are not held (brief 3.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from question_bank.findings.certificates import CERTIFICATES, each, every, name, standard
from question_bank.findings.facts import Facts
from question_bank.findings.lines import Line
from question_bank.findings.outcome import Figure, Outcome, told
from question_bank.findings.registry import finding
from question_bank.findings.spans import some_line, those

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@finding("obsolete-edition", "std e", several="list", next="std e date", several_next="list")
def is_of_an_obsolete_edition(facts: Facts) -> Outcome:
    """A certificate of an edition that no longer counts, whatever its status (brief 3.1).

    Editions that are replaced on a day are looked at on the day the service starts, as all
    certificates are; such a one is information only, and says until when it counts. While it is
    open whether another certificate is void altogether, the finding is open.
    """
    lines = facts.rows(CERTIFICATES)
    void, replaced = some_line(lines, _is_void), some_line(lines, _is_replaced)
    inside, truth = (_is_replaced, replaced) if void is False else (_is_void, void)
    found = those(lines, inside)
    still = inside is _is_replaced and all(facts.on <= _counts_until(one) for one in found)
    many = len(found) > 1
    return told(
        truth,
        lambda: _still(facts, found) if still else _editions(facts, found),
        variant=("several_next" if many else "next") if still else "several" if many else "",
        severity="info" if inside is _is_replaced else None,
    )


def _editions(facts: Facts, found: list[Line]) -> Mapping[str, Figure]:
    if len(found) == 1:
        return {"std": name(found[0]), "e": found[0].text("edition")}
    return {"list": each(facts, found, lambda line: line.text("edition"))}


def _still(facts: Facts, found: list[Line]) -> Mapping[str, Figure]:
    if len(found) == 1:
        return {**_editions(facts, found), "date": _counts_until(found[0])}
    return {"list": each(facts, found, _edition_until)}


def _edition_until(line: Line) -> str:
    day = line.facts.voice.day(_counts_until(line))
    return line.facts.phrase("edition_until", e=line.text("edition"), date=day)


def _counts_until(line: Line) -> date:
    """The last day on which an older edition of the standard counts."""
    return date.fromisoformat(str(line.facts.policy_for("next_editions_after", standard(line))))


def _is_void(line: Line) -> bool:
    """Not of the only edition that its standard still has."""
    current = line.facts.policy_for("certificate_editions", standard(line))
    if not isinstance(current, str):
        return False
    words = re.split(r"[\s:/v()-]+", line.text("edition").casefold())
    return current.casefold() not in words


def _is_replaced(line: Line) -> bool:
    """Older than the edition that counts alone from a day before the service starts."""
    facts = line.facts
    least = facts.policy_for("next_editions", standard(line))
    until = facts.policy_for("next_editions_after", standard(line))
    if not isinstance(least, str) or not isinstance(until, str):
        return False
    return every(
        lambda: facts.buyer_day("contract_start") > date.fromisoformat(until),
        lambda: _edition_number(line) < Decimal(least),
    )


def _edition_number(line: Line) -> Decimal:
    found = _NUMBER.search(line.text("edition"))
    if found is None:
        raise line.unknown("edition")
    return Decimal(found[0])


@finding("certificate-not-held", "std status", several="list")
def claims_what_it_does_not_hold(facts: Facts) -> Outcome:
    """A certificate is in progress or has expired (brief 3.1)."""

    def is_not_held(line: Line) -> bool:
        return line.text("status") in ("in_progress", "expired")

    lines = facts.rows(CERTIFICATES)
    found = those(lines, is_not_held)

    def status(line: Line) -> str:
        return facts.label(CERTIFICATES, line.text("status"), "status").lower()

    def figures() -> Mapping[str, Figure]:
        if len(found) == 1:
            return {"std": _shown(found[0]), "status": status(found[0])}
        return {"list": facts.voice.listed(f"{_shown(one)} ({status(one)})" for one in found)}

    return told(some_line(lines, is_not_held), figures, variant="several" if len(found) > 1 else "")


def _shown(line: Line) -> str:
    """The standard, or that it is not named."""
    if line.is_empty("standard"):
        return line.facts.phrase("a_certificate")
    return name(line)
