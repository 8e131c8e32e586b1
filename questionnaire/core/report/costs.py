"""Part 10: what those who pass would cost; nothing of it while prices are sealed (brief 5.6)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from question_bank.chapters import PRICE_FINDINGS
from questionnaire.core.cost import Cost
from questionnaire.core.phrases import listed, quoted, say
from questionnaire.core.report import besides, laying, words
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
    Value,
)
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.truth import Unsure

_FIGURES = ("hour", "contact", "resolved", "loss", "adjusted")


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    if not matter.prices_open:
        text = say(
            language,
            "Prices are sealed, so no cost is worked out. They can be opened when two reviewers "
            "have locked the review of every vendor that has submitted.",
        )
        yield Notice(text)
        return
    if not matter.eligible:
        text = say(
            language, "Nobody is eligible, so no price is shown: a low one would not close a gap."
        )
        yield Notice(text)
        return
    if matter.close_call:
        names = listed(matter.close_call, language)
        text = say(
            language,
            "Close call: with the weight of a section a fifth larger or smaller, or the price "
            "weighing 0 to 30 %, another could come first. It is between {names}",
            names=names,
        )
        yield Notice(words.stop(text), "warning")
    late = [one.name for one in matter.eligible if one.code not in matter.standing.covers]
    if late:
        text = say(
            language,
            "Submitted after the lock, and so still sealed: {names}",
            names=listed(late, language),
        )
        yield Paragraph(words.stop(text))
    yield _table(matter)
    yield from _unknown(matter)
    yield from _budget(matter)
    yield from _monthly(matter)
    yield from besides.blocks(matter)
    yield from _findings(matter)


def _table(matter: Matter) -> Table:
    language, currency = matter.language, matter.currency
    titles = (
        say(language, "Productive hour"),
        say(language, "Contact"),
        say(language, "Resolved contact"),
        say(language, "Customer loss"),
        say(language, "Resolved, with loss"),
    )
    own = (Cell(say(language, "Your own team")), Cell(laying.NOTHING))
    rows = [
        (*own, *_figures(matter.basis.inhouse_cost), Cell(laying.NOTHING), Cell(laying.NOTHING))
    ]
    for one in matter.eligible:
        verdict = one.verdict
        rows.append((
            Cell(one.name),
            Cell(words.tier(verdict.tier.name, language)),
            *_figures(verdict.cost),
            Cell(words.known(verdict.utility)),
            Cell(words.known(verdict.value)),
        ))  # fmt: skip
    weight = words.figure(100 * matter.basis.price_weight, language)
    return Table(
        "costs",
        say(language, "Cost of those who pass, in {currency}", currency=currency),
        (
            Head(say(language, "Option")),
            Head(say(language, "Tier")),
            *(Head(title, "amount") for title in titles),
            Head(say(language, "Price utility, of 100"), "score"),
            Head(say(language, "Value, of 100"), "score"),
        ),
        tuple(rows),
        say(
            language,
            "Options compare by the last amount: a resolved contact with the loss of customers "
            "who go away dissatisfied. Price utility is 0 for what costs as much as your own team "
            "and 100 for 60 % less. Value is {rest} % quality and {weight} % price utility; it "
            "orders vendors inside a tier and moves nobody to another.",
            weight=weight,
            rest=words.figure(100 - 100 * matter.basis.price_weight, language),
        ),
    )


def _figures(cost: Cost) -> tuple[Cell, ...]:
    return tuple(Cell(words.known(getattr(cost, name))) for name in _FIGURES)


def _unknown(matter: Matter) -> Iterator[Block]:
    """Why some figure is missing, each reason once."""
    costs = [matter.basis.inhouse_cost, *(one.verdict.cost for one in matter.eligible)]
    figures = (getattr(cost, name) for cost in costs for name in _FIGURES)
    reasons = dict.fromkeys(one.why for one in figures if isinstance(one, Unsure) and one.why)
    if reasons:
        why = "; ".join(reasons)
        yield Paragraph(say(matter.language, "Where a figure is not known: {why}.", why=why))


def _budget(matter: Matter) -> Iterator[Block]:
    """The ceiling is a preference: it is shown, and keeps nobody out (claim C66)."""
    language, ceiling = matter.language, matter.basis.stated("budget_rate")
    if ceiling is None:
        return
    lines = []
    for one in matter.eligible:
        hour = words.known(one.verdict.cost.hour)
        if hour is not None and hour > ceiling:
            over = words.amount(hour - ceiling, matter.currency, language)
            lines.append(say(language, "{vendor} by {over}", vendor=one.name, over=over))
    limit = words.amount(ceiling, matter.currency, language)
    if not lines:
        text = say(
            language,
            "Nobody who passes, and whose price is known, asks more than your ceiling of {limit} "
            "for a productive hour.",
            limit=limit,
        )
    else:
        text = say(
            language,
            "Over your ceiling of {limit} for a productive hour: {vendors}. A ceiling is a "
            "preference: it changes no tier.",
            limit=limit,
            vendors=listed(lines, language),
        )
    yield Paragraph(text)


def _monthly(matter: Matter) -> Iterator[Block]:
    """The same for a month at the buyer's own volume, beside the own team."""
    language, contacts = matter.language, matter.basis.terms.monthly_contacts
    if contacts is None:
        return
    own = _month(matter.basis.inhouse_cost, contacts)
    rows = [_month_row(say(language, "Your own team"), own, own)]
    rows += [
        _month_row(one.name, _month(one.verdict.cost, contacts), own) for one in matter.eligible
    ]
    yield Table(
        "costs-month",
        say(
            language,
            "A month of {n} contacts, in {currency}",
            n=str(words.shown(contacts, "whole", language)),
            currency=matter.currency,
        ),
        (
            Head(say(language, "Option")),
            Head(say(language, "Handling"), "whole"),
            Head(say(language, "Customer loss"), "whole"),
            Head(say(language, "Together"), "whole"),
            Head(say(language, "More than your own team"), "whole"),
        ),
        tuple(rows),
        say(
            language,
            "For each option the same number of contacts, though one that helps fewer at the first "
            "contact is called more often: the resolved contact above counts that. Not in it is "
            "what the next table names.",
        ),
    )


