"""Planning test calls: what the brief suggests, how calls are laid out, where a plan falls short.

A fair trial has enough scored calls in each language, several time bands and several agents, and
two raters to a call (brief 4.1); a plan that is below says so in words and is not refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import lcm
from typing import Any, NamedTuple

from question_bank.model import Scorecard
from questionnaire.core.briefs import stated
from questionnaire.core.codes import language_code, language_name
from questionnaire.core.phrases import quoted, say

#: When a call is made. A fair plan has a peak and the latest hour that was promised.
TIME_BANDS = ("peak", "quiet", "latest", "weekend", "night")
#: The two that every plan needs.
NEEDED_BANDS = ("peak", "latest")
LEAST_BANDS = 3
LEAST_AGENTS = 5
LEAST_RATERS = 2
#: All raters mark these first, before they mark alone.
CALIBRATION_CALLS = 3
MOST_CALLS = 300


class Slot(NamedTuple):
    """One call to be made: the situation, the language, the time of day."""

    scenario: str
    language: str
    band: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a plan is laid out from; `each` is the number of calls in each language."""

    scenarios: tuple[str, ...]
    languages: tuple[str, ...]
    bands: tuple[str, ...]
    each: int


def suggestion(brief: Mapping[str, Any], scorecard: Scorecard) -> Wish:
    """What the brief asks for: its languages, and the situations of its services.

    A brief that does not state its services rules none out.
    """
    rows = stated(brief, "languages")
    spoken = [one.get("language") for one in rows] if isinstance(rows, list) else []
    lines = stated(brief, "service_lines")
    return Wish(
        tuple(
            one.id
            for one in scorecard.scenarios
            if one.line is None or not lines or one.line in lines
        ),
        tuple(dict.fromkeys(one for one in spoken if isinstance(one, str))),
        TIME_BANDS[:LEAST_BANDS],
        scorecard.least_calls,
    )


def laid_out(wish: Wish) -> list[Slot]:
    """The calls of a wish: in each language every situation in turn, over the times of day.

    The times move on by one whenever both begin again together, so that in the end every situation
    is tried at every time of day.
    """
    situations, bands = wish.scenarios, wish.bands
    together = lcm(len(situations), len(bands))
    return [
        Slot(
            situations[number % len(situations)],
            language,
            bands[(number + number // together) % len(bands)],
        )
        for language in wish.languages
        for number in range(wish.each)
    ]


def halved(slots: Sequence[Slot]) -> list[bool]:
    """In which calls voice alteration and AI assistance are off: in every other one (brief 4.1.5).

    Each language is halved by itself, and a situation that comes again is in the other half.
    """
    begun: Counter[str] = Counter()
    last: dict[tuple[str, str], bool] = {}
    off = []
    for one in slots:
        key = (one.language, one.scenario)
        if key not in last:
            last[key] = begun[one.language] % 2 == 1
            begun[one.language] += 1
        last[key] = not last[key]
        off.append(last[key])
    return off


def off_for_half(off: Sequence[bool], language: str = "en") -> list[str]:
    """What is said of scored calls of which not about a half is without alteration."""
    n, without = len(off), sum(off)
    if n < 2 or abs(2 * without - n) <= max(2, n // 5):
        return []
    return [
        say(
            language,
            "Voice alteration and AI assistance are off in {n} of {m} scored calls; they should "
            "be off in half of them.",
            n=without,
            m=n,
        )
    ]


def shortfalls(
    slots: Sequence[Slot], brief: Mapping[str, Any], scorecard: Scorecard, language: str = "en"
) -> list[str]:
    """Where these scored calls (calibration left out) are less than a fair trial needs."""
    return [*_of_languages(slots, brief, scorecard, language), *_of_bands(slots, language)]


def _of_languages(
    slots: Sequence[Slot], brief: Mapping[str, Any], scorecard: Scorecard, language: str
) -> Iterator[str]:
    counted = Counter(one.language for one in slots)
    asked = suggestion(brief, scorecard).languages
    for code in dict.fromkeys([*asked, *counted]):
        if counted[code] < scorecard.least_calls:
            yield say(
                language,
                "{language}: {n} scored calls; at least {least} are needed for a fair mean.",
                language=language_name(code, language).capitalize(),
                n=counted[code],
                least=scorecard.least_calls,
            )


def _of_bands(slots: Sequence[Slot], language: str) -> Iterator[str]:
    bands = {one.band for one in slots}
    if len(bands) < LEAST_BANDS:
        yield say(
            language,
            "Times of day: {n} are covered; at least {least} are needed.",
            n=len(bands),
            least=LEAST_BANDS,
        )
    for one in NEEDED_BANDS:
        if one not in bands:
            yield say(
                language, "No call is planned for {band}.", band=quoted(band_name(one, language))
            )


def spoken(text: str, language: str = "en") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the languages in a list with commas, and what in it is no language."""
    named = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    codes = {part: language_code(part, language) for part in named}
    known = [code for code in codes.values() if code is not None]
    return tuple(dict.fromkeys(known)), tuple(one for one in codes if codes[one] is None)


def spoken_names(codes: Sequence[str], language: str = "en") -> str:
    """The same list, to be read and typed."""
    return ", ".join(language_name(one, language) for one in codes)


def band_name(band: str, language: str = "en") -> str:
    """How a time band reads."""
    return {
        "peak": say(language, "Peak hour"),
        "quiet": say(language, "Quiet hour"),
        "latest": say(language, "Latest promised hour"),
        "weekend": say(language, "Weekend"),
        "night": say(language, "Night"),
    }[band]
