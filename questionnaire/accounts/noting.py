"""Telling the audit trail when somebody changes how it signs in."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_security import signals

from questionnaire import edge
from questionnaire.accounts.staff import Staff
from questionnaire.services import staffing

#: Flask-Security's signal -> what the trail says.
_CHANGES = {
    signals.password_changed: "changed_password",
    signals.password_reset: "reset_password",
    signals.tf_profile_changed: "set_second_factor",
    signals.tf_disabled: "removed_second_factor",
    signals.wan_registered: "added_passkey",
    signals.wan_deleted: "removed_passkey",
}


def init(app: Flask) -> None:
    """Listen to Flask-Security on `app`."""
    for signal, action in _CHANGES.items():
        signal.connect(_Note(action), sender=app, weak=False)


class _Note:
    def __init__(self, action: str) -> None:
        self.action = action

    def __call__(self, _app: Flask, user: Staff, **_rest: Any) -> None:
        staffing.note_sign_in_change(edge.database.session, edge.clock(), user.id, self.action)
