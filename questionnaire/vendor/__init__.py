"""What a vendor sees: the invitation, the questionnaire, its own answers."""

from questionnaire.vendor import (
    check,
    debrief,
    earlier,
    files,
    paper,
    replies,
    saves,
    sections,
    sheet,
    start,
    words,
)
from questionnaire.vendor.gate import blueprint

__all__ = [
    "blueprint",
    "check",
    "debrief",
    "earlier",
    "files",
    "paper",
    "replies",
    "saves",
    "sections",
    "sheet",
    "start",
    "words",
]
