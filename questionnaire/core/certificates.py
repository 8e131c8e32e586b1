"""`any_valid_cert`: a certificate that really covers us when the service starts (brief 2.1a).

The columns are found by their roles; editions that count and the validity of reports on a past
period stand in the policy tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from question_bank.model import Column, Part
from questionnaire.core.case import Case
from questionnaire.core.numbers import number_of
from questionnaire.core.operators import compare
from questionnaire.core.phrases import listed, say
from questionnaire.core.rows import Row, RowFinding, Rows, cell_of, no_rows, passes
from questionnaire.core.showing import row_name
from questionnaire.core.texts import same_text
from questionnaire.core.truth import Truth, Unsure, all_true, any_true


def any_valid_certificate(table: Rows) -> RowFinding:
    """Whether a row of a wanted standard passes every test; each row says what it lacks."""
    language = table.case.language
    judged = []
    facts = []
    for number, row in enumerate(table.rows):
        wanted = passes(row, table.rule.where, table.question, table.case)
        if wanted is False:
            continue
        tests = list(_tests(table, row))
        judged.append(all_true((wanted, *(truth for truth, _ in tests))))
        lacks = [lack for truth, lack in tests if truth is not True]
        name = row_name(table.question, row, number, language)
        facts.append(
            say(language, "{row} {lacks}", row=name, lacks=listed(lacks, language))
            if lacks
            else say(language, "{row} is valid", row=name)
        )
    if not judged:
        return RowFinding(False, no_rows(table))
    return RowFinding(any_true(judged), listed(facts, language))


def _tests(table: Rows, row: Row) -> Iterator[tuple[Truth, str]]:
    """Every test with what is said when it fails."""
    case, language = table.case, table.case.language
    status = _part(case, "certificates.issued")
    issued = _cell(table, row, "certificates.status")
    code = status.code if status else None
    yield _same(issued, code, case), say(language, "is not issued")
    yield _cell(table, row, "certificates.accredited"), say(language, "is not accredited")
    yield (
        _cell(table, row, "certificates.covers_contact_service"),
        say(language, "does not cover the contact service"),
    )
    yield _covers_primary(table, row), say(language, "does not name the primary site")
    yield _edition(table, row), say(language, "is not of the current edition")
    yield _in_force(table, row), say(language, "does not hold when the service starts")


def _part(case: Case, role: str) -> Part | None:
    return case.bank.part(role) if role in case.bank.roles else None


def _column(table: Rows, role: str) -> Column | None:
    part = _part(table.case, role)
    return table.question.column(part.column) if part and part.column else None


def _cell(table: Rows, row: Row, role: str) -> Any:
    """The cell that plays a role; Unsure when it is empty or nothing plays it."""
    column = _column(table, role)
    if column is None:
        return Unsure(say(table.case.language, "the bank names no column for it"))
    cell = cell_of(row, column, table.case)
    if column.kind == "yes_no" and not isinstance(cell, bool | Unsure):
        return Unsure(say(table.case.language, "it is not stated"))
    return cell


def _same(cell: Any, code: str | None, case: Case) -> Truth:
    if isinstance(cell, Unsure) or code is None:
        return cell if isinstance(cell, Unsure) else Unsure(say(case.language, "it is not stated"))
    return bool(cell == code)


def primary_sites(case: Case) -> tuple[str, ...] | Unsure:
    """The names of the primary sites as the vendor gave them."""
    why = Unsure(say(case.language, "the primary site is not known"))
    name, primary = _part(case, "sites.name"), _part(case, "sites.primary")
    if name is None or primary is None or not (name.column and primary.column):
        return why
    rows = case.known(name.question)
    if not isinstance(rows, tuple) or not all(isinstance(row, Mapping) for row in rows):
        return why
    roles = [row.get(primary.column) for row in rows]
    names = [row.get(name.column) for row in rows if row.get(primary.column) == primary.code]
    if None in roles or not names or not all(isinstance(one, str) for one in names):
        return why
    return tuple(str(one) for one in names)


def _covers_primary(table: Rows, row: Row) -> Truth:
    scope = _cell(table, row, "certificates.scope_sites")
    sites = primary_sites(table.case)
    if isinstance(scope, Unsure):
        return scope
    if isinstance(sites, Unsure):
        return sites
    covered = {same_text(str(one)) for one in (scope if isinstance(scope, tuple) else (scope,))}
    return all(same_text(site) in covered for site in sites)


def _standard(table: Rows, row: Row) -> Any:
    return _cell(table, row, "certificates.standard")


def _policy(table: Rows, row: Row, name: str) -> object:
    """What a policy table says about the row's standard; None when nothing."""
    tables = table.case.bank.policy.get(name)
    standard = _standard(table, row)
    if not isinstance(tables, Mapping) or not isinstance(standard, str):
        return None
    return tables.get(standard)


def _edition(table: Rows, row: Row) -> Truth:
    current = _policy(table, row, "certificate_editions")
    if current is None:
        return True
    edition = _cell(table, row, "certificates.edition")
    if isinstance(edition, Unsure):
        return edition
    return same_text(str(current)) in same_text(str(edition)).replace(":", " ").split()


def _in_force(table: Rows, row: Row) -> Truth:
    """Expiry on or after the start; a report counts for so many days after its period's end."""
    case = table.case
    expires = _cell(table, row, "certificates.expires")
    days = number_of(_policy(table, row, "report_valid_days"))
    if days is not None and isinstance(expires, date):
        expires += timedelta(days=int(days))
    column = _column(table, "certificates.expires")
    return compare("at_least", expires, case.stated("contract_start"), column, case)
