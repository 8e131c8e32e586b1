"""Yes or no, texts, and files by name."""

from __future__ import annotations

from questionnaire.core import texts
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds.base import Asked, Kind, Raw, is_blank
from questionnaire.core.phrases import say
from questionnaire.core.texts import same_text

_YES_NO = {"en": ("Yes", "No"), "lv": ("Jā", "Nē"), "es": ("Sí", "No")}
_YES = frozenset({"yes", "y", "true", "1", "jā", "ja", "sí", "si"})
_NO = frozenset({"no", "n", "false", "0", "nē", "ne"})


class YesNo(Kind[bool]):
    """True or False; a form says "yes" or "no"."""

    name = "yes_no"

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> bool | None:
        if is_blank(raw):
            return None
        word = same_text(raw) if isinstance(raw, str) else ""
        if word in _YES or word in _NO:
            return word in _YES
        raise AnswerFault(say(language, "Choose yes or no."))

    def from_json(self, asked: Asked, value: object, language: str = "en") -> bool | None:
        if value is None or isinstance(value, bool):
            return value
        raise AnswerFault(say(language, "Choose yes or no."))

    def to_raw(self, asked: Asked, value: bool | None, language: str = "en") -> str:
        return "" if value is None else ("yes" if value else "no")

    def show(self, asked: Asked, value: bool | None, language: str = "en") -> str:
        yes, no = _YES_NO.get(language, _YES_NO["en"])
        return "" if value is None else (yes if value else no)


class Text(Kind[str]):
    """One line of text."""

    name = "text"
    limit = texts.TEXT_LIMIT
    lines = False

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> str | None:
        if is_blank(raw):
            return None
        return texts.clean(raw, self.limit, language, lines=self.lines) or None

    def from_json(self, asked: Asked, value: object, language: str = "en") -> str | None:
        return None if value is None else self._text(value, language)

    def _text(self, value: object, language: str) -> str | None:
        return texts.clean(value, self.limit, language, lines=self.lines) or None

    def to_raw(self, asked: Asked, value: str | None, language: str = "en") -> str:
        return value or ""

    def show(self, asked: Asked, value: str | None, language: str = "en") -> str:
        return value or ""


class CellText(Text):
    """One line of text in a table."""

    limit = texts.CELL_LIMIT


class LongText(Text):
    """Several lines of text."""

    name = "long_text"
    limit = texts.LONG_TEXT_LIMIT
    lines = True


class File(Text):
    """The name of a document that was accepted; the document itself is evidence."""

    name = "file"
    limit = texts.FILE_NAME_LIMIT

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> str | None:
        name = super().parse(asked, raw, language)
        if name and ("/" in name or "\\" in name):
            raise AnswerFault(say(language, "A file's name holds no folders."))
        return name
