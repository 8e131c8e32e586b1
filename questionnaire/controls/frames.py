"""A page's frame, rendered once and filled in ever after, like the questions in it.

Only what is the same for everybody who is asked or shown the same may be in a frame; all else is
handed in as `moving` values, which the template reads by `now('name')`. The token of forms and the
links of whoever is signed in are never part of a frame.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

from flask import current_app, g, render_template, request, session
from markupsafe import escape

from questionnaire.controls.pieces import Pieces, gap, rendered
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
    own = {name: partial(gap, name) for name in ("csrf_token", "navigation")}
    frame = _frames.get(
        (template, spoken, request.root_path, g.get("member") is not None, key),
        lambda: rendered(template, spoken, now=gap, **own, **fixed),
    )
    values = {
        # Most are counts: these need no look for what a page must not say as it is.
        name: str(value) if type(value) is int else str(escape(value))
        for name, value in moving.items()
    }
    if "navigation" in frame.gaps:
        links: Any = current_app.jinja_env.globals["navigation"]
        values["navigation"] = links()
    return frame.fill(values | {"csrf_token": csrf_token()})


def afresh(template: str, fixed: Mapping[str, Any], moving: Mapping[str, Any]) -> str:
    """Render `template` for this once: it has something to say that no other has."""
    return str(render_template(template, now=moving.__getitem__, **fixed))
