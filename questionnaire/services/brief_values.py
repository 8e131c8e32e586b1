"""The fields of a brief: from what was typed to its JSON, back into controls, and for people."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from question_bank.model import BriefField, Column, Question, Wording
from questionnaire.core.faults import AnswerFault, TableFault
from questionnaire.core.kinds import CELLS, KINDS, Kind, json_of
from questionnaire.core.phrases import listed, say, worded
from questionnaire.core.texts import clean, same_text

NAME_LIMIT = 120
MOST_NAMES = 100
MOST_LANGUAGES = 30

#: The columns of a `languages` field, as the page and the JSON name them.
_LANGUAGE_COLUMNS = ("language", "min_spoken", "agents_needed", "hours")


class WrongBriefField(ValueError):
    """What was typed into one field cannot be taken; `cells` places faults in its table."""

    def __init__(self, sentence: str, cells: Mapping[tuple[int, str], str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.cells = dict(cells or {})


def held(brief: Mapping[str, Any], name: str) -> Any:
    """The value of a field in a brief, dots going deeper; None when it was not stated."""
    found: Any = brief
    for step in name.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def with_value(brief: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The brief with one field stated, or with None no longer stated."""
    step, _, rest = name.partition(".")
    below = brief.get(step)
    if rest:
        value = with_value(below if isinstance(below, Mapping) else {}, rest, value) or None
    changed = {key: one for key, one in brief.items() if key != step}
    return changed if value is None else changed | {step: value}


def read(field: BriefField, raw: Any, language: str = "en") -> Any:
    """The JSON of what was typed, None when nothing was; WrongBriefField otherwise."""
    try:
        if field.kind == "names":
            return _names(raw, language)
        if field.kind == "languages":
            return _languages(field, raw, language)
        if isinstance(raw, list) and not raw:
            return None  # nothing ticked is not yet "none of them"
        kind, asked = _asked(field)
        return json_of(kind.parse(asked, raw, language))
    except TableFault as fault:
        cells = {(one.path.row, one.path.column): one.sentence for one in fault.faults if one.path}
        raise WrongBriefField(fault.sentence, cells) from None
    except AnswerFault as fault:
        raise WrongBriefField(fault.sentence) from None


def typed(field: BriefField, value: Any, language: str = "en") -> Any:
    """What the field's controls hold for a value of the brief."""
    if field.kind == "names":
        return {"names": "\n".join(value or ()), "none": "1" if value == [] else ""}
    if value is None:
        return None
    kind, asked = _asked(field)
    return kind.to_raw(asked, kind.from_json(asked, value), language)


def show(field: BriefField, value: Any, language: str = "en") -> str:
    """The value for people, in one line; an empty text when it was not stated."""
    if value is None:
        return ""
    if field.kind == "names":
        return listed(value, language) if value else say(language, "None")
    if field.kind == "languages":
        return "; ".join(_one_language(field, row, language) for row in value)
    kind, asked = _asked(field)
    return kind.show(asked, kind.from_json(asked, value), language)


def _one_language(field: BriefField, row: Mapping[str, Any], language: str) -> str:
    cells = [
        CELLS[one.kind].show(one, CELLS[one.kind].from_json(one, row.get(one.name)), language)
        for one in languages_table(field).columns
    ]
    return ", ".join(one for one in cells if one)


def _asked(field: BriefField) -> tuple[Kind[Any], Column | Question]:
    """The kind that reads the field, and the field as something that this kind asks.

    Amounts are numbers in the brief's own currency.
    """
    if field.kind == "languages":
        return KINDS["table"], languages_table(field)
    if field.kind == "country":
        return CELLS["country"], Column(field.name, "country", field.label)
    kind = "number" if field.kind == "money" else field.kind
    question = _question(field, kind, minimum=field.minimum, maximum=field.maximum)
    return KINDS[kind], question


def languages_table(field: BriefField) -> Question:
    """A `languages` field as a table: language, lowest spoken level, agents, hours."""
    columns = (
        Column("language", "language", Wording("Language")),
        Column(
            "min_spoken", "choice", Wording("Lowest level"), choices=field.choices, ordered=True
        ),
        Column(
            "agents_needed",
            "number",
            Wording("Agents needed"),
            minimum=Decimal(1),
            maximum=Decimal(100_000),
        ),
        Column("hours", "text", Wording("Hours"), optional=True),
    )
    return _question(field, "table", columns=columns)


def _question(field: BriefField, kind: str, **more: Any) -> Question:
    return Question(
        id=field.name,
        section="",
        order=0,
        kind=kind,
        text=field.label,
        help=field.why,
        scope="engagement",
        answer_required=False,
        choices=() if kind == "table" else field.choices,
        unit=field.unit,
        **more,
    )


def _names(raw: Any, language: str) -> list[str] | None:
    """One name a line; an empty list only where "none" was ticked."""
    boxes = raw if isinstance(raw, Mapping) else {}
    lines = str(boxes.get("names") or "").replace("\r", "").split("\n")
    names = [clean(one, NAME_LIMIT, language, lines=False) for one in lines]
    first: dict[str, str] = {}
    for one in names:
        if one:
            first.setdefault(same_text(one), one)
    kept = list(first.values())
    if len(kept) > MOST_NAMES:
        raise AnswerFault(
            worded("At most {most} names fit; {n} were typed.", most=MOST_NAMES, n=len(kept))
        )
    if kept and boxes.get("none"):
        raise AnswerFault(
            worded("Names are typed and “None to name” is ticked: keep one of the two.")
        )
    return kept or ([] if boxes.get("none") else None)


def _languages(field: BriefField, raw: Any, language: str) -> list[dict[str, Any]] | None:
    begun = {
        number: row
        for number, row in enumerate(raw or ())
        if any(str(cell or "").strip() for cell in row.values())
    }
    if len(begun) > MOST_LANGUAGES:
        raise AnswerFault(worded("At most {n} languages fit.", n=MOST_LANGUAGES))
    cells = _incomplete(begun)
    try:
        rows = KINDS["table"].parse(languages_table(field), raw, language) or ()
    except TableFault as fault:
        cells |= {(one.path.row, one.path.column): one.sentence for one in fault.faults if one.path}
        rows = ()
    for number, row in zip(begun, rows, strict=False):
        agents = row["agents_needed"]
        if agents is not None and agents != agents.to_integral_value():
            cells[number, "agents_needed"] = worded("Agents are counted in whole people.")
    if cells:
        raise WrongBriefField(worded("Complete the marked languages."), cells)
    kept = [json_of(row) for row in rows]
    return [{name: one for name, one in row.items() if one is not None} for row in kept] or None


def _incomplete(begun: Mapping[int, Mapping[str, Any]]) -> dict[tuple[int, str], str]:
    """What a requirement would not find in the rows that were begun; languages given twice."""
    missing = {
        "language": worded("Choose the language."),
        "min_spoken": worded("Choose the lowest level that you accept."),
        "agents_needed": worded("Say how many agents must speak it."),
    }
    cells: dict[tuple[int, str], str] = {}
    seen: set[str] = set()
    for number, row in begun.items():
        for column, sentence in missing.items():
            if not str(row.get(column) or "").strip():
                cells[number, column] = sentence
        spoken = str(row.get("language") or "").strip()
        if spoken and spoken in seen:
            cells[number, "language"] = worded("This language stands in another row already.")
        seen.add(spoken)
    return cells
