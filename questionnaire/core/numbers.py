"""Numbers as people write them in three languages, as JSON keeps them, and as they are shown."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale

from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import say

DIGITS = 15
#: Longer numerals are not even looked at.
_PATIENCE = 60
_SPACES = re.compile("[ \u00a0\u2007\u2009\u202f]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[., '][0-9]{3})+")


@cache
def separators(language: str) -> tuple[str, str]:
    """How a language separates thousands and decimals: `(",", ".")` for English."""
    symbols = Locale.parse(language).number_symbols["latn"]
    return str(symbols["group"]), str(symbols["decimal"])


def tidy(number: Decimal) -> Decimal:
    """The same number without trailing zeros, exponent or negative zero."""
    if not number:
        return Decimal(0)
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def fits(number: Decimal) -> bool:
    """At most 15 digits before and after the decimal point together."""
    if not number.is_finite():
        return False
    number = number.normalize()
    return max(number.adjusted() + 1, 1) + max(-int(number.as_tuple().exponent), 0) <= DIGITS


def parse_number(text: str, language: str = "en") -> Decimal:
    """The number that `text` says in the notation of `language`.

    Thousands may be grouped by spaces or by the language's own sign. What could be read in two
    ways is refused, and so is everything else, by an AnswerFault that says what to write.
    """
    typed = text.strip()
    sign, digits = _signed(_SPACES.sub(" ", typed).strip())
    plain = _without_groups(digits, typed, language) if digits else ""
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", plain):
        raise _no_number(language)
    number = Decimal(sign + plain) if len(plain) <= _PATIENCE else Decimal("NaN")
    if not fits(number):
        raise AnswerFault(say(language, "The number has more than {n} digits. Round it.", n=DIGITS))
    return tidy(number)


def _signed(text: str) -> tuple[str, str]:
    if text[:1] in ("-", "−"):
        return "-", text[1:].lstrip()
    return "", text.removeprefix("+")


def _without_groups(digits: str, typed: str, language: str) -> str:
    """Digits with at most one point, the decimal one."""
    whole, mark, rest = _split_decimals(digits, typed, language)
    if mark and not whole:
        whole = "0"
    if not whole.isdigit():
        if not _GROUPED.fullmatch(whole) or len(set(re.findall(r"[^0-9]", whole))) != 1:
            raise _no_number(language)
        whole = re.sub(r"[^0-9]", "", whole)
    return whole + ("." + rest if mark else "")


def _split_decimals(digits: str, typed: str, language: str) -> tuple[str, str, str]:
    """Before the decimal sign, the sign if there is one, and behind it."""
    marks = [one for one in digits if one in ".,"]
    if not marks:
        return digits, "", ""
    last = marks[-1]
    if marks.count(last) > 1:
        return digits, "", ""
    whole, _, rest = digits.rpartition(last)
    could_group = re.fullmatch("[0-9]{3}", rest) and re.fullmatch("[1-9][0-9]{0,2}", whole)
    if len(marks) > 1 or not could_group:
        return whole, last, rest
    group, decimal = separators(language)
    # Nobody writes a figure to thousandths and ends it with a zero; whoever writes 1.000 in
    # another language's notation means a thousand.
    if last == decimal and not rest.endswith("0"):
        return whole, last, rest
    if last == group and language == "en":
        return digits, "", ""
    raise AnswerFault(
        say(
            language,
            "“{typed}” can be read as {first} and as {second}. Write one of these.",
            typed=typed,
            first=whole + rest,
            second=_plain_decimals(whole, decimal, rest),
        )
    )


def _plain_decimals(whole: str, decimal: str, rest: str) -> str:
    """The number with decimals as it is written without doubt."""
    rest = rest.rstrip("0")
    return f"{whole}{decimal}{rest}" if rest else whole


def _no_number(language: str) -> AnswerFault:
    example = "12.5" if separators(language)[1] == "." else "12,5"
    return AnswerFault(
        say(language, "Write a number in digits only, for example {example}.", example=example)
    )


def number_of(value: object) -> Decimal | None:
    """A JSON number (or Decimal) as Decimal; None for everything else, true and false included."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return number if number.is_finite() and abs(number.adjusted()) <= _PATIENCE else None
    return None


def json_number(number: Decimal) -> int | float:
    """An int where the number is whole, else a float that prints as the same digits."""
    return int(number) if number == number.to_integral_value() else float(number)


def plain_number(number: Decimal, language: str = "en") -> str:
    """Without grouping and with the language's decimal sign: what goes back into a text box."""
    text = f"{number:f}"
    return text.replace(".", separators(language)[1])


@lru_cache(10_000)
def show_number(number: Decimal, language: str = "en") -> str:
    """Grouped and with the language's decimal sign: what people read."""
    group, decimal = separators(language)
    number = tidy(number)
    text = f"{number:,f}" if language == "en" or abs(number) >= 10_000 else f"{number:f}"
    return text.translate({ord(","): group, ord("."): decimal})


def show_size(size: int, language: str = "en") -> str:
    """A number of bytes for people: `840 kB`, `2.4 MB`; at least 1 kB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0kB"
    return f"{show_number(Decimal(f'{size / 1_000_000:.1f}'), language)}\u00a0MB"
