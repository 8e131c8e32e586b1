"""Which findings look at more than answers and brief, for whoever changes the rest.

Every other finding stays as it is when requirements, weights or other options change; a test
holds each of them to that.
"""

from __future__ import annotations

from typing import Final

#: They look at the requirements of the round.
AT_REQUIREMENTS: Final = frozenset(("competitor-conflict", "evidence-stale"))
#: They look at scores, tiers and costs of this option and of the others; none is counted.
AT_OPTIONS: Final = frozenset(
    ("cheap-hour-dear-resolution", "price-only-order", "nearshore-not-middle")
)
