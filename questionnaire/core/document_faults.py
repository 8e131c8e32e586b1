"""A JSON document while it is read: every fault is kept with its path, none ends the reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from questionnaire.core.faults import AnswerFault
from questionnaire.core.numbers import number_of
from questionnaire.core.texts import printable

#: Stands in for a day that could not be read; the document is refused anyway.
NO_DAY = date(2000, 1, 1)
NO_OBJECT = "must be an object with names and values."
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class InvalidDocument(ValueError):
    """The document cannot be taken; `faults` are paths with what is wrong there."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path}: {message}" for path, message in self.faults))


class Faults:
    """The faults of a whole document. What is under a broken place is not blamed besides."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []
        self._broken: list[str] = []

    def add(self, path: str, message: str) -> None:
        self._found.append((path, message))

    def break_off(self, path: str, message: str) -> None:
        """A fault at a place where nothing below can be read."""
        self.add(path, message)
        self._broken.append(path)

    def all(self) -> list[tuple[str, str]]:
        """Every fault once, without those that only echo a broken place."""
        found = [one for one in self._found if not any(map(one[0].startswith, self._below()))]
        return list(dict.fromkeys(found))

    def _below(self) -> list[str]:
        return [f"{path}." for path in self._broken]


class Document:
    """An object of the document at a path, with the faults of the whole."""

    def __init__(self, value: object, path: str = "", faults: Faults | None = None) -> None:
        self.path, self.faults = path, faults or Faults()
        self.values: Mapping[str, Any] = {}
        if isinstance(value, Mapping):
            self.values = value
        elif path:
            self.faults.break_off(path, NO_OBJECT)
        else:
            raise InvalidDocument([("the case", NO_OBJECT)])

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.values)

    def has(self, name: str) -> bool:
        """Whether there is anything: null is nothing."""
        return self.values.get(name) is not None

    def at(self, name: str) -> str:
        """The path of a name, on one line whatever characters the name consists of."""
        if not name.isprintable():
            name = name.encode("unicode_escape").decode("ascii")
        return f"{self.path}.{name}" if self.path else name

    def add(self, name: str, message: str) -> None:
        self.faults.add(self.at(name), message)

    def only(self, *known: str) -> None:
        """Every name that is not one of these is a fault."""
        for name in self.values:
            if name not in known:
                self.add(name, "is not known here.")

    def below(self, name: str) -> Document:
        """The object under a name, which must be there."""
        if name not in self.values:
            self.faults.break_off(self.at(name), "is missing.")
            return Document({}, self.at(name), self.faults)
        return Document(self.values[name], self.at(name), self.faults)

    def day(self, name: str) -> date:
        value = self.values.get(name)
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.add(name, "is missing." if value is None else "must be a date: 2026-11-23.")
        return NO_DAY

    def text(self, name: str, *, optional: bool = False) -> str | None:
        value = self.values.get(name)
        if isinstance(value, str) and value.strip():
            try:
                return printable(value)
            except AnswerFault as fault:
                self.add(name, fault.sentence)
                return None
        if value is not None or not optional:
            self.add(name, "is missing." if value in (None, "") else "must be a text.")
        return None

    def members(self, name: str) -> Iterator[tuple[str, Any]]:
        """Each member of a list with its name, `needs[0]`; a fault where there is no list."""
        value = self.values.get(name)
        if not isinstance(value, list):
            self.add(name, "must be a list.")
            return
        yield from ((f"{name}[{number}]", one) for number, one in enumerate(value))

    def number(
        self,
        name: str,
        *,
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        above: int | None = None,
        below: int | None = None,
        optional: bool = False,
    ) -> Decimal | None:
        """The number within its bounds; None where it is null, absent or at fault."""
        value = self.values.get(name)
        if value is None:
            if not optional:
                self.add(name, "is missing.")
            return None
        number = None if isinstance(value, str) else number_of(value)
        if number is None:
            self.add(name, "must be a number.")
        elif least is not None and number < least:
            self.add(name, f"must be {least} or more.")
        elif most is not None and number > most:
            self.add(name, f"must be {most} or less.")
        elif above is not None and number <= above:
            self.add(name, f"must be more than {above}.")
        elif below is not None and number >= below:
            self.add(name, f"must be less than {below}.")
        else:
            return number
        return None

    def whole(self, name: str, *, optional: bool = True) -> int | None:
        """A count; None where it is null, absent or at fault."""
        number = self.number(name, least=0, optional=optional)
        if number is not None and number != int(number):
            self.add(name, "must be a whole number.")
            return None
        return None if number is None else int(number)

    def refuse(self) -> None:
        """Raises InvalidDocument when anything was wrong."""
        if found := self.faults.all():
            raise InvalidDocument(found)
