"""Part 3: what is at stake: satisfaction, customers who leave without a word, the brand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from question_bank.chapters import BRAND_CRITERION
from questionnaire.core.basis import share
from questionnaire.core.cost import Figure, loss_of
from questionnaire.core.phrases import say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import Block, Cell, Head, Paragraph, Table, Value
from questionnaire.core.report.matter import Judged, Matter
from questionnaire.core.truth import Unsure


def blocks(matter: Matter) -> Iterator[Block]:
    language, terms = matter.language, matter.basis.terms
    text = say(
        language,
        "What you hand over is your brand and the satisfaction of your customers. Who is "
        "dissatisfied may leave without a complaint, so that few complaints prove no satisfaction.",
    )
    yield Paragraph(text)
    if terms.silent_churn is not None:
        leaving = words.figure(100 * terms.silent_churn, language)
        assumed = say(
            language,
            "Your brief assumes that {share} % of dissatisfied customers leave without a word",
            share=leaving,
        )
        if matter.basis.stated("silent_churn") is None:
            assumed = say(
                language,
                "Your brief states nothing else, so it is assumed that {share} % of dissatisfied "
                "customers leave without a word",
                share=leaving,
            )
        margin = say(language, ". Your brief states no margin per customer.")
        if terms.margin is not None:
            worth = words.amount(terms.margin.amount, terms.margin.currency, language)
            margin = say(language, ", and that each of them is worth {margin}.", margin=worth)
        yield Paragraph(assumed + margin)
    yield _losses(matter)
    if any(one.trial for one in matter.vendors):
        yield _brand(matter)


def _losses(matter: Matter) -> Table:
    language = matter.language
    basis = matter.basis
    own = _row(matter, say(language, "Your own team"), _source(matter, None), _own_csat(matter))
    rows = [own]
    for one in matter.by_name:
        csat, source = _csat(matter, one)
        rows.append(_row(matter, one.name, source, csat))
    note = say(
        language,
        "Dissatisfied is who is not satisfied; each contact is counted by itself. The loss is the "
        "share of dissatisfied contacts × the share that leaves silently × the margin, an "
        "estimate by your own assumptions. No price is in it.",
    )
    if basis.terms.monthly_contacts is None:
        note += " " + say(
            language, "Your brief does not state how many contacts a month there are."
        )
    return Table(
        "at-stake",
        say(language, "What dissatisfaction would cost"),
        (
            Head(say(language, "Option")),
            Head(say(language, "Satisfied"), "percent"),
            Head(say(language, "Where the figure is from")),
            Head(say(language, "Dissatisfied contacts a month"), "whole"),
            Head(say(language, "Customers lost in silence a month"), "whole"),
            Head(say(language, "Loss per contact, {currency}", currency=matter.currency), "amount"),
            Head(say(language, "Loss a month, {currency}", currency=matter.currency), "whole"),
        ),
        tuple(rows),
        note,
    )


def _own_csat(matter: Matter) -> Figure:
    measured = matter.basis.measured_csat
    return matter.basis.number("inhouse.csat") if measured is None else measured


def _csat(matter: Matter, one: Judged) -> tuple[Figure, str]:
    """Measured where enough calls were made, else as the vendor claims it."""
    trial = one.trial
    if trial is not None and trial.csat is not None and one.verdict.trial.enough:
        return trial.csat, say(matter.language, "measured in the trial")
    claimed = laying.claimed(one, "work.satisfaction")
    if claimed is None:
        return Unsure(""), laying.NOTHING
    return claimed, say(matter.language, "claimed by the vendor")


def _source(matter: Matter, _one: None) -> str:
    if matter.basis.measured_csat is not None:
        return say(matter.language, "measured in the trial")
    return say(matter.language, "stated in your brief")


def _row(matter: Matter, name: str, source: str, csat: Figure) -> tuple[Cell, ...]:
    terms = matter.basis.terms
    monthly = terms.monthly_contacts
    satisfied = words.known(csat)
    loss = words.known(loss_of(share(csat), terms))
    dissatisfied: Value = None
    leaving: Value = None
    if satisfied is not None and monthly is not None:
        dissatisfied = monthly * (100 - satisfied) / 100
        if terms.silent_churn is not None:
            leaving = Decimal(dissatisfied) * terms.silent_churn
    total = loss * monthly if loss is not None and monthly is not None else None
    return (
        Cell(name), Cell(satisfied), Cell(source), Cell(dissatisfied), Cell(leaving), Cell(loss),
        Cell(total),
    )  # fmt: skip


def _brand(matter: Matter) -> Table:
    """How the brand was heard by those who rated the calls."""
    language, card = matter.language, matter.bank.scorecard
    criterion = card.criteria_by_id.get(BRAND_CRITERION) if card else None
    title = criterion.title.text(language) if criterion else BRAND_CRITERION
    return Table(
        "brand",
        say(language, "Your brand, as the raters of the trial heard it"),
        (Head(say(language, "Vendor")), Head(say(language, "{mark}, 1 to 5", mark=title), "mean")),
        tuple(
            (
                Cell(one.name),
                Cell(
                    one.trial.means.get(BRAND_CRITERION) if one.trial else say(language, "no trial")
                ),
            )
            for one in matter.by_name
        ),
    )