def _month(cost: Cost, contacts: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Handling and loss of a month."""
    handling, loss = words.known(cost.contact), words.known(cost.loss)
    return (
        None if handling is None else handling * contacts,
        None if loss is None else loss * contacts,
    )


def _month_row(
    name: str,
    month: tuple[Decimal | None, Decimal | None],
    own: tuple[Decimal | None, Decimal | None],
) -> tuple[Cell, ...]:
    together, compared = _sum(month), _sum(own)
    more: Value = None
    if together is not None and compared is not None:
        more = together - compared
    return (Cell(name), Cell(month[0]), Cell(month[1]), Cell(together), Cell(more))


def _sum(month: tuple[Decimal | None, Decimal | None]) -> Decimal | None:
    handling, loss = month
    return None if handling is None or loss is None else handling + loss


def _findings(matter: Matter) -> Iterator[Block]:
    language = matter.language
    ids = laying.findings_in(matter, PRICE_FINDINGS)
    yield Heading(say(language, "What the prices show"))
    silent = []
    for one in matter.eligible:
        lines = tuple(laying.finding_lines(matter, one, ids))
        if lines:
            yield Paragraph(say(language, "{vendor}:", vendor=one.name))
            yield Listing(lines)
        else:
            silent.append(one.name)
    if silent:
        text = say(
            language, "Nothing is found in the price of: {names}", names=listed(silent, language)
        )
        yield Paragraph(words.stop(text))
    rows = [line for one in matter.eligible for line in _requirements(matter, one)]
    if rows:
        yield Paragraph(
            say(language, "Requirements on prices, which count in no score and no tier:")
        )
        yield Listing(tuple(rows))


def _requirements(matter: Matter, one: Judged) -> Iterator[Line]:
    sealed = matter.bank.sealed_questions
    for at in one.verdict.judgements:
        if at.requirement.question in sealed and at.is_gap:
            about = matter.about(one, at.requirement.question, at.requirement.id)
            subject = matter.subject(at.requirement.question)
            named = {"vendor": one.name, "subject": quoted(subject)}
            text = say(matter.language, "{vendor}: {subject} misses the requirement.", **named)
            if at.status == "unknown":
                text = say(matter.language, "{vendor}: {subject} could not be judged.", **named)
            yield Line(text, about)
