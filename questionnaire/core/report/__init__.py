"""The report of an RFI in 14 parts (brief 5.9): pure, computed sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from questionnaire.core.phrases import say
from questionnaire.core.report import (
    chapters,
    clients,
    conditions,
    costs,
    customers,
    fallback,
    gaps,
    manners,
    method,
    shores,
    stake,
    trials,
    verdict,
)
from questionnaire.core.report.blocks import Block, Part, Report
from questionnaire.core.report.matter import Matter

__all__ = ("Matter", "Report", "compose")


def compose(matter: Matter) -> Report:
    """The same matter gives the same report; without anybody's answers most parts say so."""
    return Report(
        title=matter.title,
        organisation=matter.organisation,
        language=matter.language,
        on=matter.on,
        parts=tuple(
            Part(number, title, tuple(told(matter)))
            for number, (title, told) in enumerate(_parts(matter), start=1)
        ),
        versions=tuple(method.versions(matter)),
    )


def _parts(matter: Matter) -> tuple[tuple[str, Callable[[Matter], Iterator[Block]]], ...]:
    language = matter.language
    return (
        (say(language, "Verdict"), verdict.blocks),
        (say(language, "The customer’s view"), customers.blocks),
        (say(language, "What is at stake"), stake.blocks),
        (say(language, "Gaps and findings"), gaps.blocks),
        (say(language, "Fit with the client list"), clients.blocks),
        (say(language, "Redundancy"), chapters.redundancy),
        (say(language, "Security"), chapters.security),
        (say(language, "Culture, language, scripts"), manners.blocks),
        (say(language, "Trial and claims"), trials.blocks),
        (say(language, "Cost"), costs.blocks),
        (say(language, "Options by shore type"), shores.blocks),
        (say(language, "Fallback"), fallback.blocks),
        (say(language, "Contract conditions"), conditions.blocks),
        (say(language, "Method, versions, sources"), method.blocks),
    )
