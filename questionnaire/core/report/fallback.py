"""Part 12: what to do when the first choice fails, or when nobody passes (brief 5.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from questionnaire.core.phrases import listed, say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import (
    Block,
    Cell,
    Head,
    Line,
    Listing,
    Notice,
    Paragraph,
    Table,
)
from questionnaire.core.report.matter import Matter


def blocks(matter: Matter) -> Iterator[Block]:
    if not matter.vendors:
        yield Paragraph(say(matter.language, "Nobody has submitted yet."))
    elif matter.nobody_passes:
        yield from _nobody(matter)
    else:
        yield from _somebody(matter)


def _somebody(matter: Matter) -> Iterator[Block]:
    language = matter.language
    onshore = [one.name for one in matter.eligible if one.verdict.shore.type == "onshore"]
    if onshore:
        text = say(
            language,
            "Onshore vendors that pass, and that you can turn to even where they cost more: "
            "{names}",
            names=listed(onshore, language),
        )
        text = words.stop(text)
    else:
        text = say(
            language,
            "No onshore vendor passes. The way back is your own team: keep it able to take the "
            "calls until the vendor has proved itself.",
        )
    yield Paragraph(text)
    out = [one.name for one in matter.by_name if not one.eligible]
    if out:
        text = say(
            language,
            "Not to be turned to on these answers, whatever they cost: {names}",
            names=listed(out, language),
        )
        more = say(language, "Part 4 says what each would have to put right.")
        yield Paragraph(f"{words.stop(text)} {more}")


def _nobody(matter: Matter) -> Iterator[Block]:
    language = matter.language
    text = say(
        language,
        "No provider meets your mandatory requirements. Do not outsource on these answers.",
    )
    yield Notice(text, "danger")
    steps = (
        say(language, "Keep the service in-house for now."),
        say(
            language,
            "Outsource a part, such as the evenings, only if that part passes a gate of its own: "
            "ask for it in an RFI of its own.",
        ),
        say(
            language,
            "Let a vendor close its gaps before you sign. Each one is judged again, with evidence.",
        ),
        say(
            language,
            "Search again: in more countries, for one language at a time, in the registers of the "
            "industry.",
        ),
    )
    yield Listing(tuple(Line(step) for step in steps), ordered=True)
    yield _excluded(matter)


def _excluded(matter: Matter) -> Table:
    """What kept vendors out: what kept most of them out comes first."""
    language = matter.language
    kept_out: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in matter.by_name:
        for at in one.verdict.tier.mandatory:
            for finding in at.findings:
                kept_out[laying.finding_title(matter, finding.id)][one.name] = None
            for gap in at.gaps:
                kept_out[matter.subject(gap.requirement.question)][one.name] = None
        if one.verdict.trial.result == "hard_fail":
            kept_out[words.trial_title(language)][one.name] = None
    rows = sorted(kept_out.items(), key=lambda at: (-len(at[1]), at[0].casefold()))
    return Table(
        "excluded",
        say(language, "What kept vendors out"),
        (
            Head(say(language, "Requirement or finding")),
            Head(say(language, "Vendors"), "whole"),
            Head(say(language, "Which")),
        ),
        tuple(
            (Cell(name), Cell(len(vendors)), Cell(listed(list(vendors), language)))
            for name, vendors in rows
        ),
    )
