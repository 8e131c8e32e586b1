"""The waivers that stand, for the first page: who, until when, why (brief 5.3.3)."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.phrases import listed, say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Heading, Paragraph, Table
from questionnaire.core.report.matter import Decided, Judged, Matter

#: What its history calls a waiver that took effect.
WAIVED = ("waived", "waive_agreed")


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    yield Heading(say(language, "Waivers that stand"))
    rows = [
        (
            Cell(one.name),
            Cell(laying.topic(matter, key)),
            Cell(raised.until),
            Cell(_by(matter, one, key)),
            Cell(_because(matter, one, key)),
        )
        for one in matter.by_name
        for key, raised in one.flags.items()
        if raised.state == "waived" and key in one.offer.waived
    ]
    if not rows:
        yield Paragraph(say(language, "None. No gap was waived."))
        return
    heads = (
        Head(say(language, "Vendor")),
        Head(say(language, "What is waived")),
        Head(say(language, "Until"), "day"),
        Head(say(language, "By")),
        Head(say(language, "Reason and what makes up for it")),
    )
    yield Table("waivers", say(language, "Waivers that stand"), heads, tuple(rows))


def _of_waiver(matter: Matter, one: Judged, key: str) -> list[Decided]:
    """Who proposed the waiver that stands and who agreed, the newest last."""
    acted = (*WAIVED, "waive_proposed")
    mine = [
        at
        for at in matter.decisions
        if at.code == one.code and at.requirement == key and at.action in acted
    ]
    ends = [n for n, at in enumerate(mine) if at.action in WAIVED]
    if not ends:
        return []
    last = ends[-1]
    first = last - 1 if mine[last].action == "waive_agreed" and last else last
    return mine[first : last + 1]


def _by(matter: Matter, one: Judged, key: str) -> str | None:
    language, zone = matter.language, matter.time_zone
    found = [
        say(language, "{name}, {when}", name=at.by, when=words.moment(at.at, zone, language))
        for at in _of_waiver(matter, one, key)
    ]
    return listed(found, language) or None


def _because(matter: Matter, one: Judged, key: str) -> str | None:
    return " ".join(at.reason for at in _of_waiver(matter, one, key) if at.reason) or None
