"""Every language of the brief must be spoken well enough, by enough agents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from question_bank.model import RowRule
from questionnaire.core.gaps import judge
from tests.harness.asking import answered, bank, column, question, requirement, row

SPOKEN = question(
    "a.spoken",
    "table",
    subject="Languages",
    columns=(
        column("language", "language"),
        column("agents", "number"),
        column("level", "choice", "B1", "B2", "C1", ordered=True),
    ),
)
BRIEF = {
    "languages": [
        {"language": "en", "min_spoken": "B2", "agents_needed": 32},
        {"language": "es", "min_spoken": "C1", "agents_needed": 14},
    ],
}


def judged(rule, rows, brief=None):
    (found,) = judge(
        bank([SPOKEN]),
        [requirement(SPOKEN, "row", rule)],
        BRIEF if brief is None else brief,
        {SPOKEN.id: answered(tuple(row(SPOKEN, **one) for one in rows))},
        on=date(2026, 11, 23),
    )
    return found


def status(rule, rows, brief=None):
    return judged(rule, rows, brief).status


def english(level="B2", agents=40):
    return {"language": "en", "level": level, "agents": Decimal(agents)}


SPANISH = {"language": "es", "level": "C1", "agents": Decimal(14)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([english(), SPANISH], "met"),
        ([english("B1"), SPANISH], "not_met"),
        ([english("B1"), english("C1"), SPANISH], "met"),
        ([english()], "not_met"),
        ([], "not_met"),
        ([english(), {"language": "es", "level": None}], "unknown"),
        ([english(), {"language": None, "level": "C1"}], "unknown"),
    ],
)
def test_every_language_of_the_brief(rows, expected):
    rule = RowRule("each_buyer_language", {}, "level", "at_least", "@language.min_spoken")
    assert status(rule, rows) == expected


def test_a_number_of_agents_for_every_language_of_the_brief():
    rule = RowRule("each_buyer_language", {}, "agents", "at_least", "@language.agents_needed")
    found = judged(rule, [english(agents=31), SPANISH])
    assert found.status == "not_met"
    assert found.explanation == (
        "Languages: English has Agents: 31; required: “Agents” must be at least 32 for English "
        "and at least 14 for Spanish."
    )


@pytest.mark.parametrize(
    "brief", [{}, {"languages": []}, {"languages": [{"min_spoken": "B2"}]}, {"languages": "en"},
              {"languages": [{"language": "en"}]}],
)  # fmt: skip
def test_a_brief_that_does_not_say_its_languages_leaves_the_rule_open(brief):
    rule = RowRule("each_buyer_language", {}, "level", "at_least", "@language.min_spoken")
    assert status(rule, [english(), SPANISH], brief) == "unknown"
