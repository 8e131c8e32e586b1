"""A language in which every sentence is marked, so that what is not marked was never translated.

The letters of each message and of each wording of the bank are replaced by Cyrillic ones when they
are asked for in another language than English. A word in plain letters that is left on such
a page was written into it in English, or is somebody's name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import available_timezones

import pytest
from babel import Locale
from babel.support import NullTranslations

from question_bank.asked import Wording
from questionnaire.core import catalogues
from questionnaire.services.remembering import Memory

_HOLE = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
_STRANGE = {ord("a") + n: 0x430 + n for n in range(26)} | {
    ord("A") + n: 0x410 + n for n in range(26)
}
#: Keys of the content, which have no language, and what a script reads.
_KEYS = re.compile(r"\{\w+\}|^\{\".*\}$|\b[a-z]+\.[a-z-]+\b|\b[0-9a-f]{12,64}\b")
_WORD = re.compile(r"(?<![A-Za-z0-9À-ž])[A-Za-z][A-Za-z’'-]+(?![A-Za-z0-9À-ž])")
#: What a person reads that is not between tags.
_READ = ("alt", "title", "placeholder", "aria-label", "aria-description", "label", "content")
_KEPT = type(cache(lambda: None))
_TECHNICAL = ("script", "style", "svg", "code", "template")


def marked(sentence: str) -> str:
    """The sentence in strange letters, its holes as they are."""
    parts, at = [], 0
    for hole in _HOLE.finditer(sentence):
        parts += [sentence[at : hole.start()].translate(_STRANGE), hole[0]]
        at = hole.end()
    return "".join([*parts, sentence[at:].translate(_STRANGE)])


class Marking(NullTranslations):
    """A catalogue that has a marked wording for whatever it is asked for."""

    def gettext(self, message: str) -> str:
        return marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return marked(msgid1 if n == 1 else msgid2)

    ugettext = gettext
    ungettext = ngettext


@contextmanager
def marking(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within it every language but English is marked, in the catalogues and in the bank."""
    speaking = Marking()
    real: Callable[[str], NullTranslations] = catalogues.of
    text = Wording.text

    def of(language: str) -> NullTranslations:
        return speaking if language != "en" else real("en")

    def worded(self: Wording, language: str = "en") -> str:
        return text(self) if language == "en" else marked(self.en)

    forget()
    with monkeypatch.context() as patch:
        patch.setattr(catalogues, "of", of)
        patch.setattr(Wording, "text", worded)
        yield
    forget()


def forget() -> None:
    """Empty what the program keeps in memory: texts of another language are among it."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("questionnaire.", "question_bank.")):
            for one in list(vars(module).values()):
                if isinstance(one, _KEPT) and one.__module__ == name:
                    one.cache_clear()
                elif isinstance(one, Memory):
                    one._kept.clear()


def readable(root: Element) -> Iterator[str]:
    """Every text of a page that somebody reads or hears, one by one."""
    yield from _readable(root)


def _readable(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _TECHNICAL:
        return
    if element.get("lang", "") and element.tag != "html":
        return
    for name in _READ:
        if element.get(name) and not (name == "content" or element.tag == "meta"):
            yield element.get(name)
    for name, value in element.items():
        if name.startswith("data-") and " " in value:
            yield value
    if element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
        yield element.get("value") or ""
    if element.text and element.tag != "textarea":
        yield element.text
    for child in element:
        yield from _readable(child)
        if child.tail:
            yield child.tail


def plain_words(text: str, known: frozenset[str]) -> list[str]:
    """The words in plain letters that are none of `known` (in small letters), in order."""
    return [
        one
        for one in _WORD.findall(_KEYS.sub(" ", text))
        if one.lower() not in known and not _code(one)
    ]


def _code(word: str) -> bool:
    """Names of standards, files, currencies and the like, which no language changes."""
    return word.isupper() or len(word) < 3


def words_of(language: str) -> frozenset[str]:
    """The words that Babel knows in a language: days, months, countries, languages, currencies."""
    locale = Locale.parse(language)
    found: set[str] = set()

    def take(one: Any) -> None:
        if isinstance(one, str):
            found.update(word.lower() for word in _WORD.findall(one))
        elif hasattr(one, "values"):
            for value in one.values():
                take(value)
        elif isinstance(one, (list, tuple)):
            for value in one:
                take(value)

    for part in (
        locale.territories, locale.languages, locale.currencies, locale.months, locale.days,
        locale.time_zones, locale.meta_zones, locale.unit_display_names, locale.day_periods,
    ):  # fmt: skip
        take(part)
    take(list(available_timezones()))
    return frozenset(found)
