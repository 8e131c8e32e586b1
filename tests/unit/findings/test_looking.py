"""Only the findings that say so look at requirements, and only those at tiers and scores."""

from __future__ import annotations

from typing import Any

import pytest

from question_bank.findings.given import Given, Option
from question_bank.findings.looking import AT_OPTIONS, AT_REQUIREMENTS
from question_bank.findings.registry import RULES
from questionnaire.core.findings import find
from tests.unit.verdict.cases import whole

pytestmark = pytest.mark.sqlite_only


class Watched:
    """Stands in for facts and tells which of them were looked at."""

    def __init__(self, facts: object, seen: set[str], of: str = "") -> None:
        self._facts, self._seen, self._of = facts, seen, of

    def __getattr__(self, name: str) -> Any:
        self._seen.add(self._of + name)
        value = getattr(self._facts, name)
        return Watched(value, self._seen, f"{name}.") if isinstance(value, Option) else value


def looked_at(finding: str) -> set[str]:
    case, seen = whole(), set[str]()
    for offer in case.offers:
        own = Option(offer.name, "nearshore", True, "conditional")
        facts = Given(
            requirements=tuple(case.basis.requirements),
            papers=(), own=own, others=(Option("Another", "onshore", True, "recommended"),),
            preferred=True, prices_open=True,
        )  # fmt: skip
        find(
            case.basis.bank, case.basis.brief, offer.answers,
            on=case.basis.on, profiles=case.basis.profiles,
            extra=Watched(facts, seen),  # type: ignore[arg-type]
            only={finding},
        )  # fmt: skip
    return seen


@pytest.mark.parametrize("finding", sorted(RULES))
def test_it_looks_where_it_says(finding: str) -> None:
    seen = looked_at(finding)
    assert ("requirements" in seen) <= (finding in AT_REQUIREMENTS)
    changing = {"others", "own.quality", "own.tier", "own.eligible"}
    assert bool(seen & changing) <= (finding in AT_OPTIONS)


@pytest.mark.parametrize("finding", sorted(AT_OPTIONS))
def test_no_finding_that_compares_options_is_ever_counted(finding: str) -> None:
    (described,) = (one for one in whole().basis.bank.findings if one.id == finding)
    assert {*described.severity.values(), *described.may_be} <= {"warning", "info"}


def test_the_findings_that_say_so_do_look_there() -> None:
    assert all("requirements" in looked_at(one) for one in AT_REQUIREMENTS & {"evidence-stale"})
    assert all("others" in looked_at(one) for one in AT_OPTIONS - {"price-only-order"})
