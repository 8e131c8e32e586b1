"""Whatever stands in a case, it is judged or refused by its path; nothing else happens."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.case_reading import InvalidDocument, read_case
from questionnaire.core.verdict import reach_all
from questionnaire.core.verdict_documents import document_of
from tests.unit.verdict.cases import bank, demo
from tests.unit.verdict.comparing import over

pytestmark = pytest.mark.sqlite_only

JUNK: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8), st.sampled_from((1e300, -1e300, 1e-300, "\x00", "\ud800", "2026-02-30")),
    st.just([]), st.just({}), st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)  # fmt: skip


def places(node: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value of a document."""
    below = node.items() if isinstance(node, dict) else enumerate(node)
    found = []
    for step, value in below:
        found.append((*way, step))
        if isinstance(value, dict | list):
            found.extend(places(value, (*way, step)))
    return found


def one_vendor() -> dict[str, Any]:
    case = demo()
    case["vendors"] = {"CR": case["vendors"]["CR"]}
    return case


PLACES = places(one_vendor())


@over(300)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=3))
def test_junk_is_refused_by_its_path_or_judged(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    case: Any = one_vendor()
    for (*way, last), value in changes:
        at = case
        for step in way:
            at = at[step] if _leads_on(at, step) else None
        if _leads_on(at, last):
            at[last] = value
    faults = refused_with(case)
    assert faults is None or (faults and all(path and message for path, message in faults))


def refused_with(case: Any) -> tuple[tuple[str, str], ...] | None:
    """The faults by which a case is refused; None when it is judged."""
    try:
        read = read_case(case, bank())
    except InvalidDocument as refused:
        return refused.faults
    json.dumps(document_of(read.basis, reach_all(read.basis, read.offers)), allow_nan=False)
    return None


def _leads_on(at: Any, step: Any) -> bool:
    if isinstance(at, dict):
        return step in at
    return isinstance(at, list) and isinstance(step, int) and step < len(at)
