"""Which sections, questions, findings and criteria the chapters of a report tell of (brief 5.9)."""

from __future__ import annotations

from collections.abc import Mapping

#: The sections that a chapter lays side by side, in its order.
REDUNDANCY = ("resilience",)
SOFTWARE = ("security",)
ON_SITE = ("physical",)
REGULATED = ("privacy", "payments")
MANNERS = ("culture", "language", "scripting")

#: The files of findings (`findings/*.yaml`) that belong to a chapter.
CLIENT_FINDINGS = ("clients", "competitors", "standing")
REDUNDANCY_FINDINGS = ("continuity", "connections")
PRICE_FINDINGS = ("price",)
#: Those that hold options against each other; costs and preferences are in some of them.
OPTION_FINDINGS = ("options",)

#: Where the trial answers for the brand.
BRAND_CRITERION = "brand-voice"
#: What is claimed and measured of the same thing: the part that is claimed, the figure measured.
MEASURED: Mapping[str, str] = {
    "work.satisfaction": "csat",
    "work.resolution": "fcr",
    "work.handling_time": "aht",
}
RECOVERY = "resilience.rto"

#: The columns of the list of clients by what they say.
SECTOR, SIZE = "sector", "size_band"
