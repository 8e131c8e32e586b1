"""What follows from the country that a site is in (brief 3.1)."""

from __future__ import annotations

from question_bank.findings.continuity import SITES, is_primary, primaries
from question_bank.findings.facts import Facts
from question_bank.findings.lines import Line
from question_bank.findings.outcome import Outcome, told
from question_bank.findings.reasoning import guess, sure
from question_bank.findings.registry import finding
from question_bank.findings.spans import some_line
from question_bank.truth import all_true, any_true

ATTESTATION = "privacy.offshore-attestation"
AI = "security.ai-use"
_UNITED_STATES = "us_states_and_territories"


@finding("offshore-phi-without-attestation")
def sees_health_details_offshore_unattested(facts: Facts) -> Outcome:
    """Health data of Medicare members at a primary site abroad, without attestation (brief 3.1).

    US states and territories are not abroad; of several primary sites one abroad is enough.
    """

    def abroad(line: Line) -> bool:
        home = facts.policy(_UNITED_STATES)
        away = guess(lambda: line.text("country") not in home)
        return sure(all_true((guess(is_primary, line), away)))

    def offshore() -> bool:
        truth = some_line(facts.rows(SITES), abroad)
        if truth is False:
            primaries(facts)
        return sure(truth)

    return told(
        all_true(
            (
                guess(lambda: "phi" in facts.buyer_codes("data_classes")),
                guess(facts.buyer_yes, "medicare"),
                guess(offshore),
                guess(lambda: not facts.yes(ATTESTATION)),
            )
        )
    )


@finding("emotion-ai-in-eu")
def reads_emotions_in_the_union(facts: Facts) -> Outcome:
    """Software infers agents' emotions, and some site is in the EU (brief 3.1)."""
    infers = guess(lambda: "agent_emotion" in facts.codes(AI))

    def is_in_the_union(line: Line) -> bool:
        return line.text("country") in facts.policy("eu")

    here = guess(lambda: sure(some_line(facts.rows(SITES), is_in_the_union)))
    return told(all_true((infers, here)))


@finding("location-rule-watch")
def may_fall_under_location_rules(facts: Facts) -> Outcome:
    """A US communications provider, or a seller to US consumers, with a site abroad (brief 3.1).

    Consumers in the US are those of a home market or a jurisdiction there; US territories are not
    abroad.
    """
    american = any_true(
        (
            guess(facts.buyer_yes, "us_communications_provider"),
            guess(lambda: "us" in facts.buyer_codes("jurisdictions")),
            guess(lambda: facts.buyer_code("home_market") == "US"),
        )
    )

    def is_abroad(line: Line) -> bool:
        return line.text("country") not in facts.policy(_UNITED_STATES)

    abroad = guess(lambda: sure(some_line(facts.rows(SITES), is_abroad)))
    return told(all_true((american, abroad)))
