"""Sentences of the core in the reader's language.

The English sentence is its own key. `say` finds it in the gettext catalogues that the pages use
(extract with the keyword `say:2`) and falls back to English where a translation is missing.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from functools import cache

from questionnaire import paths


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", paths.translations(), [language], fallback=True)


def say(language: str, sentence: str, /, **figures: object) -> str:
    """`sentence` in `language`, with the figures put into its {braces}.

    A figure that ends in a full stop, as the name of an “S.R.L.” does, is the end of its sentence:
    the stop behind its braces is left out.
    """
    if language != "en":
        sentence = _catalogue(language).gettext(sentence)
    if not figures:
        return sentence
    for name, figure in figures.items():
        if isinstance(figure, str) and figure.endswith("."):
            sentence = sentence.replace(f"{{{name}}}.", f"{{{name}}}")
    return sentence.format(**figures)


def quoted(text: str) -> str:
    """The text in quotation marks, cut where it would swallow the sentence around it."""
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
