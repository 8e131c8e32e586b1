"""What holds for all findings at once, whatever is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.findings.described import FINDING_SEVERITIES
from question_bank.findings.facts import Facts
from question_bank.findings.outcome import STATUSES, Finding
from question_bank.findings.reasoning import NotKnown
from question_bank.findings.rules import RULES
from questionnaire.core.answers import Answer
from questionnaire.core.case import Case
from questionnaire.core.conditions import open_case
from questionnaire.core.findings import find
from tests.unit.findings import demo
from tests.unit.findings.kit import BLANK, BRIEF, DONT_KNOW, GIVEN, ON, answers_with, bank

QUIET = "does_not_fire"
#: Question ids that some finding is computed from.
USED = sorted({name for one in bank().findings for name in one.questions})
#: Not answering is what these two fire at ("an unanswered question also fires", "unanswered").
FIRE_AT_SILENCE = {"competitor-undeclared", "too-big-a-gamble"}
#: A hospital and a law firm besides the demo's shop, with customers in the EU.
BRIEFS: Mapping[str, Mapping[str, Any]] = {
    "shop": demo.brief(),
    "hospital": {**demo.brief(), "profiles": ["H", "P"], "medicare": True,
                 "jurisdictions": ["us", "eu"], "data_classes": ["phi", "card"]},
    "firm": {**demo.brief(), "profiles": ["L"], "jurisdictions": ["eu"],
             "data_classes": ["privileged"]},
}  # fmt: skip


def found_for(who: str, vendor: str, answers: Mapping[str, Answer]) -> dict[str, Finding]:
    found = find(bank(), BRIEFS[who], answers, on=ON, extra=demo.given(vendor))
    return {one.id: one for one in found}


def grave(finding: Finding) -> bool:
    return finding.severity in ("mandatory", "major")


def weakened(before: Mapping[str, Finding], after: Mapping[str, Finding]) -> list[str]:
    """Grave findings that fired or were open and no longer are, or that became milder."""
    return [
        name
        for name, one in before.items()
        if grave(one)
        and one.status != QUIET
        and (
            after[name].status == QUIET
            or FINDING_SEVERITIES.index(after[name].severity)
            > FINDING_SEVERITIES.index(one.severity)
        )
    ]


@pytest.mark.parametrize("who", BRIEFS)
@pytest.mark.parametrize("vendor", demo.VENDORS)
@pytest.mark.parametrize("silence", [DONT_KNOW, BLANK, Answer("not_applicable", reason="Why.")])
def test_not_answering_one_question_never_weakens_a_grave_finding(who, vendor, silence):
    answers = demo.answers(vendor)
    before = found_for(who, vendor, answers)
    for name in USED:
        after = found_for(who, vendor, {**answers, name: silence})
        assert weakened(before, after) == [], name
        raised = {one.id for one in after.values() if one.fires and before[one.id].status == QUIET}
        assert raised <= FIRE_AT_SILENCE, name


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    st.sampled_from(sorted(BRIEFS)),
    st.sampled_from(demo.VENDORS),
    st.sets(st.sampled_from(USED), min_size=2),
)
def test_not_answering_many_questions_never_weakens_a_grave_finding(who, vendor, names):
    answers = demo.answers(vendor)
    silent = {**answers, **dict.fromkeys(names, DONT_KNOW)}
    assert weakened(found_for(who, vendor, answers), found_for(who, vendor, silent)) == []


def cells(answers: Mapping[str, Answer]) -> list[tuple[str, int, str]]:
    """Every filled cell of the tables that findings look at, by question, row and column."""
    return [
        (name, number, column)
        for name in USED
        if name in answers and bank().questions[name].kind == "table"
        for number, row in enumerate(answers[name].value or ())
        for column, cell in row.items()
        if cell is not None
    ]


def without(answers: Mapping[str, Answer], emptied: set[tuple[str, int, str]]) -> dict[str, Answer]:
    changed = dict(answers)
    for name in {name for name, _, _ in emptied}:
        rows = tuple(
            {column: None if (name, number, column) in emptied else cell
             for column, cell in row.items()}
            for number, row in enumerate(answers[name].value)
        )  # fmt: skip
        changed[name] = Answer("answered", rows)
    return changed


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(st.data(), st.sampled_from(sorted(BRIEFS)), st.sampled_from(demo.VENDORS))
def test_emptying_cells_never_weakens_a_grave_finding(data, who, vendor):
    answers = demo.answers(vendor)
    emptied = data.draw(st.sets(st.sampled_from(cells(answers)), min_size=1, max_size=6))
    after = found_for(who, vendor, without(answers, emptied))
    assert weakened(found_for(who, vendor, answers), after) == []


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(st.data(), st.sampled_from(demo.VENDORS))
def test_the_order_of_rows_and_choices_means_nothing(data, vendor):
    answers = demo.answers(vendor)
    told = without(answers, data.draw(st.sets(st.sampled_from(cells(answers)), max_size=6)))
    shuffled = {
        name: Answer("answered", tuple(data.draw(st.permutations(one.value))))
        if isinstance(one.value, tuple)
        else one
        for name, one in told.items()
        if name in USED
    }
    assert demo.findings(vendor, shuffled) == demo.findings(vendor, told)


ODD: list[Any] = ["", "x", True, 3, Decimal(-1), Decimal(0), (), ("x",), ({},), ({"x": 1},), [1]]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    st.dictionaries(st.sampled_from(USED), st.sampled_from(ODD)),
    st.dictionaries(st.sampled_from(sorted(BRIEF)), st.sampled_from([*ODD, None, {}, [{}], "2"])),
)
def test_odd_answers_and_briefs_are_judged_and_never_an_error(odd, brief):
    changed = {**answers_with({}), **{name: Answer("answered", one) for name, one in odd.items()}}
    for one in find(bank(), {**BRIEF, **brief}, changed, on=ON, extra=GIVEN):
        assert one.status in STATUSES
        assert one.severity in FINDING_SEVERITIES
        assert bool(one.text) == one.fires
        assert bool(one.because) == one.undetermined


def test_a_vendor_that_answers_nothing_passes_nothing():
    statuses = {one.id: one.status for one in find(bank(), BRIEF, {}, on=ON)}
    assert {name for name, status in statuses.items() if status == "fires"} == {"too-big-a-gamble"}
    assert {name for name, status in statuses.items() if status == QUIET} == {
        # Decided by the brief alone: no customer in the EU or the UK.
        "transfer-basis-mismatch",
        # Nothing was attached; that is a gap of its own.
        "evidence-stale",
    }


class _Listening:
    """A case that remembers which answers were looked at."""

    def __init__(self, case: Case) -> None:
        self.case, self.heard = case, set[str]()
        self.currency = case.currency

    def known(self, question_id: str) -> Any:
        self.heard.add(question_id)
        return self.case.known(question_id)

    def shown(self, question_id: str) -> bool:
        self.heard.add(question_id)
        return self.case.shown(question_id)

    def stated(self, path: str) -> Any:
        return self.case.stated(path)


class _Voice:
    language = "en"

    def __getattr__(self, name: str) -> Any:
        return str


def listened() -> Iterator[tuple[str, set[str]]]:
    """What each rule looks at for each vendor and brief, with every other fact known."""
    for who in BRIEFS.values():
        profiles = frozenset(who["profiles"])
        for told in [*map(demo.answers, demo.VENDORS), answers_with({})]:
            for name, rule in RULES.items():
                source = _Listening(open_case(bank(), who, told, on=ON))
                facts = Facts(bank(), source, _Voice(), on=ON, profiles=profiles, given=GIVEN)
                with suppress(NotKnown):
                    rule.judge(facts)
                yield name, source.heard


def test_the_answers_that_a_finding_says_it_used_are_those_it_looks_at():
    heard: dict[str, set[str]] = {}
    for name, questions in listened():
        heard.setdefault(name, set()).update(questions)
    told = {one.id: set(one.questions) for one in bank().findings}
    # Of the best clients what counts is how an analyst tagged the answer.
    assert heard | {"best-clients-unlike-us": {"clients.best-clients"}} == told
