"""The what-if in the pure core: fifty vendors, every question answered, requirements changed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bench.seed import case
from question_bank.loader import load_bank
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.case_reading import read_case
from questionnaire.core.excluding import excluding, misses
from questionnaire.core.verdict import reach_all
from questionnaire.core.whatif import try_out

VENDORS = 50
TURNS = 15
AIM = 10


def report() -> None:
    """Print what one vendor takes, with one requirement changed, with twenty, and at first."""
    whole = read_case(case(), load_bank())
    basis = whole.basis
    given = [
        replace(one, code=f"{one.code}{turn}", name=f"{one.name} {turn}")
        for turn in range(VENDORS)
        for one in whole.offers
    ][:VENDORS]
    verdicts = reach_all(basis, given)
    print(f"what-if over {VENDORS} vendors, {len(basis.requirements)} rules, CPU time per vendor:")
    for changed in (1, 20):
        after = _milder(basis, changed)
        _say(f"{changed} changed", lambda after=after: try_out(basis, after, given, verdicts))  # type: ignore[misc]
    _say("verdicts, 20 changed, what excludes, misses", lambda: _everything(basis, given))
    print()


def _everything(basis: Basis, given: list[Offer]) -> object:
    """All that the page works out for one look."""
    verdicts = reach_all(basis, given)
    tried = try_out(basis, _milder(basis, 20), given, verdicts)
    return tried, excluding(basis, given, verdicts), misses(basis, given, verdicts)


def _milder(basis: Basis, changed: int) -> Basis:
    """So many of the mandatory requirements as major ones."""
    gates = [one.id for one in basis.requirements if one.severity == "mandatory"][:changed]
    asked = [
        replace(one, severity="major") if one.id in gates else one for one in basis.requirements
    ]
    return replace(basis, requirements=asked)


def _say(what: str, work: Callable[[], Any]) -> None:
    times = []
    for _turn in range(TURNS):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1000 / VENDORS)
    print(
        f"  {what}: median {statistics.median(times):.2f} ms, best {min(times):.2f} ms, "
        f"worst {max(times):.2f} ms (aim: at most {AIM})"
    )


if __name__ == "__main__":
    report()
