"""Whatever stands in a document, the check says what is wrong; it never breaks down itself."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.check import faults_in
from question_bank.documents import read_documents
from question_bank.loader import bank_from_documents
from tests.unit.banks import SMALL_BANK

pytestmark = pytest.mark.sqlite_only

DOCUMENTS: Any = dict(read_documents(SMALL_BANK))


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in the documents."""
    if path:
        yield path
    keys = document if isinstance(document, dict) else range(len(document))
    for key in keys:
        below = document[key]
        if isinstance(below, dict | list):
            yield from places(below, (*path, key))
        else:
            yield (*path, key)


JUNK = st.sampled_from(
    [
        None, True, 3, -1, 2.5, 10**30, "", "x", "a\x00", "primary", "places.sites", [], ["a"],
        [1], [[]], [{}], {}, {"a": 1}, {"en": "x"}, {"ref": "@buyer.seats", "plus": 1},
        "@buyer.seats", "@answer.x.y",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(places(DOCUMENTS), key=str)), JUNK),
        min_size=1,
        max_size=4,
    )
)
def test_junk_in_a_document_is_a_fault_or_a_bank(edits: list[tuple[tuple[Any, ...], Any]]) -> None:
    documents = copy.deepcopy(DOCUMENTS)
    for (*parents, last), junk in edits:
        target = documents
        try:
            for key in parents:
                target = target[key]
            target[last] = copy.deepcopy(junk)
        except (KeyError, IndexError, TypeError):
            continue  # an edit before this one took the place away
    faults = faults_in(documents)
    assert all(fault.file and fault.message for fault in faults)
    if not faults:
        assert bank_from_documents(documents).questions
