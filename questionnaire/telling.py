"""Putting the audit trail into words: one sentence a change, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from questionnaire.services.trailing import Step

#: (kind of object, action) -> the sentence. `who` acts; `rfi` and `vendor` are the names of what
#: the change belongs to; all else are details that the service noted.
SENTENCES: dict[tuple[str, str], Any] = {
    ("organisation", "created"): _l("%(who)s set up %(name)s"),
    ("member", "invited"): _l("%(who)s invited %(email)s as %(roles)s"),
    ("member", "uninvited"): _l("%(who)s revoked the invitation of %(email)s"),
    ("member", "joined"): _l("%(who)s joined as %(roles)s"),
    ("member", "changed_roles"): _l(
        "%(who)s changed the roles of %(name)s from %(before)s to %(roles)s"
    ),
    ("member", "ended"): _l("%(who)s ended the membership of %(name)s"),
    ("account", "changed"): _l("%(who)s changed the own name or language"),
    ("account", "changed_password"): _l("%(who)s changed the own password"),
    ("account", "reset_password"): _l("%(who)s set a new password with a mailed link"),
    ("account", "set_second_factor"): _l("%(who)s set up an authenticator app"),
    ("account", "removed_second_factor"): _l("%(who)s took the authenticator app off the account"),
    ("account", "added_passkey"): _l("%(who)s added a passkey"),
    ("account", "removed_passkey"): _l("%(who)s removed a passkey"),
}


class _Details(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def init(app: Flask) -> None:
    """Let every template say `told(step)`."""
    app.jinja_env.globals["told"] = told


def told(step: Step) -> str:
    """The sentence of one step; a change without one of its own is still named."""
    values = _Details({name: _said(value) for name, value in step.details.items()})
    values |= {"rfi": step.rfi_title or "…", "vendor": step.vendor or "…", "who": _who(step)}
    sentence = SENTENCES.get((step.object_kind, step.action))
    if sentence is None:
        values |= {"what": step.action.replace("_", " "), "kind": step.object_kind}
        return str(gettext("%(who)s: %(kind)s %(what)s") % values)
    return str(sentence) % values


def _who(step: Step) -> str:
    if step.actor_kind == "service":
        return str(gettext("The service"))
    return step.actor_name


def _said(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_said(one) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_said(one)}" for name, one in value.items())
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    return "…" if value is None else str(value)
