"""Codes in the reader's words, and figures as a report writes them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from questionnaire.core.cost import Figure
from questionnaire.core.dates import show_date
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import say
from questionnaire.core.report.blocks import Value
from questionnaire.core.rounding import cents, cut, rounded, tenth
from questionnaire.core.truth import Unsure


def tier(code: str, language: str) -> str:
    match code:
        case "recommended":
            return say(language, "Recommended")
        case "conditional":
            return say(language, "Conditional")
    return say(language, "Not eligible")


def severity(code: str, language: str) -> str:
    match code:
        case "mandatory":
            return say(language, "Mandatory")
        case "major":
            return say(language, "Major")
        case "minor":
            return say(language, "Minor")
        case "caps":
            return say(language, "Keeps from recommended")
        case "warning":
            return say(language, "Warning")
    return say(language, "For information")


def status(code: str, language: str) -> str:
    match code:
        case "met":
            return say(language, "Met")
        case "not_met":
            return say(language, "Not met")
        case "unknown":
            return say(language, "Not known")
    return say(language, "Does not apply")


def level(number: int, language: str) -> str:
    """What stands behind an answer (brief 5.3.1)."""
    match number:
        case 0:
            return say(language, "Claimed")
        case 1:
            return say(language, "Document supplied")
        case 2:
            return say(language, "Reviewed by us")
        case 3:
            return say(language, "Independently attested")
    return say(language, "Observed")


def shore(code: str | Unsure, language: str) -> str | None:
    if isinstance(code, Unsure):
        return None
    match code:
        case "onshore":
            return say(language, "Onshore")
        case "nearshore":
            return say(language, "Nearshore")
        case "offshore":
            return say(language, "Offshore")
    return say(language, "In-house")


def trial_result(code: str, language: str) -> str:
    match code:
        case "passed":
            return say(language, "Passed")
        case "soft":
            return say(language, "Passed with conditions")
        case "hard_fail":
            return say(language, "Failed")
    return say(language, "Not held")


def flag_state(code: str, language: str) -> str:
    match code:
        case "open":
            return say(language, "Not decided yet")
        case "clarifying":
            return say(language, "The vendor was asked")
        case "gap_confirmed":
            return say(language, "Gap confirmed")
        case "accepted":
            return say(language, "Accepted as sufficient")
        case "waived":
            return say(language, "Waived")
    return say(language, "Closed")


def known(figure: Figure | None) -> Decimal | None:
    """A figure, or None when it is not known."""
    return None if figure is None or isinstance(figure, Unsure) else figure


def shown(value: Value, holds: str, language: str) -> str:
    """One cell as people read it."""
    if value is None:
        return say(language, "not known")
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return show_date(value, language)
    number = Decimal(value)
    match holds:
        case "amount":
            return str(format_decimal(cents(number), "#,##0.00", locale=language))
        case "mean":
            return str(format_decimal(cents(number), "0.00", locale=language))
        case "uptime":
            return str(format_decimal(cut(number, 3), "0.000", locale=language))
        case "score":
            return str(format_decimal(tenth(number), "#,##0.0", locale=language))
        case "percent":
            figure = format_decimal(tenth(number), "#,##0.0", locale=language)
            return say(language, "{n} %", n=figure)
    return str(format_decimal(rounded(number, 0), "#,##0", locale=language))


def figure(number: Decimal, language: str, places: int = 1) -> str:
    """A figure inside a sentence, without trailing zeros."""
    return show_number(rounded(number, places), language)


def amount(number: Decimal, currency: str, language: str) -> str:
    figure = format_decimal(cents(number), "#,##0.00", locale=language)
    return say(language, "{currency} {figure}", currency=currency, figure=figure)


def moment(at: datetime, zone: str, language: str) -> str:
    """A day and a time on the RFI's clock, with the clock named."""
    local = at.astimezone(ZoneInfo(zone))
    day, time, where = show_date(local.date(), language), f"{local:%H:%M}", f"{local:%Z}"
    return say(language, "{day}, {time} {zone}", day=day, time=time, zone=where)


def trial_title(language: str) -> str:
    return say(language, "Failed trial")


def decision(action: str, language: str) -> str:
    """What a person did about a flag, as its history names it."""
    match action:
        case "confirmed":
            return say(language, "Gap confirmed")
        case "accepted" | "accept_agreed":
            return say(language, "Accepted as sufficient")
        case "accept_proposed":
            return say(language, "Proposed to accept")
        case "waived" | "waive_agreed":
            return say(language, "Waived")
        case "waive_proposed":
            return say(language, "Proposed to waive")
        case "not_applicable_accepted" | "not_applicable_agreed":
            return say(language, "Accepted as not applicable")
        case "not_applicable_proposed":
            return say(language, "Proposed to accept as not applicable")
        case "proposal_declined":
            return say(language, "Declined the proposal")
        case "proposal_withdrawn":
            return say(language, "Took the proposal back")
    return say(language, "Opened again")


def stop(text: str) -> str:
    """The sentence with its full stop, which a name such as “S.R.L.” may bring along."""
    return text if text.endswith(".") else f"{text}."


def one_stop(text: str) -> str:
    """The text without a second full stop after a name that ends in one."""
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", text)
