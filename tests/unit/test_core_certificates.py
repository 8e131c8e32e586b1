"""Which certificates really cover the service when it starts."""

from __future__ import annotations

from datetime import date

import pytest

from question_bank.model import RowRule
from questionnaire.core.gaps import judge
from tests.harness.asking import answered, bank, column, question, requirement, row

SITES = question(
    "a.sites",
    "table",
    columns=(column("site", "text"), column("role", "choice", "primary", "other")),
)
PAPERS = question(
    "b.papers",
    "table",
    subject="Certificates",
    columns=(
        column("standard", "choice", "iso27001", "soc2", "other"),
        column("edition", "text"),
        column("scope", "multi_choice", choices_from="a.sites.site"),
        column("covers", "yes_no"),
        column("accredited", "yes_no"),
        column("expires", "date"),
        column("status", "choice", "issued", "in_progress"),
    ),
)
BANK = bank(
    [SITES, PAPERS],
    roles={
        "sites": "a.sites",
        "sites.name": "a.sites.site",
        "sites.role": "a.sites.role",
        "sites.primary": "a.sites.role=primary",
        "certificates": "b.papers",
        "certificates.standard": "b.papers.standard",
        "certificates.edition": "b.papers.edition",
        "certificates.scope_sites": "b.papers.scope",
        "certificates.covers_contact_service": "b.papers.covers",
        "certificates.accredited": "b.papers.accredited",
        "certificates.expires": "b.papers.expires",
        "certificates.status": "b.papers.status",
        "certificates.issued": "b.papers.status=issued",
    },
    policy={"certificate_editions": {"iso27001": "2022"}, "report_valid_days": {"soc2": 366}},
)
RULE = RowRule("any_valid_cert", {"standard": ("iso27001", "soc2")})
GOOD = {
    "standard": "iso27001", "edition": "2022", "scope": ("Clark", "Zona Naco"), "covers": True,
    "accredited": True, "expires": date(2027, 3, 1), "status": "issued",
}  # fmt: skip
AT_HOME = [{"site": "Zona Naco", "role": "primary"}, {"site": "Clark", "role": "other"}]


def judged(papers, sites=AT_HOME, brief=None, of=BANK):
    (found,) = judge(
        of,
        [requirement(PAPERS, "row", RULE)],
        {"contract_start": "2027-03-01"} if brief is None else brief,
        {
            "a.sites": answered(tuple(row(SITES, **one) for one in sites)),
            "b.papers": answered(tuple(row(PAPERS, **one) for one in papers)),
        },
        on=date(2026, 11, 23),
    )
    return found


def test_a_certificate_that_passes_every_test_is_valid():
    assert judged([GOOD]).status == "met"
    assert judged([GOOD | {"edition": "ISO/IEC 27001:2022"}]).status == "met"
    assert judged([{"standard": "other"}, GOOD]).status == "met"


@pytest.mark.parametrize(
    ("change", "lack"),
    [
        ({"status": "in_progress"}, "is not issued"),
        ({"accredited": False}, "is not accredited"),
        ({"covers": False}, "does not cover the contact service"),
        ({"scope": ("Clark",)}, "does not name the primary site"),
        ({"edition": "2013"}, "is not of the current edition"),
        ({"expires": date(2027, 2, 28)}, "does not hold when the service starts"),
    ],
)
def test_one_failed_test_is_enough(change, lack):
    found = judged([GOOD | change])
    assert found.status == "not_met"
    assert lack in found.explanation


@pytest.mark.parametrize("cell", ["status", "accredited", "covers", "scope", "edition", "expires"])
def test_an_empty_cell_leaves_it_open(cell):
    assert judged([GOOD | {cell: None}]).status == "unknown"
    assert judged([GOOD | {cell: None}, GOOD]).status == "met"


def test_an_empty_cell_does_not_save_what_fails_anyway():
    assert judged([GOOD | {"accredited": None, "covers": False}]).status == "not_met"


def test_a_report_on_a_past_period_counts_for_a_year_and_a_day():
    report = GOOD | {"standard": "soc2", "edition": "2017"}
    assert judged([report | {"expires": date(2026, 2, 28)}]).status == "met"
    assert judged([report | {"expires": date(2026, 2, 27)}]).status == "not_met"


def test_another_standard_or_none_at_all_is_not_met():
    assert judged([GOOD | {"standard": "other"}]).status == "not_met"
    assert judged([]).status == "not_met"


def test_a_row_without_its_standard_may_be_the_one():
    assert judged([GOOD | {"standard": None}]).status == "unknown"


@pytest.mark.parametrize(
    "sites",
    [[], [{"site": "Clark", "role": "other"}], [{"site": None, "role": "primary"}],
     [*AT_HOME, {"site": "Third", "role": None}]],
)  # fmt: skip
def test_a_scope_cannot_be_checked_without_knowing_the_primary_site(sites):
    assert judged([GOOD], sites).status == "unknown"


def test_a_start_that_the_brief_does_not_state_leaves_it_open():
    assert judged([GOOD], brief={}).status == "unknown"


def test_a_bank_that_names_no_columns_leaves_it_open():
    assert judged([GOOD], of=bank([SITES, PAPERS])).status == "unknown"
