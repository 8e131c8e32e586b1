"""Pieces of the queue that are kept ready: rendered once for what they show, joined ever after.

The key of a piece is everything that it is made from, so that it can never be out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from flask import render_template
from markupsafe import Markup

from questionnaire.languages import language

#: About 10 MB; then all of it is made anew as it is asked for.
MOST = 8_000
_kept: dict[Hashable, Markup] = {}
_lock = Lock()


def ready(template: str, key: Hashable, context: Callable[[], dict[str, Any]]) -> Markup:
    """The template's markup for this key; `context` tells of nothing that is not in the key."""
    whole = (template, language(), key)
    found = _kept.get(whole)
    if found is None:
        found = Markup(render_template(template, **context()))  # noqa: S704 - Jinja has escaped it
        with _lock:
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[whole] = found
    return found
