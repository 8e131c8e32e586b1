"""Countries (ISO 3166), languages (ISO 639-1) and currencies (ISO 4217): codes and names."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

from questionnaire.core.texts import same_text

_ENGLISH = Locale.parse("en")
#: Regions that have a code in CLDR and are no countries. Kosovo (XK) stays: sites stand there.
_NO_COUNTRY = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ")
)
#: Withdrawn from ISO 639-1, or macrolanguage codes that CLDR keeps for old data.
_NO_LANGUAGE = frozenset({"sh"})

COUNTRIES: frozenset[str] = frozenset(
    code for code in map(str, _ENGLISH.territories) if len(code) == 2 and code not in _NO_COUNTRY
)
LANGUAGES: frozenset[str] = frozenset(
    code for code in map(str, _ENGLISH.languages) if len(code) == 2 and code not in _NO_LANGUAGE
)
#: Money that is legal tender somewhere today.
CURRENCIES: frozenset[str] = frozenset(
    code
    for uses in get_global("territory_currencies").values()
    for code, _since, until, tender in uses
    if until is None and tender
)


def country_name(code: str, language: str = "en") -> str:
    """Its name in `language`; the code itself where there is none."""
    return _names("country", language).get(code) or _names("country", "en").get(code, code)


def language_name(code: str, language: str = "en") -> str:
    """Its name in `language`; the code itself where there is none."""
    return _names("language", language).get(code) or _names("language", "en").get(code, code)


def country_code(text: str, language: str = "en") -> str | None:
    """The country that a code (in any case) or a name in `language` or English means."""
    code = text.strip().upper()
    return code if code in COUNTRIES else _named("country", text, language)


def language_code(text: str, language: str = "en") -> str | None:
    """The language that a code (in any case) or a name in `language` or English means."""
    code = text.strip().lower()
    return code if code in LANGUAGES else _named("language", text, language)


def _named(of: str, text: str, language: str) -> str | None:
    name = same_text(text)
    return _by_name(of, language).get(name) or _by_name(of, "en").get(name)


@cache
def _names(of: str, language: str) -> dict[str, str]:
    locale = Locale.parse(language)
    names, codes = (
        (locale.territories, COUNTRIES) if of == "country" else (locale.languages, LANGUAGES)
    )
    return {code: str(names[code]) for code in codes if code in names}


@cache
def _by_name(of: str, language: str) -> dict[str, str]:
    return {same_text(name): code for code, name in _names(of, language).items()}
