"""All findings about one vendor, in the order of the bank."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from question_bank.findings.described import COUNTED, Description, strictest
from question_bank.findings.facts import Facts
from question_bank.findings.figures import filled
from question_bank.findings.outcome import (
    DOES_NOT_FIRE,
    FIRES,
    UNDETERMINED,
    Figure,
    Finding,
    Outcome,
)
from question_bank.findings.reasoning import NotKnown
from question_bank.findings.rules import RULES
from question_bank.findings.sources import Voice
from question_bank.truth import Unsure
from question_bank.values import Money

#: One step down; a mandatory finding stays mandatory, and nothing counted becomes uncounted.
_MILDER = {"major": "minor"}


def evaluate(facts: Facts, only: Collection[str] | None = None) -> tuple[Finding, ...]:
    """Every finding that the active profiles look at; one without a severity in them is left out.

    When the profiles are not known all are looked at, each as strictly as any profile would.
    `only` names those that are wanted (None: all).
    """
    found = []
    for description in facts.bank.findings:
        if only is not None and description.id not in only:
            continue
        severity = severity_in(description, facts.profiles)
        if severity is not None and description.id in RULES:
            found.append(_one(description, severity, facts))
    return tuple(found)


def severity_in(description: Description, profiles: frozenset[str] | None) -> str | None:
    """The strictest severity that the active profiles give it; None: they do not look at it."""
    return strictest(
        tuple(
            severity
            for code, severity in description.severity.items()
            if profiles is None or code in profiles
        )
    )


def _one(description: Description, severity: str, facts: Facts) -> Finding:
    try:
        outcome = RULES[description.id].judge(facts)
    except NotKnown as unknown:
        outcome = Outcome(Unsure(unknown.why))
    name, used = description.id, outcome.questions or description.questions
    if isinstance(outcome.truth, Unsure):
        worst = outcome.severity or strictest((severity, *description.may_be)) or severity
        return Finding(name, UNDETERMINED, worst, used=used, because=outcome.truth.why)
    if not outcome.truth:
        return Finding(name, DOES_NOT_FIRE, severity, used=used)
    severity = outcome.severity or severity
    if outcome.milder:
        severity = _MILDER.get(severity, severity)
    return Finding(
        name,
        FIRES,
        severity,
        text=_text(description, outcome, facts.voice),
        figures=outcome.figures,
        used=used,
        replaces=description.replaces if severity in COUNTED else (),
        at_fault=(description.at_fault or used) if outcome.at_fault is None else outcome.at_fault,
    )


def _text(description: Description, outcome: Outcome, voice: Voice) -> str:
    wording = description.variants.get(outcome.variant, description.message)
    shown = {name: _shown(figure, voice) for name, figure in outcome.figures.items()}
    said = filled(wording.text(voice.language), shown)
    return said[:1].upper() + said[1:]


def _shown(figure: Figure, voice: Voice) -> str:
    match figure:
        case Decimal() | int():
            return voice.number(figure)
        case Money():
            return voice.money(figure)
        case date():
            return voice.day(figure)
    return figure
