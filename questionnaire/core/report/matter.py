"""What a report is made out of: everything that is known of an RFI, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from question_bank.model import Bank
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.case import Case, subject
from questionnaire.core.conditions import open_case
from questionnaire.core.fallback import Fallback
from questionnaire.core.pictures import Seen
from questionnaire.core.report.blocks import About
from questionnaire.core.trial import Trial
from questionnaire.core.verdict import Verdict, counted


@dataclass(frozen=True, slots=True)
class Decided:
    """One thing that a person did about a flag; `action` as its history names it."""

    at: datetime
    by: str
    code: str
    requirement: str
    question: str
    action: str
    reason: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Raised:
    """The flag on one requirement or finding as it stands; `proposed` waits for a second person."""

    id: str
    state: str
    decision: str | None
    until: date | None
    proposed: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """The one repeat of a trial that was failed: what was put right before it."""

    fix: str


@dataclass(frozen=True)
class Judged:
    """One vendor that has submitted: what it brought, and the verdict on it."""

    verdict: Verdict
    offer: Offer
    case: Case
    submitted_at: datetime | None = None
    late: bool = False
    #: What the vendor signed at submission: name and role; empty where it is not kept.
    attested: str = ""
    #: How often an answer was written, over all questions: the versions that were judged.
    answer_versions: int = 0
    #: By the id of the requirement, or of the finding.
    flags: Mapping[str, Raised] = field(default_factory=dict)
    #: Where the trial's marks come from, when they are not the buyer's own.
    laboratory: str = ""
    #: The repeat of its trial, from when it is begun; None where there is none.
    repeat: Repeat | None = None

    @property
    def code(self) -> str:
        return self.verdict.code

    @property
    def name(self) -> str:
        return self.verdict.name

    @property
    def eligible(self) -> bool:
        return self.verdict.eligible

    @property
    def trial(self) -> Trial | None:
        """The one that counts."""
        return counted(self.offer, self.verdict).trial

    @property
    def repeated(self) -> bool:
        """Whether its trial was repeated, and the repeat held as a whole."""
        return self.verdict.first_trial is not None

    @property
    def first_counts(self) -> bool:
        """Whether the first trial counts all the same: it was not failed by what is known now."""
        first = self.verdict.first_trial
        return first is not None and first.result != "hard_fail"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far people are: the lock of the review, what is open, who has seen a price."""

    locked: bool = False
    proposer: str = ""
    second: str = ""
    locked_at: datetime | None = None
    opener: str = ""
    opened_at: datetime | None = None
    seen_before: datetime | None = None
    #: By vendor: open mandatory, major and minor flags, and proposals that wait.
    open: tuple[tuple[str, int, int, int, int], ...] = ()
    #: Vendors whose prices the lock covers, by code.
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """What was frozen: the bank, the requirements."""

    edition: str
    requirement_set: int
    requirement_digest: str
    frozen_at: datetime | None
    sent_at: datetime | None


@dataclass(frozen=True)
class Matter:
    """Everything that the report of one RFI says, before it is put into words."""

    title: str
    organisation: str
    basis: Basis
    #: Those that have submitted: by tier, the best first, inside a tier as the verdict orders them.
    vendors: tuple[Judged, ...]
    standing: Standing
    versions: Versions
    fallback: Fallback
    #: The own team where it has answered; it is in none of the tiers. `own_state` is how far it is.
    own: Judged | None = None
    own_state: str = ""
    missing: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    close_call: tuple[str, ...] = ()
    #: The first and those whose value cannot be told from its own; empty when there is a first.
    level: tuple[str, ...] = ()
    #: Codes of those that nobody beats on both quality and cost; empty while prices are sealed.
    efficient: frozenset[str] = frozenset()
    decisions: tuple[Decided, ...] = ()
    time_zone: str = "UTC"
    #: Need of customers -> how much it matters to the buyer, 0 to 5, as far as that was stated.
    need_weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.basis.language

    @property
    def bank(self) -> Bank:
        return self.basis.bank

    @property
    def on(self) -> date:
        return self.basis.on

    @property
    def prices_open(self) -> bool:
        return self.basis.prices_open

    @property
    def currency(self) -> str:
        return self.basis.terms.currency

    @cached_property
    def eligible(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.vendors if one.eligible)

    @property
    def nobody_passes(self) -> bool:
        return bool(self.vendors) and not self.eligible

    @cached_property
    def by_name(self) -> tuple[Judged, ...]:
        return tuple(sorted(self.vendors, key=lambda one: (one.name.casefold(), one.code)))

    @cached_property
    def options(self) -> tuple[Judged, ...]:
        """The own team first where it has answered, then the vendors by name."""
        return (*((self.own,) if self.own else ()), *self.by_name)

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        """The vendors by name as pictures look at them."""
        return tuple(self.seen_as(one) for one in self.by_name)

    def seen_as(self, one: Judged) -> Seen:
        basis = self.basis.of_own_team if one is self.own else self.basis
        return Seen(basis, counted(one.offer, one.verdict), one.verdict)

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {one.code: one.name for one in self.vendors}

    def subject(self, question_id: str) -> str:
        """What a question is about in a few words."""
        question = self.bank.questions.get(question_id)
        return subject(question, self.language) if question else question_id

    def about(self, one: Judged, question_id: str, key: str = "") -> About:
        """Where the answer and the flag can be looked up; `key` is what the flag is on."""
        question = self.bank.questions.get(question_id)
        flag = one.flags.get(key)
        section = question.section if question else ""
        return About(one.code, section, question_id if question else "", flag.id if flag else "")


def case_of(basis: Basis, offer: Offer) -> Case:
    """One vendor's answers in front of the brief, as they were judged."""
    return open_case(
        basis.bank, basis.brief, offer.answers,
        on=basis.on, selection=basis.selection,
        accepted=offer.accepted_not_applicable, language=basis.language,
    )  # fmt: skip
