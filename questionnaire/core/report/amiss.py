"""What is wrong with an answer of several choices: what is missing, and what must not be there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from question_bank.model import Question
from questionnaire.core.answers import Answer
from questionnaire.core.gaps import Judgement
from questionnaire.core.phrases import listed, quoted, say, some
from questionnaire.core.report.matter import Judged
from questionnaire.core.thresholds import resolve


def amiss(
    question: Question, answer: Answer, missed: Sequence[Judgement], vendor: Judged, language: str
) -> str:
    """What stands behind the answer in a table: `, without “Backups”`; empty where all is well.

    `missed` are the requirements on the question that the vendor does not meet.
    """
    if question.kind != "multi_choice" or answer.state != "answered":
        return ""
    named, absent, unwanted = frozenset(answer.value), set[str](), set[str]()
    either: list[frozenset[str]] = []
    for one in missed:
        wanted = _wanted(one, vendor)
        match one.requirement.operator:
            case "includes_all":
                absent |= wanted - named
            case "includes_any" if not wanted & named:
                either.append(wanted)
            case "includes_none":
                unwanted |= wanted & named
            case "only_from" if wanted:
                unwanted |= named - wanted

    def labels(codes: Collection[str], *, any_of: bool = False) -> str:
        found = [quoted(at.label.text(language)) for at in question.choices if at.code in codes]
        return listed(found, language, either=True) if any_of else some(found, language)

    told = ""
    if absent:
        told += say(language, ", without {choices}", choices=labels(absent))
    for codes in either:
        told += say(language, ", without {choices}", choices=labels(codes, any_of=True))
    if unwanted:
        told += say(language, ", among them {choices}", choices=labels(unwanted))
    return told


def _wanted(one: Judgement, vendor: Judged) -> frozenset[str]:
    """The choices that a requirement names, also where it names them in the brief."""
    found = resolve(one.requirement.threshold, vendor.case).value
    return frozenset(map(str, found)) if isinstance(found, tuple) else frozenset()
