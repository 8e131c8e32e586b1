"""Who may see which page of this package."""

from __future__ import annotations

from flask import Blueprint, request

from questionnaire.accounts import require

blueprint = Blueprint("admin", __name__)

#: Pages of this package that are not only for admins: anybody's, and every member's.
_ANYBODYS = {"admin.join"}
_EVERY_MEMBERS = {"admin.account", "admin.switch"}

_only_members, _only_admins = require(), require("admin")


@blueprint.before_request
def _gate() -> None:
    if request.endpoint in _EVERY_MEMBERS:
        _only_members()
    elif request.endpoint not in _ANYBODYS:
        _only_admins()
