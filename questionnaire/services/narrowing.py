"""What a colleague was handed over, and the questionnaire with nothing but that in it.

A use case that is given the narrowed questionnaire cannot reach a question outside of it: there is
none. What decides which questions are shown, and the counts, still rest on the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from question_bank.model import Question, Section
from questionnaire.core.answers import Answers
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.remembering import Memory
from questionnaire.services.resuming import Kept

_narrowed: Memory[Narrowed] = Memory(256)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Sections as a whole, and single questions of others."""

    sections: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None) -> HandedOver | None:
        """From `Invitation.handed_over`."""
        if stored is None:
            return None
        return cls(frozenset(stored["sections"]), frozenset(stored["questions"]))

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {"sections": sorted(self.sections), "questions": sorted(self.questions)}

    def covers(self, question: Question) -> bool:
        return question.section in self.sections or question.id in self.questions

    def __bool__(self) -> bool:
        return bool(self.sections or self.questions)


@dataclass(frozen=True)
class Narrowed(Questionnaire):
    """A part of `whole`: its sections and questions are those of the part."""

    whole: Questionnaire = field(kw_only=True, repr=False)

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        return self.whole.waiting

    @cached_property
    def triggers(self) -> frozenset[str]:
        return self.whole.triggers

    def hidden(self, kept: Mapping[str, Kept]) -> frozenset[str]:
        return self.whole.hidden(kept)

    def hidden_by(self, answers: Answers) -> frozenset[str]:
        return self.whole.hidden_by(answers)


def narrowed(whole: Questionnaire, to: HandedOver) -> Narrowed:
    """The part of a questionnaire that was handed over."""
    key = (whole.rfi_id, whole.version, whole.in_house, to)
    return _narrowed.get(key, lambda: _made(whole, to))


def _made(whole: Questionnaire, to: HandedOver) -> Narrowed:
    facts = {one.name: getattr(whole, one.name) for one in fields(whole) if one.name != "sections"}
    return Narrowed(**facts, sections=_sections(whole, to), whole=whole)


def _sections(whole: Questionnaire, to: HandedOver) -> tuple[Section, ...]:
    found = []
    for section in whole.sections:
        asked = tuple(one for one in section.questions if to.covers(one))
        if asked:
            found.append(
                Section(section.id, section.title, section.intro, asked, sealed=section.sealed)
            )
    return tuple(found)


def only_these(to: HandedOver, questions: Collection[Question]) -> HandedOver:
    """What is left of it when nothing but these questions is open."""
    return HandedOver(frozenset(), frozenset(one.id for one in questions if to.covers(one)))
