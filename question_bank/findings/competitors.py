"""Whether the vendor serves a competitor of the buyer (brief 3.1, 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from question_bank.findings.facts import Facts
from question_bank.findings.lines import Line
from question_bank.findings.names import ALIKE, is_same, similarity
from question_bank.findings.outcome import Figure, Outcome, told
from question_bank.findings.reasoning import guess, perhaps, sure
from question_bank.findings.registry import finding
from question_bank.findings.spans import some_line, those, total
from question_bank.truth import all_true, any_true, opposite

CLIENTS = "clients.list"
DECLARED = "clients.competitors"
FIREWALL = "clients.firewall"


def is_current(line: Line) -> bool:
    return line.text("status") == "current"


def rivals(facts: Facts) -> tuple[str, ...]:
    """The names and aliases of the buyer's competitors; () when the buyer named none."""
    return tuple(one for one in facts.buyer("competitors", tuple) if isinstance(one, str))


def is_rival(line: Line) -> bool:
    """A current client with the name of a competitor; a coded one counts by what is written."""
    names = rivals(line.facts)
    named = guess(lambda: is_same(line.text("client"), names))
    return sure(all_true((bool(names), named, guess(is_current, line))))


def listed_rivals(facts: Facts) -> list[Line]:
    return those(facts.rows(CLIENTS), is_rival)


def _listed(facts: Facts) -> bool:
    return sure(some_line(facts.rows(CLIENTS), is_rival))


@finding("competitor-conflict", "vendor name seats", declared="vendor")
def serves_a_competitor(facts: Facts) -> Outcome:
    """A current client is a competitor, or the vendor says so (brief 3.1).

    One step milder when the answer on separation has everything that every active requirement on
    it asks for; without such a requirement, or while that is not known, it stays as severe. Minor
    stays minor, since nothing counted lies below it.
    """
    listed = guess(_listed, facts)
    declared = guess(lambda: facts.code(DECLARED) == "yes_current")
    truth = any_true((listed, declared))
    milder = truth is True and guess(_is_walled_off, facts) is True
    if listed is True:
        return told(truth, lambda: _conflict(facts), milder=milder)
    return told(truth, lambda: {"vendor": _vendor(facts)}, variant="declared", milder=milder)


def _vendor(facts: Facts) -> str:
    return facts.given.vendor or facts.phrase("this_vendor")


def _conflict(facts: Facts) -> Mapping[str, Figure]:
    found = listed_rivals(facts)
    seats = total(found, lambda _: True, lambda line: line.number("seats"))
    return {
        "vendor": _vendor(facts),
        "name": facts.voice.listed(line.name for line in found),
        "seats": seats.least if seats.is_known else facts.phrase("unknown_number"),
    }


def _is_walled_off(facts: Facts) -> bool:
    asked = [
        frozenset(one.threshold)
        for one in facts.requirements()
        if one.question == FIREWALL and isinstance(one.threshold, tuple)
    ]
    safeguards = facts.codes(FIREWALL)
    return bool(asked) and all(one <= safeguards for one in asked)


@finding("competitor-undeclared", "answer name", unanswered="name")
def conceals_a_competitor(facts: Facts) -> Outcome:
    """A current client is a competitor and the answer does not admit it (brief 3.1).

    An unanswered question fires too, whether blank, don't know or not applicable; one that was
    never asked leaves it open.
    """
    if not facts.asked(DECLARED):
        truth = all_true((guess(_listed, facts), guess(lambda: bool(facts.code(DECLARED)))))
        return told(truth)
    answer = perhaps(facts.code, DECLARED)
    admitted = answer in ("yes_current", "cannot_disclose")
    truth = all_true((guess(_listed, facts), not admitted))
    if answer is None:
        return told(truth, lambda: {"name": _names(facts)}, variant="unanswered")
    label = facts.label(DECLARED, answer)
    return told(truth, lambda: {"answer": label, "name": _names(facts)})


def _names(facts: Facts) -> str:
    return facts.voice.listed(line.name for line in listed_rivals(facts))


@finding("competitor-cannot-be-excluded", "n")
def hides_clients_of_our_sector(facts: Facts) -> Outcome:
    """Coded current clients are in the buyer's sector, and no match is known (brief 3.1, 3.2).

    A signed statement, or a blind match of all names, resolves it.
    """

    def could_be(line: Line) -> bool:
        return sure(
            all_true(
                (
                    guess(is_current, line),
                    guess(line.yes, "coded"),
                    guess(lambda: line.text("sector") == facts.buyer_code("sector")),
                )
            )
        )

    coded = guess(lambda: sure(some_line(facts.rows(CLIENTS), could_be)))
    truth = all_true((coded, opposite(guess(_listed, facts)), facts.given.no_conflict is not True))
    return told(truth, lambda: {"n": len(those(facts.rows(CLIENTS), could_be))})


@finding("competitor-fuzzy", "a b")
def may_serve_a_competitor(facts: Facts) -> Outcome:
    """A client's name is like a competitor's, and is none exactly (brief 3.1, 3.2).

    Every client that is not known to have left is compared; this asks and never judges.
    """
    alike = guess(lambda: sure(some_line(facts.rows(CLIENTS), _is_alike)))
    truth = all_true((guess(lambda: bool(rivals(facts))), alike))
    return told(truth, lambda: _pairs(facts, those(facts.rows(CLIENTS), _is_alike)))


def _is_alike(line: Line) -> bool:
    names = rivals(line.facts)
    name = line.text("client")
    close = bool(_closest(name, names)) and not is_same(name, names)
    return close and (line.is_empty("status") or is_current(line))


def _pairs(facts: Facts, lines: list[Line]) -> Mapping[str, Figure]:
    """The pair that is most alike stands first; the others follow in its figures."""
    names = rivals(facts)
    pairs = sorted(
        ((_closest(line.name, names), line.name) for line in lines),
        key=lambda pair: (-similarity(pair[1], pair[0]), pair[1]),
    )
    return {
        "a": facts.voice.listed(one for _, one in pairs),
        "b": facts.voice.listed(dict.fromkeys(other for other, _ in pairs)),
    }


def _closest(name: str, others: tuple[str, ...]) -> str:
    """The most similar of the other names, when it is alike enough; else an empty text."""
    best = max(sorted(others), key=lambda one: similarity(name, one), default="")
    return best if best and similarity(name, best) >= ALIKE else ""
