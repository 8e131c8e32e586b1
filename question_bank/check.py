"""Proves a whole bank: every fault with file, question and field, not only the first.

What cannot be loaded is named first; what refers to it is not blamed for that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from question_bank.assembling import assemble
from question_bank.checking_cures import cure_faults
from question_bank.checking_findings import finding_faults
from question_bank.checking_lists import list_faults
from question_bank.checking_needs import needs_faults
from question_bank.checking_questions import question_faults, twins
from question_bank.checking_scorecard import scorecard_faults
from question_bank.documents import read_what_can_be_read
from question_bank.faults import Fault
from question_bank.linting import lint, lint_requirement
from question_bank.model import Bank
from question_bank.operators import fits
from question_bank.wordings import missing_wordings

__all__ = ("Fault", "faults", "faults_in", "fits", "lint_requirement", "missing_wordings")

_MARKUP = re.compile(r"</?[A-Za-z!][^>]*>|&[a-z]+;")


def faults(folder: Path | None = None) -> list[Fault]:
    """Every fault of the bank in a folder; without one, of the bank of this package."""
    documents, unreadable = read_what_can_be_read(folder)
    unread = {fault.file for fault in unreadable}
    echoes = {f"{file} does not exist." for file in unread}
    return [
        *unreadable,
        *(
            fault
            for fault in faults_in(documents)
            if fault.file not in unread and fault.message not in echoes
        ),
    ]


def faults_in(documents: Mapping[str, object]) -> list[Fault]:
    """Every fault of the bank that these documents describe."""
    assembly = assemble(documents)
    checked = [
        *_section_faults(assembly.bank),
        *_requirement_faults(assembly.bank),
        *list_faults(assembly.bank),
        *scorecard_faults(assembly.bank),
        *needs_faults(assembly.bank),
        *finding_faults(assembly.bank),
        *cure_faults(assembly.bank),
    ]
    echo = _echo_of(assembly.broken)
    shape = [one for one in assembly.faults if "same_choices_as" not in one.field or not echo(one)]
    found = [*shape, *(one for one in checked if not echo(one)), *_markup(documents)]
    return list(dict.fromkeys(found))


def _section_faults(bank: Bank) -> Iterator[Fault]:
    ids = [question.id for section in bank.sections for question in section.questions]
    for name in twins(ids):
        file = f"sections/{name.partition('.')[0]}.yaml"
        yield Fault(file, name, "id", "stands in the bank twice.")
    for section in bank.sections:
        file = f"sections/{section.id}.yaml"
        for question in section.questions:
            for field, message in question_faults(question, bank):
                yield Fault(file, question.id, field, message)


def _requirement_faults(bank: Bank) -> Iterator[Fault]:
    again = set(twins([requirement.id for requirement in bank.requirements]))
    for requirement in bank.requirements:
        question = requirement.question
        file = f"sections/{bank.questions[question].section}.yaml"
        place = f"requirements[{requirement.id}]"
        if not re.fullmatch(rf"{re.escape(question)}#[0-9]+", requirement.id):
            yield Fault(file, question, f"{place}.id", f"must be {question}# and a number.")
        if requirement.id in again:
            yield Fault(file, question, f"{place}.id", "stands in the bank twice.")
        if not requirement.profiles:
            yield Fault(file, question, f"{place}.profiles", "is empty: name one at least.")
        for field, message in lint(requirement, bank):
            yield Fault(file, question, f"{place}.{field}", message)


def _markup(documents: Mapping[str, object]) -> Iterator[Fault]:
    """Texts are shown as they are; a tag in one would be shown as a tag."""
    for file, document in documents.items():
        for place, text in _texts(document, ""):
            if _MARKUP.search(text):
                yield Fault(
                    file, "", place, f"holds markup, which is shown as it stands: {text!r}."
                )


def _texts(document: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(document, str):
        yield place, document
    elif isinstance(document, Mapping):
        for key, below in document.items():
            yield from _texts(below, f"{place}.{key}" if place else str(key))
    elif isinstance(document, list):
        for number, below in enumerate(document, start=1):
            name = below.get("id", number) if isinstance(below, Mapping) else number
            yield from _texts(below, f"{place}[{name}]")


def _echo_of(broken: frozenset[str]) -> Callable[[Fault], bool]:
    """Tells whether a fault only says that something is missing which was itself left out."""
    names = "|".join(re.escape(name) for name in sorted(broken))
    named = re.compile(rf"(?<![\w.@-])(?:@answer\.)?(?:{names})(?![\w-])")
    return lambda fault: bool(broken) and named.search(fault.message) is not None
