"""Sentences of the core in the reader's language, and lists in sentences."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from questionnaire import paths
from questionnaire.core import catalogues
from questionnaire.core.phrases import listed, quoted, say, some


@pytest.fixture
def latvian(tmp_path, monkeypatch):
    """A catalogue in which one sentence is translated."""
    catalogue = Catalog(locale="lv")
    catalogue.add("{n} rows", "{n} rindas")
    folder = tmp_path / "lv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.po").open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(paths, "translations", lambda: tmp_path)
    catalogues.of.cache_clear()
    yield
    catalogues.of.cache_clear()


@pytest.mark.usefixtures("latvian")
def test_a_sentence_is_said_in_the_readers_language_or_in_english():
    assert say("lv", "{n} rows", n=3) == "3 rindas"
    assert say("lv", "{n} columns", n=3) == "3 columns"
    assert say("es", "{n} rows", n=3) == "3 rows"


def test_braces_in_what_people_wrote_are_text():
    assert say("en", "Not judged: {why}.", why="{x} {0}") == "Not judged: {x} {0}."


def test_lists_read_as_people_write_them():
    assert listed([], "en") == ""
    assert listed(["a"], "en") == "a"
    assert listed(["a", "b"], "en") == "a and b"
    assert listed(["a", "b", "c"], "en", either=True) == "a, b or c"
    assert some(["a", "b", "c"], "en", most=2) == "a, b and 1 more"


def test_a_quoted_text_is_cut_and_stays_on_one_line():
    assert quoted("a\nb") == "“a b”"
    assert len(quoted("x" * 500)) == 80


def test_a_figure_with_a_full_stop_of_its_own_ends_the_sentence():
    assert say("en", "Recommended: {names}.", names="Quetzal, S.R.L.") == (
        "Recommended: Quetzal, S.R.L."
    )
    assert say("en", "{name}. Ask again.", name="Two floors.") == "Two floors. Ask again."
    assert say("en", "{name}, and so on.", name="S.R.L.") == "S.R.L., and so on."
    assert say("en", "Recommended: {names}.", names="Prairie") == "Recommended: Prairie."


def test_quotation_marks_are_those_of_the_language() -> None:
    named = quoted("Rīga")
    assert say("lv", "{n}", n=named) == "„Rīga”"
    assert say("es", "{n}", n=named) == "«Rīga»"
    assert say("en", "{n}", n=named) == "“Rīga”"
