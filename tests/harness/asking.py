"""Small banks and questions built by hand, for tests of the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from question_bank.model import (
    Bank,
    BriefField,
    Choice,
    Column,
    Question,
    Requirement,
    Section,
    Wording,
)
from questionnaire.core.answers import Answer


def words(text: str) -> Wording:
    return Wording(text)


def choices(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, Wording(code.replace("_", " ").capitalize())) for code in codes)


def column(name: str, kind: str, *codes: str, **more: Any) -> Column:
    label = Wording(name.replace("_", " ").capitalize())
    return Column(name, kind, label, choices=choices(*codes), **more)


def question(identifier: str, kind: str, *codes: str, **more: Any) -> Question:
    """A question whose section is what stands before the dot of its id."""
    unit = more.pop("unit", None)
    subject = more.pop("subject", None)
    return Question(
        id=identifier,
        section=identifier.split(".", maxsplit=1)[0],
        order=1,
        kind=kind,
        text=Wording(f"What about {identifier}?"),
        help=Wording("Say it."),
        scope="profile",
        answer_required=more.pop("answer_required", True),
        choices=choices(*codes),
        unit=Wording(unit) if unit else None,
        subject=Wording(subject) if subject else None,
        **more,
    )


def requirement(of: Question | str, operator: str, threshold: Any, **more: Any) -> Requirement:
    about = of if isinstance(of, str) else of.id
    return Requirement(
        id=more.pop("id", f"{about}#1"),
        question=about,
        profiles=tuple(more.pop("profiles", ("plain",))),
        operator=operator,
        threshold=Decimal(threshold) if type(threshold) in (int, float) else threshold,
        severity=more.pop("severity", "major"),
        rationale=Wording("Because."),
        **more,
    )


def bank(
    questions: Iterable[Question],
    requirements: Iterable[Requirement] = (),
    *,
    sealed: Iterable[str] = (),
    **more: Any,
) -> Bank:
    """A bank of these questions, in sections by the first part of their ids."""
    sections: dict[str, list[Question]] = {}
    for one in questions:
        sections.setdefault(one.section, []).append(one)
    return Bank(
        digest="0" * 64,
        sections=tuple(
            Section(name, Wording(name), Wording(name), tuple(held), sealed=name in tuple(sealed))
            for name, held in sections.items()
        ),
        requirements=tuple(requirements),
        profiles=tuple(more.get("profiles", ())),
        presets=(),
        brief=tuple(more.get("brief", ())),
        claims={},
        policy=more.get("policy", {}),
        roles=more.get("roles", {}),
        document_types=more.get("document_types", {}),
    )


def brief_field(name: str, kind: str, *codes: str, **more: Any) -> BriefField:
    label = more.pop("label", name.replace("_", " ").capitalize())
    unit = more.pop("unit", None)
    return BriefField(
        name,
        kind,
        Wording(label),
        Wording("So that we know."),
        choices=choices(*codes),
        unit=Wording(unit) if unit else None,
        **more,
    )


def answered(value: Any, **more: Any) -> Answer:
    return Answer("answered", value, **more)


def row(table: Question, **cells: Any) -> Mapping[str, Any]:
    """A row with every column of the table; what is not named is empty."""
    return {one.name: cells.get(one.name) for one in table.columns}
