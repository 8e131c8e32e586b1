"""Putting a page of questions together: the draft, the progress, the ready pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _

from question_bank.model import Question, Section
from questionnaire import controls, edge
from questionnaire.controls import Asking
from questionnaire.controls.frames import afresh, framed
from questionnaire.core.faults import AnswerFault
from questionnaire.services import resuming
from questionnaire.services.faults import Missing
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.reaching import Reached
from questionnaire.services.resuming import Kept, Remark
from questionnaire.services.taking import Typed
from questionnaire.vendor import gate
from questionnaire.vendor.beside import conflict_html, credited, notices_html, remark_html
from questionnaire.vendor.closed import Closed
from questionnaire.vendor.earlier import offers_html, offers_line
from questionnaire.vendor.places import own
from questionnaire.vendor.words import in_zone


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of the list of sections."""

    section: Section
    asked: int
    answered: int

    @property
    def done(self) -> bool:
        return self.answered == self.asked


@dataclass(frozen=True, slots=True)
class Typing:
    """What a page that came back shows instead of what is stored."""

    typed: Mapping[str, Typed] = field(default_factory=dict)
    faults: Mapping[str, AnswerFault] = field(default_factory=dict)
    conflicts: Mapping[str, Kept] = field(default_factory=dict)
    refused: Sequence[tuple[str, str]] = ()
    #: What was said of the refused files: document type and date, by question.
    documents: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    #: Whether other answers of the page were stored.
    part_saved: bool = False
    #: What was typed into questions that are not open any more.
    closed: Sequence[Closed] = ()

    @property
    def wrong(self) -> bool:
        return bool(self.faults or self.conflicts or self.refused or self.closed)

    @property
    def waits(self) -> str:
        """What did not happen: "saving" where no answer was stored, "part" where some were not."""
        if not (self.faults or self.conflicts):
            return ""
        return "part" if self.part_saved else "saving"


NOTHING_TYPED = Typing()


def progress(
    questionnaire: Questionnaire, kept: Mapping[str, Kept], hidden: frozenset[str]
) -> list[Progress]:
    """Every section with something to ask now."""
    given = {id for id, one in kept.items() if one.state != "blank"} - hidden
    found = []
    for section in questionnaire.sections:
        ids = questionnaire.within[section.id]
        if asked := len(ids - hidden):
            found.append(Progress(section, asked, len(ids & given)))
    return found


def section_page(section_id: str, typing: Typing = NOTHING_TYPED) -> str:
    """The page of one section, as stored or as typed."""
    reached, questionnaire = gate.reached(), gate.questionnaire()
    section = questionnaire.sections_by_id.get(section_id)
    if section is None:
        raise Missing(section_id)
    valued = {one.id for one in section.questions}
    valued |= questionnaire.triggers | questionnaire.naming[section_id]
    kept = resuming.part(edge.database.session, reached.assessment_id, valued)
    offered = offers_html(kept, questionnaire.within[section_id])
    hidden = questionnaire.hidden(kept)
    lines = progress(questionnaire, kept, hidden)
    # What is wrong stays in sight, though an answer saved beside it has made it beside the point.
    unseen = hidden - typing.faults.keys() - typing.conflicts.keys()
    asking = asking_for(questionnaire, reached, kept, section.questions, typing, hidden=unseen)
    asking = replace(asking, offers=offered) if offered else asking
    shown = tuple(one.section.id for one in lines)
    fixed = {
        "reached": reached,
        "section": section,
        "sections": [one.section for one in lines],
        "around": gate.whole().sections if reached.is_colleague else (),
        "place": shown.index(section_id) if section_id in shown else 0,
        "summary": summary(questionnaire, typing),
        "wrong": typing.wrong,
        "waits": typing.waits,
        "closed": typing.closed,
    }
    moving = (
        counts(lines)
        | own()
        | {
            "offered": offers_line(offered),
            "due": in_zone(reached.deadline, reached.time_zone),
            "questions": controls.section_html(
                questionnaire, section_id, kept, language=reached.language, asking=asking
            ),
        }
    )
    if typing.wrong:
        return afresh("vendor/section.html", fixed, moving)
    key = (*reached.alike, section_id, shown)
    return framed("vendor/section.html", key, fixed, moving)


def not_open_page(closed: Sequence[Closed]) -> str:
    """Nothing of a page can be saved any more: what was typed on it, to be copied."""
    fixed = {"reached": gate.reached(), "closed": closed}
    return afresh("vendor/not_open.html", fixed, own())


def counts(lines: Sequence[Progress]) -> dict[str, Any]:
    """The changing parts of the list of sections."""
    found: dict[str, Any] = {
        "asked": sum(one.asked for one in lines),
        "answered": sum(one.answered for one in lines),
    }
    for one in lines:
        found[f"asked:{one.section.id}"] = one.asked
        found[f"answered:{one.section.id}"] = one.answered
        found[f"done:{one.section.id}"] = " section-done" if one.done else ""
    return found


def asking_for(
    questionnaire: Questionnaire,
    reached: Reached,
    kept: Mapping[str, Kept],
    questions: Sequence[Question],
    typing: Typing = NOTHING_TYPED,
    remarks: Mapping[str, Remark] | None = None,
    hidden: frozenset[str] | None = None,
) -> Asking:
    """What the controls of these questions need to know about the page."""
    asking = Asking(
        speech=reached.language,
        typed=typing.typed,
        faults=typing.faults,
        names=_names(questionnaire, kept, questions),
        documents=typing.documents,
        hidden=questionnaire.hidden(kept) if hidden is None else hidden,
        files_at=f"/assessment/{reached.assessment_id}/files",
        time_zone=reached.time_zone,
        now=edge.now(),
        people=credited(),
        hand_over=not reached.is_colleague,
        notices=notices_html(questionnaire, questions, remarks or {}),
    )
    if not typing.conflicts and not remarks:
        return asking
    return replace(
        asking,
        conflicts={
            id: conflict_html(questionnaire, id, one, asking)
            for id, one in typing.conflicts.items()
        },
        remarks={
            id: remark_html(questionnaire, one, reached.language)
            for id, one in (remarks or {}).items()
        },
    )


def _names(
    questionnaire: Questionnaire, kept: Mapping[str, Kept], questions: Sequence[Question]
) -> dict[str, list[str]]:
    """The choices that a table takes from another one's column, as they are stored."""
    found = {}
    for question in questions:
        for column in question.columns:
            if column.choices_from:
                of, _dot, name = column.choices_from.rpartition(".")
                rows = kept.get(of, resuming.UNTOUCHED).value or ()
                found[column.choices_from] = [str(row[name]) for row in rows if row.get(name)]
    return found


def summary(questionnaire: Questionnaire, typing: Typing) -> list[tuple[str, str]]:
    """What is wrong with the page: the id of each question and the sentence."""
    found: list[tuple[str, str]] = []
    if not typing.wrong:
        return found
    for question_id, question in questionnaire.questions.items():
        subject = (question.subject or question.text).text(gate.reached().language)
        place = controls.element_id(question_id)
        if (fault := typing.faults.get(question_id)) is not None:
            found.append((place, f"{subject}: {fault.sentence}"))
        if question_id in typing.conflicts:
            found.append((place, f"{subject}: {_('changed elsewhere meanwhile')}"))
        found += [
            (f"{place}-evidence", sentence) for id, sentence in typing.refused if id == question_id
        ]
    return found
