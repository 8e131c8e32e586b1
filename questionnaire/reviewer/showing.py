"""One flag in words, for its page: what was asked, answered and demanded, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from markupsafe import Markup

from question_bank.model import Bank, Claim, Description, Question, Requirement
from questionnaire import edge
from questionnaire.accounts import Member
from questionnaire.controls import answer_html
from questionnaire.core.sentences import requirement_sentence
from questionnaire.languages import language
from questionnaire.reviewer.phrasing import titled, why
from questionnaire.reviewer.worse import Worse, worse_words
from questionnaire.services import collecting, examining, reading, reviewing, ruling
from questionnaire.services.examining import Alike, Asked, Beside, Event, Examined
from questionnaire.services.flag_rows import FlagRow
from questionnaire.services.frozen_sets import frozen_set
from questionnaire.services.questionnaires import questionnaire_of
from questionnaire.services.reading import HeldAnswer, HeldFile, typed_answer
from questionnaire.services.ruling import AnswerFacts
from questionnaire.services.telling import Told as Notice

#: What ends a flag without anybody.
_CLOSING = ("closed", "dropped", "gone")


@dataclass(frozen=True, slots=True)
class Told:
    """A question with its answer as it is shown, and its files."""

    question: Question
    html: Markup
    held: HeldAnswer
    #: Its answer before the last clarification that was replied to, to stand beside the new one.
    before: Told | None = None
    replied: Asked | None = None
    #: What all vendors were told about it.
    to_all: Sequence[Notice] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """Another flag that counts once with this one, in words."""

    title: str
    why: str
    flag: Beside


@dataclass(frozen=True, slots=True)
class FlagPage:
    """Everything that templates/reviewer/flag.html shows of one flag."""

    examined: Examined
    question: Question
    subject: str
    why: str
    section: str
    #: The answers that the flag rests on; the first is that of its own question.
    answers: Sequence[Told]
    asked: Sequence[Asked]
    #: What the vendor had said before, where that met the requirement better.
    worse: Worse | None
    demand: str
    rationale: str
    requirement: Requirement | None
    #: The derived finding that the flag is about, if it is about one.
    finding: Description | None
    #: What counts once with it, or what it counts once with: other flags of the same subject.
    beside: Sequence[Matter]
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
        closing = next((one for one in self.history if one.action in _CLOSING), None)
        return why(closing.reason, self.subject) if closing else ""

    @property
    def waiting(self) -> Asked | None:
        """The question to the vendor that has no reply yet."""
        return next((one for one in self.asked if one.is_open), None)

    @property
    def undecided(self) -> list[UUID]:
        """The flags of the same matter that are still open."""
        return [one.flag.id for one in self.beside if one.flag.is_open]

    @property
    def files(self) -> list[HeldFile]:
        return [file for one in self.answers for file in one.held.files]

    @property
    def questions(self) -> list[Question]:
        """Those that the vendor can be asked about."""
        return [one.question for one in self.answers]


def flag_page(member: Member, flag_id: UUID) -> FlagPage:
    """The page of a flag; Missing when the person may not see it."""
    session, speech = edge.database.session, language()
    examined = examining.examine(session, member.organisation_id, member.user_id, flag_id)
    flag = examined.flag
    asked_for = questionnaire_of(session, flag.rfi_id, examined.rfi_version)
    bank = asked_for.bank
    demanded = frozen_set(session, flag.rfi_id, bank).requirements
    requirement = demanded.get(flag.requirement_id or "")
    finding = next((one for one in bank.findings if one.id == flag.finding_id), None)
    asked = examining.clarifications(session, flag)
    facts = reviewing.answer_facts(session, [flag]).get(
        (flag.assessment_id, flag.question_id), AnswerFacts()
    )
    about = titled(bank, flag.finding_id, flag.question_id, speech)
    answers = _answers(bank, flag, asked, speech)
    claims = finding.claims if finding else answers[0].question.claims
    return FlagPage(
        examined=examined,
        question=answers[0].question,
        subject=about,
        why=why(flag.explanation, about),
        section=bank.sections_by_id[flag.section_id].title.text(speech),
        answers=[
            replace(one, to_all=[n for n in asked_for.told if n.question_id == one.question.id])
            for one in answers
        ],
        asked=asked,
        worse=worse_words(answers[0].question, examined.worse, speech),
        demand=requirement_sentence(requirement, bank, asked_for.brief, speech)
        if requirement
        else "",
        rationale=requirement.rationale.text(speech) if requirement else "",
        requirement=requirement,
        finding=finding,
        beside=[_matter(bank, one, speech) for one in examining.beside(session, flag)],
        claims=[bank.claims[one] for one in claims if one in bank.claims],
        document_types={code: name.text(speech) for code, name in bank.document_types.items()},
        history=examining.history(session, flag),
        alike=examining.alike(session, flag),
        allowed=ruling.allowed(flag, member.user_id, edge.now().date(), facts),
        two=frozenset(one for one in ruling.DECIDING if ruling.wants_second(flag, one, facts)),
        people=reviewing.reviewers(session, member.organisation_id),
        sites=collecting.sites_of(session, flag.assessment_id, bank),
    )


def _answers(bank: Bank, flag: FlagRow, asked: Sequence[Asked], speech: str) -> list[Told]:
    """Every answer that the flag rests on, that of its own question first."""
    session = edge.database.session
    replied = {one.question_id: one for one in reversed(asked) if one.answered_at}
    held = reading.reviewed(session, flag.assessment_id, examining.answers_of(session, flag, asked))
    before = reading.reviewed(
        session, flag.assessment_id, {id: one.before for id, one in replied.items()}
    )
    found = []
    for id in sorted(held, key=lambda one: one != flag.question_id):
        question = bank.questions[id]
        old = _told(question, before[id], speech) if id in before else None
        told = _told(question, held[id], speech)
        found.append(replace(told, before=old, replied=replied.get(id)))
    return found


def _matter(bank: Bank, flag: Beside, speech: str) -> Matter:
    title = titled(bank, flag.finding_id, flag.question_id, speech)
    return Matter(title, why(flag.explanation, title), flag)


def _told(question: Question, held: HeldAnswer, speech: str) -> Told:
    return Told(question, answer_html(question, typed_answer(question, held), speech), held)
