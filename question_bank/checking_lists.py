"""Faults of the small files: profiles, presets, brief, roles, policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from question_bank.checking_questions import twins
from question_bank.faults import Fault
from question_bank.model import Bank, BriefField
from question_bank.operators import SORTS
from question_bank.vocabulary import POLICY_ON_STANDARDS


def list_faults(bank: Bank) -> Iterator[Fault]:
    """Everything that is wrong outside the section files."""
    yield from _profiles(bank)
    yield from _presets(bank)
    yield from _brief(bank)
    yield from _roles(bank)
    yield from _policy(bank)


def _profiles(bank: Bank) -> Iterator[Fault]:
    for code in twins([profile.code for profile in bank.profiles]):
        yield Fault("bank.yaml", "", "profiles", f"two profiles have the code {code}.")
    if all(profile.add_on for profile in bank.profiles):
        yield Fault("bank.yaml", "", "profiles", "one at least must be no add-on.")
    for profile in bank.profiles:
        file = f"profiles/{profile.id}.yaml"
        for field, sections in (("weights", profile.weights), ("protected", profile.protected)):
            for name in sections:
                if name not in bank.sections_by_id:
                    yield Fault(file, "", field, f"there is no section {name}.")
                elif bank.sections_by_id[name].sealed:
                    yield Fault(file, "", field, f"{name} is sealed and takes no part in scores.")
        if profile.floor > 100:
            yield Fault(file, "", "floor", "is a score: at most 100.")


def _presets(bank: Bank) -> Iterator[Fault]:
    for name in twins([preset.id for preset in bank.presets]):
        yield Fault("presets.yaml", "", "presets", f"{name} stands here twice.")
    for preset in bank.presets:
        place = f"presets[{preset.id}].sections"
        if not preset.sections:
            yield Fault("presets.yaml", "", place, "is empty.")
        for name in preset.sections:
            if name not in bank.sections_by_id:
                yield Fault("presets.yaml", "", place, f"there is no section {name}.")


def _roles(bank: Bank) -> Iterator[Fault]:
    for role in bank.roles:
        place = f"roles.{role}"
        part = bank.part(role)
        question = bank.questions.get(part.question)
        column = question.column(part.column) if question and part.column else None
        if question is None:
            message = f"{bank.roles[role]} is no question and no column of one."
            yield Fault("roles.yaml", "", place, message)
        elif part.column and column is None:
            message = f"{question.id} has no column {part.column}."
            yield Fault("roles.yaml", "", place, message)
        elif part.code and (column or question).choice(part.code) is None:
            yield Fault("roles.yaml", "", place, f"there is no choice {part.code}.")


def _policy(bank: Bank) -> Iterator[Fault]:
    for name, table in bank.policy.items():
        if not table:
            yield Fault("policy.yaml", "", name, "is empty.")
    as_of = bank.policy.get("as_of")
    if not isinstance(as_of, str) or not _is_date(as_of):
        yield Fault("policy.yaml", "", "as_of", "must be the date of the tables: 2026-11-23.")
    yield from _lasting(bank)
    standards = _standards(bank)
    for name in POLICY_ON_STANDARDS:
        table = bank.policy.get(name)
        for code in table if isinstance(table, Mapping) and standards else ():
            if code not in standards:
                yield Fault("policy.yaml", "", f"{name}.{code}", "is no standard of a certificate.")


def _lasting(bank: Bank) -> Iterator[Fault]:
    table = bank.policy.get("answers_last_days")
    known = {"default", *bank.sections_by_id, *bank.questions}
    for code, days in table.items() if isinstance(table, Mapping) else ():
        place = f"answers_last_days.{code}"
        if code not in known:
            yield Fault("policy.yaml", "", place, "is no section and no question.")
        if not isinstance(days, Decimal | int) or days < 0:
            yield Fault("policy.yaml", "", place, "must be a number of days.")


def _standards(bank: Bank) -> set[str]:
    """The standards that a certificate can be of; empty when no column plays that part."""
    if "certificates.standard" not in bank.roles:
        return set()
    part = bank.part("certificates.standard")
    question = bank.questions.get(part.question)
    column = question.column(part.column or "") if question else None
    return {choice.code for choice in column.choices} if column else set()


# -- the brief ---------------------------------------------------------------------------------


def _brief(bank: Bank) -> Iterator[Fault]:
    for name in twins([field.name for field in bank.brief]):
        yield Fault("brief.yaml", "", f"fields[{name}]", "stands here twice.")
    for field in bank.brief:
        for place, message in _field_faults(field):
            yield Fault("brief.yaml", "", f"fields[{field.name}].{place}", message)
        if field.at_most and not _both_numbers(bank, field):
            sentence = f"{field.at_most} is no other number of the brief."
            yield Fault("brief.yaml", "", f"fields[{field.name}].at_most", sentence)


def _both_numbers(bank: Bank, field: BriefField) -> bool:
    numbers = {one.name for one in bank.brief if SORTS[one.kind] == "number"}
    return field.name in numbers and field.at_most in numbers - {field.name}


def _field_faults(field: BriefField) -> Iterator[tuple[str, str]]:
    chosen = field.kind in ("single_choice", "multi_choice", "languages")
    if chosen != bool(field.choices):
        yield "choices", "are needed where something is chosen, and only there."
    for code in twins([choice.code for choice in field.choices]):
        yield "choices", f"{code} stands here twice."
    bounded = field.minimum is not None or field.maximum is not None
    if bounded and SORTS[field.kind] != "number":
        yield "minimum", "has no place here: only numbers have bounds."
    elif field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield "minimum", f"{field.minimum} is more than the maximum, {field.maximum}."
    if field.default is not None and not _is_default(field, field.default):
        yield "default", "is no value that this field can have."


def _is_default(field: BriefField, default: object) -> bool:
    sort = SORTS[field.kind]
    codes = {choice.code for choice in field.choices}
    if sort == "truth":
        return isinstance(default, bool)
    if sort == "number":
        return _is_number_within(field, default)
    if sort == "date":
        return isinstance(default, str) and _is_date(default)
    if sort == "code":
        return isinstance(default, str) and (not codes or default in codes)
    if sort in ("codes", "names"):
        return isinstance(default, list) and all(
            isinstance(one, str) and (not codes or one in codes) for one in default
        )
    return sort == "text" and isinstance(default, str)


def _is_number_within(field: BriefField, default: object) -> bool:
    if isinstance(default, bool) or not isinstance(default, int | float):
        return False
    number = Decimal(str(default))
    above = field.minimum is None or field.minimum <= number
    return above and (field.maximum is None or number <= field.maximum)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
