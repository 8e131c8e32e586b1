"""Reads the buyer's brief out of a case: every field checked, nothing unknown taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from question_bank.model import Bank
from questionnaire.core.briefs import check_field, stated
from questionnaire.core.codes import COUNTRIES
from questionnaire.core.document_faults import NO_OBJECT, Document
from questionnaire.core.faults import AnswerFault

#: Fields that a case may leave out, with what is taken then. All others must be stated.
OPTIONAL_FIELDS: Final[Mapping[str, object]] = {
    "currency": "USD",
    "medicare": False,
    "us_communications_provider": False,
}
#: Lists that the brief of a buyer holds as well (brief 5.1) and no rule of a verdict looks at:
#: a case may carry them, they are checked for their type, and nothing depends on them.
UNJUDGED_LISTS: Final = (
    "brand_traits", "customer_countries", "disconnect_points", "needs", "reasons",
    "tone_examples",
)  # fmt: skip
#: What stands beside the fields of the bank.
_NAMES = ("name", "what", "profiles", "price_weight", "shrinkage", *UNJUDGED_LISTS)
_OFFICE = ("office.latitude", "office.longitude", "office.time_zone")
#: How much a customers' need may weigh (brief 5.1).
_MOST_NEEDED = 5


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
        if value is None and field.name in UNJUDGED_LISTS:
            continue
        if value is None:
            buyer.add(field.name, "is missing.")
            continue
        try:
            check_field(field, value)
        except AnswerFault as fault:
            buyer.add(field.name, fault.sentence)
    _read_place(buyer)
    for name in UNJUDGED_LISTS:
        if buyer.has(name) and not any(field.name == name for field in bank.brief):
            _read_list(name, buyer)
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


def _read_list(name: str, buyer: Document) -> None:
    """Texts, countries, or needs with their weights, by the name of the list."""
    for place, member in buyer.members(name):
        if name == "needs":
            need = Document(member, buyer.at(place), buyer.faults)
            need.only("need", "weight")
            need.text("need")
            need.number("weight", least=0, most=_MOST_NEEDED)
        elif not isinstance(member, str) or not member.strip():
            buyer.add(place, "must be a text.")
        elif name == "customer_countries" and member not in COUNTRIES:
            buyer.add(place, "is no country code (ISO 3166, two capital letters).")
