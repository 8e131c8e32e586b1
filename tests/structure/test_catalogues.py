"""The catalogues: they read, they fit their English, and nothing is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from string import Formatter

import pytest
from babel.messages.catalog import Message

from questionnaire.core import catalogues
from tests import catalogues as keeping

PERCENT = re.compile(r"%\(\w+\)[sd]|%%")
#: “100 %” in a sentence that is filled by % would be taken for a hole.
BARE = re.compile(r"(?<!%)(?:%%)*%(?!\(\w+\)[sd]|%)")


def holes(sentence: str) -> Counter[str]:
    """What is put into a sentence: %(name)s and {name}, with how often."""
    found = Counter(one for one in PERCENT.findall(sentence) if one != "%%")
    found.update(f"{{{name}}}" for _text, name, _spec, _kind in Formatter().parse(sentence) if name)
    return found


def _texts(string: str | Sequence[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or ())


def faults(message: Message, forms: int) -> Iterator[str]:
    """What is wrong with a translated message, in words; nothing where it fits its English."""
    english, texts = _texts(message.id), _texts(message.string)
    if "fuzzy" in message.flags:
        yield "it is a guess"
    if message.pluralizable and len(texts) != forms:
        yield f"{len(texts)} forms of the plural, not {forms}"
    allowed = {name for one in english for name in holes(one)}
    for text in texts:
        if not text.strip():
            yield "a form is blank"
        if not message.pluralizable and set(holes(text)) != allowed:
            yield f"other holes: {text}"
        if not set(holes(text)) <= allowed:
            yield f"holes that the English has not: {text}"
        if any(PERCENT.search(one) for one in english) and BARE.search(text):
            yield f"a single % where a hole is: {text}"
    # The last but one stands for many numbers, so it has to tell which.
    if message.pluralizable and not set(holes(texts[min(1, len(texts) - 1)])) >= set(
        holes(english[1])
    ):
        yield f"the form for many lacks a hole: {texts}"


@pytest.mark.parametrize("language", keeping.LANGUAGES)
def test_each_translation_has_the_holes_of_its_english(language: str) -> None:
    catalogue = keeping.kept(language)
    wrong = [
        f"{message.id}: {fault}"
        for message in catalogue
        if message.id and any(_texts(message.string))
        for fault in faults(message, catalogue.num_plurals)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", keeping.LANGUAGES)
def test_a_catalogue_compiles_and_speaks_its_own_plurals(language: str) -> None:
    compiled = catalogues.read(catalogues.where(language), language)
    assert compiled.info()["language"] == language
    forms = [compiled.plural(n) for n in (0, 1, 2, 11, 21)]
    assert forms == {"lv": [2, 0, 1, 1, 0], "es": [1, 0, 1, 1, 1]}[language]


@pytest.mark.parametrize("language", keeping.LANGUAGES)
def test_a_catalogue_is_kept_as_it_would_be_written_again(language: str) -> None:
    kept = catalogues.where(language).read_bytes()
    assert keeping.written(keeping.kept(language)) == kept, "run make catalogues"


@pytest.mark.parametrize("language", keeping.LANGUAGES)
def test_every_sentence_has_its_wording(language: str) -> None:
    kept = keeping.kept(language)
    said = [one for one in keeping.wanted() if one.id]
    missing = [
        one.id
        for one in said
        if (found := kept.get(one.id)) is None or not keeping.translated(found.string)
    ]
    unsaid = {one.id for one in kept if one.id} - {one.id for one in said}
    assert not missing, f"{len(missing)} sentences have no wording in {language}: {missing[:20]}"
    assert not unsaid, f"{len(unsaid)} are said nowhere (make catalogues): {sorted(unsaid)[:20]}"


@pytest.mark.parametrize(
    ("english", "wording", "fault"),
    [
        ("%(n)s rows", "%(m)s rindas", "holes"),
        ("{n} rows", "rindas", "holes"),
        ("%(n)s of all", "%(n)s %", "single %"),
        (("%(num)s row", "%(num)s rows"), ("%(num)s rinda", "%(num)s rindas"), "2 forms"),
        (("%(num)s row", "%(num)s rows"), ("rinda", "rindas", "nav rindu"), "lacks a hole"),
    ],
)
def test_a_wording_that_does_not_fit_is_found(
    english: str | tuple[str, str], wording: str | tuple[str, ...], fault: str
) -> None:
    assert fault in " ".join(faults(Message(english, wording), 3))
