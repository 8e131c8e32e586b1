"""A verdict in the words of its page: every reason with the answer that it can be checked by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from question_bank.findings.outcome import Finding
from question_bank.model import Bank
from questionnaire.core.certainty import Certainty
from questionnaire.core.cost import Cost, Figure
from questionnaire.core.counting import Subject
from questionnaire.core.numbers import show_number
from questionnaire.core.rounding import cents, rounded, tenth
from questionnaire.core.truth import Unsure
from questionnaire.core.verdict import Verdict

TIERS = {
    "recommended": _l("Recommended"),
    "conditional": _l("Conditional"),
    "not_eligible": _l("Not eligible"),
}
SHORES = {
    "in_house": _l("in-house"),
    "onshore": _l("onshore"),
    "nearshore": _l("nearshore"),
    "offshore": _l("offshore"),
}
#: How much a finding weighs; the plain severities are said as those of requirements.
WEIGHTS = {
    "mandatory": _l("Mandatory"),
    "major": _l("Major"),
    "minor": _l("Minor"),
    "caps": _l("Keeps from recommended"),
    "warning": _l("Warning"),
    "info": _l("For information"),
}


#: What the own team has to put right, by sort: see `core.inhouse`.
FIXES = {
    "mandatory": _l("What a vendor would be turned down for"),
    "major": _l("Major gaps"),
    "floor": _l("Protected sections under their floor"),
    "trial": _l("Trial"),
    "undetermined": _l("Not known"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, and where there is a single one the question that it is about."""

    text: str
    question_id: str = ""
    section_id: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One vendor as the page tells it."""

    verdict: Verdict
    #: What closes the gate, else what stands between conditional and recommended.
    deciding: tuple[Line, ...]
    #: That there are too many major gaps; the gaps follow it.
    too_many: str
    majors: tuple[Line, ...]
    #: Findings that fire and are not among the reasons and the major gaps.
    findings: tuple[Finding, ...]
    #: Findings that nobody could work out and that are no reason already.
    unknown: tuple[Finding, ...]
    #: Of the requirements, without those on prices, as in the report.
    applied: int
    met: int
    not_known: int
    #: What the trial showed beside that which failed it; it alone would keep nobody out.
    besides: tuple[str, ...]


def told(bank: Bank, verdict: Verdict) -> Told:
    """Everything that the page says about one vendor."""
    tier, trial = verdict.tier, verdict.trial
    majors = tuple(line for one in tier.majors for line in _of_subject(bank, one))
    named = " ".join(line.text for line in majors)
    counted = [_without_list(one.text, named) for one in tier.conditions if one.kind == "count"]
    conditions = [Line(one.text) for one in tier.conditions if one.kind != "count"]
    said = {*tier.reasons, *(line.text for line in majors)}
    applied = [
        one.status
        for one in verdict.judgements
        if one.status != "not_applicable" and one.requirement.question not in bank.sealed_questions
    ]
    return Told(
        verdict=verdict,
        deciding=(*_reasons(bank, verdict), *conditions),
        too_many="".join(counted),
        majors=majors,
        findings=tuple(one for one in verdict.findings if one.fires and one.text not in said),
        unknown=tuple(
            one
            for one in verdict.findings
            if one.undetermined and not any(one.because in text for text in _decided(verdict))
        ),
        applied=len(applied),
        met=applied.count("met"),
        not_known=applied.count("unknown"),
        besides=tuple(one for one in trial.reasons if one not in trial.hard) if trial.hard else (),
    )


def unknown_figures(costs: Sequence[Cost]) -> list[str]:
    """Why some figure of these costs is missing, each reason once."""
    figures = (
        figure
        for one in costs
        for figure in (one.hour, one.contact, one.resolved, one.loss, one.adjusted)
    )
    return list(dict.fromkeys(one.why for one in figures if isinstance(one, Unsure) and one.why))


def amount(figure: Figure, language: str) -> str:
    """An amount to a hundredth, without its currency; empty when it is not known."""
    if isinstance(figure, Unsure):
        return ""
    return str(format_decimal(cents(figure), "#,##0.00", locale=language))


def points(figure: Figure | None, language: str) -> str:
    """A score to a tenth; empty when there is none."""
    return (
        "" if figure is None or isinstance(figure, Unsure) else show_number(tenth(figure), language)
    )


def place(verdict: Verdict, language: str) -> str:
    """Shore type with distance and difference of the clock, as far as they are known."""
    shore = verdict.shore
    if isinstance(shore.type, Unsure):
        return ""
    parts = [str(SHORES[shore.type])]
    if not isinstance(shore.km, Unsure):
        parts.append(f"{show_number(rounded(Decimal(shore.km), 0), language)} km")
    return ", ".join(parts)


def sure(certainty: Certainty | None, language: str) -> str:
    """How sure the quality score is, and what leaves it open; empty where nothing does."""
    if certainty is None or certainty.low == certainty.high:
        return ""
    why = []
    if certainty.sampling:
        why.append(
            _("test calls are a sample, and this is estimated to hold the truth in 95 of 100 cases")
        )
    if tenth(certainty.unknown):
        why.append(
            _(
                "up to %(n)s more if what is not known is good",
                n=points(certainty.unknown, language),
            )
        )
    span = _("%(low)s to %(high)s", low=points(certainty.low, language),
             high=points(certainty.high, language))  # fmt: skip
    return f"{span}: {'; '.join(why)}" if why else ""


def _without_list(text: str, named: str) -> str:
    """The sentences before the list of gaps, without the one that announces it."""
    before = text.removesuffix(named).rstrip()
    return before.rpartition(". ")[0] + "." if before.endswith(":") else before


def _reasons(bank: Bank, verdict: Verdict) -> Iterator[Line]:
    """The reasons of the tier; a gap's with the question that it is about."""
    asked = {
        one.explanation: one.requirement.question
        for one in verdict.judgements
        if one.is_gap and one.requirement.severity == "mandatory"
    }
    for text in verdict.tier.reasons:
        yield _line(bank, text, asked.get(text, ""))


def _of_subject(bank: Bank, one: Subject) -> Iterator[Line]:
    if one.findings:
        yield from (Line(text) for text in one.texts)
    else:
        for gap in one.gaps:
            yield _line(bank, gap.explanation, gap.requirement.question)


def _line(bank: Bank, text: str, question_id: str) -> Line:
    question = bank.questions.get(question_id)
    return Line(text, question_id, question.section) if question else Line(text)


def _decided(verdict: Verdict) -> tuple[str, ...]:
    return (*verdict.tier.reasons, *(one.text for one in verdict.tier.conditions))
