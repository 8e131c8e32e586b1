"""Whether two names mean the same company (brief 3.2), and texts that are compared loosely."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

#: From this similarity on a name is asked about.
ALIKE = Decimal("0.90")

#: Legal forms without their dots and accents; "S.R.L. de C.V." is taken apart into its words.
_FORMS = frozenset(
    ("inc", "llc", "ltd", "llp", "plc", "corp", "co", "gmbh", "ag", "sa", "srl", "pvt", "pty",
     "sia", "as", "uab", "ou", "ab", "oy")
)  # fmt: skip
_VARIABLE_CAPITAL = ("srl", "de", "cv")
#: Letters whose stroke is no combining mark for Unicode.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
#: These join what stands around them: "S.A." is one word, "Maple-Main" are two.
_JOINING = frozenset(".'’`´")


@lru_cache(maxsize=8192)
def normalised(name: str) -> str:
    """The name without case, accents, punctuation and legal forms.

    A name that is nothing but legal forms keeps them.
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(one for one in letters if not unicodedata.combining(one)).translate(_STROKES)
    words = "".join(_letter(one) for one in plain.casefold()).split()
    kept = [word for word in _without_variable_capital(words) if word not in _FORMS]
    return " ".join(kept or words)


def _letter(one: str) -> str:
    if one.isalnum():
        return one
    return "" if one in _JOINING else " "


def _without_variable_capital(words: list[str]) -> list[str]:
    for start in range(len(words) - 2):
        if tuple(words[start : start + 3]) == _VARIABLE_CAPITAL:
            return [*words[:start], *words[start + 3 :]] if len(words) > 3 else words
    return words


def is_same(name: str, others: Iterable[str]) -> bool:
    """The same company by its normalised name; a name without a letter is nobody's."""
    wanted = normalised(name)
    return bool(wanted) and any(normalised(one) == wanted for one in others)


def similarity(name: str, other: str) -> Decimal:
    """Jaro-Winkler over the normalised names, 0 to 1; 0 for a name without a letter."""
    one, two = normalised(name), normalised(other)
    return Decimal(repr(JaroWinkler.similarity(one, two))) if one and two else Decimal(0)


@lru_cache(maxsize=8192)
def loosely(text: str) -> str:
    """A text of which case, accents and blanks do not matter: a power grid, a duct."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(plain.casefold().split())
