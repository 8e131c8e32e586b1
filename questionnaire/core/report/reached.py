"""The countries that a vendor's answers say the buyer's data reaches."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.case import Case
from questionnaire.core.codes import country_name
from questionnaire.core.parts import cell, played, rows
from questionnaire.core.phrases import listed, say
from questionnaire.core.truth import Unsure

_TABLES = (
    ("sites.primary", "sites.country"),
    ("sites.alternate", "sites.country"),
    ("centres", "centres.country"),
    ("partners", "partners.country"),
)


def told(case: Case) -> str | None:
    """Their names in the reader's order; None when the answers name none and may hide some."""
    found = list(_countries(case))
    names = sorted({country_name(one, case.language) for one in found if one is not None})
    if None not in found:
        return listed(names, case.language)
    if not names:
        return None
    return say(case.language, "{countries}; others are not known", countries=", ".join(names))


def _countries(case: Case) -> Iterator[str | None]:
    """Each country that is named; None where an answer could name one and does not."""
    declared = played("data.countries", case)
    if isinstance(declared, Unsure):
        yield None
    else:
        yield from declared
    for table, column in _TABLES:
        lines = rows(table, case)
        if isinstance(lines, Unsure):
            yield None
            continue
        for line in lines:
            yield cell(column, line, case) or None
