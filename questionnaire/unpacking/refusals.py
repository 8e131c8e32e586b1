"""Why a file is not read at all: a word for each, which the parent puts into a sentence."""

from __future__ import annotations


class Refusal(Exception):
    """The file is not read; `word` says why, `place` which part of it."""

    def __init__(self, word: str, place: str = "") -> None:
        super().__init__(word)
        self.word, self.place = word, place
