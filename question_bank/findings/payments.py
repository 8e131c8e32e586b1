"""What happens to card numbers (brief 3.1)."""

from __future__ import annotations

from question_bank.findings.facts import Facts
from question_bank.findings.outcome import Outcome, told
from question_bank.findings.reasoning import guess
from question_bank.findings.registry import finding
from question_bank.truth import Truth, all_true, any_true

METHOD = "payments.method"
CODES = "payments.stored-codes"
HOME = "people.home-working"
DAYS = "security.recording-days"
_HEARD = ("heard_recorded", "pause_manual", "pause_auto")
_EXPOSED = ("heard_recorded", "pause_manual")


def takes_cards(facts: Facts) -> Truth:
    """Whether card numbers are given on the calls.

    The add-on profile and the data classes of the brief each say so alone; a brief in which only
    one of them does contradicts itself, and is read as taking cards.
    """
    return any_true(
        (
            guess(facts.has_profile, "P"),
            guess(lambda: "card" in facts.buyer_codes("data_classes")),
        )
    )


def card_is_heard(facts: Facts) -> bool:
    """An agent hears the number, whatever becomes of the recording."""
    return facts.code(METHOD) in _HEARD


@finding("card-data-exposed", "method")
def exposes_card_numbers(facts: Facts) -> Outcome:
    """Card numbers are recorded, or an agent has to think of pausing (brief 3.1)."""
    exposed = guess(lambda: facts.code(METHOD) in _EXPOSED)
    truth = all_true((takes_cards(facts), exposed))
    return told(truth, lambda: {"method": facts.label(METHOD, facts.code(METHOD))})


@finding("card-data-at-home")
def hears_card_numbers_at_home(facts: Facts) -> Outcome:
    """Agents may work from home and hear card numbers (brief 3.1)."""
    at_home = guess(lambda: facts.code(HOME) != "no")
    return told(all_true((takes_cards(facts), at_home, guess(card_is_heard, facts))))


@finding("codes-in-recordings", "d")
def keeps_security_codes(facts: Facts) -> Outcome:
    """Security codes may be in recordings, and recordings are kept (brief 3.1)."""
    stored = guess(lambda: facts.code(CODES) == "yes")
    kept = guess(lambda: facts.number(DAYS) > 0)
    truth = all_true((takes_cards(facts), stored, kept))
    return told(truth, lambda: {"d": facts.number(DAYS)})
