"""Whether certificates say what they seem to say (brief 3.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from question_bank.findings.continuity import primaries
from question_bank.findings.facts import Facts
from question_bank.findings.lines import Line
from question_bank.findings.names import loosely
from question_bank.findings.outcome import Figure, Outcome, told
from question_bank.findings.reasoning import guess, sure
from question_bank.findings.registry import finding
from question_bank.findings.spans import some_line, those
from question_bank.truth import all_true, any_true

CERTIFICATES = "security.certifications"
_VALID_DAYS = 366
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def is_issued(line: Line) -> bool:
    return line.text("status") == "issued"


def standard(line: Line) -> str:
    return line.text("standard")


def _name(line: Line) -> str:
    return line.facts.label(CERTIFICATES, standard(line), "standard")


def _each(facts: Facts, lines: list[Line], told_of: Callable[[Line], str]) -> str:
    return facts.voice.listed(f"{_name(line)} ({told_of(line)})" for line in lines)


def _all(*sentences: Callable[[], bool]) -> bool:
    """Whether all are true; one that is false decides before one that is not known."""
    return sure(all_true(guess(one) for one in sentences))


@finding("certificate-expires-before-start", "std date start", several="list start")
def ends_before_the_start(facts: Facts) -> Outcome:
    """An issued certificate, no SOC 2 report, ends before the service starts (brief 3.1).

    The card attestation counts only with the card profile.
    """

    def expires(line: Line) -> bool:
        return _all(
            lambda: is_issued(line),
            lambda: not standard(line).startswith("soc2_"),
            lambda: standard(line) != "pci_aoc_sp" or facts.has_profile("P"),
            lambda: _until(line) < facts.buyer_day("contract_start"),
        )

    lines = facts.rows(CERTIFICATES)
    found = those(lines, expires)

    def figures() -> Mapping[str, Figure]:
        start = facts.buyer_day("contract_start")
        if len(found) == 1:
            return {"std": _name(found[0]), "date": _until(found[0]), "start": start}
        return {"list": _each(facts, found, _day), "start": start}

    return told(some_line(lines, expires), figures, variant="several" if len(found) > 1 else "")


def _until(line: Line) -> date:
    return line.day("expires_or_period_end")


def _day(line: Line) -> str:
    return line.facts.voice.day(_until(line))


@finding("report-too-old", "date")
def reports_on_a_past_too_old(facts: Facts) -> Outcome:
    """The period of a SOC 2 type 2 report ends over 366 days before the start (brief 3.1).

    Every such report that is listed counts, also beside a newer one; a bridge letter adds nothing
    to the 366 days. One that is still in progress is no report yet.
    """

    def is_old(line: Line) -> bool:
        return _all(
            lambda: standard(line) == "soc2_type2",
            lambda: line.text("status") != "in_progress",
            lambda: _until(line) + _valid(facts) < facts.buyer_day("contract_start"),
        )

    lines = facts.rows(CERTIFICATES)
    return told(some_line(lines, is_old), lambda: {"date": min(map(_until, those(lines, is_old)))})


def _valid(facts: Facts) -> timedelta:
    days = facts.policy_for("report_valid_days", "soc2_type2")
    return timedelta(days=int(days) if isinstance(days, Decimal) else _VALID_DAYS)


@finding("certificate-out-of-scope", "std what", several="list")
def certifies_something_else(facts: Facts) -> Outcome:
    """An issued certificate leaves out the contact service or a primary site (brief 3.1)."""

    def misses(line: Line) -> bool:
        lacks = any_true(guess(one, line) for one in (_lacks_service, _lacks_site))
        return sure(all_true((guess(is_issued, line), lacks)))

    lines = facts.rows(CERTIFICATES)
    found = those(lines, misses)

    def figures() -> Mapping[str, Figure]:
        if len(found) == 1:
            return {"std": _name(found[0]), "what": _missed(found[0])}
        return {"list": _each(facts, found, _missed)}

    return told(some_line(lines, misses), figures, variant="several" if len(found) > 1 else "")


def _lacks_service(line: Line) -> bool:
    return not line.yes("covers_contact_service")


def _sites_outside(line: Line) -> list[str]:
    """The primary sites that the scope does not name."""
    scope = {loosely(one) for one in line.codes("scope_sites")}
    names = [site.text("site") for site in primaries(line.facts)]
    return sorted(name for name in names if loosely(name) not in scope)


def _lacks_site(line: Line) -> bool:
    return bool(_sites_outside(line))


def _missed(line: Line) -> str:
    facts = line.facts
    missed = []
    if guess(_lacks_site, line) is True:
        missed += _sites_outside(line)
    if guess(_lacks_service, line) is True:
        missed.append(facts.phrase("contact_service"))
    return facts.voice.listed(missed)


@finding("obsolete-edition", "std e", several="list")
def is_of_an_obsolete_edition(facts: Facts) -> Outcome:
    """A certificate of an edition that no longer counts, whatever its status (brief 3.1).

    Editions that are replaced on a day are looked at on the day the service starts, as all
    certificates are; such a one is information only. While it is open whether another certificate
    is void altogether, the finding is open.
    """
    lines = facts.rows(CERTIFICATES)
    void, replaced = some_line(lines, _is_void), some_line(lines, _is_replaced)
    inside, truth = (_is_replaced, replaced) if void is False else (_is_void, void)
    found = those(lines, inside)
    return told(
        truth,
        lambda: _editions(facts, found),
        variant="several" if len(found) > 1 else "",
        severity="info" if inside is _is_replaced else None,
    )


def _editions(facts: Facts, found: list[Line]) -> Mapping[str, Figure]:
    if len(found) == 1:
        return {"std": _name(found[0]), "e": found[0].text("edition")}
    return {"list": _each(facts, found, lambda line: line.text("edition"))}


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
    return _all(
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
    return _name(line)
