"""The pure core: one full assessment, every question answered, every rule of its profiles."""

from __future__ import annotations

import statistics
import time
from datetime import date

from bench.seed import case
from question_bank.loader import load_bank
from questionnaire.core.answers import kept_answer
from questionnaire.core.gaps import judge
from questionnaire.core.merging import default_requirements

TURNS = 60


def report() -> None:
    """Print the median time of judging, and what it found."""
    bank = load_bank()
    content = case()
    on = date.fromisoformat(content["evaluation_date"])
    requirements = default_requirements(bank, content["buyer"]["profiles"], tuple(bank.questions))
    given = {
        id: kept_answer(question, "dont_know" if raw is None else "answered", raw)
        for id, question in bank.questions.items()
        for raw in [content["vendors"]["PH"]["answers"].get(id)]
    }
    times: list[float] = []
    found: tuple[object, ...] = ()
    for _turn in range(TURNS):
        started = time.perf_counter()
        found = judge(bank, requirements, content["buyer"], given, on=on)
        times.append((time.perf_counter() - started) * 1000)
    print(
        f"judging one assessment, {len(given)} answers, {len(found)} rules: "
        f"median {statistics.median(times):.2f} ms, worst {max(times):.2f} ms (aim: at most 10)\n"
    )
