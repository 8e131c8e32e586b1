"""How moments, states and mails read on a buyer's pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import lazy_gettext as _l

from question_bank.model import Bank, Choice, Column, Question
from questionnaire.buyer.gate import blueprint
from questionnaire.core import texts
from questionnaire.core.case import subject
from questionnaire.languages import language
from questionnaire.languages import text as _
from questionnaire.services import brief_values, contacts
from questionnaire.services.basics import time_zones

STATES = {
    "not_sent": _l("Not sent"),
    "sent": _l("Sent"),
    "opened": _l("Opened"),
    "in_progress": _l("In progress"),
    "submitted": _l("Submitted"),
    "declined": _l("Declined"),
    "withdrawn": _l("Withdrawn"),
}
RFI_STATES = {"draft": _l("Draft"), "open": _l("Open"), "withdrawn": _l("Withdrawn")}
SEVERITIES = {"mandatory": _l("Mandatory"), "major": _l("Major"), "minor": _l("Minor")}
MAIL_STATES = {
    "waiting": _l("waiting to be sent"),
    "leased": _l("being sent"),
    "sent": _l("sent"),
    "kept": _l("kept here, not sent"),
    "failed": _l("failed"),
    "cancelled": _l("cancelled"),
}
MAIL_KINDS = {
    "invitation": _l("Invitation"),
    "reminder": _l("Reminder"),
    "deadline_changed": _l("New deadline"),
    "clarification": _l("Question back"),
    "notice": _l("Notice to all vendors"),
    "notice_reopened": _l("Notice to all vendors, question open again"),
    "replies_receipt": _l("Receipt for replies"),
    "lapsed": _l("Document lapsed"),
    "withdrawn": _l("Withdrawal"),
    "debrief": _l("What was found"),
}

#: What the boxes take, for the sentences beside them.
LIMITS = {
    "pasted": contacts.PASTE_LIMIT,
    "pasted_rows": contacts.MOST_ROWS,
    "names": brief_values.MOST_NAMES,
    "name": brief_values.NAME_LIMIT,
    "languages": brief_values.MOST_LANGUAGES,
    "text": texts.TEXT_LIMIT,
    "cell": texts.CELL_LIMIT,
}


@lru_cache(maxsize=8192)
def _moment(at: datetime, time_zone: str, in_language: str) -> str:
    local = at.astimezone(ZoneInfo(time_zone))
    return str(format_datetime(local, "d MMM y, HH:mm", locale=in_language))


def moment(at: datetime, time_zone: str = "UTC") -> str:
    """Day and time of the clock in `time_zone`, without the zone's name."""
    return _moment(at, time_zone, language())


def moment_with_zone(at: datetime, time_zone: str) -> str:
    """The same with the zone, so that it cannot be misread."""
    offset = at.astimezone(ZoneInfo(time_zone)).strftime("%z")
    shown = f"UTC{offset[:3]}:{offset[3:]}" if int(offset) else "UTC"
    if time_zone == "UTC":
        return f"{moment(at)} UTC"
    return f"{moment(at, time_zone)} {time_zone.replace('_', ' ')} ({shown})"


def left_until(deadline: datetime, now: datetime) -> str:
    """How long there is to a deadline, or that it has passed."""
    if deadline <= now:
        return str(_("passed"))
    hours = int((deadline - now).total_seconds() // 3600)
    if hours < 48:
        return str(_("%(n)s hours left", n=hours))
    return str(_("%(n)s days left", n=hours // 24))


@blueprint.app_template_filter("moment")
def _moment_filter(at: datetime | None, time_zone: str = "UTC") -> str:
    return moment(at, time_zone) if at else ""


@blueprint.app_template_filter("zoned")
def _zoned_filter(at: datetime, time_zone: str) -> str:
    return moment_with_zone(at.astimezone(UTC), time_zone)


@blueprint.app_template_filter("subject_text")
def _subject_text(question: Question) -> str:
    return subject(question, language())


@blueprint.app_template_filter("subject_of")
def _subject_of(question_id: str, bank: Bank) -> str:
    return subject(bank.questions[question_id], language())


@cache
def _zone_choices() -> list[tuple[str, str]]:
    return [(one, one.replace("_", " ")) for one in time_zones()]


@blueprint.app_template_filter("paired")
def _paired(code: str, words: Mapping[str, str]) -> tuple[str, str]:
    return code, words[code]


@blueprint.app_template_filter("named")
def _named(column: Column) -> tuple[str, str]:
    return column.name, column.label.text(language())


@blueprint.app_template_filter("coded")
def _coded(choice: Choice) -> tuple[str, str]:
    return choice.code, choice.label.text(language())


@blueprint.context_processor
def _words() -> dict[str, object]:
    return {
        "states": STATES,
        "rfi_states": RFI_STATES,
        "severities": SEVERITIES,
        "mail_states": MAIL_STATES,
        "mail_kinds": MAIL_KINDS,
        "left": left_until,
        "zone_choices": _zone_choices(),
        "limits": LIMITS,
    }
