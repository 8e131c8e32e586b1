"""Which language a page speaks, and how it writes dates, numbers and plurals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g, request, session
from flask_babel import Babel, Domain, force_locale, get_locale
from markupsafe import Markup

from question_bank.model import LANGUAGES
from questionnaire.core import catalogues, phrases
from questionnaire.core.numbers import show_size
from questionnaire.core.units import unit_words
from questionnaire.services import estimating


class _Catalogues(Domain):  # type: ignore[misc]
    """Flask-Babel's `gettext` and its kin over the catalogues that the core speaks from, too."""

    def get_translations(self) -> NullTranslations:
        return spoken()


def spoken() -> NullTranslations:
    """The catalogue of the language that is spoken now: the page's, or that of a mail in it."""
    locale = get_locale()
    return catalogues.of(locale.language if locale else "en")


class _OfForms:
    """What WTForms asks for its own sentences, of which it has no Latvian."""

    def ugettext(self, sentence: str) -> str:
        return str(spoken().gettext(sentence))

    def ungettext(self, one: str, many: str, number: int) -> str:
        return str(spoken().ngettext(one, many, number))


#: All of them that a form of ours can come to say.
OF_FORMS = (
    phrases.english("This field is required."),
    phrases.english("Not a valid choice."),
    phrases.english("Invalid Choice: could not coerce."),
    phrases.english("Invalid input."),
)


class _Babel(Babel):  # type: ignore[misc]
    domain_instance = _Catalogues()


babel = _Babel()


def init(app: Flask) -> None:
    """Choose by what the person set, then by what the browser asks for, then English."""
    babel.init_app(app, locale_selector=language)
    app.jinja_env.globals.update(language=language, _=text, ngettext=texts, unit_words=unit_words)
    app.before_request(_listen)
    app.teardown_request(_leave)
    app.jinja_env.filters["size"] = lambda size: show_size(size, language())
    app.jinja_env.filters["duration"] = lambda minutes: estimating.shown(minutes, language())


def _listen() -> None:
    """Whatever a use case refuses in this request, it says to the one who made it."""
    # Flask-WTF keeps here what it has found for this request, and looks no further.
    request.wtforms_translations = _OfForms()  # type: ignore[attr-defined]
    g.reading = reading = phrases.read_in(language)
    reading.__enter__()


def _leave(_fault: BaseException | None) -> None:
    if (reading := g.pop("reading", None)) is not None:
        reading.__exit__(None, None, None)


def language() -> str:
    """The language of this request: one of the bank's languages."""
    chosen = g.get("language") or session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, "en") or "en"


def text(english: str, **variables: Any) -> Markup:
    """What a template's `_()` gives: the sentence in the page's language, variables escaped.

    A page asks some hundred times, so the catalogue is looked up once a request.
    """
    if not variables:
        return _plain(_catalogue(), english)
    found = _one_stop(_catalogue().ugettext(english), variables)
    return Markup(found) % variables  # noqa: S704 - catalogues are ours


def _one_stop(sentence: str, variables: Mapping[str, Any]) -> str:
    """Without the full stop behind a variable that brings its own, as a name in “S.R.L.” does."""
    for name, value in variables.items():
        if isinstance(value, str) and value.endswith("."):
            sentence = sentence.replace(f"%({name})s.", f"%({name})s")
    return sentence


@lru_cache(5_000)
def _plain(catalogue: Any, english: str) -> Markup:
    """A sentence without variables; a sign of percent is written twice in it all the same."""
    return Markup(catalogue.ugettext(english) % {})  # noqa: S704 - catalogues are ours


def texts(one: str, many: str, number: int, **variables: Any) -> Markup:
    """What a template's `ngettext()` gives; `%(num)s` is the number."""
    found = _one_stop(_catalogue().ungettext(one, many, number), variables)
    return Markup(found) % {"num": number, **variables}  # noqa: S704 - catalogues are ours


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within this block templates speak another language than the page."""
    before = g.pop("catalogue", None)
    try:
        with force_locale(language), phrases.read_in(language):
            g.catalogue = catalogues.of(language)
            yield
    finally:
        g.pop("catalogue", None)
        if before is not None:
            g.catalogue = before


def _catalogue() -> Any:
    found = g.get("catalogue")
    if found is None:
        found = g.catalogue = catalogues.of(language())
    return found
