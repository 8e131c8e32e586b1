"""Which edits of one requirement a what-if allows, and which of them ask less than before."""

from __future__ import annotations

from question_bank.model import SEVERITIES, Bank, Question
from questionnaire.core.phrases import english, worded
from questionnaire.services import weakening
from questionnaire.services.requiring import Held
from questionnaire.services.revising import faults_of

LEGAL = english(
    "The law or the card schemes demand this: it cannot be weakened, not even in a what-if. It "
    "can be made stricter."
)
SEALED = english(
    "This is about prices: they count in no score, gap count or tier, so there is nothing to try."
)


def weakens(before: Held, after: Held, question: Question) -> bool:
    """Whether an edit asks less than before, as far as its form tells; in doubt it does."""
    if before.off:
        return False
    if after.off:
        return True
    old, new = before.requirement, after.requirement
    milder = SEVERITIES.index(new.severity) > SEVERITIES.index(old.severity)
    return milder or not weakening.at_least_as_strict(new, old, question)


def faults(before: Held, after: Held, bank: Bank) -> dict[str, str]:
    """Why one edit cannot be made, by control; empty when it can."""
    old, new = before.requirement, after.requirement
    if old.question in bank.sealed_questions:
        return {"threshold": worded(SEALED)}
    found = weakening.refusal(old, new, off=after.off)
    weaker = old.never_waivable and weakens(before, after, bank.questions[old.question])
    if weaker and not found:
        return {"threshold": worded(LEGAL)}
    return found or ({} if after.off else faults_of(new, bank))
