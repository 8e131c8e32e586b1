"""Whether a text that every vendor will read names one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from questionnaire.core.texts import same_text

#: Shorter parts of names stand in too many words to tell anything.
_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What a vendor can be known by: its name, its contact's name and address."""

    vendor: str
    contact: str
    email: str


def named_in(text: str, known: Iterable[Known]) -> str:
    """The first name or address of a vendor that the text holds; empty where there is none.

    Whole names and addresses count in whatever case; a single part of a person's name where it
    stands as a word of its own, written as the name is: "mark the box" names nobody called Mark.
    """
    found = same_text(text)
    words = set(_WORD.findall(text))
    for one in known:
        domain = one.email.rpartition("@")[2]
        for whole in (one.vendor, one.contact, one.email, domain):
            if len(whole) >= _SHORTEST and _stands(same_text(whole), found):
                return whole
        for part in map(str, _WORD.findall(one.contact)):
            if len(part) >= _SHORTEST and part in words:
                return part
    return ""


def _stands(whole: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(whole)}(?!\w)", text) is not None
