"""Why the buyer outsources, and whether each vendor would serve that: on the first page (C01)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from questionnaire.core.parts import part_of
from questionnaire.core.phrases import listed, say
from questionnaire.core.report import laying, released, words
from questionnaire.core.report.blocks import Block, Cell, Head, Paragraph, Table
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.truth import Unsure

#: The field of the brief; an edition from before it was asked has none.
FIELD = "reasons"
#: What a reason is held against: the part that the answer plays, and findings by their ids.
_HOURS = ("work.hours", ("hours-not-rostered",))
_LANGUAGES = ("languages", ("language-missing", "language-coverage-short"))


def stated(matter: Matter) -> tuple[str, ...]:
    """The codes that the brief states, in the bank's order."""
    asked = matter.basis.case.bank_field(FIELD)
    value = matter.basis.case.stated(FIELD)
    chosen = value if isinstance(value, tuple | list | frozenset) else ()
    return tuple(one.code for one in asked.choices if one.code in chosen) if asked else ()


def sentence(matter: Matter) -> Iterator[Block]:
    """Why; nothing in an edition that does not ask for it."""
    asked = matter.basis.case.bank_field(FIELD)
    if asked is None:
        return
    labels = {one.code: one.label.text(matter.language) for one in asked.choices}
    chosen = [labels[code] for code in stated(matter)]
    if not chosen:
        yield Paragraph(say(matter.language, "Your brief does not state why you outsource."))
        return
    text = say(matter.language, "Why you want to outsource: {reasons}", reasons="; ".join(chosen))
    yield Paragraph(words.stop(text))


def table(matter: Matter) -> Iterator[Block]:
    """Vendor by vendor, in the order of the tiers; nothing where no reason is stated."""
    language, codes = matter.language, stated(matter)
    asked = matter.basis.case.bank_field(FIELD)
    if asked is None or not codes or not matter.vendors:
        return
    labels = {one.code: one.label.text(language) for one in asked.choices}
    yield Table(
        "reasons",
        say(language, "Whether your reasons would be served"),
        (Head(say(language, "Vendor")), *(Head(labels[code]) for code in codes)),
        tuple(
            (Cell(one.name), *(Cell(_served(matter, one, code)) for code in codes))
            for one in matter.vendors
        ),
        _note(matter, codes),
    )


def _served(matter: Matter, one: Judged, code: str) -> str | None:
    match code:
        case "time" | "staff":
            return _released(matter, one)
        case "hours":
            return _held(matter, one, *_HOURS)
        case "languages":
            return _held(matter, one, *_LANGUAGES)
    return _cheaper(matter, one)


def _released(matter: Matter, one: Judged) -> str | None:
    """By the hours that own agents spend on customers today."""
    language = matter.language
    hours = words.known(released.released(matter.basis, one.verdict.shore))
    if hours is None:
        return None
    if hours <= 0:
        return say(language, "no")
    figure = words.shown(hours, "whole", language)
    return say(language, "yes, {n} hours a month", n=figure)


def _held(matter: Matter, one: Judged, role: str, ids: Collection[str]) -> str | None:
    """By the requirements on one answer, and by what several answers show of the same."""
    part = part_of(role, one.case)
    states = [
        at.status
        for at in one.verdict.judgements
        if not isinstance(part, Unsure)
        and at.requirement.question == part.question
        and at.status != "not_applicable"
    ]
    for finding in one.verdict.findings:
        if finding.id in ids:
            open_or_met = "unknown" if finding.undetermined else "met"
            states.append("not_met" if finding.fires else open_or_met)
    if "not_met" in states:
        return say(matter.language, "no")
    if "unknown" in states or not states:
        return None
    return say(matter.language, "yes")


def _cheaper(matter: Matter, one: Judged) -> str | None:
    """By a resolved contact with the loss of customers; of nobody whose price is not compared."""
    language = matter.language
    if not matter.prices_open:
        return say(language, "prices are sealed")
    if not one.eligible:
        return laying.NOTHING
    own, cost = (words.known(at.adjusted) for at in (matter.basis.inhouse_cost, one.verdict.cost))
    if own is None or cost is None:
        return None
    return say(language, "yes") if cost < own else say(language, "no")


def _note(matter: Matter, codes: Collection[str]) -> str:
    language, notes = matter.language, []
    if not {"time", "staff"}.isdisjoint(codes):
        notes.append(
            say(
                language,
                "Hours are those of your own agents today, less what managing the vendor is "
                "assumed to take: part 11.",
            )
        )
    named = {
        "hours": say(language, "hours"),
        "languages": say(language, "languages"),
    }
    held = [text for code, text in named.items() if code in codes]
    if held:
        notes.append(
            say(
                language,
                "For {what} yes means that every requirement on them is met and no finding "
                "speaks against it.",
                what=listed(held, language),
            )
        )
    if "cost" in codes:
        notes.append(
            say(
                language,
                "Cost is that of a resolved contact with the loss of customers, beside your own "
                "team’s; it is no reason of any tier.",
            )
        )
    return " ".join(notes)
