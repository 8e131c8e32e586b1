"""Which language a page speaks, and how it writes dates, numbers and plurals."""

from __future__ import annotations

from flask import Flask, g, request, session
from flask_babel import Babel

from question_bank.model import LANGUAGES
from questionnaire import paths

babel = Babel()


def init(app: Flask) -> None:
    """Choose by what the person set, then by what the browser asks for, then English."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(paths.translations())
    babel.init_app(app, locale_selector=language)
    app.jinja_env.globals["language"] = language


def language() -> str:
    """The language of this request: one of the bank's languages."""
    chosen = g.get("language") or session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, "en") or "en"
