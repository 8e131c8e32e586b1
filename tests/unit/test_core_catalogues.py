"""One way to the wordings of a language: found, compiled in memory, kept."""

from __future__ import annotations

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from questionnaire import paths
from questionnaire.core import catalogues
from questionnaire.core.phrases import say, say_count

ROWS = ("{n} row of “{table}”", "{n} rows of “{table}”")
WORDINGS = {
    "lv": (
        "{n} rinda tabulā „{table}”",
        "{n} rindas tabulā „{table}”",
        "{n} rindu tabulā „{table}”",
    ),
    "es": ("{n} fila de «{table}»", "{n} filas de «{table}»"),
}


@pytest.fixture(autouse=True)
def _wordings(tmp_path, monkeypatch):
    """Catalogues in which one plural, and one guess, are translated."""
    for language, wording in WORDINGS.items():
        catalogue = Catalog(locale=language)
        catalogue.add(ROWS, wording)
        catalogue.add("Save", "?", flags=["fuzzy"])
        file = BytesIO()
        write_po(file, catalogue)
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_bytes(file.getvalue())
    monkeypatch.setattr(paths, "translations", lambda: tmp_path)
    catalogues.of.cache_clear()
    yield
    catalogues.of.cache_clear()


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 0, "0 rows of “A”"),
        ("en", 1, "1 row of “A”"),
        ("en", 21, "21 rows of “A”"),
        ("lv", 0, "0 rindu tabulā „A”"),
        ("lv", 1, "1 rinda tabulā „A”"),
        ("lv", 2, "2 rindas tabulā „A”"),
        ("lv", 11, "11 rindas tabulā „A”"),
        ("lv", 21, "21 rinda tabulā „A”"),
        ("es", 0, "0 filas de «A»"),
        ("es", 1, "1 fila de «A»"),
        ("es", 21, "21 filas de «A»"),
    ],
)
def test_a_number_chooses_the_form_of_the_language(language, number, said):
    assert say_count(language, *ROWS, number, table="A") == said


def test_a_plural_without_a_wording_is_said_in_english():
    assert say_count("lv", "{n} file", "{n} files", 21) == "21 files"
    assert say_count("lv", "{n} file", "{n} files", 1) == "1 file"


def test_a_guess_is_no_wording():
    assert say("lv", "Save") == "Save"


def test_a_language_is_compiled_once():
    assert catalogues.of("lv") is catalogues.of("lv")
    assert catalogues.of("en").gettext("Save") == "Save"
