"""What is said about quality against cost: tiers, a description, and the figures as a table."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaire.core.basis import Basis
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import listed, say
from questionnaire.core.pictures.drawn import Figures
from questionnaire.core.rounding import cents, tenth
from questionnaire.core.truth import Unsure
from questionnaire.core.verdict import Verdict


def tier_word(tier: str, language: str) -> str:
    """The tier as charts say it; who is not eligible "has gaps" and no place in any order."""
    words = {
        "recommended": say(language, "recommended"),
        "conditional": say(language, "conditional"),
        "not_eligible": say(language, "not eligible: has gaps"),
    }
    return words[tier]


def told(drawn: Sequence[Verdict], best: frozenset[str], language: str) -> str:
    names = [one.name for one in drawn if one.code in best]
    sentences = [
        say(
            language,
            "Each option by its quality and by its cost; better is up, cheaper is left. Nobody "
            "betters {names} in both.",
            names=listed(names, language),
        )
    ]
    gaps = [one.name for one in drawn if not one.eligible]
    if gaps:
        hollow = listed(gaps, language)
        sentences.append(
            say(
                language,
                "{names} stand hollow: mandatory gaps keep them out, whatever they cost.",
                names=hollow,
            )
            if len(gaps) > 1
            else say(
                language,
                "{names} stands hollow: mandatory gaps keep it out, whatever it costs.",
                names=hollow,
            )
        )
    return " ".join(sentences)


def figures(basis: Basis, verdicts: Sequence[Verdict], best: frozenset[str]) -> Figures:
    language, unknown = basis.language, say(basis.language, "not known")
    own = basis.inhouse_cost.adjusted
    head = (
        say(language, "Option"),
        say(language, "Tier"),
        say(language, "Quality"),
        say(language, "Interval"),
        say(language, "Cost ({currency})", currency=basis.terms.currency),
        say(language, "Efficient"),
    )
    rows = [
        (
            say(language, "Your own team"), "–", "–", "–",
            unknown if isinstance(own, Unsure) else show_number(cents(own), language), "–",
        )
    ]  # fmt: skip
    for one in verdicts:
        cost, quality = one.cost.adjusted, one.quality.quality
        rows.append(
            (
                one.name,
                tier_word(one.tier.name, language),
                unknown if quality is None else show_number(tenth(quality), language),
                _interval(one, language),
                f"{unknown}: {cost.why}"
                if isinstance(cost, Unsure)
                else show_number(cents(cost), language),
                say(language, "yes") if one.code in best else "–",
            )
        )
    return Figures(head, tuple(rows))


def _interval(verdict: Verdict, language: str) -> str:
    certainty = verdict.certainty
    if certainty is None:
        return "–"
    return " – ".join(show_number(tenth(one), language) for one in (certainty.low, certainty.high))
