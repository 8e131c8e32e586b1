"""The bank as frozen dataclasses: what a questionnaire is made of, whoever asks and answers.

Everything here is built by :mod:`question_bank.loader` out of plain documents (YAML files, or the
JSON copy that an edition keeps) and never changed afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

LANGUAGES = ("en", "lv", "es")

#: How a question can be asked, and what its answer is as JSON (brief 2.1a).
KINDS = (
    "yes_no", "single_choice", "multi_choice", "number", "percentage", "money", "date",
    "text", "long_text", "file", "countries", "table",
)  # fmt: skip

#: How a field of the brief is asked: question kinds, and three of its own. `country` is one country
#: code, `names` a list of texts, `languages` rows of language, min_spoken, agents_needed, hours.
BRIEF_KINDS = (
    "yes_no", "single_choice", "multi_choice", "number", "percentage", "money", "date", "text",
    "countries", "country", "names", "languages",
)  # fmt: skip

#: What a table's column can hold.
COLUMN_KINDS = (
    "text", "number", "percentage", "money", "date", "time", "year", "yes_no", "country",
    "language", "choice", "multi_choice",
)  # fmt: skip

OPERATORS = (
    "equals", "at_least", "at_most", "one_of", "includes_all", "includes_any", "includes_none",
    "only_from", "not_older_than", "evidence_required", "row",
)  # fmt: skip

QUANTIFIERS = (
    "any", "all", "none", "count", "sum", "distinct", "ratio", "each_buyer_language",
    "any_valid_cert",
)  # fmt: skip

#: Most severe first; points as in brief 5.4 (the same steps HECVAT 4 uses).
SEVERITIES = ("mandatory", "major", "minor")


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in every language it has; English is always there."""

    en: str
    lv: str | None = None
    es: str | None = None

    def text(self, language: str = "en") -> str:
        """The text in `language`, or in English where that one is missing."""
        found: str | None = getattr(self, language, None) if language in LANGUAGES else None
        return found or self.en


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: Wording


@dataclass(frozen=True, slots=True)
class Column:
    """One typed column of a table question; `ordered` choices compare by position."""

    name: str
    kind: str
    label: Wording
    note: Wording | None = None
    unit: str | None = None
    choices: tuple[Choice, ...] = ()
    ordered: bool = False
    exclusive: tuple[str, ...] = ()
    #: "<question id>.<column>": the choices are that column's cells in the same answers.
    choices_from: str | None = None
    #: An empty cell of an optional column is a fact (none); any other empty cell is unknown.
    optional: bool = False
    #: Inclusive bounds of a number, percentage, amount or year; None: no bound on that side.
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def choice(self, code: str) -> Choice | None:
        return next((one for one in self.choices if one.code == code), None)


@dataclass(frozen=True, slots=True)
class BuyerIs:
    """A condition on a field of the brief (dots go deeper)."""

    field: str
    op: str
    value: object = None


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """A condition on another answer; op is a requirement operator or `answered`."""

    question: str
    op: str
    value: object = None


@dataclass(frozen=True, slots=True)
class SomeRow:
    """Holds when some row of a table answer that passes `rows` satisfies the comparison."""

    question: str
    rows: Mapping[str, object]
    column: str
    op: str
    value: object


@dataclass(frozen=True, slots=True)
class AllOf:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    conditions: tuple[Condition, ...]


Condition = BuyerIs | AnswerIs | SomeRow | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    section: str
    order: int
    kind: str
    text: Wording
    help: Wording
    #: "profile" answers describe the vendor, "engagement" answers belong to one RFI (brief 2.1).
    scope: str
    answer_required: bool
    choices: tuple[Choice, ...] = ()
    ordered: bool = False
    exclusive: tuple[str, ...] = ()
    unit: Wording | None = None
    columns: tuple[Column, ...] = ()
    #: Wording of the tick that makes an empty table an answer; None: "None to report".
    none_label: Wording | None = None
    show_when: Condition | None = None
    evidence: Wording | None = None
    claims: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    #: Inclusive bounds of a number, percentage or money amount; None: no bound on that side.
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    #: What is asked in two or three words ("Recovery time"), for sentences about requirements.
    subject: Wording | None = None

    def choice(self, code: str) -> Choice | None:
        return next((one for one in self.choices if one.code == code), None)

    def column(self, name: str) -> Column | None:
        return next((one for one in self.columns if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: Wording
    intro: Wording
    questions: tuple[Question, ...]
    #: A sealed section's answers are shown to nobody but the vendor (brief 5.7: sealed prices).
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A threshold that is looked up: `@buyer.rto_hours`, `@answer.<question id>`, `@policy.eea`.

    `source` is buyer, answer, policy or language (the entry of `buyer.languages` at hand);
    `plus` is added to what was found.
    """

    source: str
    path: str
    plus: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class RowRule:
    """A quantifier over the rows of a table that pass `where` (brief 2.1, 2.1a).

    `numerator` and `denominator` are the two row filters of a `ratio`; `where["standard"]` lists
    the standards of `any_valid_cert`.
    """

    quantifier: str
    where: Mapping[str, object] = field(default_factory=dict)
    column: str | None = None
    op: str | None = None
    value: object = None
    numerator: Mapping[str, object] | None = None
    denominator: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A file of one of these document types, dated within `max_age_months` (None: any age)."""

    types: tuple[str, ...]
    max_age_months: int | None = None


#: bool, int, Decimal, str, a tuple of codes, or one of the three above.
Threshold = bool | int | Decimal | str | tuple[str, ...] | Reference | RowRule | DocumentRule


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a satisfactory answer to one question is, how severe a miss is, and why."""

    id: str
    question: str
    profiles: tuple[str, ...]
    operator: str
    threshold: Threshold
    severity: str
    rationale: Wording
    #: The law or the card schemes demand it: no waiver, no acceptance (brief 5.3.3).
    never_waivable: bool = False


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


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the article, by paragraph; the source that a flag points at."""

    id: str
    paragraph: str
    text: str


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
