"""The links at the top of staff pages: the same for everybody of a role, kept as they were."""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, render_template, request
from markupsafe import Markup

from questionnaire.accounts.members import signed_in
from questionnaire.cookies import csrf_token
from questionnaire.languages import language

#: Where the token of the form to sign out comes; no page can hold this character.
_GAP = "\x1f"


def init(app: Flask) -> None:
    """Let the base template say `navigation()`."""
    app.jinja_env.globals["navigation"] = navigation


def navigation() -> Markup:
    """The links of the member who asks; nothing where nobody is signed in."""
    member = signed_in()
    if member is None:
        return Markup()
    place = (request.root_path, request.endpoint, request.blueprint)
    html = _links(member.name, member.roles, *place, language())
    return Markup(html.replace(_GAP, csrf_token()))  # noqa: S704 - a template wrote it


@lru_cache(2_000)
def _links(
    name: str,
    roles: frozenset[str],
    _root: str,
    endpoint: str | None,
    blueprint: str | None,
    _language: str,
) -> str:
    here = {"endpoint": endpoint, "blueprint": blueprint}
    return render_template("navigation.html", name=name, roles=roles, here=here, token=_GAP)
