"""What is demanded of an answer: requirements and the thresholds that they compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from question_bank.asked import Wording


@dataclass(frozen=True, slots=True)
class Reference:
    """A threshold that is looked up: `@buyer.rto_hours`, `@answer.<question id>`, `@policy.eea`.

    `source` is buyer, answer, policy or language (the entry of `buyer.languages` at hand);
    `plus` is added to what was found.
    """

    source: str
    path: str
    plus: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class RowRule:
    """A quantifier over the rows of a table that pass `where` (brief 2.1, 2.1a).

    `numerator` and `denominator` are the two row filters of a `ratio`; `where["standard"]` lists
    the standards of `any_valid_cert`.
    """

    quantifier: str
    where: Mapping[str, object] = field(default_factory=dict)
    column: str | None = None
    op: str | None = None
    value: object = None
    numerator: Mapping[str, object] | None = None
    denominator: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A file of one of these document types, dated within `max_age_months` (None: any age)."""

    types: tuple[str, ...]
    max_age_months: int | None = None


#: bool, int, Decimal, str, a tuple of codes, or one of the three above.
Threshold = bool | int | Decimal | str | tuple[str, ...] | Reference | RowRule | DocumentRule


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a satisfactory answer to one question is, how severe a miss is, and why."""

    id: str
    question: str
    profiles: tuple[str, ...]
    operator: str
    threshold: Threshold
    severity: str
    rationale: Wording
    #: The law or the card schemes demand it: no waiver, no acceptance (brief 5.3.3).
    never_waivable: bool = False
    #: What must stand behind the answer: a level above 0 of `ASSURANCES`, None for its word alone.
    assurance: int | None = None
