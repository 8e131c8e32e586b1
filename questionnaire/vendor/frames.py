"""A page's frame, rendered once and filled in ever after, like the questions in it.

Only what is the same for everybody who is asked the same may be in a frame; all else is handed in
as `moving` values, which the template reads by `now('name')`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from flask import render_template, session
from markupsafe import escape

from questionnaire.controls import Pieces, gap, rendered
from questionnaire.cookies import csrf_token
from questionnaire.languages import language

_frames = Pieces(2_000)


def framed(
    template: str, key: Hashable, fixed: Mapping[str, Any], moving: Mapping[str, Any]
) -> str:
    """Render `template`; `key` names everything that the `fixed` values depend on."""
    if "_flashes" in session:
        return afresh(template, fixed, moving)
    spoken = language()
    frame = _frames.get(
        (template, spoken, key),
        lambda: rendered(template, spoken, now=gap, csrf_token=lambda: gap("csrf_token"), **fixed),
    )
    values = {name: str(escape(value)) for name, value in moving.items()}
    return frame.fill(values | {"csrf_token": csrf_token()})


def afresh(template: str, fixed: Mapping[str, Any], moving: Mapping[str, Any]) -> str:
    """Render `template` for this once: it has something to say that no other has."""
    return str(render_template(template, now=moving.__getitem__, **fixed))
