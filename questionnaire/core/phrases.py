"""Sentences of the core in the reader's language.

The English sentence is its own key. `say` finds it in the catalogues that the pages use and falls
back to English where a translation is missing. Who is told why something was refused is whoever
asked for it: the edge says once who reads, and `worded` speaks to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from questionnaire.core import catalogues

#: How to find out which language the person speaks for whom something is done now.
_reading: ContextVar[Callable[[], str]] = ContextVar("reading", default=lambda: "en")


def reader() -> str:
    """The language of the person for whom something is done now; English where nobody waits."""
    return _reading.get()()


@contextmanager
def read_in(language: str | Callable[[], str]) -> Iterator[None]:
    """Within this block the reader speaks `language`, or what it gives when a sentence is made."""
    token = _reading.set(language if callable(language) else lambda: language)
    try:
        yield
    finally:
        _reading.reset(token)


def english(sentence: str) -> str:
    """The sentence as it is: it is to be translated, but where it is used and not here."""
    return sentence


def worded(sentence: str, /, **figures: object) -> str:
    """Like `say`, in the language of the reader."""
    return say(reader(), sentence, **figures)


def worded_count(one: str, many: str, number: int, /, **figures: object) -> str:
    """Like `say_count`, in the language of the reader."""
    return say_count(reader(), one, many, number, **figures)


def say(language: str, sentence: str, /, **figures: object) -> str:
    """`sentence` in `language`, with the figures put into its {braces}.

    A figure that ends in a full stop, as the name of an “S.R.L.” does, is the end of its sentence:
    the stop behind its braces is left out.
    """
    if language != "en":
        sentence = catalogues.of(language).gettext(sentence)
    return _filled(language, sentence, figures)


def say_count(language: str, one: str, many: str, number: int, /, **figures: object) -> str:
    """The sentence for `number` of something, with the plural forms of the language.

    `one` and `many` are the English forms; {n} is the number unless `figures` say it otherwise.
    """
    if language == "en":
        found = one if number == 1 else many
    else:
        found = catalogues.of(language).ngettext(one, many, number)
    return _filled(language, found, {"n": number, **figures})


def _filled(language: str, sentence: str, figures: Mapping[str, object]) -> str:
    if not figures:
        return sentence
    for name, figure in figures.items():
        if isinstance(figure, str) and figure.endswith("."):
            sentence = sentence.replace(f"{{{name}}}.", f"{{{name}}}")
    marks = _MARKS.get(language)
    if marks:
        figures = {
            name: figure.translate(marks) if isinstance(figure, str) else figure
            for name, figure in figures.items()
        }
    return sentence.format(**figures)


#: How a language writes the quotation marks of `quoted`.
_MARKS = {
    "lv": str.maketrans("“”", "„”"),
    "es": str.maketrans("“”", "«»"),
}


def quoted(text: str) -> str:
    """The text in quotation marks, cut where it would swallow the sentence around it.

    `say` writes them as its language does.
    """
    text = " ".join(text.split())
    return f"“{text[:77]}…”" if len(text) > 80 else f"“{text}”"


def listed(parts: Sequence[str], language: str, *, either: bool = False) -> str:
    """`a`, `a and b`, `a, b and c`; with `either`, "or" for "and"."""
    if len(parts) < 2:
        return "".join(parts)
    first, last = ", ".join(parts[:-1]), parts[-1]
    if either:
        return say(language, "{first} or {last}", first=first, last=last)
    return say(language, "{first} and {last}", first=first, last=last)


def some(parts: Sequence[str], language: str, most: int = 5) -> str:
    """Like `listed`, but names no more than `most` and counts the rest."""
    if len(parts) <= most:
        return listed(parts, language)
    return say(language, "{some} and {n} more", some=", ".join(parts[:most]), n=len(parts) - most)
