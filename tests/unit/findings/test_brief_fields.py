"""What a finding asks of the brief is what its description says it asks."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from question_bank.findings import evaluating
from question_bank.findings.given import Given, Trial
from questionnaire.core.answers import kept_answer
from questionnaire.core.case import Case
from questionnaire.core.findings import find
from tests.unit.findings.kit import ON, bank
from tests.unit.verdict.cases import demo

#: Opens every path that a brief can open: all classes of data, phones all day, a medical insurer.
STRICT: dict[str, Any] = {
    "jurisdictions": ["eu"],
    "data_classes": ["phi", "card", "pii", "privileged"],
    "medicare": True,
    "coverage": "x24_7",
    "coverage_hours": 168,
}


def test_every_field_that_a_finding_looks_at_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an RFI could be sent without it, and the finding would stay undetermined for ever."""
    looked_at: defaultdict[str, set[str]] = defaultdict(set)
    now: list[str] = [""]
    stated, judge_one = Case.stated, evaluating._one

    def watch_one(description: Any, severity: str, facts: Any) -> Any:
        now[0] = description.id
        facts._stated.clear()
        return judge_one(description, severity, facts)

    def watch_stated(self: Case, path: str) -> object:
        looked_at[now[0]].add(path)
        return stated(self, path)

    monkeypatch.setattr(evaluating, "_one", watch_one)
    monkeypatch.setattr(Case, "stated", watch_stated)
    case = demo()
    for profiles in (None, ["R", "P"], ["H"], ["L"]):
        for brief in (case["buyer"], case["buyer"] | STRICT):
            for vendor in case["vendors"].values():
                answers = {
                    name: kept_answer(
                        bank().questions[name], "dont_know" if raw is None else "answered", raw
                    )
                    for name, raw in vendor["answers"].items()
                }
                given = Given(
                    vendor=vendor["name"],
                    trial=Trial(True, Decimal(70), Decimal(80), Decimal(300)),
                    prices_open=True,
                    evidenced=frozenset(bank().questions),
                )
                find(bank(), brief, answers, on=ON, extra=given, profiles=profiles)
    declared = {one.id: set(one.brief) for one in bank().findings}
    missing = {
        name: undeclared
        for name, paths in looked_at.items()
        if name in declared and (undeclared := paths - declared[name] - {"profiles"})
    }
    assert missing == {}
    assert looked_at["size-mismatch"] == {"seats_needed", "size"}, "the watch sees what is asked"
