"""What the tests of the invariants compare two verdicts by."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings

from questionnaire.core.verdict import Verdict
from questionnaire.core.verdict_documents import verdict_document
from tests.unit.verdict.cases import rank


def over(examples: int) -> Callable[..., Any]:
    """So many cases, the same ones in every run: a suite that fails must fail again."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def told(verdict: Verdict) -> dict[str, Any]:
    """All of a verdict that no price may touch."""
    document = verdict_document(verdict)
    for name in ("cost", "price_utility", "value"):
        del document[name]
        document["unknown"].pop(name, None)
    document["findings"] = [one for one in document["findings"] if one["severity"] != "warning"]
    document["undetermined"] = [
        one for one in document["undetermined"] if one["severity"] != "warning"
    ]
    return document


def statuses(verdict: Verdict) -> dict[str, str]:
    return {one.requirement.id: one.status for one in verdict.judgements}


def not_better(verdict: Verdict, than: Verdict) -> None:
    """Neither tier nor quality is better than before."""
    assert rank(verdict) <= rank(than), (than.tier, verdict.tier)
    before, after = than.quality.quality, verdict.quality.quality
    assert before is not None
    assert after is not None
    assert after <= before + Decimal("1e-20")


def standing(verdict: Verdict) -> set[tuple[str, str, str]]:
    """The findings that fire or may fire."""
    return {
        (one.id, one.status, one.severity)
        for one in verdict.findings
        if one.fires or one.undetermined
    }


def by_question(verdict: Verdict) -> dict[str, bool]:
    """Question -> whether nothing that is asked of it is missed."""
    found: dict[str, bool] = {}
    for one in verdict.judgements:
        name = one.requirement.question
        found[name] = found.get(name, True) and not one.is_gap
    return found
