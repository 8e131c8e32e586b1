"""What all charts have: words for who cannot see them, a size, and their figures as a table."""

from __future__ import annotations

from dataclasses import dataclass

#: As wide as a phone's page, so that letters keep their size there; pages may show it larger.
WIDTH = 360


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of texts: what stands above each column, and the rows; the first cell names a row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart without what is special to it; sizes in units of the drawing."""

    id: str
    template: str
    title: str
    desc: str
    height: int
    figures: Figures
    width: int = WIDTH

    @property
    def alt(self) -> str:
        """Title and description as one alternative text."""
        # A name such as “S.R.L.” brings its full stop along.
        return f"{self.title.removesuffix('.')}. {self.desc}"


@dataclass(frozen=True, slots=True)
class NoChart:
    """There is no chart; `why` says it in a sentence."""

    title: str
    why: str
