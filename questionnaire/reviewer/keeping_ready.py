"""Pieces of the queue that are kept ready: rendered once for what they show, joined ever after.

The key of a piece is everything that it is made from, so that it can never be out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from flask import render_template
from markupsafe import Markup

from questionnaire.languages import language
from questionnaire.services.remembering import Memory

#: About 10 MB.
_ready: Memory[Markup] = Memory(8_000)
#: Whole pages of flags; about 10 MB as well.
_pages: Memory[Markup] = Memory(500)


def ready(template: str, key: Hashable, context: Callable[[], dict[str, Any]]) -> Markup:
    """The template's markup for this key; `context` tells of nothing that is not in the key."""
    return _ready.get(
        (template, language(), key),
        lambda: Markup(render_template(template, **context())),  # noqa: S704 - Jinja has escaped it
    )


def kept(key: Hashable, join: Callable[[], Markup]) -> Markup:
    """Pieces as they were joined for this key."""
    return _pages.get((language(), key), join)
