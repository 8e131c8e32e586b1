"""Reads what one vendor brought out of a case: place, answers, trial and the parts of a price."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from question_bank.model import Bank, DocumentRule
from question_bank.scorecard import HIGHEST_MARK, LOWEST_MARK
from question_bank.values import Money
from questionnaire.core.answers import Answer, Evidence, kept_answer
from questionnaire.core.basis import Offer
from questionnaire.core.codes import COUNTRIES, CURRENCIES
from questionnaire.core.cost import BASE_MONTH, MODELS, Price
from questionnaire.core.document_faults import Document
from questionnaire.core.faults import AnswerFault
from questionnaire.core.trial import NO_DRILL, USUAL_SPREAD, Trial

#: What may be said of a vendor besides, its name first.
SAID = ("name", "short", "domain", "profile")
#: What a trial measures beside the marks.
FIGURES = ("n", "agents", "fcr", "csat", "aht", "critical_security", "drill_h")


def read_offer(code: str, vendor: Document, bank: Bank, on: date, currency: str) -> Offer:
    """The offer; its faults are added to the document."""
    vendor.only(
        *SAID, "country", "city", "answers", "trial", "first_trial", "fix", "price_parts"
    )  # fmt: skip
    for name in SAID:
        vendor.text(name, optional=True)
    country = vendor.text("country")
    if country is not None and country not in COUNTRIES:
        vendor.add("country", "is no country code (ISO 3166, two capital letters).")
    answers = _answers(vendor.below("answers"), bank, on)
    return Offer(
        code=code,
        name=vendor.values.get("name") or code,
        answers=answers,
        trial=_trial(vendor.below("trial"), bank) if vendor.has("trial") else None,
        first_trial=_first_trial(vendor, bank),
        country=country,
        city=vendor.text("city"),
        price=_parts(vendor, currency) if vendor.has("price_parts") else None,
        evidenced=frozenset(name for name, one in answers.items() if one.state == "answered"),
        assured=True,
    )


def read_own_team(team: Document, bank: Bank, on: date) -> Offer:
    """What the buyer's own team answered and how its trial went; its faults are added."""
    team.only("answers", "trial")
    answers = _answers(team.below("answers"), bank, on)
    for name in sorted(bank.vendors_only.intersection(answers)):
        team.add(f"answers.{name}", "is asked of vendors only.")
    return Offer(
        code="inhouse",
        name="Your own team",
        answers=answers,
        trial=_trial(team.below("trial"), bank) if team.has("trial") else None,
        evidenced=frozenset(name for name, one in answers.items() if one.state == "answered"),
        assured=True,
        in_house=True,
    )


def _answers(stated: Document, bank: Bank, on: date) -> dict[str, Answer]:
    """Every answer as it is kept, with an accepted document of each sort that is asked for."""
    papers: dict[str, list[Evidence]] = {}
    for one in bank.requirements:
        if isinstance(one.threshold, DocumentRule):
            asked = papers.setdefault(one.question, [])
            asked.append(Evidence("accepted", one.threshold.types[0], on))
    answers = {}
    for name in stated.names:
        question, value = bank.questions.get(name), stated.values[name]
        if question is None:
            stated.add(name, "there is no such question.")
            continue
        try:
            answers[name] = kept_answer(
                question,
                "dont_know" if value is None else "answered",
                value,
                evidence=papers.get(name, [Evidence("accepted", "statement", on)]),
            )
        except AnswerFault as refused:
            for fault in refused.faults:
                cell = f"[{fault.path.row}].{fault.path.column}" if fault.path else ""
                stated.add(f"{name}{cell}", fault.sentence)
    return answers


def _first_trial(vendor: Document, bank: Bank) -> Trial | None:
    """The trial that was failed before `trial`, which is its one repeat after a fix."""
    if not vendor.has("first_trial"):
        if vendor.has("fix"):
            vendor.add("fix", "is said of a trial that was repeated only.")
        return None
    vendor.text("fix")
    if not vendor.has("trial"):
        vendor.add("trial", "is missing: it is the repeat of the first one.")
    return _trial(vendor.below("first_trial"), bank)


def _trial(stated: Document, bank: Bank) -> Trial:
    stated.only("criteria", "observations", "spread", "drill", *FIGURES)
    criteria = stated.below("criteria")
    known: Mapping[str, object] = bank.scorecard.criteria_by_id if bank.scorecard else {}
    means: dict[str, Decimal] = {}
    for name in criteria.names:
        if name not in known:
            criteria.add(name, "there is no such criterion.")
            continue
        mean = criteria.number(name, least=LOWEST_MARK, most=HIGHEST_MARK, optional=True)
        if mean is not None:
            means[name] = mean
    return Trial(
        means=means,
        calls=stated.whole("n"),
        observations=_observations(stated, known),
        agents=stated.whole("agents"),
        fcr=stated.number("fcr", least=0, most=100, optional=True),
        csat=stated.number("csat", least=0, most=100, optional=True),
        aht=stated.number("aht", above=0, optional=True),
        critical_errors=stated.whole("critical_security"),
        drill_hours=stated.number("drill_h", least=0, optional=True),
        no_drill=_no_drill(stated),
        spread=stated.number("spread", above=0, optional=True) or USUAL_SPREAD,
    )


def _no_drill(stated: Document) -> str | None:
    """Why there are no hours of a drill, where the case says so."""
    if not stated.has("drill"):
        return None
    told = stated.values["drill"]
    if told not in NO_DRILL:
        stated.add("drill", f"must be one of {', '.join(NO_DRILL)}.")
    elif stated.has("drill_h"):
        stated.add("drill", "is said of a drill without drill_h only.")
    return str(told)


def _observations(stated: Document, known: Mapping[str, object]) -> dict[str, int]:
    """How many calls gave occasion to mark a criterion, where not all of them did."""
    if not stated.has("observations"):
        return {}
    seen = stated.below("observations")
    found = {}
    for name in seen.names:
        count = seen.whole(name, optional=False)
        if name not in known:
            seen.add(name, "there is no such criterion.")
        elif count is not None:
            found[name] = count
    return found


def _parts(vendor: Document, currency: str) -> Price:
    """A hybrid price in its parts, each with its model and its rate."""
    listed = vendor.values["price_parts"]
    if not isinstance(listed, list) or not listed:
        vendor.add("price_parts", "must be a list of parts, each with model and rate.")
        return Price("hybrid", None)
    return Price("hybrid", None, tuple(_part(vendor, n, currency) for n in range(len(listed))))


def _part(vendor: Document, number: int, currency: str) -> Price:
    path = vendor.at(f"price_parts[{number}]")
    part = Document(vendor.values["price_parts"][number], path, vendor.faults)
    part.only("model", "rate", "currency")
    model = part.text("model") or ""
    models = [one for one in (*MODELS, BASE_MONTH) if one != "hybrid"]
    if model and model not in models:
        part.add("model", f"must be one of {', '.join(models)}.")
    rate, named = part.number("rate", least=0), part.text("currency", optional=True) or currency
    if named not in CURRENCIES:
        part.add("currency", "is no currency code.")
        return Price(model, None)
    return Price(model, None if rate is None else Money(rate, named))
