"""How moments read on a vendor's pages."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from questionnaire.languages import language
from questionnaire.vendor.gate import blueprint


@blueprint.app_template_filter("in_zone")
def in_zone(moment: datetime, zone: str) -> str:
    """`Wednesday, 23 December 2026, 09:00 (Europe/Riga, UTC+02:00)`."""
    return _in_zone(moment, zone, language())


@lru_cache(2_000)
def _in_zone(moment: datetime, zone: str, spoken: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    if spoken == "en":
        day = format_date(local.date(), "EEEE, d MMMM y", locale=spoken)
    else:
        day = format_date(local.date(), "full", locale=spoken)
    offset = local.strftime("%z")
    shown = f", UTC{offset[:3]}:{offset[3:]}" if int(offset) else ""
    return f"{day}, {local:%H:%M} ({zone.replace('_', ' ')}{shown})"
