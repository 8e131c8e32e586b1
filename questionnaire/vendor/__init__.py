"""What a vendor sees: the invitation, the questionnaire, its own answers."""

from questionnaire.vendor import (
    carrying,
    check,
    files,
    opening,
    replies,
    saves,
    sections,
    start,
    words,
)
from questionnaire.vendor.gate import blueprint

__all__ = [
    "blueprint",
    "carrying",
    "check",
    "files",
    "opening",
    "replies",
    "saves",
    "sections",
    "start",
    "words",
]
