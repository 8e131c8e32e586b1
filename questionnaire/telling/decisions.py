"""The sentences of decisions: what a buyer chose, and who agreed."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

#: (kind of object, action) -> the sentence, as in the whole trail.
DECISIONS: dict[tuple[str, str], Any] = {
    ("decision", "decided"): _l("%(who)s decided on “%(rfi)s” (decision %(number)s)"),
    ("decision", "decision_proposed"): _l(
        "%(who)s decided on “%(rfi)s” against the gate (decision %(number)s): a second person has "
        "to agree"
    ),
    ("decision", "decision_agreed"): _l("%(who)s agreed to decision %(number)s on “%(rfi)s”"),
    ("decision", "decision_taken_back"): _l("%(who)s took back decision %(number)s on “%(rfi)s”"),
    ("decision", "decision_declined"): _l("%(who)s declined decision %(number)s on “%(rfi)s”"),
}
