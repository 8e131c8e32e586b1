"""Part 1: the verdict, why, what was waived, and what nobody knows (brief 5.9, claim C53)."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.phrases import listed, say
from questionnaire.core.report import laying, reasons, understanding, waivers, words
from questionnaire.core.report.blocks import (
    Block,
    Cell,
    Head,
    Heading,
    Line,
    Listing,
    Notice,
    Paragraph,
    Table,
)
from questionnaire.core.report.matter import Judged, Matter


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    yield from _standing(matter)
    if not matter.vendors:
        yield Notice(say(language, "Nobody has submitted yet, so there is nothing to judge."))
        return
    yield understanding.before_any_tier(matter)
    yield from _headline(matter)
    yield from reasons.sentence(matter)
    yield _tiers(matter)
    yield from reasons.table(matter)
    for one in matter.vendors:
        yield from _why(matter, one)
    yield from waivers.blocks(matter)
    yield from understanding.blocks(matter)


def _standing(matter: Matter) -> Iterator[Block]:
    language, standing = matter.language, matter.standing
    if standing.locked and standing.locked_at:
        text = say(
            language,
            "The review was locked by {one} and {two} on {when}. While the lock stands nobody can "
            "decide anything about a gap.",
            one=standing.proposer,
            two=standing.second,
            when=words.moment(standing.locked_at, matter.time_zone, language),
        )
        yield Paragraph(text)
    elif matter.vendors:
        text = say(
            language,
            "Provisional: the review is not locked. A flag that nobody has decided counts as a "
            "gap, so a tier can still change.",
        )
        yield Notice(text, "warning")
    yield Paragraph(_prices(matter))


def _prices(matter: Matter) -> str:
    language, standing = matter.language, matter.standing
    if matter.prices_open and standing.opened_at:
        return say(
            language,
            "Prices were opened by {name} on {when}. No tier depends on them.",
            name=standing.opener,
            when=words.moment(standing.opened_at, matter.time_zone, language),
        )
    text = say(language, "Prices are sealed: nothing in this report depends on one.")
    if standing.seen_before:
        when = words.moment(standing.seen_before, matter.time_zone, language)
        text += " " + say(
            language, "They were seen on {when}, under a lock that has ended.", when=when
        )
    return text


def _headline(matter: Matter) -> Iterator[Block]:
    language = matter.language
    if matter.nobody_passes:
        text = say(
            language,
            "No provider meets your mandatory requirements. Do not outsource on these answers.",
        )
        yield Notice(text, "danger")
    else:
        yield Paragraph(_who_passes(matter))
    if matter.prices_open and matter.close_call:
        names = listed(matter.close_call, language)
        text = say(
            language, "The first place is a close call, told in part 10: {names}", names=names
        )
        yield Paragraph(words.stop(text))
    if len(matter.eligible) == 1:
        text = say(
            language,
            "Only {vendor} passes: there is nothing to compare it with, and it may know that when "
            "you negotiate.",
            vendor=matter.eligible[0].name,
        )
        yield Notice(text, "warning")
    if matter.missing:
        names = listed(matter.missing, language)
        text = say(language, "Not submitted, and so not judged: {names}", names=names)
        yield Paragraph(words.stop(text))
    if matter.declined:
        names = listed(matter.declined, language)
        text = say(language, "Declined to take part: {names}", names=names)
        yield Paragraph(words.stop(text))


def _who_passes(matter: Matter) -> str:
    language = matter.language
    text = say(
        language,
        "{n} of {all} vendors that have submitted pass the gate: no mandatory gap is left that was "
        "not waived, and no trial failed.",
        n=len(matter.eligible),
        all=len(matter.vendors),
    )
    for tier in ("recommended", "conditional"):
        names = [one.name for one in matter.eligible if one.verdict.tier.name == tier]
        if names:
            title = words.tier(tier, language)
            text += " " + words.stop(f"{title}: {listed(names, language)}")
    return text


def _tiers(matter: Matter) -> Table:
    language = matter.language
    return Table(
        "tiers",
        say(language, "Tiers"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Tier")),
            Head(say(language, "Mandatory gaps"), "whole"),
            Head(say(language, "Major gaps"), "whole"),
            Head(say(language, "Requirements that apply"), "whole"),
            Head(say(language, "Met"), "whole"),
            Head(say(language, "Not met"), "whole"),
            Head(say(language, "Not known"), "whole"),
            Head(say(language, "Quality, of 100"), "score"),
        ),
        tuple(_tier_row(matter, one) for one in matter.vendors),
        _order(matter),
    )


def _tier_row(matter: Matter, one: Judged) -> tuple[Cell, ...]:
    tier = one.verdict.tier
    found = [judgement.status for judgement in laying.open_judgements(matter, one)]
    applied = [status for status in found if status != "not_applicable"]
    quality = words.known(one.verdict.quality.quality) if one.eligible else laying.NOTHING
    return (
        Cell(one.name),
        Cell(words.tier(tier.name, matter.language), mark=f"tier-{tier.name}"),
        Cell(len(tier.mandatory)),
        Cell(len(tier.majors)),
        Cell(len(applied)),
        *(Cell(applied.count(status)) for status in ("met", "not_met", "unknown")),
        Cell(quality),
    )


def _order(matter: Matter) -> str:
    """In which order vendors stand here, and why some have no score."""
    language = matter.language
    order = say(
        language,
        "By tier; inside a tier by name, since there is no rank while prices are sealed.",
    )
    if matter.prices_open:
        order = say(
            language,
            "By tier; recommended and conditional vendors by value, the best first and those of "
            "unknown value last; the others by name.",
        )
    why = say(
        language,
        "Requirements on prices are left out. Gaps are counted by subject: a finding and the "
        "requirements that it explains are one. Who is not eligible has gaps, and no score here.",
    )
    return f"{order} {why}"


def _why(matter: Matter, one: Judged) -> Iterator[Block]:
    language, tier = matter.language, one.verdict.tier
    yield Heading(f"{one.name}: {words.tier(tier.name, language)}")
    if tier.reasons:
        yield Paragraph(say(language, "What keeps it out:"))
        yield Listing(tuple(_reason(matter, one, text) for text in tier.reasons))
    elif tier.conditions:
        yield Paragraph(say(language, "Conditions:"))
        yield Listing(tuple(laying.condition_lines(one)))
        if any(at.kind == "count" for at in tier.conditions):
            yield Paragraph(say(language, "Part 13 names its major gaps."))
    else:
        text = say(
            language,
            "No mandatory gap, no protected section under its floor, and the trial was passed.",
        )
        if one.offer.waived:
            text = say(
                language,
                "No mandatory gap but what was waived, no protected section under its floor, and "
                "the trial was passed.",
            )
        if tier.majors:
            text += " " + say(
                language, "Its major gaps, {n}, go into the contract: part 13.", n=len(tier.majors)
            )
        yield Paragraph(text)


def _reason(matter: Matter, one: Judged, text: str) -> Line:
    """A reason with the answer that it is about, where it is about a single one."""
    for judgement in one.verdict.judgements:
        if judgement.is_gap and judgement.explanation == text:
            requirement = judgement.requirement
            return Line(text, matter.about(one, requirement.question, requirement.id))
    return Line(text)
