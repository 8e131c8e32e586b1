"""Who can be signed in as: plainly fictional people with one password that everybody may know."""

from __future__ import annotations

from dataclasses import dataclass

#: Printed on the console and on the sign-in page; production refuses to start with the demo.
PASSWORD = "seven-lighthouses"  # noqa: S105 - meant to be public


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the demo's organisation."""

    name: str
    email: str
    roles: tuple[str, ...]
    does: str


PEOPLE = (
    Person("Ada Alder", "ada@alderfinch.example", ("buyer", "admin"), "sends and compares"),
    Person("Remi Finch", "remi@alderfinch.example", ("reviewer",), "works through the flags"),
    Person("Rosa Birch", "rosa@alderfinch.example", ("reviewer",), "agrees as the second person"),
)
ADA, REMI, ROSA = PEOPLE
