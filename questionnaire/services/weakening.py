"""Whether an edit asks less of vendors than before, and what has to be said about it."""

from __future__ import annotations

from dataclasses import replace

from question_bank.model import SEVERITIES, Question, Requirement, RowRule
from questionnaire.core.merging import implies
from questionnaire.core.phrases import worded

#: Operators whose list names what is allowed: a shorter list asks more.
_ALLOWING = ("one_of", "only_from", "includes_any")


def at_least_as_strict(new: Requirement, old: Requirement, question: Question) -> bool:
    """Whether whatever meets `new` meets `old`, as far as their form tells; in doubt it is not."""
    if implies(new, old, question):
        return True
    if new.operator != old.operator or (new.assurance or 0) < (old.assurance or 0):
        return False
    mine, other = new.threshold, old.threshold
    if isinstance(mine, tuple) and isinstance(other, tuple) and new.operator in _ALLOWING:
        return set(mine) <= set(other)
    if isinstance(mine, RowRule) and isinstance(other, RowRule):
        return _rows(mine, other, question)
    return False


def _rows(mine: RowRule, other: RowRule, question: Question) -> bool:
    """The same rule with another figure or list in it."""
    if replace(mine, value=None) != replace(other, value=None):
        return False
    operator = mine.op or ""
    new, old = (
        Requirement("", question.id, (), operator, one.value, "minor", question.text)  # type: ignore[arg-type]
        for one in (mine, other)
    )
    inner = _column_as_question(mine, question)
    if mine.quantifier == "none":
        # Rows that must not be there: what is looked for must at least cover what was.
        new, old = old, new
    if implies(new, old, inner):
        return True
    lists = isinstance(new.threshold, tuple) and isinstance(old.threshold, tuple)
    if lists and operator == "one_of":
        return set(new.threshold) <= set(old.threshold)  # type: ignore[arg-type]
    if lists and operator == "not_in":
        return set(new.threshold) >= set(old.threshold)  # type: ignore[arg-type]
    return False


def _column_as_question(rule: RowRule, question: Question) -> Question:
    """The compared column with its choices in order, as `implies` asks for a question."""
    column = question.column(rule.column or "")
    if column is None:
        return question
    return replace(question, choices=column.choices, ordered=column.ordered)


def warning(
    old: Requirement, new: Requirement, question: Question, *, off: bool, was_off: bool
) -> str:
    """What a buyer must confirm before this edit, an empty text when nothing.

    Only what is mandatory or demanded by law is guarded: that is what gates are made of.
    """
    guarded = old.severity == "mandatory" or old.never_waivable
    if not guarded or was_off:
        return ""
    if off:
        return worded(
            "This requirement is mandatory: with it switched off, a vendor that fails here can "
            "still be recommended. Price never makes up for that."
        )
    if SEVERITIES.index(new.severity) > SEVERITIES.index(old.severity):
        return worded(
            "This requirement is mandatory: with a lower severity a vendor that fails here can "
            "still be recommended. Price never makes up for that."
        )
    if not at_least_as_strict(new, old, question):
        if old.never_waivable:
            return worded(
                "The law or the card schemes demand this. What you entered may ask less than "
                "before: make sure that it still asks what they demand."
            )
        return worded(
            "This requirement is mandatory, and what you entered may ask less than before: more "
            "vendors will pass this gate."
        )
    return ""


def refusal(old: Requirement, new: Requirement, *, off: bool) -> dict[str, str]:
    """Why the edit cannot be made at all: what the law demands stays on and stays as severe."""
    if not old.never_waivable:
        return {}
    faults = {}
    if off:
        faults["off"] = worded(
            "The law or the card schemes demand this: it cannot be switched off. If it does not "
            "concern you, leave out its question or choose another profile."
        )
    if SEVERITIES.index(new.severity) > SEVERITIES.index(old.severity):
        faults["severity"] = worded(
            "The law or the card schemes demand this: its severity cannot be lowered."
        )
    return faults
