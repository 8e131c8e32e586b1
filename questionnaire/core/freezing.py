"""What verdicts were reached on, as JSON from which the same verdicts are reached again.

Everything that a rule looks at is in it: the brief, the requirements, each vendor's answers with
what stands behind them, trials, and what reviewers decided. The bank is named by its digest alone,
since an edition never changes. Decimals are texts, so that no digit is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from question_bank.loader import requirement_from_document, requirement_to_document
from question_bank.model import Bank
from question_bank.values import Money
from questionnaire.core.answers import Answer, kept_answer
from questionnaire.core.basis import Basis, Offer
from questionnaire.core.cost import Price
from questionnaire.core.evidence import Evidence, Review
from questionnaire.core.exchange import Rates
from questionnaire.core.kinds.base import json_of
from questionnaire.core.trial import Trial

_TRIAL_FIGURES = ("fcr", "csat", "aht", "waiting", "drill_hours")
_TRIAL_PLAIN = ("calls", "agents", "critical_errors", "no_drill")
_NAMES = ("waived", "accepted", "accepted_not_applicable")
_PLAIN = ("code", "name", "country", "city", "assured", "no_conflict", "preferred", "in_house")
_REVIEW = ("level", "legal_entity", "covers_service", "rejected")

Document = Mapping[str, Any]


def freeze_basis(basis: Basis) -> dict[str, Any]:
    """The buyer's side; the brief is JSON already."""
    return {
        "edition": basis.bank.digest,
        "brief": dict(basis.brief),
        "profiles": list(basis.profiles),
        "requirements": [requirement_to_document(one) for one in basis.requirements],
        "on": basis.on.isoformat(),
        "selection": None if basis.selection is None else sorted(basis.selection),
        "prices_open": basis.prices_open,
        "price_weight": str(basis.price_weight),
        "shrinkage": str(basis.shrinkage),
        "rates": _freeze_rates(basis.rates),
        "language": basis.language,
        "weights": None if basis.weights is None else _texts(basis.weights),
        "floors": None if basis.floors is None else dict(basis.floors),
        "measured_csat": _text(basis.measured_csat),
    }


def thaw_basis(kept: Document, bank: Bank) -> Basis:
    """The same basis on the bank of its edition. KeyError or ValueError for other JSON."""
    weights, floors, selection = kept["weights"], kept["floors"], kept["selection"]
    return Basis(
        bank=bank,
        brief=kept["brief"],
        profiles=tuple(kept["profiles"]),
        requirements=[requirement_from_document(one, bank) for one in kept["requirements"]],
        on=date.fromisoformat(kept["on"]),
        selection=None if selection is None else frozenset(selection),
        prices_open=kept["prices_open"],
        price_weight=Decimal(kept["price_weight"]),
        shrinkage=Decimal(kept["shrinkage"]),
        rates=_thaw_rates(kept["rates"]),
        language=kept["language"],
        weights=None if weights is None else _numbers(weights),
        floors=None if floors is None else dict(floors),
        measured_csat=_number(kept["measured_csat"]),
    )


def freeze_offer(offer: Offer) -> dict[str, Any]:
    """One vendor's side, or that of the own team."""
    return {
        **{name: getattr(offer, name) for name in _PLAIN},
        **{name: sorted(getattr(offer, name)) for name in _NAMES},
        "evidenced": None if offer.evidenced is None else sorted(offer.evidenced),
        "answers": {id: _freeze_answer(one) for id, one in offer.answers.items()},
        "trial": _freeze_trial(offer.trial),
        "first_trial": _freeze_trial(offer.first_trial),
        "quote": None if offer.price is None else _freeze_price(offer.price),
    }


def thaw_offer(kept: Document, bank: Bank) -> Offer:
    """The same offer; an answer that does not fit its question raises AnswerFault."""
    evidenced, price = kept["evidenced"], kept["quote"]
    told: dict[str, Any] = {name: kept[name] for name in _PLAIN}
    return Offer(
        **(told | {name: frozenset(kept[name]) for name in _NAMES}),
        evidenced=None if evidenced is None else frozenset(evidenced),
        answers={id: _thaw_answer(one, id, bank) for id, one in kept["answers"].items()},
        trial=_thaw_trial(kept["trial"]),
        first_trial=_thaw_trial(kept["first_trial"]),
        price=None if price is None else _thaw_price(price),
    )


def _freeze_answer(answer: Answer) -> dict[str, Any]:
    return {
        "state": answer.state,
        "value": json_of(answer.value),
        "comment": answer.comment,
        "reason": answer.reason,
        "evidence": [_freeze_evidence(one) for one in answer.evidence],
    }


def _thaw_answer(kept: Document, question_id: str, bank: Bank) -> Answer:
    return kept_answer(
        bank.questions[question_id],
        kept["state"],
        kept["value"],
        comment=kept["comment"],
        reason=kept["reason"],
        evidence=[_thaw_evidence(one) for one in kept["evidence"]],
    )


def _freeze_evidence(one: Evidence) -> dict[str, Any]:
    review = one.review
    return {
        "name": one.name,
        "document_type": one.document_type,
        "issued_on": _day(one.issued_on),
        "review": None
        if review is None
        else {
            **{name: getattr(review, name) for name in _REVIEW},
            "issued_on": _day(review.issued_on),
            "expires_on": _day(review.expires_on),
            "sites": list(review.sites),
        },
    }


def _thaw_evidence(kept: Document) -> Evidence:
    review = kept["review"]
    read = None if review is None else Review(
        **{name: review[name] for name in _REVIEW},
        issued_on=_date(review["issued_on"]),
        expires_on=_date(review["expires_on"]),
        sites=tuple(review["sites"]),
    )  # fmt: skip
    return Evidence(kept["name"], kept["document_type"], _date(kept["issued_on"]), read)


def _freeze_trial(trial: Trial | None) -> dict[str, Any] | None:
    if trial is None:
        return None
    return {
        "means": _texts(trial.means),
        "observations": dict(trial.observations),
        "spread": str(trial.spread),
        **{name: getattr(trial, name) for name in _TRIAL_PLAIN},
        **{name: _text(getattr(trial, name)) for name in _TRIAL_FIGURES},
    }


def _thaw_trial(kept: Document | None) -> Trial | None:
    if kept is None:
        return None
    told: dict[str, Any] = {name: kept[name] for name in _TRIAL_PLAIN}
    return Trial(
        means=_numbers(kept["means"]),
        observations=dict(kept["observations"]),
        spread=Decimal(kept["spread"]),
        **(told | {name: _number(kept[name]) for name in _TRIAL_FIGURES}),
    )


def _freeze_price(quote: Price) -> dict[str, Any]:
    rate = quote.rate
    return {
        "model": quote.model,
        "rate": None if rate is None else [str(rate.amount), rate.currency],
        "parts": [_freeze_price(one) for one in quote.parts],
    }


def _thaw_price(kept: Document) -> Price:
    rate = kept["rate"]
    money = None if rate is None else Money(Decimal(rate[0]), rate[1])
    return Price(kept["model"], money, tuple(_thaw_price(one) for one in kept["parts"]))


def _freeze_rates(rates: Rates | None) -> dict[str, Any] | None:
    if rates is None:
        return None
    return {"on": rates.on.isoformat(), "to": rates.to, "worth": _texts(rates.worth)}


def _thaw_rates(kept: Document | None) -> Rates | None:
    if kept is None:
        return None
    return Rates(date.fromisoformat(kept["on"]), kept["to"], _numbers(kept["worth"]))


def _texts(numbers: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: str(one) for name, one in numbers.items()}


def _numbers(texts: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(one) for name, one in texts.items()}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
