"""A report as JSON of texts, for whoever sets it in type: figures as people read them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from questionnaire.core.dates import show_date
from questionnaire.core.phrases import say
from questionnaire.core.pictures import Chart
from questionnaire.core.report.blocks import (
    Block,
    Charts,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Report,
    Table,
)
from questionnaire.core.report.words import shown

#: So many columns fit on a page that stands upright.
_UPRIGHT = 7


def document_of(report: Report, draw: Callable[[Chart], str], title: str = "") -> dict[str, Any]:
    """Everything that the report says, with the few words that its pages need besides.

    `draw` makes the SVG of a chart; `title` stands instead of `Report: …`.
    """
    language = report.language
    day = show_date(report.on, language)
    widest = max((len(table.heads) for _part, table in report.tables), default=0)
    return {
        "title": title or say(language, "Report: {title}", title=report.title),
        "organisation": report.organisation,
        "language": language,
        "as_of": say(language, "As of {day}", day=day),
        "day": [report.on.year, report.on.month, report.on.day],
        "contents": say(language, "Contents"),
        "page": say(language, "Page"),
        "note": say(language, "Note"),
        "flipped": widest > _UPRIGHT,
        "parts": [
            {
                # A part without a number stands before the others.
                "title": f"{part.number} {part.title}" if part.number else part.title,
                "blocks": [_block(block, language, draw) for block in part.blocks],
            }
            for part in report.parts
        ],
    }


def _block(block: Block, language: str, draw: Callable[[Chart], str]) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "text": block.text}
        case Notice():
            return {"kind": "notice", "text": block.text, "weight": block.kind}
        case Listing():
            lines = [line.text for line in block.lines]
            return {"kind": "list", "lines": lines, "ordered": block.ordered}
        case Charts(charts=charts):
            drawn = [{"title": one.title, "alt": one.alt, "svg": draw(one)} for one in charts]
            return {"kind": "charts", "charts": drawn}
    return _table(block, language)


def _table(table: Table, language: str) -> dict[str, Any]:
    rows = [
        [
            shown(cell.value, head.holds, language)
            for cell, head in zip(row, table.heads, strict=True)
        ]
        for row in table.rows
    ]
    heads = [head.text for head in table.heads]
    return {
        "kind": "table",
        "title": table.title,
        "heads": heads,
        "figures": [head.holds != "text" for head in table.heads],
        "widths": [_width([head, *cells]) for head, *cells in zip(heads, *rows, strict=True)],
        "rows": rows,
        "note": table.note,
    }


def _width(texts: list[str]) -> float:
    """How much of the line a column gets, by its longest word and how long its texts are."""
    longest = max(len(word) for text in texts for word in (text.split() or [""]))
    average = sum(map(len, texts)) / len(texts)
    return round(max(min(longest, 16), math.pow(min(average, 90), 0.75), 4.0), 2)
