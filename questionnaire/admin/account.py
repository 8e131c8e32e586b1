"""A member's own page."""

from __future__ import annotations

from flask import render_template

from questionnaire.accounts import current
from questionnaire.admin.gate import blueprint


@blueprint.get("/account")
def account() -> str:
    """Name, language, password, second factor, passkeys."""
    return render_template("admin/account.html", me=current())
