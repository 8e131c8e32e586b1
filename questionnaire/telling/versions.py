"""The sentences of what changes in a sent RFI: its requirements, and what its vendors are told."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

#: (kind of object, action) -> the sentence, as in the whole trail.
VERSIONS: dict[tuple[str, str], Any] = {
    ("notice", "published"): _l("%(who)s told every vendor of “%(rfi)s” more about “%(question)s”"),
    ("requirements", "proposed"): _l(
        "%(who)s proposed version %(number)s of the requirements of “%(rfi)s”, because “%(reason)s”"
    ),
    ("requirements", "published"): _l(
        "%(who)s published version %(number)s of the requirements of “%(rfi)s”, because "
        "“%(reason)s”: %(vendors)s assessments were judged anew (after prices had been seen: "
        "%(prices_seen)s)"
    ),
    ("requirements", "taken_back"): _l(
        "%(who)s took back the proposed version %(number)s of the requirements of “%(rfi)s”"
    ),
    ("requirements", "declined"): _l(
        "%(who)s declined the proposed version %(number)s of the requirements of “%(rfi)s”"
    ),
}
