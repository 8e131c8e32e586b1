"""What a proof says, in sentences: the same for the command and for the page."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.outcomes import OWN, Difference
from questionnaire.core.phrases import say, some
from questionnaire.core.rulebook import Changes
from questionnaire.services.recomputing import Proof

#: So many changed modules are named, the rest are counted.
_MOST = 12


def verdict_of(proof: Proof, language: str = "en") -> str:
    """The result in one sentence."""
    if proof.tampered:
        return say(language, "Not proven: what is stored is not what was stored.")
    if proof.broken:
        return say(language, "Not proven: {why}", why=proof.broken)
    if proof.differences:
        return say(language, "Not the same result: {n} things differ.", n=len(proof.differences))
    return say(language, "Same result: every status, finding, tier and figure comes out again.")


def lines_of(proof: Proof, language: str = "en", *, priced: bool = True) -> list[str]:
    """Everything that differs and every rule that has changed, each in a sentence.

    Without `priced` no difference is named: figures and their order tell of prices.
    """
    return [
        *proof.tampered,
        *([proof.broken] if proof.broken and proof.tampered else []),
        *(_difference(one, proof, language) for one in proof.differences if priced),
        *_rules(proof, language),
    ]


def _difference(one: Difference, proof: Proof, language: str) -> str:
    figures = {
        "was": _shown(one.was, language),
        "now": _shown(one.now, language),
        "name": one.name,
        "vendor": _vendor(one.vendor, proof, language),
    }
    match one.what:
        case "requirement":
            return say(language, "{vendor}: requirement {name} was {was}, is now {now}.", **figures)
        case "finding":
            return say(language, "{vendor}: finding {name} was {was}, is now {now}.", **figures)
        case "score":
            return say(language, "{vendor}: score of {name} was {was}, is now {now}.", **figures)
        case "cost":
            return say(language, "{vendor}: cost ({name}) was {was}, is now {now}.", **figures)
        case "round":
            return say(language, "All vendors: {name} was {was}, is now {now}.", **figures)
    return say(language, "{vendor}: {name} was {was}, is now {now}.", **figures)


def _vendor(code: str, proof: Proof, language: str) -> str:
    if code == OWN:
        return say(language, "Your own team")
    return proof.names.get(code, code)


def _shown(value: str | None, language: str) -> str:
    if value is None:
        return say(language, "not there")
    return value.replace("_", " ") or say(language, "nothing")


def _rules(proof: Proof, language: str) -> Iterator[str]:
    then, now = proof.program
    if then and then != now:
        yield say(language, "The program was version {then}, and is {now}.", then=then, now=now)
    rules: Changes = proof.rules
    for names, sentence in (
        (rules.changed, "Rules that have changed since: {names}."),
        (rules.added, "Rules that are new since: {names}."),
        (rules.gone, "Rules that are gone since: {names}."),
    ):
        if names:
            yield say(language, sentence, names=some(names, language, _MOST))
    if proof.differences and not rules:
        yield say(
            language, "No rule of the program has changed since: something beside the rules has."
        )
