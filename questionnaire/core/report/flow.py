"""Where the buyer's data goes at each vendor: what, where, who, how long, encrypted (claim C49)."""

from __future__ import annotations

from question_bank.model import Question
from questionnaire.core.parts import cell, part_of, played, rows
from questionnaire.core.phrases import listed, say
from questionnaire.core.report import laying, reached
from questionnaire.core.report.blocks import Cell, Head, Table
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.truth import Unsure


def table(matter: Matter) -> Table:
    """One row a vendor; what it did not answer is not known."""
    language = matter.language
    return Table(
        "data-flow",
        say(language, "Where your data goes"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Kinds of data it handles")),
            Head(say(language, "Where")),
            Head(say(language, "Who besides")),
            Head(say(language, "Recordings are deleted")),
            Head(say(language, "Encrypted")),
        ),
        tuple(_row(matter, one) for one in matter.by_name),
        say(
            language,
            "As the vendor answered. Kinds are all that it is set up for, whether you have such "
            "data or not. What stands behind an answer is told in part 4 where it is not enough.",
        ),
    )


def _row(matter: Matter, one: Judged) -> tuple[Cell, ...]:
    return (
        Cell(one.name),
        Cell(_chosen(matter, one, "data.classes")),
        Cell(reached.told(one.case)),
        Cell(_partners(matter, one)),
        Cell(_deleted(matter, one)),
        Cell(_chosen(matter, one, "data.encryption")),
    )


def _asked(matter: Matter, role: str, one: Judged) -> Question | None:
    part = part_of(role, one.case)
    return None if isinstance(part, Unsure) else matter.bank.questions.get(part.question)


def _chosen(matter: Matter, one: Judged, role: str) -> str | None:
    """Everything that was ticked, by its label; a dash where it was not asked."""
    question, value = _asked(matter, role, one), played(role, one.case)
    if question is not None and not one.case.shown(question.id):
        return laying.NOTHING
    if question is None or isinstance(value, Unsure):
        return None
    ticked = {value} if isinstance(value, str) else set(value)
    labels = [at.label.text(matter.language) for at in question.choices if at.code in ticked]
    return "; ".join(labels) or say(matter.language, "none of these")


def _partners(matter: Matter, one: Judged) -> str | None:
    """The companies that touch the data too."""
    lines, language = rows("partners", one.case), matter.language
    if isinstance(lines, Unsure):
        return None
    named = [str(cell("partners.name", line, one.case) or "?") for line in lines]
    return listed(named, language) or say(language, "nobody, says the vendor")


def _deleted(matter: Matter, one: Judged) -> str | None:
    question = _asked(matter, "recordings.days", one)
    if question is None or isinstance(played("recordings.days", one.case), Unsure):
        shown = question is None or one.case.shown(question.id)
        return None if shown else laying.NOTHING
    return say(matter.language, "after {days}", days=laying.answer_text(matter, one, question))
