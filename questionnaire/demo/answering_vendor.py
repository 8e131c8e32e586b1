"""A vendor of the demo at work: opens its link, answers, attaches, hands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from question_bank.model import Question
from questionnaire.core.answers import kept_answer
from questionnaire.core.conditions import shown_questions
from questionnaire.core.kinds import KINDS
from questionnaire.demo.papers import paper
from questionnaire.demo.stage import Stage, the_case, what_vendors_did
from questionnaire.models import Message
from questionnaire.services import answering, attaching, ending, inviting, opening, submitting
from questionnaire.services.questionnaires import Questionnaire, questionnaire_of
from questionnaire.services.reaching import Reached, reach
from questionnaire.services.submitting import Attestation
from questionnaire.services.taking import WITH_NONE, Typed

_CODE = re.compile(r"\b\d{8}\b")


class AnsweringVendor:
    """One vendor with its link; every step goes through the use cases of the vendor's pages."""

    def __init__(self, stage: Stage, code: str, assessment_id: UUID) -> None:
        self.stage, self.assessment_id = stage, assessment_id
        self.told: Mapping[str, Any] = the_case()["vendors"][code]
        self.did: Mapping[str, Any] = what_vendors_did()[code]
        invitation = inviting.active(stage.session, assessment_id)
        if invitation is None:
            raise LookupError(f"{self.told['name']} was not invited.")
        self.invitation_id = invitation.id

    def open(self, at: datetime) -> None:
        """Follow the link, get a code by mail, enter it."""
        stage = self.stage
        stage.clock.present = at
        token = stage.links.token("vendor", self.invitation_id)
        browser = opening.new_browser()
        reached = opening.find(stage.session, token, at)
        opening.send_code(stage.session, stage.clock, reached, browser)
        opening.verify(stage.session, stage.clock, reached, browser, self._mailed_code())

    def answer(self, at: datetime, most: int | None = None) -> None:
        """Answer section by section as the case says, or only so many questions of all."""
        self.stage.clock.present = at
        questionnaire = questionnaire_of(self.stage.session, self._reached().rfi_id)
        shown = self._shown(questionnaire)[:most]
        for section in questionnaire.sections:
            typed = {one.id: self._typed(one) for one in section.questions if one.id in shown}
            if typed:
                saved = answering.save_section(
                    self.stage.session, self.stage.clock, self._reached(), questionnaire, typed
                )
                _refuse(saved.faults or saved.conflicts)
        self._attach(questionnaire, shown)

    def hand_in(self, at: datetime) -> None:
        """Let a named person attest, and submit."""
        stage = self.stage
        stage.clock.present = at
        reached = self._reached()
        submitting.submit(
            stage.session,
            stage.clock,
            reached,
            questionnaire_of(stage.session, reached.rfi_id),
            Attestation(self.did["contact"], self.did["role"], agreed=True),
            seen=reached.changed_at,
            link=stage.links.vendor(self.invitation_id),
            board_link=self._board(reached),
        )

    def decline(self, at: datetime, reason: str) -> None:
        """Say that this vendor does not take part."""
        self.stage.clock.present = at
        reached = self._reached()
        ending.decline(
            self.stage.session,
            self.stage.clock,
            reached,
            reason,
            board_link=self._board(reached),
            speech="en",
        )

    def _board(self, reached: Reached) -> str:
        return self.stage.links.page(f"/rfis/{reached.rfi_id}")

    def _reached(self) -> Reached:
        stage = self.stage
        return reach(
            stage.session, self.invitation_id, self.assessment_id, stage.clock(), to_change=True
        )

    def _mailed_code(self) -> str:
        text = self.stage.session.scalars(
            sa.select(Message.text)
            .where(Message.assessment_id == self.assessment_id, Message.kind == "code")
            .order_by(Message.id.desc())
        ).first()
        found = _CODE.search(text or "")
        if found is None:
            raise LookupError("The mail with the code holds no code.")
        return found.group()

    def _shown(self, questionnaire: Questionnaire) -> list[str]:
        """The questions that this vendor sees once all its answers are in, in order."""
        answers = {
            name: kept_answer(question, "blank" if value is None else "answered", value)
            for name, question in questionnaire.questions.items()
            for value in [self.told["answers"].get(name)]
        }
        shown = shown_questions(
            questionnaire.bank, questionnaire.brief, answers, questionnaire.selection
        )
        return [one.id for one in shown if one.id in questionnaire.questions]

    def _typed(self, question: Question) -> Typed:
        """The answer as the controls of the page hold it; what the case leaves open is unknown."""
        value = self.told["answers"].get(question.id)
        if value is None:
            return Typed(said="dont_know")
        if value == [] and question.kind in WITH_NONE:
            return Typed(none=True)
        kind = KINDS[question.kind]
        return Typed(raw=kind.to_raw(question, kind.from_json(question, value)))

    def _attach(self, questionnaire: Questionnaire, shown: Iterable[str]) -> None:
        stage, names = self.stage, set(shown)
        for document in self.did["documents"]:
            if document["question"] not in names:
                continue
            title = questionnaire.bank.document_types[document["type"]].en
            attached = attaching.attach(
                stage.session,
                stage.clock,
                stage.store,
                self._reached(),
                questionnaire,
                document["question"],
                [attaching.Upload(document["name"], paper(self.told["name"], title, document))],
                document_type=document["type"],
                issued_on=document["issued"],
            )
            _refuse(attached.refused)


def _refuse(faults: object) -> None:
    if faults:
        raise ValueError(f"The demo's own content was refused: {faults}")
