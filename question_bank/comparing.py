"""Says what is wrong with comparing an answer of some shape with a value, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from question_bank.model import Bank, Reference
from question_bank.operators import Shape, shape_of_reference
from question_bank.values import parse_time_of_day

_WANTED = {
    "truth": "yes or no",
    "number": "a number",
    "date": "a date",
    "time": "a time of day",
    "code": "one code",
    "codes": "a list of codes",
    "text": "a text",
}
_LISTS = ("one_of", "not_in", "includes_all", "includes_any", "includes_none", "only_from")


def wanted_sort(op: str, shape: Shape) -> str:
    """The sort of value that `op` compares an answer of this shape with."""
    if op == "not_older_than":
        return "number"
    return "codes" if op in _LISTS else shape.sort


def wrong_with(op: str, shape: Shape, value: object, bank: Bank) -> Iterator[str]:
    """Every reason why `answer op value` cannot be judged, or why no answer can meet it."""
    sort = wanted_sort(op, shape)
    if isinstance(value, Reference):
        yield from _wrong_reference(value, sort, shape, bank)
    elif op == "not_older_than":
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            yield "The age must be a whole number of months, 1 or more."
    elif not _is_of_sort(value, sort):
        yield f"It must be compared with {_WANTED[sort]}, not with {_shown(value)}."
    elif isinstance(value, tuple):
        yield from _wrong_list(op, shape, value)
    elif sort == "code":
        yield from _unknown_codes(shape, (str(value),))
    elif sort == "number":
        yield from _out_of_bounds(op, shape, Decimal(str(value)))


def _is_of_sort(value: object, sort: str) -> bool:
    if isinstance(value, bool) or sort == "truth":
        return isinstance(value, bool) and sort == "truth"
    if sort == "number":
        return isinstance(value, int | Decimal)
    if sort == "codes":
        return isinstance(value, tuple)
    if not isinstance(value, str):
        return False
    try:
        if sort == "date":
            date.fromisoformat(value)
        elif sort == "time":
            parse_time_of_day(value)
    except ValueError:
        return False
    return True


def _wrong_reference(value: Reference, sort: str, shape: Shape, bank: Bank) -> Iterator[str]:
    name = f"@{value.source}.{value.path}"
    found = shape_of_reference(value, bank)
    if found is None:
        yield f"{name} names nothing that an answer can be compared with."
        return
    if found.sort != sort:
        yield f"{name} is {_WANTED.get(found.sort, found.sort)}; {_WANTED[sort]} is needed here."
        return
    if value.plus and sort != "number":
        yield f"Nothing can be added to {name}: it is {_WANTED[sort]}."
    if shape.codes is not None and found.codes is not None:
        strange = [code for code in found.codes if code not in shape.codes]
        if strange:
            yield f"{name} can be {', '.join(strange)}, which no answer can be."
    elif shape.codes is None and shape.world != found.world and found.world is not None:
        yield f"{name} holds codes of another kind than the answer."


def _wrong_list(op: str, shape: Shape, value: tuple[str, ...]) -> Iterator[str]:
    if not value:
        yield "The list is empty: name at least one."
        return
    yield from _unknown_codes(shape, value)
    alone = [code for code in value if code in shape.exclusive]
    if op == "includes_all" and alone and len(value) > 1:
        yield f"No answer can include all of these: {alone[0]} always stands alone."


def _unknown_codes(shape: Shape, codes: tuple[str, ...]) -> Iterator[str]:
    if shape.codes is not None:
        strange = [code for code in codes if code not in shape.codes]
    elif shape.world == "country":
        strange = [code for code in codes if not (len(code) == 2 and code.isupper())]
    elif shape.world == "language":
        strange = [code for code in codes if not (len(code) in (2, 3) and code.islower())]
    else:
        strange = []
    if strange:
        yield f"No answer can be {', '.join(strange)}: there is no such choice."


def _out_of_bounds(op: str, shape: Shape, value: Decimal) -> Iterator[str]:
    low, high = shape.minimum, shape.maximum
    if high is not None and value > high and op != "at_most":
        yield f"No answer can meet it: answers go up to {high}."
    if low is not None and value < low and op != "at_least":
        yield f"No answer can meet it: answers start at {low}."
    if (op == "at_most" and high is not None and value > high) or (
        op == "at_least" and low is not None and value < low
    ):
        yield f"Every answer meets it: answers lie between {low} and {high}."


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value) or "an empty list"
    return str(value)
