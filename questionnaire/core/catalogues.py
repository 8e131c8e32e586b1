"""The catalogues: what a sentence is in a language other than English, which is its own key.

There is one way to them for pages, mails, refusals and the sentences of the rules: `of`. What is
kept is the .po files alone, which people can read and compare; they are compiled in memory, once
a process and language, which takes about 50 ms.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from questionnaire import paths


@cache
def of(language: str) -> NullTranslations:
    """The catalogue of a language; one that says everything in English where there is no file."""
    path = where(language)
    return read(path, language) if path.is_file() else NullTranslations()


def where(language: str) -> Path:
    """The file with the wordings of a language."""
    return paths.translations() / language / "LC_MESSAGES" / "messages.po"


def read(path: Path, language: str) -> Translations:
    """A file's wordings, compiled; what is not translated, or only guessed, stays English.

    A file that cannot be read raises babel's `PoFileError`, which names the line.
    """
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, abort_invalid=True))
    compiled.seek(0)
    return Translations(compiled)
