"""The queue: what waits, grouped by vendor and section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import render_template, request

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.languages import language
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.done import done
from questionnaire.reviewer.phrasing import subject, why
from questionnaire.reviewer.place import Place
from questionnaire.services import grouping, queueing
from questionnaire.services.editions import bank_of
from questionnaire.services.filtering import AGES
from questionnaire.services.grouping import SectionGroup
from questionnaire.services.queueing import QueueRow


@dataclass(frozen=True, slots=True)
class Line:
    """One flag in words."""

    row: QueueRow
    subject: str
    why: str
    days: int


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbours in the queue that are of one vendor's section."""

    first: QueueRow
    section: str
    lines: list[Line]


@blueprint.get("")
def queue() -> str:
    member, place, session = current(), Place.here(), edge.database.session
    who = (session, member.organisation_id, member.user_id)
    wanted = place.wanted
    page = queueing.page(*who, edge.now(), wanted, after=place.after, before=place.before)
    return render_template(
        "reviewer/queue.html",
        place=place,
        wanted=wanted,
        page=page,
        blocks=list(_blocks(page.rows)),
        groups=grouping.vendors(*who, wanted),
        sections=_sections(grouping.sections(*who, wanted.assessment)) if wanted.assessment else (),
        rfis=grouping.rfis(session, member.organisation_id),
        ages=AGES,
        me=member.user_id,
        done=done(request.args.get("done")),
    )


def _blocks(rows: Iterable[QueueRow]) -> Iterator[Block]:
    speech, now = language(), edge.now()
    for _, alike in groupby(rows, key=lambda row: (row.assessment_id, row.section_id)):
        block = list(alike)
        bank = bank_of(edge.database.session, block[0].edition_digest)
        lines = []
        for row in block:
            name = subject(bank, row.question_id, speech)
            lines.append(Line(row, name, why(row.explanation, name), (now - row.raised_at).days))
        section = bank.sections_by_id[block[0].section_id].title.text(speech)
        yield Block(block[0], section, lines)


def _sections(groups: Iterable[SectionGroup]) -> list[tuple[str, SectionGroup]]:
    """Each section's title with its numbers, in the order of the bank."""
    found = []
    for group in groups:
        bank = bank_of(edge.database.session, group.edition_digest)
        place = list(bank.sections_by_id).index(group.section_id)
        title = bank.sections_by_id[group.section_id].title.text(language())
        found.append((place, title, group))
    return [(title, group) for _, title, group in sorted(found, key=lambda one: one[0])]
