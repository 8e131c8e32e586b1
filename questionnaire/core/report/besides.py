"""What a price leaves out: set-up, a volume that is paid anyway, extras, own work (brief 5.6).

Shown once prices are open, of those who pass and whose prices the lock covers. What has no amount
in an answer has none here: extras are named, and not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from questionnaire.core.exchange import in_currency
from questionnaire.core.parts import amount, number, part_of, played
from questionnaire.core.phrases import say
from questionnaire.core.report import released, words
from questionnaire.core.report.blocks import Block, Cell, Head, Table
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.truth import Unsure


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    yield Table(
        "costs-besides",
        say(language, "What the price leaves out"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Once, before the start, {c}", c=matter.currency), "amount"),
            Head(say(language, "Paid even if no call comes, of the forecast"), "percent"),
            Head(say(language, "Not in the price")),
            Head(say(language, "Own hours a month to manage the vendor"), "score"),
            Head(say(language, "Currency of the price")),
        ),
        tuple(_row(matter, one) for one in matter.eligible),
        say(
            language,
            "What is not in the price has no amount here: ask for each before you compare. An "
            "amount in another currency is turned into yours at a dated rate, or not known; rates "
            "can move until you pay. Hours rest on what part 11 assumes of posts, visits and the "
            "way.",
        ),
    )


def _row(matter: Matter, one: Judged) -> tuple[Cell, ...]:
    rate = amount("cost.rate", one.case)
    return (
        Cell(one.name),
        Cell(_once(matter, one)),
        Cell(words.known(number("cost.least", one.case))),
        Cell(_extras(matter, one)),
        Cell(words.known(released.management(matter.basis, one.verdict.shore))),
        Cell(None if isinstance(rate, Unsure) else rate.currency),
    )


def _once(matter: Matter, one: Judged) -> Decimal | None:
    terms, setup = matter.basis.terms, amount("cost.once", one.case)
    if isinstance(setup, Unsure):
        return None
    return words.known(in_currency(setup, terms.currency, terms.rates, matter.language))


def _extras(matter: Matter, one: Judged) -> str | None:
    """What could be in a price and is not ticked in this one."""
    part, ticked = part_of("cost.included", one.case), played("cost.included", one.case)
    if isinstance(part, Unsure) or isinstance(ticked, Unsure):
        return None
    question, language = matter.bank.questions[part.question], matter.language
    left = [at.label.text(language) for at in question.choices if at.code not in ticked]
    return "; ".join(left) or say(language, "nothing: everything that was asked for is in")
