"""The sentences of reports: files that were asked for, debriefs that vendors may read."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

#: (kind of object, action) -> the sentence, as in the whole trail.
REPORTS: dict[tuple[str, str], Any] = {
    ("report", "asked"): _l("%(who)s had the report on “%(rfi)s” made as a file (%(kind)s)"),
    ("debrief", "released"): _l(
        "%(who)s let %(vendor)s read what was found in its own answers to “%(rfi)s”"
    ),
}
