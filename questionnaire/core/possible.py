"""Whether any answer can meet what is demanded: asked before requirements are published.

A requirement that nobody can meet would keep every provider out (or count as everybody's gap)
without a word about it. Two mandatory requirements that no one answer can meet together are as
bad. A threshold that is looked up counts as what the brief says now; what the brief does not say,
or only an answer will, is not judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from question_bank.model import Bank, DocumentRule, Question, Requirement, RowRule
from questionnaire.core.case import Brief, Case
from questionnaire.core.conditions import open_case
from questionnaire.core.limits import limits
from questionnaire.core.phrases import listed, say
from questionnaire.core.possible_rows import rows_clash, why_no_rows
from questionnaire.core.sentences import requirement_sentence
from questionnaire.core.thresholds import resolve
from questionnaire.core.witnesses import Test, can_meet


@dataclass(frozen=True, slots=True)
class Impossible:
    """Requirements that no answer can meet: one, or several that contradict each other.

    `requirements` are their ids; `sentence` says it to a buyer.
    """

    requirements: tuple[str, ...]
    sentence: str


def impossible(
    bank: Bank,
    brief: Brief,
    requirements: Iterable[Requirement],
    *,
    on: date | None = None,
    language: str = "en",
) -> tuple[Impossible, ...]:
    """Everything in a requirement set that no answer can meet, in the order of the set.

    Hand in what is in force: switched on, and asked. `on` is the day from which the age of dates
    counts; without it their age contradicts nothing. Never raises on odd thresholds.
    """
    case = open_case(bank, brief, {}, on=on, language=language)
    alone: list[Impossible] = []
    gates: dict[str, list[Requirement]] = {}
    for one in requirements:
        question = bank.questions.get(one.question)
        if question is None:
            continue
        if why := _why_not(one, question, case):
            alone.append(Impossible((one.id,), _cannot(one, why, case)))
        elif one.severity == "mandatory":
            gates.setdefault(one.question, []).append(one)
    clashing = (
        Impossible(tuple(one.id for one in group), _clash(group, case))
        for name, held in gates.items()
        for group in _contradictions(held, bank.questions[name], case)
    )
    return (*alone, *clashing)


def _why_not(one: Requirement, question: Question, case: Case) -> str:
    """Why no answer can meet it, as a clause; empty when one can."""
    threshold = one.threshold
    if isinstance(threshold, DocumentRule):
        known = case.bank.document_types
        if any(name in known for name in threshold.types) or not known:
            return ""
        return say(case.language, "no such document can be attached")
    if isinstance(threshold, RowRule):
        return why_no_rows(threshold, question, case)
    test = _test(one, case)
    if test is None or can_meet(question, [test], case):
        return ""
    return limits(question, case)


def _test(one: Requirement, case: Case) -> Test | None:
    """The comparison with its threshold looked up; None where that is not known."""
    if isinstance(one.threshold, DocumentRule | RowRule):
        return None
    if one.operator == "not_older_than" and case.on is None:
        return None
    found = resolve(one.threshold, case)
    return (one.operator, found.value) if found.known else None


def _contradictions(
    held: Sequence[Requirement], question: Question, case: Case
) -> Iterator[tuple[Requirement, ...]]:
    """The pairs that no answer can meet together, or all of them where only all contradict."""
    tested = [(one, test) for one in held if (test := _test(one, case)) is not None]
    pairs = [
        (one, other)
        for (one, test), (other, test_) in combinations(tested, 2)
        if not can_meet(question, [test, test_], case)
    ]
    yield from pairs
    if len(tested) > 2 and not pairs and not can_meet(question, [t for _, t in tested], case):
        yield tuple(one for one, _ in tested)
    ruled = [(one, one.threshold) for one in held if isinstance(one.threshold, RowRule)]
    for (one, rule), (other, rule_) in combinations(ruled, 2):
        if rows_clash(rule, rule_, question, case):
            yield one, other


def _cannot(one: Requirement, why: str, case: Case) -> str:
    return say(
        case.language,
        "No answer can meet {demand}: {why}.",
        demand=_demand(one, case),
        why=why,
    )


def _clash(group: Sequence[Requirement], case: Case) -> str:
    return say(
        case.language,
        "No answer can meet {demands} together, and each of them is mandatory.",
        demands=listed([_demand(one, case) for one in group], case.language),
    )


def _demand(one: Requirement, case: Case) -> str:
    sentence = requirement_sentence(one, case.bank, case.brief, case.language)
    return f"“{sentence.removesuffix('.')}”"
