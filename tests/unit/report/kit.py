"""A report without a database: the demo's case, judged, as the matter of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from questionnaire.core.basis import Basis, Offer
from questionnaire.core.fallback import fall_back
from questionnaire.core.report import Matter, Report
from questionnaire.core.report import blocks as b
from questionnaire.core.report.matter import Judged, Standing, Versions, case_of
from questionnaire.core.report.words import shown
from questionnaire.core.verdict import reach_all
from tests.unit.verdict import cases

WHEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
TIERS = ("recommended", "conditional", "not_eligible")
OPENED = Standing(
    locked=True, proposer="Remi", second="Rosa", locked_at=WHEN, opener="Ada", opened_at=WHEN,
    covers=("PH", "IN", "CR", "DO", "US", "LV"),
)  # fmt: skip


def matter(*codes: str, opened: bool = True, offers: Sequence[Offer] | None = None) -> Matter:
    """The demo's vendors of these codes (all without any), or these offers."""
    whole = cases.whole()
    basis = replace(whole.basis, prices_open=opened)
    chosen = [one for one in whole.offers if not codes or one.code in codes]
    return of(basis, chosen if offers is None else offers)


def of(basis: Basis, offers: Sequence[Offer], **more: object) -> Matter:
    verdicts = reach_all(basis, offers)
    judged = [
        Judged(verdict=verdict, offer=offer, case=case_of(basis, offer), submitted_at=WHEN)
        for verdict, offer in zip(verdicts, offers, strict=True)
    ]
    values: dict[str, object] = {
        "title": "Customer service",
        "organisation": "Alder & Finch",
        "basis": basis,
        "vendors": tuple(sorted(judged, key=lambda one: TIERS.index(one.verdict.tier.name))),
        "standing": OPENED if basis.prices_open else Standing(),
        "fallback": fall_back(basis, offers, verdicts),
        "versions": Versions("e" * 64, 1, "r" * 64, WHEN, WHEN),
    }
    return Matter(**(values | more))  # type: ignore[arg-type]


def texts(found: Report | b.Part) -> Iterator[str]:
    """Every piece of text of a report or of a part, figures as they are shown."""
    if isinstance(found, Report):
        for part in found.parts:
            yield part.title
            yield from texts(part)
        return
    for block in found.blocks:
        match block:
            case b.Listing(lines=lines):
                yield from (one.text for one in lines)
            case b.Table():
                yield from _cells(block)
            case b.Charts(charts=charts):
                for chart in charts:
                    yield from (chart.title, chart.alt)
                    yield from (text for row in chart.figures.rows for text in row)
            case _:
                yield block.text


def _cells(table: b.Table) -> Iterator[str]:
    yield from (table.title, table.note, *(head.text for head in table.heads))
    for row in table.rows:
        yield from (
            shown(cell.value, head.holds, "en") for cell, head in zip(row, table.heads, strict=True)
        )


def text_of(found: Report | b.Part) -> str:
    return "\n".join(texts(found))


def table(report: Report, name: str) -> list[list[str]]:
    """The rows of a table as they are shown."""
    (found,) = (one for _part, one in report.tables if one.name == name)
    return [
        [shown(cell.value, head.holds, "en") for cell, head in zip(row, found.heads, strict=True)]
        for row in found.rows
    ]
