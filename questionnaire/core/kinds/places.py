"""Countries and languages of the world, by code."""

from __future__ import annotations

from questionnaire.core import codes
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds.base import Asked, Kind, Raw, is_blank
from questionnaire.core.kinds.chosen import ticks
from questionnaire.core.phrases import listed, quoted, say


class _Coded(Kind[str]):
    """One country or one language of the world."""

    known: frozenset[str]

    def _find(self, text: str, language: str) -> str | None:
        raise NotImplementedError

    def _name(self, code: str, language: str) -> str:
        raise NotImplementedError

    def code(self, typed: object, language: str) -> str:
        """The code that a code in any case or a name means; AnswerFault otherwise."""
        code = self._find(typed, language) if isinstance(typed, str) else None
        if code is None:
            raise self.unknown(typed, language)
        return code

    def strict(self, value: object, language: str) -> str:
        """The code itself; AnswerFault for everything else."""
        if isinstance(value, str) and value in self.known:
            return value
        raise self.unknown(value, language)

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> str | None:
        return None if is_blank(raw) else self.code(raw, language)

    def from_json(self, asked: Asked, value: object, language: str = "en") -> str | None:
        return None if value is None else self.strict(value, language)

    def unknown(self, raw: object, language: str) -> AnswerFault:
        raise NotImplementedError

    def to_raw(self, asked: Asked, value: str | None, language: str = "en") -> str:
        return value or ""

    def show(self, asked: Asked, value: str | None, language: str = "en") -> str:
        return "" if value is None else self._name(value, language)


class Country(_Coded):
    name = "country"
    known = codes.COUNTRIES

    def _find(self, text: str, language: str) -> str | None:
        return codes.country_code(text, language)

    def _name(self, code: str, language: str) -> str:
        return codes.country_name(code, language)

    def unknown(self, raw: object, language: str) -> AnswerFault:
        return AnswerFault(
            say(
                language,
                "{raw} is no country. Choose one from the list, or write its two-letter code.",
                raw=quoted(str(raw)),
            )
        )


class Language(_Coded):
    name = "language"
    known = codes.LANGUAGES

    def _find(self, text: str, language: str) -> str | None:
        return codes.language_code(text, language)

    def _name(self, code: str, language: str) -> str:
        return codes.language_name(code, language)

    def unknown(self, raw: object, language: str) -> AnswerFault:
        return AnswerFault(
            say(
                language,
                "{raw} is no language. Choose one from the list, or write its two-letter code.",
                raw=quoted(str(raw)),
            )
        )


class Countries(Kind[tuple[str, ...]]):
    """Several countries as a sorted tuple of codes; () is "none"."""

    name = "countries"
    _one = Country()

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> tuple[str, ...] | None:
        typed = ticks(raw)
        if typed is None:
            return None
        found = {self._one.code(one, language) for one in typed}
        return tuple(sorted(found))

    def from_json(
        self, asked: Asked, value: object, language: str = "en"
    ) -> tuple[str, ...] | None:
        if value is None:
            return None
        if not isinstance(value, list | tuple):
            raise AnswerFault(say(language, "Expected is a list of country codes."))
        return tuple(sorted({self._one.strict(one, language) for one in value}))

    def to_raw(
        self, asked: Asked, value: tuple[str, ...] | None, language: str = "en"
    ) -> list[str] | None:
        return None if value is None else list(value)

    def show(self, asked: Asked, value: tuple[str, ...] | None, language: str = "en") -> str:
        if value is None:
            return ""
        if not value:
            return say(language, "None")
        return listed([codes.country_name(code, language) for code in value], language)
