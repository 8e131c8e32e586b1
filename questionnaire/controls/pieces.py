"""Markup with gaps: rendered by Jinja once, filled by joining texts ever after.

A template marks a gap with `{{ gap('version') }}`. Rendering 100 questions afresh costs tens of
milliseconds; joining ready pieces with the answers costs a fraction of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import render_template
from markupsafe import Markup

from questionnaire import languages
from questionnaire.services.remembering import Memory

_EDGE = "\x1f"


class Piece:
    """A rendered template, cut at its gaps."""

    __slots__ = ("_gaps", "_texts", "gaps", "of")

    def __init__(self, html: str, of: object = None) -> None:
        #: What it was made from, kept alive so that its identity can be part of a key.
        self.of = of
        self._texts = html.split(_EDGE)
        self._gaps = tuple((at, self._texts[at]) for at in range(1, len(self._texts), 2))
        #: The names of all gaps.
        self.gaps = frozenset(name for _, name in self._gaps)

    def stripped(self) -> Piece:
        """The same without blanks and line breaks at its ends."""
        texts = [self._texts[0].lstrip(), *self._texts[1:]]
        texts[-1] = texts[-1].rstrip()
        return Piece(_EDGE.join(texts), of=self.of)

    def fill_in_order(self, values: Iterable[str]) -> str:
        """The markup with its gaps filled one by one; as many values as there are gaps."""
        texts = self._texts.copy()
        texts[1::2] = values
        return "".join(texts)

    def fill(self, values: Mapping[str, str]) -> str:
        """The markup with each gap filled; a gap without a value stays empty.

        Values are markup: whoever makes them has escaped what people typed.
        """
        texts = self._texts.copy()
        get = values.get
        for at, name in self._gaps:
            texts[at] = get(name, "")
        return "".join(texts)


def gap(name: str) -> Markup:
    """What a template writes where the changing part comes."""
    return Markup(f"{_EDGE}{name}{_EDGE}")  # noqa: S704 - names of gaps are ours


class Pieces(Memory[Piece]):
    """Every piece that was rendered so far, by what it depends on."""

    def __init__(self, most: int = 20_000) -> None:
        super().__init__(most)


def rendered(template: str, speech: str, **context: object) -> Piece:
    """Render a template in one language into a piece."""
    with languages.speaking(speech):
        html = render_template(template, gap=gap, speech=speech, **context)
    return Piece(html, of=context.get("question"))
