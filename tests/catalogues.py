"""Collects what is said in English and keeps the catalogues of the other languages in step.

`make catalogues` runs it from the top of the checkout. A file comes out the same, byte for byte,
as long as nothing changed: sorted, without numbers of lines, without the hour.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

from questionnaire.core import catalogues

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("lv", "es")
WIDTH = 100
#: The hour of an update says nothing that version control does not know, and differs each time.
BEGUN = datetime(2026, 11, 25, tzinfo=UTC)


def wanted() -> Catalog:
    """Every English sentence of the project, by the rules in pyproject.toml."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(ROOT):
        path = Path(folder) / "messages.pot"
        CommandLineInterface().run(
            ["pybabel", "--quiet", "extract", "-F", "pyproject.toml", "-o", str(path), "."]
        )
        with path.open("rb") as file:
            return read_po(file)


def kept(language: str) -> Catalog:
    """The catalogue as its file has it; an empty one where there is no file yet."""
    path = catalogues.where(language)
    if not path.is_file():
        return Catalog(language, project="questionnaire", version="0.1.0", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def written(catalogue: Catalog) -> bytes:
    """The bytes of a catalogue's file."""
    catalogue.creation_date = catalogue.revision_date = BEGUN
    catalogue.header_comment = f"# How the English sentences read in {catalogue.locale}."
    catalogue.last_translator, catalogue.language_team = "", ""
    catalogue.msgid_bugs_address = ""
    file = io.BytesIO()
    write_po(
        file, catalogue, width=WIDTH, include_lineno=False, sort_output=True, ignore_obsolete=True
    )
    return file.getvalue()


def main() -> None:
    """Take in what is new, drop what nobody says any more, guess nothing."""
    template = wanted()
    for language in LANGUAGES:
        catalogue = kept(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path = catalogues.where(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalogue))
        missing = sum(one.id != "" and not translated(one.string) for one in catalogue)
        print(f"{language}: {len(catalogue)} sentences, {missing} not translated yet")


def translated(string: str | Sequence[str] | None) -> bool:
    """Whether there is a wording, in every form of the plural where there are several."""
    return bool(string) if string is None or isinstance(string, str) else all(string)


if __name__ == "__main__":
    main()
