"""Finds every wording of a bank, and the languages that are still missing in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from question_bank.faults import Fault
from question_bank.model import LANGUAGES, Bank, Wording

_NAMING = ("id", "name", "code")


def wordings(bank: Bank) -> Iterator[tuple[str, str, str, Wording]]:
    """Every wording with its file, question (or an empty text) and field."""
    for section in bank.sections:
        file = f"sections/{section.id}.yaml"
        for name in ("title", "intro"):
            yield file, "", name, getattr(section, name)
        for question in section.questions:
            for path, wording in _below(question, ""):
                yield file, question.id, path, wording
    for requirement in bank.requirements:
        file = f"sections/{requirement.question.partition('.')[0]}.yaml"
        place = f"requirements[{requirement.id}].rationale"
        yield file, requirement.question, place, requirement.rationale
    for profile in bank.profiles:
        for path, wording in _below(profile, ""):
            yield f"profiles/{profile.id}.yaml", "", path, wording
    for subject in bank.subjects:
        for path, wording in _below(subject, ""):
            yield f"findings/{subject.id}.yaml", "", path, wording
    for file, name, parts in (
        ("presets.yaml", "presets", bank.presets),
        ("brief.yaml", "fields", bank.brief),
        ("claims.yaml", "claims", tuple(bank.claims.values())),
        ("document_types.yaml", "document_types", bank.document_types),
    ):
        for path, wording in _below(parts, name):
            yield file, "", path, wording
    for file, whole in (
        ("scorecard.yaml", bank.scorecard),
        ("cures.yaml", bank.cures),
        ("needs.yaml", bank.customers),
    ):
        for path, wording in _below(whole, ""):
            yield file, "", path, wording


def missing_wordings(bank: Bank) -> list[Fault]:
    """Every wording that is not yet in all languages; on the page English stands in for it."""
    found = []
    for file, question, field, wording in wordings(bank):
        missing = [language for language in LANGUAGES if getattr(wording, language) is None]
        if missing:
            found.append(Fault(file, question, field, f"is missing in {', '.join(missing)}."))
    return found


def _below(part: object, path: str) -> Iterator[tuple[str, Wording]]:
    if isinstance(part, Wording):
        yield path, part
    elif isinstance(part, tuple):
        for number, one in enumerate(part, start=1):
            named = (getattr(one, name) for name in _NAMING if hasattr(one, name))
            yield from _below(one, f"{path}[{next(named, number)}]")
    elif isinstance(part, Mapping):
        for key, one in part.items():
            yield from _below(one, f"{path}[{key}]")
    elif is_dataclass(part):
        for field in (one for one in fields(part) if one.init):
            below = f"{path}.{field.name}" if path else field.name
            yield from _below(getattr(part, field.name), below)
