"""What is asked: wordings, columns, conditions, questions and sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from question_bank.vocabulary import LANGUAGES


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
    _by_code: Mapping[str, Choice] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {one.code: one for one in self.choices})

    def choice(self, code: str) -> Choice | None:
        return self._by_code.get(code)


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
    #: Whether "none" can be the answer to a table, a list of countries or several choices.
    none_allowed: bool = True
    #: How many choices can be taken at most; None: all of them.
    most_choices: int | None = None
    #: Whether the buyer's own team is asked too (brief 5.1): not what presupposes a contract.
    in_house: bool = True
    _by_code: Mapping[str, Choice] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {one.code: one for one in self.choices})

    def choice(self, code: str) -> Choice | None:
        return self._by_code.get(code)

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
    #: Whether the buyer's own team is asked its questions too.
    in_house: bool = True
