"""What an answer would take away from the one that is stored: nobody empties a cell unawares."""

from __future__ import annotations

from questionnaire.core.answers import Answer
from questionnaire.core.phrases import say


def lost(before: Answer, after: Answer, language: str) -> tuple[str, ...]:
    """Sentences about what is stored and would be gone."""
    said = []
    if before.state != "blank" and after.state == "blank":
        said.append(say(language, "The stored answer would be removed."))
    elif isinstance(before.value, tuple) and isinstance(after.value, tuple):
        said += _fewer(before.value, after.value, language)
    if before.comment and not after.comment:
        said.append(say(language, "The stored comment would be removed."))
    if before.reason and not after.reason and after.state == before.state:
        said.append(say(language, "The stored reason would be removed."))
    return tuple(said)


def _fewer(before: tuple[object, ...], after: tuple[object, ...], language: str) -> list[str]:
    if before and isinstance(before[0], dict):
        if len(after) < len(before):
            return [say(language, "The stored table has more rows: some would be removed.")]
        if _cells(after) < _cells(before):
            return [say(language, "Cells that are filled in would be emptied.")]
        return []
    if set(before) - set(after):
        return [say(language, "Something that was chosen would not be chosen any more.")]
    return []


def _cells(rows: tuple[object, ...]) -> int:
    return sum(
        cell is not None for row in rows if isinstance(row, dict) for cell in row.values()
    )  # fmt: skip
