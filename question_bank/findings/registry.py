"""Which function works a finding out, and which figures it gives to which message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from question_bank.findings.facts import Facts
from question_bank.findings.outcome import Outcome

Judge = Callable[[Facts], Outcome]


@dataclass(frozen=True, slots=True)
class Rule:
    """The function of one finding; `gives` names the figures of each message, "" is the usual."""

    judge: Judge
    gives: Mapping[str, frozenset[str]]


RULES: dict[str, Rule] = {}


def finding(name: str, gives: str = "", **variants: str) -> Callable[[Judge], Judge]:
    """Makes a function the rule of a finding; figures are named in one text with blanks."""

    def register(judge: Judge) -> Judge:
        if name in RULES:
            raise ValueError(f"{name} has two functions.")
        named = {"": gives, **variants}
        RULES[name] = Rule(
            judge, {one: frozenset(figures.split()) for one, figures in named.items()}
        )
        return judge

    return register
