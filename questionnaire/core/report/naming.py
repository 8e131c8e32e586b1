"""How options are named and in which order they stand: the own team first, then by shore type."""

from __future__ import annotations

from questionnaire.core.phrases import say
from questionnaire.core.report import words
from questionnaire.core.report.blocks import Cell, Head
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.truth import Unsure

ORDER = ("onshore", "nearshore", "offshore")


def kind(one: Judged) -> str:
    """The shore type of a vendor; an empty text where it is not known."""
    found = one.verdict.shore.type
    return "" if isinstance(found, Unsure) else found


def placed(matter: Matter) -> list[Judged]:
    def place(one: Judged) -> tuple[int, str]:
        found = kind(one)
        return (ORDER.index(found) if found in ORDER else len(ORDER), one.name.casefold())

    return sorted(matter.vendors, key=place)


def own_team(matter: Matter) -> tuple[Cell, Cell]:
    language = matter.language
    return Cell(say(language, "Your own team")), Cell(say(language, "In-house"))


def named(matter: Matter, one: Judged) -> tuple[Cell, Cell]:
    return Cell(one.name), Cell(words.shore(one.verdict.shore.type, matter.language))


def heads(matter: Matter) -> tuple[Head, Head]:
    return Head(say(matter.language, "Option")), Head(say(matter.language, "Shore type"))
