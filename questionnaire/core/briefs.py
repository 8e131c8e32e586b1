"""Whether the JSON of a brief fits its fields.

Most fields hold what a question of the same kind is answered with; `country` (one code), `names`
(a list of texts) and `languages` (rows of language, min_spoken, agents_needed, hours) are the
brief's own. Dotted names are nested: `{"inhouse": {"csat": 88}}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from question_bank.model import BriefField, Question
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds import CELLS, KINDS
from questionnaire.core.numbers import number_of, show_number
from questionnaire.core.phrases import quoted, say
from questionnaire.core.texts import CELL_LIMIT, clean


def stated(brief: Mapping[str, Any], name: str) -> Any:
    """The JSON of a field by its dotted name; None when the buyer has not stated it."""
    found: Any = brief
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return None if found == "" else found


def check_field(field: BriefField, value: object, language: str = "en") -> None:
    """AnswerFault when the JSON does not fit the field."""
    asked = _asked(field)
    if field.kind == "names":
        for name in _listed(value, language):
            clean(name, CELL_LIMIT, language, lines=False)
    elif field.kind == "languages":
        _check_languages(field, _listed(value, language), language)
    elif field.kind == "country":
        CELLS["country"].from_json(asked, value, language)
    else:
        KINDS[field.kind].from_json(asked, value, language)


def contradictions(
    fields: Sequence[BriefField], brief: Mapping[str, Any], language: str = "en"
) -> dict[str, str]:
    """What two of these fields say together and cannot both mean: a sentence by field."""
    named = {field.name: field for field in fields}
    found = {}
    for field in fields:
        if field.at_most not in named:
            continue
        mine = number_of(stated(brief, field.name))
        most = number_of(stated(brief, field.at_most))
        if mine is not None and most is not None and mine > most:
            found[field.name] = say(
                language,
                "This is more than “{other}”, {most}: change one of the two.",
                other=named[field.at_most].label.text(language),
                most=show_number(most, language),
            )
    return found


def _asked(field: BriefField) -> Question:
    """The field as a question, for the kinds."""
    return Question(
        id=field.name,
        section="",
        order=0,
        kind=field.kind,
        text=field.label,
        help=field.why,
        scope="engagement",
        answer_required=False,
        choices=field.choices,
        unit=field.unit,
        minimum=field.minimum,
        maximum=field.maximum,
    )


def _listed(value: object, language: str) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    raise AnswerFault(say(language, "Expected is a list."))


def _check_languages(field: BriefField, rows: list[Any], language: str) -> None:
    """Every row has its language, once, a level that is offered, and a number of agents."""
    levels = [choice.code for choice in field.choices]
    seen: set[str] = set()
    for row in rows:
        code = row.get("language") if isinstance(row, Mapping) else None
        if not isinstance(code, str):
            raise AnswerFault(say(language, "Name the language in every row."))
        CELLS["language"].from_json(_asked(field), code, language)
        if row.get("min_spoken") not in levels:
            raise AnswerFault(
                say(language, "Choose the lowest level of {language}.", language=quoted(code))
            )
        if number_of(row.get("agents_needed")) is None:
            raise AnswerFault(
                say(language, "Say how many agents must speak {language}.", language=quoted(code))
            )
        if code in seen:
            raise AnswerFault(say(language, "Name each language once."))
        seen.add(code)
