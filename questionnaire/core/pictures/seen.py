"""One vendor as pictures look at it: its verdict beside what it was reached on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from question_bank.findings.outcome import Finding
from question_bank.model import Column
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.case import Case
from questionnaire.core.conditions import open_case
from questionnaire.core.parts import part_of
from questionnaire.core.truth import Unsure
from questionnaire.core.verdict import Verdict, counted


@dataclass(frozen=True)
class Seen:
    """A verdict with the buyer's side, the vendor's answers and its trial."""

    basis: Basis
    offer: Offer
    verdict: Verdict

    @property
    def name(self) -> str:
        return self.verdict.name

    @property
    def language(self) -> str:
        return self.basis.language

    @cached_property
    def case(self) -> Case:
        return open_case(
            self.basis.bank,
            self.basis.brief,
            self.offer.answers,
            on=self.basis.on,
            selection=self.basis.selection,
            accepted=self.offer.accepted_not_applicable,
            language=self.basis.language,
        )

    @cached_property
    def _findings(self) -> dict[str, Finding]:
        return {one.id: one for one in self.verdict.findings}

    def finding(self, id: str) -> Finding | None:
        """What a finding came to; None where the edition has none of that name."""
        return self._findings.get(id)

    def means(self, role: str, code: object) -> bool:
        """Whether a code is the choice that plays a part (`<question>=<choice>`)."""
        part = part_of(role, self.case)
        return not isinstance(part, Unsure) and part.code == code

    def called(self, role: str, code: object) -> str:
        """What a choice is called on the form, of a question or a column that plays a part."""
        part = part_of(role, self.case)
        if isinstance(part, Unsure):
            return str(code)
        question = self.basis.bank.questions[part.question]
        asked = question.column(part.column) if part.column else question
        choice = asked.choice(str(code)) if isinstance(asked, Column) or asked else None
        return choice.label.text(self.language) if choice else str(code)


def seen(
    basis: Basis, offers: Mapping[str, Offer], verdicts: Sequence[Verdict]
) -> tuple[Seen, ...]:
    """Every verdict with its offer (by code), in the order of the names."""
    found = [Seen(basis, counted(offers[one.code], one), one) for one in verdicts]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.verdict.code)))
