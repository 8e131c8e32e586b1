"""How moments read on a vendor's pages."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from questionnaire.languages import language
from questionnaire.vendor.gate import blueprint


@blueprint.app_template_filter("in_zone")
def in_zone(moment: datetime, zone: str) -> str:
    """`Wednesday, 23 December 2026, 09:00 (Europe/Riga)`."""
    return _in_zone(moment, zone, language())


@lru_cache(2_000)
def _in_zone(moment: datetime, zone: str, spoken: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    pattern = "EEEE, d MMMM y, HH:mm" if spoken == "en" else "EEEE, d. MMMM y, HH:mm"
    return f"{format_datetime(local, pattern, locale=spoken)} ({zone})"
