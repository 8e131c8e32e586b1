"""Whether certificates say what they seem to say (brief 3.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from question_bank.findings.continuity import primaries
from question_bank.findings.facts import Facts
from question_bank.findings.lines import Line
from question_bank.findings.names import loosely
from question_bank.findings.outcome import Figure, Outcome, told
from question_bank.findings.payments import takes_cards
from question_bank.findings.reasoning import guess, sure
from question_bank.findings.registry import finding
from question_bank.findings.spans import some_line, those
from question_bank.truth import all_true, any_true

CERTIFICATES = "security.certifications"
_VALID_DAYS = 366


def is_issued(line: Line) -> bool:
    return line.text("status") == "issued"


def standard(line: Line) -> str:
    return line.text("standard")


def name(line: Line) -> str:
    return line.facts.label(CERTIFICATES, standard(line), "standard")


def each(facts: Facts, lines: list[Line], told_of: Callable[[Line], str]) -> str:
    return facts.voice.listed(f"{name(line)} ({told_of(line)})" for line in lines)


def every(*sentences: Callable[[], bool]) -> bool:
    """Whether all are true; one that is false decides before one that is not known."""
    return sure(all_true(guess(one) for one in sentences))


@finding("certificate-expires-before-start", "std date start", several="list start")
def ends_before_the_start(facts: Facts) -> Outcome:
    """An issued certificate, no SOC 2 report, ends before the service starts (brief 3.1).

    The card attestation counts only where cards are taken: with the add-on, or with card data.
    """

    def expires(line: Line) -> bool:
        return every(
            lambda: is_issued(line),
            lambda: not standard(line).startswith("soc2_"),
            lambda: standard(line) != "pci_aoc_sp" or sure(takes_cards(facts)),
            lambda: _until(line) < facts.buyer_day("contract_start"),
        )

    lines = facts.rows(CERTIFICATES)
    found = those(lines, expires)

    def figures() -> Mapping[str, Figure]:
        start = facts.buyer_day("contract_start")
        if len(found) == 1:
            return {"std": name(found[0]), "date": _until(found[0]), "start": start}
        return {"list": each(facts, found, _day), "start": start}

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
        return every(
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
            return {"std": name(found[0]), "what": _missed(found[0])}
        return {"list": each(facts, found, _missed)}

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
