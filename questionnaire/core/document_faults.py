"""A JSON document while it is read: every fault is kept with its path, none ends the reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from questionnaire.core.numbers import number_of

#: Stands in for a day that could not be read; the document is refused anyway.
NO_DAY = date(2000, 1, 1)


class InvalidDocument(ValueError):
    """The document cannot be taken; `faults` are paths with what is wrong there."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path}: {message}" for path, message in self.faults))


class Document:
    """An object of the document at a path, with the faults of the whole."""

    def __init__(
        self, value: object, path: str = "", faults: list[tuple[str, str]] | None = None
    ) -> None:
        self.path, self.faults = path, [] if faults is None else faults
        self.values: Mapping[str, Any] = {}
        if isinstance(value, Mapping):
            self.values = value
        else:
            self.faults.append((path or "the case", "must be an object with names and values."))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.values)

    def has(self, name: str) -> bool:
        """Whether there is anything: null is nothing."""
        return self.values.get(name) is not None

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def add(self, name: str, message: str) -> None:
        self.faults.append((self.at(name), message))

    def only(self, *known: str) -> None:
        """Every name that is not one of these is a fault."""
        for name in self.values:
            if name not in known:
                self.add(name, "is not known here.")

    def below(self, name: str) -> Document:
        """The object under a name, which must be there."""
        if name not in self.values:
            self.add(name, "is missing.")
            return Document({}, self.at(name), self.faults)
        return Document(self.values[name], self.at(name), self.faults)

    def day(self, name: str) -> date:
        value = self.values.get(name)
        try:
            if isinstance(value, str):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.add(name, "is missing." if value is None else "must be a date: 2026-11-23.")
        return NO_DAY

    def text(self, name: str, *, optional: bool = False) -> str | None:
        value = self.values.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if value is not None or not optional:
            self.add(name, "is missing." if value in (None, "") else "must be a text.")
        return None

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
        if self.faults:
            raise InvalidDocument(list(dict.fromkeys(self.faults)))
