"""The questionnaire as a spreadsheet: what stands where, as plain values; no file is known here."""

from __future__ import annotations

from questionnaire.core.sheet.book import Book, Box, Choices, Head, Held, Line, Section, Table
from questionnaire.core.sheet.laying import lay_out

__all__ = ["Book", "Box", "Choices", "Head", "Held", "Line", "Section", "Table", "lay_out"]
