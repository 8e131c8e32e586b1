"""How customers will be treated, and by whom (brief 3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from question_bank.findings.facts import Facts
from question_bank.findings.figures import rounded
from question_bank.findings.lines import Line
from question_bank.findings.outcome import Outcome, told
from question_bank.findings.reasoning import guess, perhaps, sure
from question_bank.findings.registry import finding
from question_bank.truth import Truth, all_true, any_true

STAFF = "people.staff"
VOICE = "language.voice-alteration"
TRAINING = "culture.hours"
RUDENESS = "culture.attitude-complaints"
FREEDOM = "scripting.freedom"
LEAVERS = "security.leaver-hours"
#: Three months of a year until an agent has all skills.
_QUARTER = Decimal("0.25")
_TECHNICAL = frozenset({"tech_l1", "tech_l2"})


def leaves_faster(facts: Facts, limit: Decimal) -> bool:
    """Whether agents leave faster than this percentage a year.

    With several rows of agents the worst one decides; without one the rate is missing.
    """
    rates = list(_agents(facts.rows(STAFF)))
    if not rates:
        raise facts.not_known("no_agents")
    over = any_true(all_true((is_agent, guess(_is_over, line, limit))) for line, is_agent in rates)
    return sure(over)


def attrition(facts: Facts) -> Decimal:
    """The worst attrition that is known of agents."""
    known = [
        perhaps(_rate, line) for line, is_agent in _agents(facts.rows(STAFF)) if is_agent is True
    ]
    return max((rate for rate in known if rate is not None), default=Decimal(0))


def _agents(lines: tuple[Line, ...]) -> Iterator[tuple[Line, Truth]]:
    """The rows that are, or may be, about agents."""
    for line in lines:
        truth = guess(_is_agent, line)
        if truth is not False:
            yield line, truth


def _is_agent(line: Line) -> bool:
    return line.text("role") == "agent"


def _rate(line: Line) -> Decimal:
    return line.number("attrition_pct")


def _is_over(line: Line, limit: Decimal) -> bool:
    return _rate(line) > limit


@finding("voice-alteration")
def alters_voices(facts: Facts) -> Outcome:
    """Software alters agents' accents (brief 3.1)."""
    return told(facts.yes(VOICE))


@finding("polite-here-rude-there", "h c")
def is_polite_here_and_rude_there(facts: Facts) -> Outcome:
    """Under 16 hours of culture training, and over 10 attitude complaints (brief 3.1)."""
    little = guess(lambda: facts.number(TRAINING) < 16)
    rude = guess(lambda: facts.number(RUDENESS) > 10)
    return told(
        all_true((little, rude)),
        lambda: {"h": facts.number(TRAINING), "c": facts.number(RUDENESS)},
    )


@finding("rigid-script-complex-product")
def reads_aloud_to_varied_questions(facts: Facts) -> Outcome:
    """Scripts are read word for word although questions vary (brief 3.1).

    Technical support makes questions varied whatever else the brief says (claim C04).
    """
    rigid = guess(lambda: facts.code(FREEDOM) == "word_for_word")
    technical = guess(lambda: not _TECHNICAL.isdisjoint(facts.buyer_codes("service_lines")))
    varied = guess(lambda: facts.buyer_code("complexity") in ("medium", "high"))
    return told(all_true((rigid, any_true((varied, technical)))))


@finding("always-new-team", "n")
def is_always_new(facts: Facts) -> Outcome:
    """Over 12 % of the agents have less than three months' service (brief 3.1, 3.3)."""
    truth = leaves_faster(facts, 12 / _QUARTER)
    return told(truth, lambda: {"n": rounded(attrition(facts) * _QUARTER, Decimal(12))})


@finding("leaver-exposure", "a h")
def lets_leavers_in(facts: Facts) -> Outcome:
    """Over 40 % of the agents leave in a year, and keep access for over 24 hours (brief 3.1)."""
    many = guess(leaves_faster, facts, Decimal(40))
    truth = all_true((many, guess(lambda: facts.number(LEAVERS) > 24)))
    return told(truth, lambda: {"a": attrition(facts), "h": facts.number(LEAVERS)})
