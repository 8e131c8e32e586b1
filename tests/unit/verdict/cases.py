"""Cases for judging: the demo's buyer and vendors, and vendors made out of them by mutation."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import questionnaire.demo
from question_bank.loader import load_bank
from question_bank.model import Bank
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.case_reading import WholeCase, read_case
from questionnaire.core.document_faults import Document
from questionnaire.core.merging import default_requirements
from questionnaire.core.offer_reading import read_offer
from questionnaire.core.verdict import Verdict, reach

CASE = Path(questionnaire.demo.__file__).parent / "case.json"
TIERS = ("not_eligible", "conditional", "recommended")
#: How often each vendor of the demo is what a mutation begins with: those on the edge more often.
BEGUN_WITH = ("CR", "CR", "CR", "CR", "US", "US", "US", "PH", "PH", "PH", "IN", "DO", "LV")
_FIGURES: Mapping[str, tuple[Any, ...]] = {
    "csat": (95, 86, 85, 84.9, 70, None),
    "fcr": (90, 75, 60, None),
    "aht": (300, 400, 600, None),
    "n": (200, 30, 20, 19, 9, None),
    "critical_security": (0, 1, None),
    "drill_h": (1, 8, 8.1, None),
}


@cache
def bank() -> Bank:
    return load_bank()


@cache
def _text(code: str = "") -> str:
    """The demo's case, or one of its vendors, as JSON."""
    text = CASE.read_text(encoding="utf-8")
    return json.dumps(json.loads(text)["vendors"][code]) if code else text


def demo() -> dict[str, Any]:
    """A copy of the demo's case that may be changed."""
    found: dict[str, Any] = json.loads(_text())
    return found


@cache
def whole() -> WholeCase:
    return read_case(demo(), bank())


def basis() -> Basis:
    return whole().basis


@cache
def basis_of(*profiles: str) -> Basis:
    """The demo's buyer as one of other profiles."""
    asked = default_requirements(bank(), profiles)
    return replace(basis(), profiles=profiles, requirements=asked)


def bases() -> st.SearchStrategy[Basis]:
    """The demo's buyer as it is, and as a buyer of any other kind."""
    kinds = (("R", "P"), ("R",), ("H", "P"), ("H",), ("L",))
    return st.sampled_from(kinds).map(lambda kind: basis_of(*kind))


def vendor(code: str) -> dict[str, Any]:
    """A copy of one vendor of the demo."""
    found: dict[str, Any] = json.loads(_text(code))
    return found


def offer(told: Mapping[str, Any], code: str = "X") -> Offer:
    document = Document(dict(told), code)
    read = read_offer(code, document, bank(), basis().on, "USD")
    document.refuse()
    return read


def judged(told: Mapping[str, Any], on: Basis | None = None) -> Verdict:
    return reach(on or basis(), offer(told))


def changed(told: Mapping[str, Any], **answers: Any) -> dict[str, Any]:
    """The vendor with other answers: `quality__csat=80`."""
    copied = copy.deepcopy(dict(told))
    for name, value in answers.items():
        copied["answers"][name.replace("__", ".").replace("_", "-")] = value
    return copied


def rank(verdict: Verdict) -> int:
    """The tier as a number: the higher the better."""
    return TIERS.index(verdict.tier.name)


# -- mutation ----------------------------------------------------------------------------------


def question_ids() -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(bank().questions))


def mutations() -> st.SearchStrategy[tuple[Any, ...]]:
    """One change to a vendor, as a tuple that says what it is."""
    codes = st.sampled_from(("PH", "IN", "CR", "DO", "US", "LV"))
    scorecard = bank().scorecard
    assert scorecard is not None
    marks = st.sampled_from(sorted(scorecard.criteria_by_id))
    figures = st.sampled_from([(name, one) for name, of in _FIGURES.items() for one in of])
    return st.one_of(
        st.tuples(st.just("unknown"), question_ids()),
        st.tuples(st.just("borrowed"), question_ids(), codes),
        st.tuples(st.just("scaled"), question_ids(), st.sampled_from((0, 0.5, 0.9, 1.1, 2))),
        st.tuples(st.just("fewer"), question_ids()),
        st.tuples(st.just("trial"), codes),
        st.tuples(st.just("repeat"), codes),
        st.tuples(st.just("mark"), marks, st.integers(10, 50).map(lambda tenths: tenths / 10)),
        st.tuples(st.just("figure"), figures),
        st.just(("no trial",)),
    )


@st.composite
def vendors(draw: st.DrawFn) -> dict[str, Any]:
    """A vendor of the demo with up to four changes; some of them better, most of them worse."""
    told = vendor(draw(st.sampled_from(BEGUN_WITH)))
    for mutation in draw(st.lists(mutations(), max_size=4)):
        _mutate(told, *mutation)
    return told


def _mutate(told: dict[str, Any], kind: str, *what: Any) -> None:
    answers, trial = told["answers"], told.get("trial")
    match kind, what:
        case "unknown", (name,):
            answers[name] = None
        case "borrowed", (name, code):
            answers[name] = vendor(code)["answers"].get(name)
        case "scaled", (name, factor):
            answers[name] = _scaled(name, answers.get(name), factor)
        case "fewer", (name,):
            if isinstance(answers.get(name), list):
                answers[name] = answers[name][1:]
        case "trial", (code,):
            told["trial"] = vendor(code)["trial"]
        case "repeat", (code,) if trial:
            told |= {"first_trial": vendor(code)["trial"], "fix": "Trained anew."}
        case "mark", (criterion, mark) if trial:
            trial["criteria"][criterion] = mark
        case "figure", ((name, value),) if trial:
            trial[name] = value
        case "no trial", ():
            told["trial"] = None
            told.pop("first_trial", None)
            told.pop("fix", None)


def _scaled(name: str, value: Any, factor: float) -> Any:
    """A number made larger or smaller, within the bounds of its question."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    question = bank().questions[name]
    scaled = round(value * factor, 2)
    if question.kind == "percentage":
        scaled = min(scaled, 100)
    if question.maximum is not None:
        scaled = min(scaled, float(question.maximum))
    if question.minimum is not None:
        scaled = max(scaled, float(question.minimum))
    return scaled
