"""Questions of every kind with known bounds, and requirements on them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from question_bank.model import RowRule
from questionnaire.core.possible import impossible
from tests.harness.asking import bank, brief_field, column, question, requirement

TODAY = date(2026, 11, 23)
SHARE = question("a.share", "percentage", minimum=Decimal(0), maximum=Decimal(100))
FEW = question("a.few", "number", unit="sites", minimum=Decimal(0), maximum=Decimal(5))
OPEN = question("a.open", "number")
SINCE = question("a.since", "year")
DAY = question("a.day", "date")
SAID = question("a.said", "yes_no")
LEVEL = question("a.level", "single_choice", "none", "cold", "hot", ordered=True)
MANY = question("a.many", "multi_choice", "red", "green", "blue", "nothing", exclusive=("nothing",))
TWO = question("a.two", "multi_choice", "red", "green", "blue", most_choices=2, none_allowed=False)
RATE = question("a.rate", "money", minimum=Decimal(0))
STAFF = question(
    "a.staff",
    "table",
    columns=(
        column("role", "choice", "agent", "lead"),
        column("heads", "number", minimum=Decimal(0), maximum=Decimal(50)),
        column("level", "choice", "low", "high", ordered=True),
    ),
)
SOME = question("a.some", "table", none_allowed=False, columns=STAFF.columns)
QUESTIONS = (SHARE, FEW, OPEN, SINCE, DAY, SAID, LEVEL, MANY, TWO, RATE, STAFF, SOME)
BANK = bank(
    QUESTIONS,
    brief=[brief_field("target", "number"), brief_field("lines", "multi_choice", "care", "sales")],
    document_types={"certificate": "Certificate"},
)


def faults(*requirements, brief=None, on=TODAY):
    return impossible(BANK, brief or {}, requirements, on=on)


def both(of, *tests):
    """Mandatory requirements on one question, in the order of the tests."""
    return [
        requirement(of, op, value, id=f"{of.id}#{n}", severity="mandatory")
        for n, (op, value) in enumerate(tests, 1)
    ]


def rows(quantifier, op, value, name="heads", where=None):
    return "row", RowRule(quantifier, where or {}, name, op, value)
