"""Writing a mail: subject, plain text and HTML of one kind, in the language of whoever gets it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import css_inline
from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from question_bank.model import LANGUAGES
from questionnaire import paths
from questionnaire.core import catalogues
from questionnaire.services import estimating

#: Every kind of mail that has wording of its own in `templates/mail/`.
KINDS = frozenset(
    {
        "clarification",
        "clarified_notice",
        "code",
        "colleague_done",
        "deadline_changed",
        "debrief",
        "declined_notice",
        "handed_over",
        "invitation",
        "lapsed",
        "member_invitation",
        "notice",
        "notice_reopened",
        "rater_invitation",
        "receipt",
        "reminder",
        "replies_receipt",
        "submitted_notice",
        "withdrawn",
    }
)
#: Whose bodies hold a link or a code that opens something: nobody reads them later on a page.
SECRET_KINDS = frozenset(
    {
        "clarification",
        "code",
        "colleague_done",
        "deadline_changed",
        "debrief",
        "handed_over",
        "invitation",
        "lapsed",
        "member_invitation",
        "notice",
        "notice_reopened",
        "rater_invitation",
        "receipt",
        "reminder",
        "replies_receipt",
    }
)
#: What the account pages bring along ready written.
_WRITTEN = frozenset({"subject", "text", "html"})
_LONGEST_SUBJECT = 250
_BLANK_LINES = re.compile(r"\n{3,}")

_inliner = css_inline.CSSInliner(keep_style_tags=False, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody will read: one line, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str


def is_secret(kind: str) -> bool:
    """Whether a mail of `kind` opens something; what account pages wrote always counts."""
    return kind in SECRET_KINDS or kind not in KINDS


def compose(kind: str, language: str, context: Mapping[str, Any]) -> Letter:
    """Write the mail of `kind`; a name that its template needs and `context` lacks raises.

    A kind without wording of its own is one of the account pages': its context is the finished
    `subject`, `text` and `html`, which are put into the common frame.
    """
    if kind not in KINDS and set(context) != _WRITTEN:
        raise ValueError(f"There is no mail of the kind {kind!r}.")
    name = kind if kind in KINDS else "account"
    values = {"time_zone": "UTC", "language": language, **context}
    if name == "account":
        values["html"] = Markup(context["html"] or "")  # noqa: S704 - our own templates wrote it
    environment = _environment(language if language in LANGUAGES else "en")
    parts = {
        suffix: environment.get_template(f"mail/{name}.{suffix}").render(values)
        for suffix in ("subject.txt", "txt", "html")
    }
    return Letter(
        subject=one_line(parts["subject.txt"], _LONGEST_SUBJECT),
        text=_BLANK_LINES.sub("\n\n", clean(parts["txt"]).strip()) + "\n",
        html=_inliner.inline(clean(parts["html"])),
    )


def clean(text: str) -> str:
    """NFC, without the characters that no mail may hold (NUL, lone surrogates, controls)."""
    kept = (one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept))


def one_line(text: str, longest: int) -> str:
    """`text` as a header can carry it: no line break survives, whatever was typed."""
    line = " ".join(clean(text.replace("\r", " ")).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(paths.templates()),
        autoescape=select_autoescape(("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # Jinja adds this method with the extension; its stubs do not know of it.
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        catalogues.of(language), newstyle=True
    )
    # Days and clocks as on the pages: English without a territory would be American.
    locale = Locale.parse("en_GB" if language == "en" else language)
    environment.filters["moment"] = lambda at, zone: moment(at, zone, locale)
    environment.filters["day"] = lambda at, zone: _day(at, zone, locale)
    environment.filters["duration"] = lambda minutes: estimating.shown(minutes, str(locale))
    environment.filters["lines"] = lambda text: Markup("<br>").join(
        escape(line) for line in text.splitlines()
    )
    environment.filters["indented"] = lambda text: "\n".join(
        f"    {line}".rstrip() for line in str(text).splitlines()
    )
    environment.filters["quoted"] = lambda text: "\n".join(
        f"> {line}".rstrip() for line in text.splitlines()
    )
    return environment


def moment(at: datetime, time_zone: str, locale: Locale) -> str:
    """A date and time that cannot be misread: the weekday, the zone's name and its offset."""
    local, zone = _local(at, time_zone)
    day = format_date(local.date(), "full", locale)
    clock = format_time(local, "short", tzinfo=zone, locale=locale)
    name = get_timezone_name(local, "long", locale=locale) if time_zone != "UTC" else ""
    offset = local.strftime("%z")
    shown = f"UTC{offset[:3]}:{offset[3:]}" if int(offset) else "UTC"
    return f"{day}, {clock} {name} ({shown})" if name else f"{day}, {clock} {shown}"


def _day(at: datetime, time_zone: str, locale: Locale) -> str:
    local, _zone = _local(at, time_zone)
    return format_date(local.date(), "long", locale)


def _local(at: datetime, time_zone: str) -> tuple[datetime, ZoneInfo]:
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return at.astimezone(UTC).astimezone(zone), zone
