"""`each_buyer_language`: every language of the brief must be spoken well enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from questionnaire.core.case import Case
from questionnaire.core.codes import language_name
from questionnaire.core.phrases import say, some
from questionnaire.core.rows import RowFinding, Rows, cell_of
from questionnaire.core.showing import show_cell_of
from questionnaire.core.texts import same_text
from questionnaire.core.thresholds import resolve
from questionnaire.core.truth import Truth, Unsure, all_true, any_true


def buyer_languages(case: Case) -> tuple[Mapping[str, Any], ...] | Unsure:
    """The entries of `languages` in the brief; unsure when there are none."""
    entries = case.brief.get("languages")
    if not isinstance(entries, list | tuple) or not entries:
        return Unsure(say(case.language, "your brief names no language"))
    if not all(
        isinstance(one, Mapping) and isinstance(one.get("language"), str) for one in entries
    ):
        return Unsure(say(case.language, "your brief leaves a language out"))
    return tuple(entries)


def each_buyer_language(table: Rows) -> RowFinding:
    """For each of them some row in that language must satisfy the comparison."""
    entries = buyer_languages(table.case)
    if isinstance(entries, Unsure):
        return RowFinding(entries, entries.why)
    judged = [(entry, _spoken(table, entry)) for entry in entries]
    truth = all_true(one for _, one in judged)
    bad = [entry for entry, one in judged if one is False]
    unsure = [entry for entry, one in judged if isinstance(one, Unsure)]
    shown = bad or unsure or [entry for entry, _ in judged]
    return RowFinding(truth, some([_fact(table, one) for one in shown], table.case.language))


def _spoken(table: Rows, entry: Mapping[str, Any]) -> Truth:
    wanted = replace(table, found=resolve(table.rule.value, table.case, entry))
    if not wanted.found.known:
        return Unsure(wanted.found.value.why)
    return any_true(
        all_true((_in_language(table, row, entry["language"]), wanted.satisfies(row)))
        for row in table.rows
    )


def _in_language(table: Rows, row: Mapping[str, Any], language: str) -> Truth:
    column = next((one for one in table.question.columns if one.kind == "language"), None)
    if column is None:
        return Unsure(say(table.case.language, "the table names no languages"))
    cell = cell_of(row, column, table.case)
    if isinstance(cell, Unsure):
        return cell
    return isinstance(cell, str) and same_text(cell) == same_text(language)


def _fact(table: Rows, entry: Mapping[str, Any]) -> str:
    language = table.case.language
    name = language_name(entry["language"], language)
    rows = [row for row in table.rows if _in_language(table, row, entry["language"]) is True]
    if not rows or table.column is None:
        return say(language, "{language} is not listed", language=name)
    cells = some([show_cell_of(row, table.column, table.case) for row in rows], language)
    return say(language, "{language} has {cells}", language=name, cells=cells)
