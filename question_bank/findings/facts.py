"""What a finding can ask: one vendor's answers, the buyer's brief, the policy, the extra facts.

Every access gives a typed value or raises NotKnown with the reason. Blank, don't know, not
applicable, not asked, empty cells and values of another kind are all not known; `()` is an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from question_bank.findings.figures import filled
from question_bank.findings.given import DatedRate, Given
from question_bank.findings.lines import Line
from question_bank.findings.reasoning import NotKnown
from question_bank.findings.sources import Source, Voice
from question_bank.truth import Unsure
from question_bank.values import Money

if TYPE_CHECKING:
    from question_bank.demanded import Requirement
    from question_bank.model import Bank

T = TypeVar("T")


class Facts:
    """Everything that the findings about one vendor are computed from.

    `profiles` are the codes of the active profiles; None when they are not known.
    """

    def __init__(
        self,
        bank: Bank,
        source: Source,
        voice: Voice,
        *,
        on: date,
        profiles: frozenset[str] | None,
        given: Given,
    ) -> None:
        self.bank, self.source, self.voice = bank, source, voice
        self.on, self.profiles, self.given = on, profiles, given
        self._tables: dict[str, tuple[Line, ...]] = {}
        self._stated: dict[str, object] = {}

    # -- answers -------------------------------------------------------------------------------

    def answer(self, question: str, kind: type[T]) -> T:
        """The value of an answer that counts and is of this kind."""
        if question in self.bank.sealed_questions and not self.given.prices_open:
            raise self.not_known("sealed")
        value = self.source.known(question)
        if isinstance(value, Unsure):
            raise NotKnown(value.why)
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise self.not_known("unreadable")
        return value

    def number(self, question: str) -> Decimal:
        return self.answer(question, Decimal)

    def code(self, question: str) -> str:
        return self.answer(question, str)

    def codes(self, question: str) -> frozenset[str]:
        return self._texts(self.answer(question, tuple), "unreadable")

    def _texts(self, values: tuple[object, ...], phrase: str) -> frozenset[str]:
        if not all(isinstance(one, str) for one in values):
            raise self.not_known(phrase)
        return frozenset(map(str, values))

    def yes(self, question: str) -> bool:
        return self.answer(question, bool)

    def rows(self, question: str) -> tuple[Line, ...]:
        """The rows of a table in an order of their own, so that none follows from the vendor's.

        () when the vendor said that there is none to report.
        """
        if question not in self._tables:
            rows = self.answer(question, tuple)
            if not all(isinstance(row, Mapping) for row in rows):
                raise self.not_known("unreadable")
            table = self.bank.questions[question]
            lines = (Line(row, table, self) for row in rows)
            self._tables[question] = tuple(sorted(lines, key=Line.place))
        return self._tables[question]

    def asked(self, question: str) -> bool:
        return self.source.shown(question)

    # -- the brief -----------------------------------------------------------------------------

    def buyer(self, path: str, kind: type[T]) -> T:
        """A field of the brief as it is stated."""
        if path not in self._stated:
            self._stated[path] = self.source.stated(path)
        value = self._stated[path]
        if isinstance(value, Unsure):
            raise NotKnown(value.why)
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise self.not_known("brief_unreadable")
        return value

    def buyer_number(self, path: str) -> Decimal:
        return self.buyer(path, Decimal)

    def buyer_code(self, path: str) -> str:
        return self.buyer(path, str)

    def buyer_codes(self, path: str) -> frozenset[str]:
        return self._texts(self.buyer(path, tuple), "brief_unreadable")

    def buyer_yes(self, path: str) -> bool:
        return self.buyer(path, bool)

    def buyer_day(self, path: str) -> date:
        try:
            return date.fromisoformat(self.buyer(path, str))
        except ValueError:
            raise self.not_known("brief_unreadable") from None

    def preference(self, path: str) -> Decimal:
        """A number of the brief, or the default of its field when the buyer states none."""
        if isinstance(self.source.stated(path), Unsure):
            for field in self.bank.brief:
                if field.name == path and isinstance(field.default, int | float):
                    return Decimal(str(field.default))
        return self.buyer_number(path)

    def seats_needed(self) -> Decimal:
        """How many seats the buyer needs; nothing can be compared with none."""
        seats = self.buyer_number("seats_needed")
        if seats <= 0:
            raise self.not_known("brief_unreadable")
        return seats

    def has_profile(self, code: str) -> bool:
        if self.profiles is None:
            raise self.not_known("profiles")
        return code in self.profiles

    def requirements(self) -> tuple[Requirement, ...]:
        """The requirements of the round, or the bank's own for the active profiles."""
        if self.given.requirements is not None:
            return self.given.requirements
        active = {
            one.id
            for one in self.bank.profiles
            if self.profiles is None or one.code in self.profiles
        }
        return tuple(one for one in self.bank.requirements if active.intersection(one.profiles))

    # -- policy, money, words ------------------------------------------------------------------

    def policy(self, name: str) -> frozenset[str]:
        """A policy table of codes."""
        table = self.bank.policy.get(name)
        if not isinstance(table, tuple):
            raise self.not_known("policy")
        return frozenset(table)

    def policy_for(self, name: str, code: str) -> object:
        """What a policy table says about a code; None when it says nothing."""
        table = self.bank.policy.get(name)
        return table.get(code) if isinstance(table, Mapping) else None

    def known_fact(self, value: T | None, phrase: str) -> T:
        """An extra fact; the phrase says what is not known without it."""
        if value is None:
            raise self.not_known(phrase)
        return value

    def amount(self, money: Money, currency: str) -> Decimal:
        """The amount in this currency: its own, or changed at the newest dated rate."""
        if money.currency == currency:
            return money.amount
        fitting = [one for one in self.given.rates if self._changes(one, money, currency)]
        if not fitting:
            raise self.not_known("currencies", one=money.currency, other=currency)
        return money.amount * max(fitting, key=lambda one: one.on).rate

    def _changes(self, rate: DatedRate, money: Money, currency: str) -> bool:
        fits = (rate.currency, rate.into) == (money.currency, currency)
        return fits and rate.rate > 0 and rate.on <= self.on

    def label(self, question: str, code: str, column: str | None = None) -> str:
        """What a choice is called on the form."""
        asked = self.bank.questions.get(question)
        found = asked.column(column) if asked and column else asked
        choice = found.choice(code) if found else None
        return choice.label.text(self.voice.language) if choice else code

    def subject(self, question: str) -> str:
        """What a question is about, in quotation marks: as a sentence names it."""
        asked = self.bank.questions.get(question)
        wording = (asked.subject or asked.text) if asked else None
        return f"“{wording.text(self.voice.language) if wording else question}”"

    def phrase(self, name: str, **figures: object) -> str:
        """One of the small phrases that stand beside the findings in the bank's files."""
        wording = self.bank.finding_phrases.get(name)
        text = wording.text(self.voice.language) if wording else name.replace("_", " ")
        return filled(text, figures)

    def not_known(self, phrase: str, **figures: object) -> NotKnown:
        """The error that says in these words what is not known."""
        return NotKnown(self.phrase(phrase, **figures))
