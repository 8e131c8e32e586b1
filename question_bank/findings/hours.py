"""Whether somebody is there when customers call (brief 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from question_bank.findings.facts import Facts
from question_bank.findings.figures import cut
from question_bank.findings.lines import Line
from question_bank.findings.outcome import Figure, Outcome, told
from question_bank.findings.reasoning import guess, perhaps, sure
from question_bank.findings.registry import finding
from question_bank.findings.spans import Span
from question_bank.findings.week import WEEK, covered
from question_bank.truth import Truth, Unsure, all_true, any_true, opposite

SHIFTS = "services.shifts"
HOURS = "services.hours"
LANGUAGES = "language.languages"
_ALWAYS = "x24_7"
_WEEK = Decimal(WEEK // 60)


def rostered(facts: Facts) -> Span:
    """Hours of the week that the roster covers, overlaps once; a shift of 0 agents covers none.

    A shift of which a cell is empty may cover anything. "We cannot propose a roster yet" is a
    roster of no hours.
    """
    minutes, open_shift = 0, None
    for line in facts.rows(SHIFTS):
        truth = guess(_is_staffed, line)
        shift = perhaps(_minutes, line)
        if truth is True and shift is not None:
            minutes |= shift
        elif truth is not False:
            open_shift = line
    known = Decimal(minutes.bit_count()) / 60
    if open_shift is None:
        return Span(known, known)
    return Span(known, _WEEK, facts.phrase("shift_open", shift=open_shift.name))


def _is_staffed(line: Line) -> bool:
    return line.number("agents") > 0


def _minutes(line: Line) -> int:
    return covered(line.time("start"), line.time("end"), line.codes("days"))


def _needed(facts: Facts) -> Span:
    """The hours that the buyer needs; 168 besides when the brief also says round the clock."""
    hours = facts.buyer_number("coverage_hours")
    if not 0 < hours <= _WEEK:
        raise facts.not_known("brief_unreadable")
    if guess(lambda: facts.buyer_code("coverage") == _ALWAYS) is True:
        return Span(hours, _WEEK, facts.phrase("hours_contradict"))
    return Span(hours, hours)


@finding("hours-not-rostered", "h n", unrostered="n")
def rosters_too_few_hours(facts: Facts) -> Outcome:
    """The union of the shifts is shorter than the buyer's hours (brief 3.1).

    A brief that asks for round the clock and for fewer hours contradicts itself: it fires under
    the smaller figure and is left open between the two. A roster of the whole week is enough for
    every brief.
    """
    roster = rostered(facts)
    if roster.least == _WEEK:
        return told(False)
    needed = _needed(facts)
    truth = roster.under(needed.least)
    if truth is False and not needed.is_known:
        fully = roster.under(_WEEK)
        truth = False if fully is False else Unsure(needed.why)
    variant = "" if facts.rows(SHIFTS) else "unrostered"
    figures: dict[str, Figure] = {"n": needed.least}
    if not variant:
        figures["h"] = cut(roster.most or Decimal(0), 1)
    return told(truth, lambda: figures, variant=variant)


@finding("claimed-24x7-not-staffed", "h", unrostered="")
def claims_round_the_clock(facts: Facts) -> Outcome:
    """Round the clock is promised, and the roster leaves hours open (brief 3.1).

    Mandatory when the buyer needs round the clock, or when the brief does not say what it needs.
    """
    claimed = guess(lambda: facts.code(HOURS) == _ALWAYS)
    truth = all_true((claimed, guess(lambda: sure(rostered(facts).under(_WEEK)))))
    needed = guess(lambda: facts.buyer_code("coverage") == _ALWAYS)
    severity = "major" if needed is False else "mandatory"
    if truth is True and not facts.rows(SHIFTS):
        return told(truth, variant="unrostered", severity=severity)
    return told(truth, lambda: {"h": cut(rostered(facts).most or Decimal(0), 1)}, severity=severity)


def _entries(facts: Facts) -> tuple[tuple[str, str | None], ...]:
    """The languages that the buyer needs, each with its own hours where the brief has some."""
    found = []
    for entry in facts.buyer("languages", tuple):
        code = entry.get("language") if isinstance(entry, Mapping) else None
        if not isinstance(code, str):
            raise facts.not_known("brief_unreadable")
        hours = entry.get("hours")
        found.append((code, hours if isinstance(hours, str) else None))
    if not found:
        raise facts.not_known("no_languages")
    return tuple(found)


def _speaks(line: Line, code: str) -> Truth:
    """Whether the row is about agents of that language; 0 agents are none."""
    nobody = guess(lambda: line.number("agents") == 0)
    return all_true((guess(lambda: line.text("language") == code), nobody is not True))


@finding("language-missing", "lang")
def lacks_a_language(facts: Facts) -> Outcome:
    """No agent speaks a language that the buyer needs; a row of 0 agents counts as none.

    (Brief 3.1.)
    """
    lines = facts.rows(LANGUAGES)
    spoken = {code: any_true(_speaks(line, code) for line in lines) for code, _ in _entries(facts)}
    missing = [code for code, truth in spoken.items() if truth is False]
    unsure = next((truth for truth in spoken.values() if isinstance(truth, Unsure)), False)
    return told(True if missing else unsure, lambda: {"lang": _named(facts, missing)})


def _named(facts: Facts, codes: list[str]) -> str:
    return facts.voice.listed(sorted(map(facts.voice.tongue, codes)))


@finding("language-coverage-short", "lang hours need")
def covers_a_language_too_briefly(facts: Facts) -> Outcome:
    """No row of a needed language reaches the hours that the buyer needs in it (brief 3.1).

    The hours of the language in the brief come before those of the brief as a whole. A language
    that nobody speaks is another finding.
    """
    judged = [(code, own, _is_short(facts, code, own)) for code, own in _entries(facts)]
    short = [(code, own) for code, own, truth in judged if truth is True]
    truth = any_true(one for _, _, one in judged)

    def figures() -> dict[str, Figure]:
        longest = [max(_order(facts, line) for line in _of(facts, code)) for code, _ in short]
        needed = [_order_of(facts, own or facts.buyer_code("coverage")) for _, own in short]
        return {
            "lang": _named(facts, [code for code, _ in short]),
            "hours": _hours(facts, min(longest)),
            "need": _hours(facts, max(needed)),
        }

    return told(truth, figures)


def _of(facts: Facts, code: str) -> list[Line]:
    return [line for line in facts.rows(LANGUAGES) if _speaks(line, code) is True]


def _is_short(facts: Facts, code: str, own: str | None) -> Truth:
    """Whether some row may be of the language and none of them reaches the hours."""
    lines = [line for line in facts.rows(LANGUAGES) if _speaks(line, code) is not False]
    if not lines:
        return False
    reaches = any_true(
        all_true((_speaks(line, code), guess(_reaches, line, facts, own))) for line in lines
    )
    if reaches is not False:
        return opposite(reaches)
    return any_true(_speaks(line, code) for line in lines)


def _reaches(line: Line, facts: Facts, own: str | None) -> bool:
    return _order(facts, line) >= _order_of(facts, own or facts.buyer_code("coverage"))


def _order(facts: Facts, line: Line) -> int:
    return _order_of(facts, line.text("hours"))


def _codes(facts: Facts) -> list[str]:
    column = facts.bank.questions[LANGUAGES].column("hours")
    return [choice.code for choice in column.choices] if column else []


def _order_of(facts: Facts, code: str) -> int:
    codes = _codes(facts)
    if code not in codes:
        raise facts.not_known("brief_unreadable")
    return codes.index(code)


def _hours(facts: Facts, order: int) -> str:
    return facts.label(LANGUAGES, _codes(facts)[order], "hours").lower()
