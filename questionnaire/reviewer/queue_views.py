"""The queue: what waits, grouped by vendor and section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import request
from markupsafe import Markup

from questionnaire import edge
from questionnaire.controls.frames import afresh, framed
from questionnaire.languages import language
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.acting import looking
from questionnaire.reviewer.done import done
from questionnaire.reviewer.keeping_ready import kept, ready
from questionnaire.reviewer.phrasing import titled, why
from questionnaire.reviewer.place import Place
from questionnaire.services import grouping, queueing
from questionnaire.services.editions import bank_of, current_bank
from questionnaire.services.filtering import AGES
from questionnaire.services.grouping import Groups, SectionGroup
from questionnaire.services.queueing import QueuePage, QueueRow


@blueprint.get("")
def queue() -> str:
    place, (session, organisation_id, user_id, now) = Place.here(), looking()
    who = (session, organisation_id, user_id)
    wanted = place.wanted
    page = queueing.page(*who, now, wanted, after=place.after, before=place.before)
    groups, rfis = grouping.beside(*who, wanted)
    sections = grouping.sections(*who, wanted.assessment) if wanted.assessment else []
    choices = {"place": place, "wanted": wanted, "rfis": rfis, "ages": AGES}
    head = {"groups": groups, "place": place, "wanted": wanted}
    pieces = {
        "head": ready("reviewer/queue_head.html", (groups, place.query), lambda: head),
        "panel": _panel(groups, sections, place, several=len(rfis) > 1),
        "filtering": ready(
            "reviewer/filter.html", (wanted, rfis), lambda: choices | {"titles": _titles()}
        ),
        "blocks": _blocks(page.rows, place, user_id),
    }
    return _page(page, place, pieces)


def _page(page: QueuePage, place: Place, pieces: dict[str, Markup]) -> str:
    """The queue in its frame; with what was just done, made for this once."""
    told = done(request.args.get("done")) if request.args else None
    fixed = {
        "place": place,
        "page": page,
        "done": told,
        "keys": ready("reviewer/keys.html", (), dict),
    }
    moving = pieces | {
        "previous": place.turned(before=page.before) if page.before else "",
        "next": place.turned(after=page.after) if page.after else "",
    }
    if told:
        return afresh("reviewer/queue.html", fixed, moving)
    shape = (bool(page.rows), bool(page.before), bool(page.after), place.query)
    return framed("reviewer/queue.html", shape, fixed, moving)


def _titles() -> list[tuple[str, str]]:
    """The sections that flags can be about, as the bank names them now."""
    return [
        (one.id, one.title.text(language())) for one in current_bank().sections if not one.sealed
    ]


def _blocks(rows: Sequence[QueueRow], place: Place, me: UUID) -> Markup:
    """The flags of the page; all of them look as before while none changes or grows a day older."""
    now = edge.now()
    days = tuple((now - row.raised_at).days for row in rows)
    return kept((rows, days, me, place.query), lambda: _joined(rows, days, place, me))


def _joined(rows: Iterable[QueueRow], days: Iterable[int], place: Place, me: UUID) -> Markup:
    """Neighbours of one vendor's section stand under one heading."""
    parts = []
    aged = zip(rows, days, strict=True)
    for _, alike in groupby(aged, key=lambda one: (one[0].assessment_id, one[0].section_id)):
        block = list(alike)
        lines = (_line(row, place, me, age) for row, age in block)
        parts += [_head(block[0][0], place), *lines, _END]
    return Markup("").join(parts)


_END = Markup("</ul></section>")


def _head(first: QueueRow, place: Place) -> Markup:
    def context() -> dict[str, Any]:
        bank = bank_of(edge.database.session, first.edition_digest)
        section = bank.sections_by_id[first.section_id].title.text(language())
        return {"first": first, "section": section, "place": place}

    key = (first.vendor, first.assessment_id, first.section_id, first.edition_digest, place.query)
    return ready("reviewer/block_head.html", key, context)


def _line(row: QueueRow, place: Place, me: UUID, days: int) -> Markup:
    def context() -> dict[str, Any]:
        bank = bank_of(edge.database.session, row.edition_digest)
        about = titled(bank, row.finding_id, row.question_id, language())
        said = {"subject": about, "why": why(row.explanation, about)}
        return said | {"row": row, "days": days, "me": me, "place": place}

    return ready("reviewer/line.html", (row, days, me, place.query), context)


def _panel(groups: Groups, sections: list[SectionGroup], place: Place, *, several: bool) -> Markup:
    def context() -> dict[str, Any]:
        shown = {"groups": groups, "sections": _in_order(sections), "several": several}
        return shown | {"place": place, "wanted": place.wanted}

    return ready("reviewer/groups.html", (groups, tuple(sections), place.query, several), context)


def _in_order(groups: Iterable[SectionGroup]) -> list[tuple[str, SectionGroup]]:
    """Each section's title with its numbers, in the order of the bank."""
    found = []
    for group in groups:
        bank = bank_of(edge.database.session, group.edition_digest)
        place = list(bank.sections_by_id).index(group.section_id)
        title = bank.sections_by_id[group.section_id].title.text(language())
        found.append((place, title, group))
    return [(title, group) for _, title, group in sorted(found, key=lambda one: one[0])]
