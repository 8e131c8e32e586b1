"""Reads the buyer's brief out of a case: every field checked, nothing unknown taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from question_bank.model import Bank
from questionnaire.core.briefs import check_field, stated
from questionnaire.core.document_faults import NO_OBJECT, Document
from questionnaire.core.faults import AnswerFault

#: Fields that a case may leave out, with what is taken then. All others must be stated.
OPTIONAL_FIELDS: Final[Mapping[str, object]] = {
    "currency": "USD",
    "medicare": False,
    "us_communications_provider": False,
}
#: What stands beside the fields of the bank.
_NAMES = ("name", "what", "profiles", "price_weight", "shrinkage")
_OFFICE = ("office.latitude", "office.longitude", "office.time_zone")


def read_brief(buyer: Document, bank: Bank) -> dict[str, Any]:
    """The brief with its defaults; its faults are added to the document."""
    _refuse_unknown(buyer, bank)
    for name in ("name", "what"):
        buyer.text(name, optional=True)
    brief = dict(buyer.values)
    for field in bank.brief:
        value = stated(buyer.values, field.name)
        if value is None and field.name in OPTIONAL_FIELDS:
            brief[field.name] = OPTIONAL_FIELDS[field.name]
            continue
        if value is None:
            buyer.add(field.name, "is missing.")
            continue
        try:
            check_field(field, value)
        except AnswerFault as fault:
            buyer.add(field.name, fault.sentence)
    _read_place(buyer)
    return brief


def read_profiles(buyer: Document, bank: Bank) -> tuple[str, ...]:
    """The ids of the active profiles: one base, and add-ons (brief 2.1a)."""
    named = buyer.values.get("profiles")
    if named is None:
        buyer.add("profiles", "is missing.")
        return ()
    if not isinstance(named, list):
        buyer.add("profiles", "must be a list of profiles.")
        return ()
    active = []
    for number, name in enumerate(named):
        found = [one for one in bank.profiles if name in (one.id, one.code)]
        if not found:
            buyer.add(f"profiles[{number}]", f"there is no profile {name!r}.")
        active.extend(found)
    if len(active) == len(named) and sum(not one.add_on for one in active) != 1:
        bases = ", ".join(one.code for one in bank.profiles if not one.add_on)
        buyer.add("profiles", f"must name exactly one of {bases}, besides add-ons.")
    return tuple(dict.fromkeys(one.id for one in active))


def _refuse_unknown(buyer: Document, bank: Bank) -> None:
    known = {field.name for field in bank.brief} | set(_OFFICE)
    plain = {name for name in known if "." not in name} | set(_NAMES)
    groups = {name.partition(".")[0] for name in known if "." in name}
    for name, value in buyer.values.items():
        if name in groups and isinstance(value, Mapping):
            for below in value:
                if f"{name}.{below}" not in known:
                    buyer.add(f"{name}.{below}", "is not known here.")
        elif name in groups:
            buyer.faults.break_off(buyer.at(name), NO_OBJECT)
        elif name not in plain:
            buyer.add(name, "is not known here.")


def _read_place(buyer: Document) -> None:
    """Coordinates of the office, where they are stated in place of those of its city."""
    if not isinstance(buyer.values.get("office"), Mapping):
        return
    office = buyer.below("office")
    office.number("latitude", least=-90, most=90, optional=True)
    office.number("longitude", least=-180, most=180, optional=True)
    office.text("time_zone", optional=True)
    if office.has("latitude") != office.has("longitude"):
        office.add("longitude" if office.has("latitude") else "latitude", "is missing.")
