"""The fallback ladder: a dearer onshore provider, else in-house, else a part of it (brief 5.8).

It follows the end of the article: rather a pricier local call centre, or keep the department.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaire.core.basis import Basis
from questionnaire.core.inhouse import Fix, must_fix
from questionnaire.core.overspend import Overspend, overspend
from questionnaire.core.phrases import listed, say
from questionnaire.core.truth import Unsure
from questionnaire.core.verdict import Verdict

RUNGS = ("onshore", "in_house", "hybrid")


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder. `taken` is the one that is advised: the first that holds.

    `fixes` is what the own team has to put right, `over` what each onshore option costs beyond the
    budget and the own team; both are empty elsewhere.
    """

    kind: str
    taken: bool
    sentences: tuple[str, ...]
    fixes: tuple[Fix, ...] = ()
    over: tuple[Overspend, ...] = ()


def climb(basis: Basis, verdicts: Sequence[Verdict], own: Verdict | None) -> tuple[Rung, ...]:
    """The three rungs in their order."""
    local = sorted(
        (one for one in verdicts if one.eligible and one.shore.type == "onshore"),
        key=lambda one: (one.name.casefold(), one.code),
    )
    return (
        _onshore(basis, verdicts, local),
        _in_house(basis, own, taken=not local),
        Rung("hybrid", False, _hybrid(basis)),
    )


def _onshore(basis: Basis, verdicts: Sequence[Verdict], local: Sequence[Verdict]) -> Rung:
    language = basis.language
    if not local:
        return Rung("onshore", False, (_no_onshore(basis, verdicts),))
    sentence = say(
        language,
        "An onshore provider passes although it is dearer: {names}. Rather pay more than give up a "
        "requirement.",
        names=listed([one.name for one in local], language),
    )
    return Rung("onshore", True, (sentence,), over=tuple(overspend(basis, one) for one in local))


def _no_onshore(basis: Basis, verdicts: Sequence[Verdict]) -> str:
    language = basis.language
    there = sorted((one.name for one in verdicts if one.shore.type == "onshore"), key=str.casefold)
    if there:
        return say(
            language,
            "No onshore provider passes either: {names} was asked and is not eligible. A higher "
            "price would not close its gaps.",
            names=listed(there, language),
        )
    if any(isinstance(one.shore.type, Unsure) for one in verdicts):
        return say(
            language,
            "No eligible provider is known to be onshore; where some of them sit is not known.",
        )
    return say(
        language,
        "No onshore provider was asked. Ask one before you give up, even if it is dearer.",
    )


def _in_house(basis: Basis, own: Verdict | None, *, taken: bool) -> Rung:
    language = basis.language
    sentences = [say(language, "Keep the service in-house.")] if taken else []
    if own is None:
        sentences.append(
            say(
                language,
                "What your own team would have to put right is not known: it has not answered the "
                "questionnaire. Ask it the same questions.",
            )
        )
        return Rung("in_house", taken, tuple(sentences))
    fixes = must_fix(own, basis.bank, language)
    if fixes:
        sentences.append(
            say(
                language,
                "By the same requirements your own team has {n} mandatory and {m} major gaps to "
                "put right.",
                n=len(own.tier.mandatory),
                m=len(own.tier.majors),
            )
        )
    else:
        sentences.append(say(language, "By the same requirements your own team has no such gap."))
    return Rung("in_house", taken, tuple(sentences), fixes=fixes)


def _hybrid(basis: Basis) -> tuple[str, ...]:
    language = basis.language
    return (
        say(
            language,
            "Outsource a part, such as the calls after hours, only if that part passes a gate of "
            "its own: ask for it in an RFI of its own, with the same requirements for everything "
            "that the part touches.",
        ),
        say(
            language,
            "On these answers no part has passed: each vendor was asked for the whole service.",
        ),
    )
