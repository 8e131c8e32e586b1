"""One flag in words, for its page: what was asked, answered and demanded, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from question_bank.model import Claim, Question, Requirement
from questionnaire import edge
from questionnaire.accounts import Member
from questionnaire.controls import answer_html
from questionnaire.core.sentences import requirement_sentence
from questionnaire.languages import language
from questionnaire.reviewer.phrasing import subject, why
from questionnaire.services import collecting, examining, reading, reviewing, ruling
from questionnaire.services.examining import Alike, Asked, Event, Examined
from questionnaire.services.flag_rows import FlagRow
from questionnaire.services.frozen_sets import frozen_set
from questionnaire.services.questionnaires import questionnaire_of
from questionnaire.services.reading import HeldAnswer, typed_answer
from questionnaire.services.ruling import AnswerFacts


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it is shown, and its files."""

    html: Markup
    held: HeldAnswer


@dataclass(frozen=True, slots=True)
class FlagPage:
    """Everything that templates/reviewer/flag.html shows of one flag."""

    examined: Examined
    question: Question
    subject: str
    why: str
    section: str
    answer: Told
    #: The answer before the last clarification that was replied to, to stand beside the new one.
    before: Told | None
    asked: Sequence[Asked]
    demand: str
    rationale: str
    requirement: Requirement | None
    claims: Sequence[Claim]
    document_types: dict[str, str]
    history: Sequence[Event]
    alike: Alike
    allowed: frozenset[str]
    two: frozenset[str]
    people: Sequence[tuple[UUID, str]]
    #: The vendor's sites, of which a document may name some.
    sites: Sequence[str]

    @property
    def flag(self) -> FlagRow:
        return self.examined.flag

    @property
    def now(self) -> str:
        """What closed the flag: the answer as it is judged now; an empty text while it stands."""
        if self.flag.state != "closed":
            return ""
        closing = next((one for one in self.history if one.action in ("closed", "dropped")), None)
        return why(closing.reason, self.subject) if closing else ""

    @property
    def waiting(self) -> Asked | None:
        """The question to the vendor that has no reply yet."""
        return next((one for one in self.asked if one.is_open), None)

    @property
    def replied(self) -> Asked | None:
        return next((one for one in self.asked if one.answered_at), None)


def flag_page(member: Member, flag_id: UUID) -> FlagPage:
    """The page of a flag; Missing when the person may not see it."""
    session, speech = edge.database.session, language()
    examined = examining.examine(session, member.organisation_id, member.user_id, flag_id)
    flag = examined.flag
    asked_for = questionnaire_of(session, flag.rfi_id, examined.rfi_version)
    bank = asked_for.bank
    question = bank.questions[flag.question_id]
    requirement = frozen_set(session, flag.rfi_id, bank).requirements.get(flag.requirement_id)
    asked = examining.clarifications(session, flag)
    replied = next((one for one in asked if one.answered_at), None)
    shown = {"now": examining.answer_of(session, flag, asked)}
    shown |= {"before": replied.before} if replied else {}
    shown = reading.reviewed(session, flag.assessment_id, shown)
    facts = reviewing.answer_facts(session, [flag]).get(
        (flag.assessment_id, flag.question_id), AnswerFacts()
    )
    about = subject(bank, question.id, speech)
    return FlagPage(
        examined=examined,
        question=question,
        subject=about,
        why=why(flag.explanation, about),
        section=bank.sections_by_id[flag.section_id].title.text(speech),
        answer=_told(question, shown["now"], speech),
        before=_told(question, shown["before"], speech) if replied else None,
        asked=asked,
        demand=requirement_sentence(requirement, bank, asked_for.brief, speech)
        if requirement
        else "",
        rationale=requirement.rationale.text(speech) if requirement else "",
        requirement=requirement,
        claims=[bank.claims[one] for one in question.claims if one in bank.claims],
        document_types={code: name.text(speech) for code, name in bank.document_types.items()},
        history=examining.history(session, flag),
        alike=examining.alike(session, flag),
        allowed=ruling.allowed(flag, member.user_id, edge.now().date(), facts),
        two=frozenset(one for one in ruling.DECIDING if ruling.wants_second(flag, one, facts)),
        people=reviewing.reviewers(session, member.organisation_id),
        sites=collecting.sites_of(session, flag.assessment_id, bank),
    )


def _told(question: Question, held: HeldAnswer, speech: str) -> Told:
    return Told(answer_html(question, typed_answer(question, held), speech), held)
