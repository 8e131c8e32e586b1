"""One class per kind of question; :data:`KINDS` finds it by the kind's name.

A kind reads what a form or JSON holds into a canonical value, keeps it as JSON, puts it back into
a form and shows it. Nothing here knows the web: what a form holds is texts, lists and mappings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.kinds.base import Asked, Cellvalue, Kind, Raw, Row, Value, json_of
from questionnaire.core.kinds.chosen import MultiChoice, SingleChoice
from questionnaire.core.kinds.numeric import Amount, Number, Percentage, show_money
from questionnaire.core.kinds.places import Countries, Country
from questionnaire.core.kinds.plain import File, LongText, Text, YesNo
from questionnaire.core.kinds.table import CELLS, MOST_ROWS, Table, show_cell, show_rows
from questionnaire.core.kinds.temporal import Day

KINDS: Mapping[str, Kind[Any]] = {
    one.name: one
    for one in (
        YesNo(), SingleChoice(), MultiChoice(), Number(), Percentage(), Amount(), Day(), Text(),
        LongText(), File(), Countries(), Table(),
    )
}  # fmt: skip

__all__ = [
    "CELLS",
    "KINDS",
    "MOST_ROWS",
    "Asked",
    "Cellvalue",
    "Country",
    "Kind",
    "Raw",
    "Row",
    "Value",
    "json_of",
    "show_cell",
    "show_money",
    "show_rows",
]
