"""The derived findings about one vendor: what its answers show together (brief 3.1).

The rules stand with the content, in `question_bank.findings`; here they are given one vendor's
answers, and words in the reader's language. Undetermined is its own outcome, like an unknown
requirement: blank, don't know, not applicable (also one that the buyer accepted: the figure is
missing all the same), a question that is not asked, an empty cell, nothing to divide by, a brief
that leaves a field open, two currencies without a dated rate.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from question_bank.findings.evaluating import evaluate
from question_bank.findings.facts import Facts
from question_bank.findings.given import NOTHING_GIVEN, Given, Paper
from question_bank.findings.outcome import STATUSES, Finding
from question_bank.model import Bank
from question_bank.values import Money
from questionnaire.core.answers import Answers
from questionnaire.core.case import Brief, Case
from questionnaire.core.codes import country_name, language_name
from questionnaire.core.conditions import open_case
from questionnaire.core.dates import show_date
from questionnaire.core.kinds.numeric import show_money
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import listed, some
from questionnaire.core.rounding import cents

__all__ = ("STATUSES", "Finding", "Given", "find", "find_in")


def find(
    bank: Bank,
    brief: Brief,
    answers: Answers,
    *,
    on: date,
    selection: Collection[str] | None = None,
    extra: Given = NOTHING_GIVEN,
    profiles: Collection[str] | None = None,
    accepted_not_applicable: Collection[str] = (),
    language: str = "en",
    only: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """Every finding of the bank that the active profiles look at, worked out on the day `on`.

    `profiles` are ids or codes; without them those of the brief count, and without these every
    finding is looked at as strictly as any profile would. `extra` are facts from outside the
    questionnaire; where it leaves requirements and papers open, the defaults of the
    profiles and the evidence of the answers stand in. `only` names the findings that are wanted
    (None: all). Never raises on odd answers.
    """
    case = open_case(
        bank,
        brief,
        answers,
        on=on,
        selection=selection,
        accepted=accepted_not_applicable,
        language=language,
    )
    return find_in(case, on=on, extra=extra, profiles=profiles, only=only)


def find_in(
    case: Case,
    *,
    on: date,
    extra: Given = NOTHING_GIVEN,
    profiles: Collection[str] | None = None,
    only: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """The same in a case that is open already, for callers that ask more of it."""
    active = _active(case.bank, case.brief.get("profiles") if profiles is None else profiles)
    given = extra if extra.papers is not None else replace(extra, papers=_attached(case))
    facts = Facts(case.bank, case, _Voice(case.language), on=on, profiles=active, given=given)
    return evaluate(facts, only)


def _active(bank: Bank, named: object) -> frozenset[str] | None:
    """The codes of the active profiles; None when none is known."""
    names = named if isinstance(named, Iterable) and not isinstance(named, str) else ()
    found = frozenset(
        one.code for name in names for one in bank.profiles if name in (one.id, one.code)
    )
    return found or None


def _attached(case: Case) -> tuple[Paper, ...]:
    """The documents beside the answers to the questions that are asked."""
    return tuple(
        Paper(question, one.name, one.document_type, one.issued_on)
        for question, answer in case.answers.items()
        if answer.evidence and case.shown(question)
        for one in answer.evidence
    )


class _Voice:
    """Codes and figures in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def country(self, code: str) -> str:
        return country_name(code, self.language)

    def tongue(self, code: str) -> str:
        return language_name(code, self.language)

    def listed(self, parts: Iterable[str]) -> str:
        return listed(list(parts), self.language)

    def some(self, parts: Iterable[str]) -> str:
        """The first few of them, and how many more there are."""
        return some(list(parts), self.language)

    def number(self, number: Decimal | int) -> str:
        return show_number(Decimal(number), self.language)

    def money(self, money: Money) -> str:
        return show_money(Money(cents(money.amount), money.currency), self.language)

    def day(self, day: date) -> str:
        return show_date(day, self.language)
