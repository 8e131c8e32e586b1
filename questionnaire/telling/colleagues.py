"""What a vendor's colleagues do, as the buyer's trail tells it: that there are some, not who."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

COLLEAGUES: dict[tuple[str, str], Any] = {
    ("colleague", "handed over"): _l("%(who)s handed questions over to a colleague at %(vendor)s"),
    ("colleague", "sent again"): _l("%(who)s sent the link to a colleague at %(vendor)s again"),
    ("colleague", "revoked"): _l("%(who)s ended the link of a colleague at %(vendor)s"),
    ("colleague", "done"): _l("%(who)s said that its part is done"),
}
