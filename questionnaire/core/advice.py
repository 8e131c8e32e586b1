"""What an option goes against, of all that the verdicts advise (brief 5.7, claims C17 and C66).

The buyer may choose anything but nothing unseen: each advice that is gone against is named, wants a
reason of its own, and stands with the decision for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from questionnaire.core.basis import Basis
from questionnaire.core.overspend import is_over_budget
from questionnaire.core.phrases import listed, say
from questionnaire.core.signing import signing
from questionnaire.core.value import TIERS_IN_ORDER
from questionnaire.core.verdict import Verdict

#: A vendor for the whole service, the own team, nobody for now, a vendor for a part of it.
OPTIONS = ("vendor", "in_house", "search", "hybrid")
WITH_VENDOR = ("vendor", "hybrid")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a decision is made on. `verdicts` stand tier by tier, as the verdict's page has them.

    `close` are the names of a close call, or of those that cannot be told apart.
    """

    basis: Basis
    verdicts: Sequence[Verdict]
    close: Sequence[str]
    locked: bool
    #: Vendors that were asked and have not submitted.
    missing: Sequence[str] = ()
    #: The own team, where it has answered the questionnaire.
    own: Verdict | None = None

    @property
    def eligible(self) -> list[Verdict]:
        return [one for one in self.verdicts if one.eligible]

    @property
    def recommended(self) -> list[Verdict]:
        return [one for one in self.verdicts if one.tier.name == "recommended"]

    def verdict(self, code: str) -> Verdict | None:
        return next((one for one in self.verdicts if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Advice:
    """One advice that an option goes against. `kind` is steady, `text` a sentence.

    `points` is what stands behind it, one by one: every closed gate, every condition.
    """

    kind: str
    text: str
    points: tuple[str, ...] = ()


def needs_second(situation: Situation, option: str, code: str = "") -> bool:
    """Whether another person has to agree: a vendor that is not eligible is never one's own call.

    Two people close a mandatory gap at one flag; to go past all of them at once takes two as well.
    """
    chosen = situation.verdict(code)
    return option in WITH_VENDOR and (chosen is None or not chosen.eligible)


def against(situation: Situation, option: str, code: str = "") -> tuple[Advice, ...]:
    """Every advice that the option goes against, in the order of its weight."""
    return tuple(_against(situation, option, situation.verdict(code)))


def _against(situation: Situation, option: str, chosen: Verdict | None) -> Iterator[Advice]:
    language = situation.basis.language
    if option in WITH_VENDOR and chosen is not None:
        yield from _of_tier(situation, chosen)
    if option == "hybrid":
        yield Advice(
            "hybrid",
            say(
                language,
                "No part has passed a gate of its own: the vendors were asked for the whole "
                "service.",
            ),
        )
    if option in WITH_VENDOR and chosen is not None:
        if chosen.eligible:
            yield from _of_others(situation, chosen)
        yield from _of_price(situation, chosen)
    if option not in WITH_VENDOR and situation.recommended:
        names = listed([one.name for one in situation.recommended], language)
        yield Advice("recommended", say(language, "Recommended: {names}.", names=names))
    if option == "in_house":
        yield from _of_own_team(situation)
    yield from _of_review(situation)


def _of_own_team(situation: Situation) -> Iterator[Advice]:
    """What the own team has to put right; not known is not met there either."""
    language, own = situation.basis.language, situation.own
    if own is None:
        text = say(
            language,
            "Your own team has not answered the questionnaire: what it has to put right is not "
            "known.",
        )
        yield Advice("own_unknown", text)
    elif own.tier.mandatory:
        text = say(
            language,
            "By the same requirements your own team has {n} mandatory gaps to put right.",
            n=len(own.tier.mandatory),
        )
        yield Advice("own_gaps", text)


def _of_tier(situation: Situation, chosen: Verdict) -> Iterator[Advice]:
    language = situation.basis.language
    if not situation.eligible:
        yield Advice(
            "nobody",
            say(
                language,
                "No provider meets your mandatory requirements. Do not outsource on these answers.",
            ),
        )
    if not chosen.eligible:
        text = say(language, "{vendor} is not eligible.", vendor=chosen.name)
        yield Advice("not_eligible", text, chosen.tier.reasons)
    elif chosen.tier.name == "conditional":
        text = say(
            language,
            "{vendor} is conditional: each condition has to be met before {when}.",
            vendor=chosen.name,
            when=signing(situation.basis.contract_start, language),
        )
        yield Advice("conditional", text, tuple(one.text for one in chosen.tier.conditions))


def _of_others(situation: Situation, chosen: Verdict) -> Iterator[Advice]:
    """A better tier, a better place in the same tier, a first place that is none."""
    language = situation.basis.language
    rank = TIERS_IN_ORDER.index(chosen.tier.name)
    better = [one.name for one in situation.eligible if TIERS_IN_ORDER.index(one.tier.name) < rank]
    if better:
        text = say(
            language,
            "In a better tier: {names}. A price is no reason.",
            names=listed(better, language),
        )
        yield Advice("better_tier", text)
    elif situation.close and chosen.name in situation.close:
        text = say(
            language,
            "Close call: with other weights, or within what the trial leaves uncertain, the first "
            "place could be that of any of these: {names}.",
            names=listed(situation.close, language),
        )
        yield Advice("close_call", text)
    elif situation.basis.prices_open:
        inside = [one for one in situation.eligible if one.tier.name == chosen.tier.name]
        if inside[0].code != chosen.code:
            text = say(language, "{first} has more value in the same tier.", first=inside[0].name)
            yield Advice("not_first", text)
    if len(situation.eligible) == 1:
        text = say(
            language,
            "Only {vendor} passes: there is nothing to compare it with.",
            vendor=chosen.name,
        )
        yield Advice("only_one", text)


def _of_price(situation: Situation, chosen: Verdict) -> Iterator[Advice]:
    basis = situation.basis
    if not basis.prices_open:
        text = say(basis.language, "The prices are sealed: what it costs has not been seen.")
        yield Advice("sealed", text)
    elif is_over_budget(basis, chosen):
        text = say(
            basis.language,
            "{vendor} costs more than the ceiling of your brief.",
            vendor=chosen.name,
        )
        yield Advice("over_budget", text)


def _of_review(situation: Situation) -> Iterator[Advice]:
    language = situation.basis.language
    if not situation.locked:
        text = say(
            language,
            "The review is not locked: a flag that nobody has decided counts as a gap, and a tier "
            "can still change.",
        )
        yield Advice("provisional", text)
    if situation.missing:
        text = say(
            language, "Not submitted yet: {names}.", names=listed(situation.missing, language)
        )
        yield Advice("missing", text)
