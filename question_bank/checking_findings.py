"""Faults of the derived findings: their functions, figures, severities and what they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from question_bank.checking_questions import twins
from question_bank.faults import Fault
from question_bank.findings.described import COUNTED, Description, Subject
from question_bank.findings.rules import RULES
from question_bank.model import LANGUAGES, Bank, Wording

#: A field of a finding and what is wrong there.
Wrong = tuple[str, str]


def finding_faults(bank: Bank) -> Iterator[Fault]:
    """Everything that is wrong with the findings; a bank without any is an edition before them."""
    if not bank.subjects:
        return
    for name in twins([one.id for one in bank.findings]):
        yield Fault("bank.yaml", "", "findings", f"{name} stands in the bank twice.")
    for name in sorted(set(RULES) - {one.id for one in bank.findings}):
        yield Fault("bank.yaml", "", "findings", f"{name} has a function and no description.")
    for subject in bank.subjects:
        file = f"findings/{subject.id}.yaml"
        for one in subject.findings:
            for field, message in _faults(one, subject, bank):
                yield Fault(file, "", f"findings[{one.id}].{field}", message)
        for name, wording in subject.phrases.items():
            for message in _other_figures(wording):
                yield Fault(file, "", f"phrases.{name}", message)
    names = [name for subject in bank.subjects for name in subject.phrases]
    for name in twins(names):
        yield Fault("bank.yaml", "", "findings", f"the phrase {name} stands in the bank twice.")


def _faults(one: Description, subject: Subject, bank: Bank) -> Iterator[Wrong]:
    yield from _severities(one, bank)
    yield from _names(one, bank)
    rule = RULES.get(one.id)
    if rule is None:
        yield "id", "no function works it out."
        return
    if rule.judge.__module__.rpartition(".")[2] != subject.id:
        yield "id", f"its function stands in {rule.judge.__module__}."
    messages = {"": one.message, **one.variants}
    for name in sorted(rule.gives.keys() - messages.keys()):
        yield "variants", f"{name} is missing."
    for name in sorted(messages.keys() - rule.gives.keys()):
        yield f"variants.{name}", "the function never chooses it."
    for name in sorted(messages.keys() & rule.gives.keys()):
        place = f"variants.{name}" if name else "message"
        for message in _against(messages[name], rule.gives[name]):
            yield place, message


def _severities(one: Description, bank: Bank) -> Iterator[Wrong]:
    codes = {profile.code for profile in bank.profiles}
    for code in one.severity:
        if code not in codes:
            yield "severity", f"there is no profile {code}."
    given = {*one.severity.values(), *one.may_be}
    if one.kind == "counted":
        if not given & set(COUNTED):
            yield "class", "is counted, but no severity is."
        for severity in sorted(given - {*COUNTED, "info"}):
            yield "severity", f"{severity} is never counted."
    elif given != {one.kind}:
        yield "severity", f"must be {one.kind}, as its class is."
    if one.replaces and one.kind != "counted":
        yield "replaces", "has no place here: only what is counted replaces something."


def _names(one: Description, bank: Bank) -> Iterator[Wrong]:
    requirements = {requirement.id for requirement in bank.requirements}
    for name in one.questions:
        if name not in bank.questions:
            yield "questions", f"there is no question {name}."
    for name in one.at_fault:
        if name not in one.questions:
            yield "at_fault", f"{name} is none of its questions."
    for name in one.brief:
        if not any(name == field.name for field in bank.brief):
            yield "brief", f"there is no @buyer.{name} in the brief."
    for name in one.replaces:
        if name not in bank.questions and name not in requirements:
            yield "replaces", f"there is no question or requirement {name}."
    for claim in one.claims:
        if claim not in bank.claims:
            yield "claims", f"there is no claim {claim}."


def figures_in(text: str) -> frozenset[str] | None:
    """The names in {braces}; None when a brace is left open."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def _against(wording: Wording, gives: frozenset[str]) -> Iterator[str]:
    """Whether a message has exactly the figures that the function gives, in every language."""
    for language, text in _texts(wording).items():
        found = figures_in(text)
        if found is None:
            yield f"{language}: a brace is left open."
        elif found != gives:
            yield f"{language}: has {_listed(found)}; the function gives {_listed(gives)}."


def _other_figures(wording: Wording) -> Iterator[str]:
    """Whether a phrase has the figures of its English text in every language."""
    english = figures_in(wording.en)
    for language, text in _texts(wording).items():
        found = figures_in(text)
        if found is None:
            yield f"{language}: a brace is left open."
        elif english is not None and found != english:
            yield f"{language}: has {_listed(found)}; en has {_listed(english)}."


def _texts(wording: Wording) -> Mapping[str, str]:
    return {
        language: text for language in LANGUAGES if (text := getattr(wording, language)) is not None
    }


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "no figure"
