"""What a comparison demands, in words: `at least 8 hours (your brief)`."""

from __future__ import annotations

from questionnaire.core.case import Case
from questionnaire.core.operators import Asked
from questionnaire.core.phrases import listed, say
from questionnaire.core.showing import MOST_NAMED, origin_of, show_place, show_value
from questionnaire.core.thresholds import Found


def need(op: str, threshold: object, found: Found, asked: Asked, case: Case) -> str:
    """The demand, with the figure that the threshold came to, or the place where it will stand."""
    language = case.language
    if not found.known:
        return _phrase(op, show_place(threshold, case), language)
    values = found.value if isinstance(found.value, tuple) else None
    if values is not None and len(values) == 1 and op in ("includes_all", "includes_any"):
        return show_value(values[0], asked, case) + origin_of(found, language)
    if op == "not_older_than":
        shown = _months(found.value, case)
    elif values is None or op not in ("one_of", "only_from", "equals"):
        shown = show_value(found.value, asked, case)
    else:
        shown = _alternatives(values, asked, case)
    return _phrase(op, shown, language) + origin_of(found, language)


def _alternatives(values: tuple[object, ...], asked: Asked, case: Case) -> str:
    shown = [show_value(one, asked, case) for one in values]
    if len(shown) > MOST_NAMED:
        return show_value(values, asked, case)
    return listed(shown, case.language, either=True)


def _months(value: object, case: Case) -> str:
    if value == 1:
        return say(case.language, "1 month")
    return say(case.language, "{n} months", n=show_value(value, None, case))


def _phrase(op: str, value: str, language: str) -> str:
    match op:
        case "at_least":
            return say(language, "at least {value}", value=value)
        case "at_most":
            return say(language, "at most {value}", value=value)
        case "not_in":
            return say(language, "none of {value}", value=value)
        case "includes_all":
            return say(language, "all of {value}", value=value)
        case "includes_any":
            return say(language, "at least one of {value}", value=value)
        case "includes_none":
            return say(language, "none of {value}", value=value)
        case "only_from":
            return say(language, "only {value}", value=value)
        case "not_older_than":
            return say(language, "at most {value} old", value=value)
    return value
