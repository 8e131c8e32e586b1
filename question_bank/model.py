"""The bank as frozen dataclasses: what a questionnaire is made of, whoever asks and answers.

Everything here is built by :mod:`question_bank.loader` out of plain documents (YAML files, or the
JSON copy that an edition keeps) and never changed afterwards. The parts are defined by subject in
`vocabulary`, `asked` and `demanded`; everybody imports them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from question_bank.asked import (
    AllOf,
    AnswerIs,
    AnyOf,
    BuyerIs,
    Choice,
    Column,
    Condition,
    Question,
    Section,
    SomeRow,
    Wording,
)
from question_bank.cures import Cure, Cures
from question_bank.demanded import DocumentRule, Reference, Requirement, RowRule, Threshold
from question_bank.findings.described import Description, Subject
from question_bank.needs import Needs
from question_bank.scorecard import Scorecard
from question_bank.vocabulary import (
    BRIEF_KINDS,
    COLUMN_KINDS,
    CONDITION_OPERATORS,
    KINDS,
    LANGUAGES,
    OPERATORS,
    QUANTIFIERS,
    ROW_OPERATORS,
    SEVERITIES,
)

__all__ = (
    "BRIEF_KINDS",
    "COLUMN_KINDS",
    "CONDITION_OPERATORS",
    "KINDS",
    "LANGUAGES",
    "OPERATORS",
    "QUANTIFIERS",
    "ROW_OPERATORS",
    "SEVERITIES",
    "AllOf",
    "AnswerIs",
    "AnyOf",
    "Bank",
    "BriefField",
    "BuyerIs",
    "Choice",
    "Claim",
    "Column",
    "Condition",
    "Cure",
    "Cures",
    "Description",
    "DocumentRule",
    "Part",
    "Preset",
    "Profile",
    "Question",
    "Reference",
    "Requirement",
    "RowRule",
    "Scorecard",
    "Section",
    "SomeRow",
    "Subject",
    "Threshold",
    "Wording",
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A buyer's kind: which default requirements, weights and floors apply (brief 2.2, 5.4)."""

    id: str
    code: str
    title: Wording
    summary: Wording
    #: True for the card add-on: it joins a base profile and is never alone.
    add_on: bool = False
    weights: Mapping[str, int] = field(default_factory=dict)
    protected: tuple[str, ...] = ()
    floor: int = 0
    max_major: int = 0


@dataclass(frozen=True, slots=True)
class BriefField:
    """One thing the buyer states first (brief 5.1); `name` may be dotted: `inhouse.csat`.

    `kind` is one of `BRIEF_KINDS`. `choices` of a `languages` field are the levels of min_spoken,
    weakest first. `default` is in the brief's JSON form; None: there is no honest default.
    `at_most` names another number of the brief that this one may not exceed.
    """

    name: str
    kind: str
    label: Wording
    why: Wording
    choices: tuple[Choice, ...] = ()
    unit: Wording | None = None
    default: object = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    at_most: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the article, by paragraph; the source that a flag points at."""

    id: str
    paragraph: str
    text: Wording


@dataclass(frozen=True, slots=True)
class Preset:
    """A named choice of whole sections with which a buyer can begin."""

    id: str
    title: Wording
    summary: Wording
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Where a named part is answered: a question, one of its columns, one choice of that column."""

    question: str
    column: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class Bank:
    """All questions and default requirements of one edition, named by `digest`."""

    digest: str
    sections: tuple[Section, ...]
    requirements: tuple[Requirement, ...]
    profiles: tuple[Profile, ...]
    presets: tuple[Preset, ...]
    brief: tuple[BriefField, ...]
    claims: Mapping[str, Claim]
    policy: Mapping[str, object]
    #: How rules reach a named answer: part -> "<question id>", "<question id>.<column>" or
    #: "<question id>.<column>=<choice>"; `part` takes these apart.
    roles: Mapping[str, str]
    #: document type code -> its name
    document_types: Mapping[str, Wording]
    #: What a trial is marked on; None in editions that were made before there was one.
    scorecard: Scorecard | None = None
    #: The derived findings by subject; an edition from before there were any has none.
    subjects: tuple[Subject, ...] = ()
    #: How gaps are closed; None in editions that were made before it was said.
    cures: Cures | None = None
    #: What customers need; None in editions that were made before it was written down.
    customers: Needs | None = None

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by id, in the bank's order."""
        return {one.id: one for section in self.sections for one in section.questions}

    @cached_property
    def sections_by_id(self) -> Mapping[str, Section]:
        return {one.id: one for one in self.sections}

    @cached_property
    def sealed_questions(self) -> frozenset[str]:
        """Ids of the questions whose answers stay sealed (section `sealed`)."""
        return frozenset(
            one.id for section in self.sections if section.sealed for one in section.questions
        )

    @cached_property
    def vendors_only(self) -> frozenset[str]:
        """Ids of the questions that the buyer's own team is not asked; a price never is."""
        return self.sealed_questions | frozenset(
            one.id
            for section in self.sections
            for one in section.questions
            if not (section.in_house and one.in_house)
        )

    @cached_property
    def findings(self) -> tuple[Description, ...]:
        """Every derived finding, in the bank's order."""
        return tuple(one for subject in self.subjects for one in subject.findings)

    @cached_property
    def finding_phrases(self) -> Mapping[str, Wording]:
        """The small phrases of all subjects, by name."""
        return {name: one for subject in self.subjects for name, one in subject.phrases.items()}

    def part(self, role: str) -> Part:
        """The question, column and choice that play a role; KeyError when nothing plays it."""
        path, _, code = self.roles[role].partition("=")
        if path in self.questions:
            return Part(path, code=code or None)
        question, _, column = path.rpartition(".")
        return Part(question, column, code or None)

    def profile(self, name: str) -> Profile:
        """By id or by its one-letter code; KeyError when there is none."""
        for one in self.profiles:
            if name in (one.id, one.code):
                return one
        raise KeyError(name)
