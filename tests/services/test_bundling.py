"""Many rows in one text, on either database."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Organisation, Vendor
from questionnaire.services.bundling import id_of, in_one, moment, read_one, rows_of
from questionnaire.services.remembering import Memory
from questionnaire.services.resuming import answers_to

NAMES = ('Amber "24/7"', "Cobalt | Desk", "Dūne, \x1f Voice")


@pytest.fixture
def vendors(session: Session, organisation: Organisation) -> list[Vendor]:
    at = datetime(2026, 11, 23, 9, 30, 0, 250, tzinfo=UTC)
    made = [Vendor(organisation_id=organisation.id, name=one, created_at=at) for one in NAMES]
    session.add_all(made)
    session.flush()
    return made


def texts(session: Session, query: sa.Select[*tuple[Any, ...]], *order: int) -> list[list[Any]]:
    (text,) = read_one(session, sa.select(in_one(query, *order)), {})
    return rows_of(text)


def test_rows_come_whole_and_in_the_asked_order(session: Session, vendors: list[Vendor]) -> None:
    query = sa.select(Vendor.id, Vendor.name, sa.null(), Vendor.created_at)
    there = texts(session, query, 1)
    back = texts(session, query, -1)
    assert [one[1] for one in there] == list(NAMES)
    assert back == there[::-1]
    assert [id_of(one[0]) for one in there] == [one.id for one in vendors]
    assert {one[2] for one in there} == {None}
    assert [moment(one[3]) for one in there] == [one.created_at for one in vendors]


def test_no_rows_are_an_empty_list(session: Session, vendors: list[Vendor]) -> None:
    assert texts(session, sa.select(Vendor.name).where(Vendor.name == "nobody")) == []


def test_an_id_that_is_none_of_a_question_never_gets_into_a_statement(
    session: Session, vendors: list[Vendor]
) -> None:
    with pytest.raises(ValueError, match="no ids of questions"):
        answers_to(session, vendors[0].id, ["resilience.rto') OR ('1'='1"])


def test_a_memory_works_out_once_and_begins_anew_when_it_is_full() -> None:
    made: list[int] = []

    def make(key: int) -> int:
        made.append(key)
        return key

    memory: Memory[int] = Memory(2)
    assert [memory.get(key, partial(make, key)) for key in (1, 2, 1, 3, 1)] == [1, 2, 1, 3, 1]
    assert made == [1, 2, 3, 1]
