"""The questionnaire on paper: to be read before it is begun, and as a copy with its answers.

Both are made of the blocks of a report, so that a page and a PDF say the same.
"""

from __future__ import annotations

from questionnaire.core.paper.answered import Attested, Document, Given, answered_blocks
from questionnaire.core.paper.asked import asked_blocks

__all__ = ("Attested", "Document", "Given", "answered_blocks", "asked_blocks")
