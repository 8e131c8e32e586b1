"""What a vendor sees: the invitation, the questionnaire, its own answers."""

from questionnaire.vendor import (
    check,
    colleagues,
    debrief,
    earlier,
    errands,
    files,
    leaving,
    missing,
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
    "colleagues",
    "debrief",
    "earlier",
    "errands",
    "files",
    "leaving",
    "missing",
    "paper",
    "replies",
    "saves",
    "sections",
    "sheet",
    "start",
    "words",
]
