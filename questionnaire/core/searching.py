"""Searching again when nobody passes: where, for what, and a message that can be sent as it is.

The message holds what every vendor is told anyway: services, channels, seats, languages, hours and
the start. No threshold, budget, competitor or figure of the own team is in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaire.core.basis import Basis
from questionnaire.core.codes import country_name, language_name
from questionnaire.core.dates import show_date
from questionnaire.core.missing_out import Miss
from questionnaire.core.numbers import show_number
from questionnaire.core.phrases import listed, say
from questionnaire.core.truth import Unsure

#: The cures of the bank that name what cannot be cured, as the search needs them.
_PLACE, _TONGUE = "location", "language"


@dataclass(frozen=True, slots=True)
class Search:
    """What to do next, in sentences, and a message to candidates and to registers."""

    steps: tuple[str, ...]
    subject: str
    message: str


def search_again(basis: Basis, missed: Sequence[Miss]) -> Search:
    """How to find other candidates for the same requirements."""
    return Search(
        steps=(_countries(basis, missed), _languages(basis, missed), _registers(basis)),
        subject=say(basis.language, "We are looking for a call centre: may we ask you?"),
        message=_message(basis),
    )


def _countries(basis: Basis, missed: Sequence[Miss]) -> str:
    language = basis.language
    permitted = _codes(basis, "permitted_countries")
    names = sorted(country_name(one, language) for one in permitted)
    out = _fell_on(missed, _PLACE)
    step = say(language, "Widen the countries in which you look for vendors.")
    if names:
        step += " " + say(
            language,
            "Your brief permits your data in {countries}: ask vendors in each of them.",
            countries=listed(names, language),
        )
    if out:
        step += " " + say(
            language,
            "Where they work or keep data kept out: {vendors}.",
            vendors=listed(out, language),
        )
    return step


def _languages(basis: Basis, missed: Sequence[Miss]) -> str:
    language = basis.language
    spoken = [language_name(one, language) for one in _spoken(basis)]
    out = _fell_on(missed, _TONGUE)
    if len(spoken) < 2:
        step = say(language, "You ask for one language alone: there is nothing to split there.")
    else:
        step = say(
            language,
            "Split the languages: an RFI of its own for each of {languages}, so that a vendor "
            "which is good at one of them can take part.",
            languages=listed(spoken, language),
        )
    if out:
        step += " " + say(language, "Languages kept out: {vendors}.", vendors=listed(out, language))
    return step


def _registers(basis: Basis) -> str:
    return say(
        basis.language,
        "Ask the registers of the industry: bodies that certify to ISO 18295-1 or to COPC say "
        "whom they have certified, and the associations of contact centres know their members. "
        "Ask companies of your size whom they use. Nobody pays to be named there by us.",
    )


def _fell_on(missed: Sequence[Miss], cure: str) -> list[str]:
    return [
        one.name
        for one in missed
        if any(gap.remedy.cure and gap.remedy.cure.id == cure for gap in one.gaps)
    ]


def _message(basis: Basis) -> str:
    language = basis.language
    facts = [
        say(language, "- {label}: {value}", label=label, value=value)
        for label, value in _facts(basis)
        if value
    ]
    return "\n".join(
        (
            say(language, "Good day,"),
            "",
            say(
                language,
                "We are looking for a provider of customer service. We compare providers by one "
                "questionnaire, the same for all, before any price is seen; answering it is free.",
            ),
            "",
            say(language, "What we need:"),
            *facts,
            "",
            say(
                language,
                "If you can do this, or know who can, please tell us a name and an e-mail address "
                "to which we can send the link to the questionnaire.",
            ),
        )
    )


def _facts(basis: Basis) -> tuple[tuple[str, str], ...]:
    language = basis.language
    seats = basis.stated("seats_needed")
    start = basis.contract_start
    return (
        (say(language, "Services"), listed(_labels(basis, "service_lines"), language)),
        (say(language, "Channels"), listed(_labels(basis, "channels"), language)),
        (say(language, "Seats"), "" if seats is None else show_number(seats, language)),
        (
            say(language, "Languages"),
            listed([language_name(one, language) for one in _spoken(basis)], language),
        ),
        (say(language, "Hours"), listed(_labels(basis, "coverage"), language)),
        (say(language, "Start"), "" if start is None else show_date(start, language)),
    )


def _labels(basis: Basis, field: str) -> list[str]:
    """What was chosen in a field of the brief, in the words of its choices."""
    asked = basis.case.bank_field(field)
    labels = {one.code: one.label.text(basis.language) for one in asked.choices} if asked else {}
    return [labels.get(one, one) for one in _codes(basis, field)]


def _codes(basis: Basis, field: str) -> list[str]:
    stated = basis.case.stated(field)
    if isinstance(stated, str):
        return [stated]
    if isinstance(stated, Unsure) or not isinstance(stated, tuple):
        return []
    return [one for one in stated if isinstance(one, str)]


def _spoken(basis: Basis) -> list[str]:
    stated = basis.case.stated("languages")
    rows = stated if isinstance(stated, tuple) else ()
    found = [one.get("language") for one in rows if isinstance(one, Mapping)]
    return list(dict.fromkeys(one for one in found if isinstance(one, str)))
