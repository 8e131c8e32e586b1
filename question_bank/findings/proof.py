"""What claims are worth: trial, evidence, and what nobody can know yet (brief 3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from question_bank.demanded import DocumentRule, Requirement
from question_bank.findings.described import strictest
from question_bank.findings.facts import Facts
from question_bank.findings.given import Paper, Trial
from question_bank.findings.outcome import Figure, Outcome, told
from question_bank.findings.reasoning import guess, perhaps
from question_bank.findings.registry import finding
from question_bank.truth import Truth, Unsure, any_true, opposite
from question_bank.values import months_before

FCR, CSAT, AHT = "quality.fcr", "quality.csat", "quality.aht"
#: What tells whether customers leave satisfied.
TELLING = (CSAT, FCR, "language.repeat-rate", "culture.attitude-complaints")
_TOLERANCE = Decimal(5)
_LONGER = Decimal("1.15")


@finding("claim-not-borne-out", "a b c d", handling="e f", all="a b c d e f")
def claims_more_than_it_shows(facts: Facts) -> Outcome:
    """The trial is worse than the claim: over 5 points in FCR or CSAT, over 15 % in handling time.

    (Brief 3.1.) Each of the three decides alone when it is true.
    """
    trial = facts.given.trial or Trial()

    def falls_short(question: str, measured: Decimal | None) -> Truth:
        return guess(
            lambda: facts.number(question) - facts.known_fact(measured, "no_trial") > _TOLERANCE
        )

    short = {FCR: falls_short(FCR, trial.fcr), CSAT: falls_short(CSAT, trial.csat)}
    shares = any_true(short.values())
    slower = guess(lambda: facts.known_fact(trial.aht, "no_trial") > _LONGER * facts.number(AHT))

    def shown(value: Decimal | None) -> Figure:
        return facts.phrase("not_known") if value is None else value

    def figures() -> dict[str, Figure]:
        found: dict[str, Figure] = {}
        if shares is True:
            found |= {
                "a": shown(perhaps(facts.number, FCR)), "b": shown(trial.fcr),
                "c": shown(perhaps(facts.number, CSAT)), "d": shown(trial.csat),
            }  # fmt: skip
        if slower is True:
            found |= {"e": facts.number(AHT), "f": shown(trial.aht)}
        return found

    variant = "" if slower is not True else "all" if shares is True else "handling"
    overstated = [one for one, truth in (*short.items(), (AHT, slower)) if truth is True]
    return told(any_true((shares, slower)), figures, variant=variant, at_fault=tuple(overstated))


@finding("evidence-stale", "doc about m", several="list")
def shows_old_evidence(facts: Facts) -> Outcome:
    """The newest document that a requirement asks for is older than the requirement allows.

    (Brief 3.1.) Major when a mandatory requirement is among them. An undated document may be too
    old; while that is open for a mandatory requirement, the finding is open. Evidence that is
    missing is a gap, not a finding.
    """
    papers = facts.known_fact(facts.given.papers, "no_papers")
    judged = [(one, *_newest(one, papers, facts)) for one in facts.requirements()]
    stale = [(one, paper) for one, paper, truth in judged if truth is True and paper]
    unsure = [(one, truth) for one, _, truth in judged if isinstance(truth, Unsure)]
    found = strictest(tuple(_severity(one) for one, _ in stale))
    open_to = strictest(tuple(_severity(one) for one, _ in unsure))
    if open_to is not None and strictest((open_to, found or "info")) != found:
        return told(unsure[0][1], severity=open_to, questions=_questions(unsure))
    oldest = sorted(
        {(paper.issued_on, paper.name, one.question) for one, paper in stale if paper.issued_on}
    )
    told_of: list[dict[str, Figure]] = [
        {"doc": name, "about": facts.subject(question), "m": _months(day, facts.on)}
        for day, name, question in oldest
    ]

    def figures() -> dict[str, Figure]:
        if len(told_of) == 1:
            return {**told_of[0]}
        return {"list": facts.voice.some([facts.phrase("months_old", **one) for one in told_of])}

    return told(
        bool(stale),
        figures,
        variant="several" if len(told_of) > 1 else "",
        severity=found,
        questions=_questions(stale),
    )


def _questions(judged: Iterable[tuple[Requirement, object]]) -> tuple[str, ...]:
    """The questions whose documents are old, or may be, each once."""
    return tuple(dict.fromkeys(one.question for one, _ in judged))


def _subjects(questions: Iterable[str], facts: Facts) -> str:
    return facts.voice.some([facts.subject(one) for one in questions])


def _severity(requirement: Requirement) -> str:
    return "major" if requirement.severity == "mandatory" else "minor"


def _newest(
    requirement: Requirement, papers: tuple[Paper, ...], facts: Facts
) -> tuple[Paper | None, Truth]:
    """The newest fitting document of a requirement, and whether it is too old."""
    rule = requirement.threshold
    if not isinstance(rule, DocumentRule) or rule.max_age_months is None:
        return None, False
    oldest = months_before(facts.on, rule.max_age_months)
    fitting = [
        one
        for one in papers
        if one.question == requirement.question and one.document_type in rule.types
    ]
    if not fitting:
        return None, False
    dated = [one for one in fitting if one.issued_on is not None]
    newest = max(dated, key=lambda one: (one.issued_on or date.min, one.name), default=None)
    if newest is not None and newest.issued_on is not None and newest.issued_on >= oldest:
        return newest, False
    undated = sorted(one.name for one in fitting if one.issued_on is None)
    if undated:
        return None, Unsure(facts.phrase("undated", doc=undated[0]))
    return newest, True


def _months(since: date, until: date) -> int:
    """Full calendar months."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months if months_before(until, months) >= since else months - 1


@finding("too-big-a-gamble", "missing")
def is_too_big_a_gamble(facts: Facts) -> Outcome:
    """What tells whether customers leave satisfied is unanswered or unproved, or no trial was held.

    (Brief 3.1.) Not knowing is what fires here: blank, don't know, not applicable and not asked
    are all unanswered. What it may be open about is only whether evidence was accepted and whether
    the trial is complete.
    """
    evidenced = facts.given.evidenced
    blank = [one for one in TELLING if perhaps(facts.number, one) is None]
    bare = [
        one
        for one in TELLING
        if evidenced is not None and one not in evidenced and one not in blank
    ]
    unproved = guess(lambda: not set(TELLING) <= facts.known_fact(evidenced, "no_evidence_review"))
    completed = facts.given.trial.completed if facts.given.trial else None
    held = guess(facts.known_fact, completed, "no_trial")

    def figures() -> dict[str, Figure]:
        parts = []
        if blank:
            parts.append(facts.phrase("unanswered", about=_subjects(blank, facts)))
        if bare:
            parts.append(facts.phrase("unproved", about=_subjects(bare, facts)))
        if held is False:
            parts.append(facts.phrase("not_tried"))
        return {"missing": "; ".join(parts)}

    return told(
        any_true((bool(blank), unproved, opposite(held))), figures, at_fault=(*blank, *bare)
    )
