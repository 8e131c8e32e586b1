"""One question of each kind, for tests of what kinds do."""

from __future__ import annotations

from decimal import Decimal

from question_bank.model import Wording
from tests.harness.asking import column, question

YES_NO = question("a.yes", "yes_no")
NUMBER = question("a.number", "number", unit="hours", minimum=Decimal(0), maximum=Decimal(100))
SHARE = question("a.share", "percentage", unit="%")
MONEY = question("a.money", "money")
DAY = question("a.day", "date")
TEXT = question("a.text", "text")
LONG = question("a.long", "long_text")
FILE = question("a.file", "file")
ONE = question("a.one", "single_choice", "cold", "warm", "hot", ordered=True)
MANY = question("a.many", "multi_choice", "red", "green", "blue", "none", exclusive=("none",))
PLACES = question("a.places", "countries")
SITES = question(
    "a.sites",
    "table",
    columns=(
        column("site", "text"),
        column("country", "country"),
        column("role", "choice", "primary", "other"),
        column("seats", "number"),
        column("hazards", "multi_choice", "flood", "storm", "none", exclusive=("none",)),
        column("generator", "yes_no"),
        column("limit", "money"),
        column("expiry", "date"),
        column("opens", "time"),
        column("since", "year"),
        column("language", "language"),
        column("share", "percentage"),
        column("scope", "multi_choice", choices_from="a.sites.site"),
    ),
    none_label=Wording("We have no site"),
)
