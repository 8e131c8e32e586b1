"""What a provider costs per hour, per contact and per resolved contact (brief 5.6).

Everything is exact: Decimal without rounding, which is left to whoever tells the figures. What
cannot be computed is Unsure with a reason: an operand is missing, something would be divided by
nothing, or a price is in another currency and there is no dated rate for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from question_bank.values import Money
from questionnaire.core.exchange import Rates, in_currency
from questionnaire.core.phrases import say
from questionnaire.core.truth import Unsure

MODELS = (
    "productive_hour", "paid_hour", "fte_month", "handled_minute", "contact", "resolved", "hybrid",
)  # fmt: skip
#: A part of a hybrid price that is paid each month whatever happens.
BASE_MONTH = "base_month"
#: Share of paid time in which nobody can call: leave, training, breaks (brief 5.6).
USUAL_SHRINKAGE = Decimal("0.30")
#: Paid hours of one full-time agent in a month (brief 5.6).
MONTH_HOURS = Decimal("173.3")

Figure = Decimal | Unsure


@dataclass(frozen=True, slots=True)
class Price:
    """What is asked for, per what; `parts` are the prices that a hybrid one consists of."""

    model: str
    rate: Money | None
    parts: tuple[Price, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """How the work is done: seconds per contact, and shares from 0 to 1."""

    aht: Figure
    fcr: Figure
    csat: Figure
    occupancy: Figure


@dataclass(frozen=True, slots=True)
class Terms:
    """What the buyer states for every option alike."""

    currency: str
    margin: Money | None = None
    silent_churn: Decimal | None = None
    monthly_contacts: Decimal | None = None
    shrinkage: Decimal = USUAL_SHRINKAGE
    rates: Rates | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Cost:
    """The figures of one option in the buyer's currency; `adjusted` is what options compare by."""

    hour: Figure
    contact: Figure
    resolved: Figure
    loss: Figure
    adjusted: Figure
    #: What each part of a hybrid price comes to per contact.
    parts: tuple[tuple[str, Figure], ...] = ()


def cost_of(quote: Price | None, work: Work, terms: Terms) -> Cost:
    """All figures; each of them alone is Unsure when its own operands are not known."""
    loss = loss_of(work.csat, terms)
    if quote is None:
        none = Unsure(say(terms.language, "there is no price"))
        return Cost(none, none, none, loss, none)
    contact, parts = _contact(quote, work, terms)
    resolved = _divided(contact, work.fcr, terms)
    if quote.model == "resolved":
        resolved = _rate(quote, terms)
    hour = _hour(quote, contact, work, terms)
    return Cost(hour, contact, resolved, loss, _added(resolved, loss), parts)


def loss_of(csat: Figure, terms: Terms) -> Figure:
    """The customer loss of a contact: (1 - CSAT) x silent churn x margin."""
    if terms.margin is None or terms.silent_churn is None:
        return Unsure(say(terms.language, "your brief states no margin or no silent churn"))
    margin = in_currency(terms.margin, terms.currency, terms.rates, terms.language)
    return _times(_times(_rest_of(csat), terms.silent_churn), margin)


def _contact(
    quote: Price, work: Work, terms: Terms
) -> tuple[Figure, tuple[tuple[str, Figure], ...]]:
    """The cost of one handled contact, with its parts where the price is hybrid."""
    if quote.model == "hybrid":
        return _hybrid(quote, work, terms)
    rate = _rate(quote, terms)
    hours = _divided(work.aht, Decimal(3600), terms)
    match quote.model:
        case "productive_hour" | "paid_hour" | "fte_month":
            productive = _productive(quote.model, rate, terms)
            return _divided(_times(productive, hours), work.occupancy, terms), ()
        case "handled_minute":
            return _times(_times(rate, Decimal(60)), hours), ()
        case "contact":
            return rate, ()
        case "resolved":
            return _times(rate, work.fcr), ()
        case "base_month":
            return _divided(rate, _monthly_contacts(terms), terms), ()
    return Unsure(say(terms.language, "there is no price model of that name")), ()


def _hybrid(
    quote: Price, work: Work, terms: Terms
) -> tuple[Figure, tuple[tuple[str, Figure], ...]]:
    """The sum of its parts at the buyer's own forecast of contacts."""
    if not quote.parts:
        why = say(terms.language, "the parts of the hybrid price are not told apart")
        return Unsure(why), ()
    parts = tuple((one.model, _contact(one, work, terms)[0]) for one in quote.parts)
    total: Figure = Decimal(0)
    for _, part in parts:
        total = _added(total, part)
    return total, parts


def _hour(quote: Price, contact: Figure, work: Work, terms: Terms) -> Figure:
    """The cost of a productive hour; of a price per result there is none (brief 5.6: "-")."""
    if quote.model == "resolved":
        return Unsure(say(terms.language, "a price per resolved contact has no hour"))
    if quote.model in ("productive_hour", "paid_hour", "fte_month"):
        return _productive(quote.model, _rate(quote, terms), terms)
    if quote.model == "handled_minute":
        return _times(_times(_rate(quote, terms), Decimal(60)), work.occupancy)
    hours = _divided(work.aht, Decimal(3600), terms)
    return _divided(_times(contact, work.occupancy), hours, terms)


def _productive(model: str, rate: Figure, terms: Terms) -> Figure:
    if model == "productive_hour":
        return rate
    if model == "fte_month":
        rate = _divided(rate, MONTH_HOURS, terms)
    return _divided(rate, Decimal(1) - terms.shrinkage, terms)


def _rate(quote: Price, terms: Terms) -> Figure:
    if quote.rate is None:
        return Unsure(say(terms.language, "the price is not known"))
    return in_currency(quote.rate, terms.currency, terms.rates, terms.language)


def _monthly_contacts(terms: Terms) -> Figure:
    if terms.monthly_contacts is None:
        return Unsure(say(terms.language, "your brief states no contacts a month"))
    return terms.monthly_contacts


def _rest_of(share: Figure) -> Figure:
    return share if isinstance(share, Unsure) else Decimal(1) - share


def _added(one: Figure, other: Figure) -> Figure:
    if isinstance(one, Unsure):
        return one
    return other if isinstance(other, Unsure) else one + other


def _times(one: Figure, other: Figure) -> Figure:
    if isinstance(one, Unsure):
        return one
    return other if isinstance(other, Unsure) else one * other


def _divided(one: Figure, other: Figure, terms: Terms) -> Figure:
    if isinstance(one, Unsure):
        return one
    if isinstance(other, Unsure):
        return other
    return one / other if other else Unsure(say(terms.language, "it would be divided by nothing"))
