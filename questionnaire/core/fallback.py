"""What the buyer can do with the verdicts as they are, above all when nobody passes (brief 5.8).

The order of the parts is the brief's. While nobody passes nothing here holds a value, a score or a
rank: vendors stand by their names, with gaps and how each could be closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaire.core.basis import Basis, Offer
from questionnaire.core.exclusions import Exclusion, exclusions
from questionnaire.core.ladder import Rung, climb
from questionnaire.core.missing_out import Miss, misses, runners_up
from questionnaire.core.overspend import Overspend, ceiling, is_over_budget, overspend
from questionnaire.core.phrases import say
from questionnaire.core.searching import Search, search_again
from questionnaire.core.truth import Unsure
from questionnaire.core.verdict import Verdict

#: How many pass the gate; `nothing`: nobody has submitted. `one` goes before `all`.
STATES = ("nothing", "nobody", "one", "some", "all")


@dataclass(frozen=True, slots=True)
class Fallback:
    """What there is to say in the state at hand; the parts of other states are empty.

    `missed` are all vendors when nobody passes, and the runners-up when one does. `over` are the
    eligible ones when the budget buys none of them: then `over_budget` is true whatever the state.
    """

    state: str
    headline: str
    ladder: tuple[Rung, ...] = ()
    missed: tuple[Miss, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    search: Search | None = None
    #: The negotiating risk when only one passes, in sentences.
    risk: tuple[str, ...] = ()
    over_budget: bool = False
    over: tuple[Overspend, ...] = ()
    #: What cannot be said about amounts yet, and why.
    unsaid: str = ""


def state_of(verdicts: Sequence[Verdict]) -> str:
    passing = sum(one.eligible for one in verdicts)
    if not verdicts:
        return "nothing"
    if passing < 2:
        return ("nobody", "one")[passing]
    return "all" if passing == len(verdicts) else "some"


def fall_back(
    basis: Basis,
    offers: Sequence[Offer],
    verdicts: Sequence[Verdict],
    own: Verdict | None = None,
) -> Fallback:
    """The state and its parts; `verdicts` are those of `offers`, in their order.

    `own` is the verdict on the own team, where it has answered the questionnaire.
    """
    state = state_of(verdicts)
    if state == "nothing":
        return Fallback(state, "")
    if state == "nobody":
        return _nobody(basis, offers, verdicts, own)
    passing = [one for one in verdicts if one.eligible]
    over_budget = all(is_over_budget(basis, one) for one in passing)
    return Fallback(
        state,
        _headline(basis, state, passing),
        ladder=climb(basis, verdicts, own) if over_budget else (),
        missed=runners_up(basis, verdicts) if state == "one" else (),
        risk=_risk(basis) if state == "one" else (),
        over_budget=over_budget,
        over=tuple(overspend(basis, one) for one in passing) if over_budget else (),
        unsaid=_unsaid(basis, passing),
    )


def _nobody(
    basis: Basis, offers: Sequence[Offer], verdicts: Sequence[Verdict], own: Verdict | None
) -> Fallback:
    missed = misses(basis, verdicts)
    return Fallback(
        "nobody",
        say(
            basis.language,
            "No provider meets your mandatory requirements. Do not outsource on these answers.",
        ),
        ladder=climb(basis, verdicts, own),
        missed=missed,
        exclusions=exclusions(basis, offers, verdicts),
        search=search_again(basis, missed),
        unsaid=say(
            basis.language,
            "No amount is shown: whoever is not eligible has gaps to close, and no price to weigh.",
        ),
    )


def _unsaid(basis: Basis, passing: Sequence[Verdict]) -> str:
    """Why it cannot be said whether the budget buys the service; empty where it can."""
    language = basis.language
    if not basis.prices_open:
        return say(
            language,
            "Whether your budget buys it cannot be said yet: prices are sealed until two reviewers "
            "have locked the review and you open them.",
        )
    limit = ceiling(basis)
    why = [limit, *(one.cost.hour for one in passing)]
    reasons = dict.fromkeys(one.why for one in why if isinstance(one, Unsure) and one.why)
    if not reasons:
        return ""
    return say(
        language,
        "Whether your budget buys it cannot be said of all who pass: {why}.",
        why="; ".join(reasons),
    )


def _headline(basis: Basis, state: str, passing: Sequence[Verdict]) -> str:
    language = basis.language
    if state == "one":
        return say(
            language,
            "Only {vendor} passes: there is nothing to compare it with.",
            vendor=passing[0].name,
        )
    if state == "all":
        return say(language, "All {n} pass the gate.", n=len(passing))
    return ""


def _risk(basis: Basis) -> tuple[str, ...]:
    """What it means for the negotiation that there is one candidate (brief 5.8)."""
    language = basis.language
    return (
        say(
            language,
            "Without a second candidate nothing holds the price and the terms but your readiness "
            "to stay in-house. Do not tell the vendor that it is the only one.",
        ),
        say(
            language,
            "Agree on the exit, the right to audit and the review of the price before you sign: "
            "afterwards there is nobody to change to.",
        ),
        say(
            language,
            "Relax no requirement to get a second candidate: let a runner-up close its gaps, or "
            "search again.",
        ),
    )
