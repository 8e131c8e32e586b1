"""Text as it may be kept: composed, within limits, without what no document can hold."""

from __future__ import annotations

import re
import unicodedata

from question_bank.values import clean_text
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say

TEXT_LIMIT = 500
LONG_TEXT_LIMIT = 5_000
CELL_LIMIT = 200
FILE_NAME_LIMIT = 255
COMMENT_LIMIT = 2_000
REASON_LIMIT = 1_000

#: Control characters besides tab and line end, and the two code points that are no characters:
#: XML, and with it every office document, cannot carry them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def printable(raw: object, language: str = "en") -> str:
    """`raw` in NFC with plain line ends; AnswerFault when it is no text or cannot be kept."""
    if not isinstance(raw, str):
        raise AnswerFault(say(language, "Write a text."))
    try:
        text = clean_text(raw)
    except ValueError:
        text = "\x00"
    if _UNPRINTABLE.search(text):
        raise AnswerFault(
            say(
                language,
                "The text holds a character that cannot be kept (a control character or half of "
                "one). Type it again, or paste it as plain text.",
            )
        )
    return text


def _seen(character: str) -> bool:
    # Format characters (a zero-width space, a joiner) and spaces leave nothing on the page: what
    # consists of them is blank, and a blank must not pass as an answer.
    return unicodedata.category(character) not in ("Cf", "Cc", "Zs", "Zl", "Zp")


def clean(raw: object, limit: int, language: str = "en", *, lines: bool = True) -> str:
    """Like `printable`, and trimmed; without `lines`, line ends become spaces.

    AnswerFault also when the text is over the limit.
    """
    text = printable(raw, language).strip()
    if not any(map(_seen, text)):
        text = ""
    if not lines:
        text = text.replace("\n", " ")
    if len(text) > limit:
        raise AnswerFault(
            say(
                language,
                "The text has {n} characters; at most {limit} fit. Shorten it by {over}.",
                n=len(text),
                limit=limit,
                over=len(text) - limit,
            )
        )
    return text


def same_text(text: str) -> str:
    """What two spellings of one name have in common: case, width and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
