"""The kinds of questions agree wherever they are told apart: a word, a class, two templates."""

from __future__ import annotations

import pytest

from question_bank import model
from question_bank.loader import load_bank
from questionnaire.core.kinds import CELLS, KINDS
from tests.structure import tree


def test_every_kind_of_the_bank_has_its_class() -> None:
    assert set(KINDS) == set(model.KINDS)
    assert {name: kind.name for name, kind in KINDS.items()} == {name: name for name in KINDS}


def test_every_kind_of_column_can_be_read() -> None:
    assert set(CELLS) == set(model.COLUMN_KINDS)


@pytest.mark.parametrize("folder", ["controls", "answers"])
def test_every_kind_has_its_template(folder: str) -> None:
    stems = {path.stem for path in (tree.ROOT / "templates" / folder).glob("*.html")}
    assert set(model.KINDS) - stems == set()


@pytest.mark.parametrize("folder", ["controls", "answers"])
def test_no_template_stands_for_a_kind_that_is_gone(folder: str) -> None:
    """Besides kinds there are kinds of columns, and parts that another template names."""
    stems = {path.stem for path in (tree.ROOT / "templates" / folder).glob("*.html")}
    assert stems, f"templates/{folder} is empty"
    named = "".join(
        path.read_text(encoding="utf-8")
        for path in tree.files(".html", ".py", rooms=("templates", "questionnaire"))
    )
    parts = stems - set(model.KINDS) - set(model.COLUMN_KINDS)
    assert [
        one
        for one in sorted(parts)
        if f"{folder}/{one}.html" not in named and f'"{one}"' not in named
    ] == []


def test_the_bank_asks_in_every_kind() -> None:
    assert {one.kind for one in load_bank().questions.values()} == set(model.KINDS)
