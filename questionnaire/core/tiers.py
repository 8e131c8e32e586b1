"""Not eligible, conditional or recommended: the gate, and what must still happen (brief 5.3, 5.4).

Nothing compensates for a gap at the gate, and price takes part in none of this. Unknown is not met:
an undetermined mandatory finding keeps a provider out as one that fires does. Brief 3.1 lets it
cap the tier at conditional, which is the most and not the least; invariant I2, by which leaving
an answer open never improves a tier, asks for the stricter reading. Only where the buyer's own
selection leaves out what a finding needs does it stay at that cap: no vendor can answer that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from question_bank.findings.outcome import Finding
from question_bank.model import Bank
from questionnaire.core.counting import Subject, closes_gate, open_gaps, subjects, unsettled
from questionnaire.core.gaps import Judgement
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import quoted, say
from questionnaire.core.rounding import tenth
from questionnaire.core.scoring import Quality, base_of
from questionnaire.core.signing import signing
from questionnaire.core.trial import Outcome

TIERS = ("recommended", "conditional", "not_eligible")
#: Whether the provider suits the buyer at all: each of these, firing as major, is a condition.
FIT_FINDINGS = frozenset(
    ("competitor-conflict", "competitor-undeclared", "too-small-to-matter", "size-mismatch")
)


@dataclass(frozen=True, slots=True)
class Condition:
    """What must happen before signature, by whom and by when; `kind` says which rule asks for it.

    Kinds: floor, trial, count, fit, gamble, undetermined.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Closing:
    """Everything that closes the gate, each alone: gaps, findings, and a trial failed hard."""

    gaps: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """The tier with everything that led to it.

    `reasons` close the gate, `conditions` stand between conditional and recommended, and `majors`
    are the major gaps that are left: with who is recommended they become contract conditions.
    """

    name: str
    reasons: tuple[str, ...]
    conditions: tuple[Condition, ...]
    mandatory: tuple[Subject, ...]
    majors: tuple[Subject, ...]
    closing: Closing = Closing()


@dataclass(frozen=True)
class Tiering:
    """Everything that a tier is decided on, for one provider."""

    bank: Bank
    profiles: Collection[str]
    judgements: Sequence[Judgement]
    findings: Sequence[Finding]
    quality: Quality
    trial: Outcome
    waived: Collection[str] = ()
    #: Requirements and findings that reviewers have accepted as they are.
    accepted: Collection[str] = ()
    #: Findings that are undetermined only because the buyer did not ask everything.
    unasked: Collection[str] = ()
    contract_start: date | None = None
    language: str = "en"

    def decide(self) -> Tier:
        gaps = open_gaps(self.bank, self.judgements, self.waived)
        mandatory = subjects("mandatory", gaps, self.standing, self.unasked)
        majors = subjects("major", gaps, self.standing)
        closing = self._closing(gaps)
        reasons = tuple(self._reasons(closing))
        conditions = tuple(self._conditions(majors))
        if reasons:
            return Tier("not_eligible", reasons, (), mandatory, majors, closing)
        name = "conditional" if conditions else "recommended"
        return Tier(name, (), conditions, mandatory, majors)

    @cached_property
    def standing(self) -> tuple[Finding, ...]:
        """The findings without those that were waived or accepted; what the law forbids stays."""
        return unsettled(self.bank, self.findings, {*self.waived, *self.accepted})

    def _closing(self, gaps: Sequence[Judgement]) -> Closing:
        return Closing(
            tuple(one for one in gaps if one.requirement.severity == "mandatory"),
            tuple(one for one in self.standing if closes_gate(one, self.unasked)),
            self.trial.result == "hard_fail",
        )

    def _reasons(self, closing: Closing) -> Iterator[str]:
        """Everything that closes the gate, each in a sentence."""
        yield from (gap.explanation for gap in closing.gaps)
        for one in closing.findings:
            yield one.text if one.fires else self._undetermined(one)
        if closing.trial:
            yield from self.trial.hard

    def _conditions(self, majors: Sequence[Subject]) -> Iterator[Condition]:
        """Everything that keeps who passed the gate from being recommended."""
        yield from self._under_floors()
        yield from self._trial()
        most = base_of(self.bank, self.profiles).max_major
        if len(majors) > most:
            yield Condition("count", self._too_many(majors, most))
        for one in self.standing:
            if one.id in FIT_FINDINGS and one.severity == "major" and one.fires:
                text = say(
                    self.language,
                    "{finding} You and the vendor agree in writing before {when} how this is "
                    "settled.",
                    finding=one.text,
                    when=self.when,
                )
                yield Condition("fit", text)
            elif one.severity == "caps" and (one.fires or one.undetermined):
                yield Condition("gamble", self._gamble(one))
            elif one.severity in ("mandatory", "major") and one.undetermined:
                yield Condition("undetermined", self._undetermined(one))

    def _under_floors(self) -> Iterator[Condition]:
        for one in self.quality.sections:
            if one.under_floor:
                text = say(
                    self.language,
                    "{section} reaches {score} of 100, and at least {floor} is needed: the vendor "
                    "closes gaps in this section, with evidence, before {when}.",
                    section=quoted(self.bank.sections_by_id[one.section].title.text(self.language)),
                    score=show_number(tenth(one.score), self.language),
                    floor=one.floor,
                    when=self.when,
                )
                yield Condition("floor", text)

    def _trial(self) -> Iterator[Condition]:
        """Without a trial and after a soft one: each reason, and what settles it."""
        if self.trial.result == "passed":
            return
        for reason in self.trial.reasons:
            yield Condition("trial", self._tried(reason))

    def _tried(self, reason: str) -> str:
        if self.trial.held:
            return say(
                self.language,
                "{reason} You repeat the trial with the vendor, and it is passed, before {when}.",
                reason=reason,
                when=self.when,
            )
        return say(
            self.language,
            "{reason} You hold a trial with the vendor, and it is passed, before {when}.",
            reason=reason,
            when=self.when,
        )

    def _too_many(self, majors: Sequence[Subject], most: int) -> str:
        return say(
            self.language,
            "There are {n} major gaps, and at most {most} are acceptable: the vendor closes at "
            "least {over} of them, with evidence, before {when}. They are: {gaps}",
            n=len(majors),
            most=most,
            over=len(majors) - most,
            when=self.when,
            gaps=" ".join(text for one in majors for text in one.texts),
        )

    def _gamble(self, one: Finding) -> str:
        return say(
            self.language,
            "{finding} The vendor proves how satisfied customers are before {when}.",
            finding=one.text or self._undetermined(one),
            when=self.when,
        )

    def _undetermined(self, one: Finding) -> str:
        if one.id in self.unasked:
            return say(
                self.language,
                "Whether {finding} applies is not known ({why}): you ask the vendor before {when}.",
                finding=self._titled(one),
                why=one.because,
                when=self.when,
            )
        return say(
            self.language,
            "Whether {finding} applies is not known ({why}): what is missing is told, with "
            "evidence, before {when}.",
            finding=self._titled(one),
            why=one.because,
            when=self.when,
        )

    def _titled(self, one: Finding) -> str:
        titles = (at.title.text(self.language) for at in self.bank.findings if at.id == one.id)
        return quoted(next(titles, one.id))

    @property
    def when(self) -> str:
        return signing(self.contract_start, self.language)
