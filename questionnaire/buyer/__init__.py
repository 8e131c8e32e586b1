"""What a buyer sees: RFIs, briefs, requirements, vendors, the board."""

from questionnaire.buyer import (
    adding,
    answers,
    basics,
    board,
    brief,
    checklist,
    demands,
    preview,
    prices,
    questions,
    requirements,
    rfis,
    steering,
    vendors,
    words,
)
from questionnaire.buyer.gate import blueprint

__all__ = [
    "adding",
    "answers",
    "basics",
    "blueprint",
    "board",
    "brief",
    "checklist",
    "demands",
    "preview",
    "prices",
    "questions",
    "requirements",
    "rfis",
    "steering",
    "vendors",
    "words",
]
