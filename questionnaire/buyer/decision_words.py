"""Options, advice and a decision's document in the words of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from questionnaire.buyer.verdict_words import TIERS
from questionnaire.core.advice import Advice, Situation, against, needs_second


@dataclass(frozen=True, slots=True)
class OptionTold:
    """One option of the list: what it is called, its tier, and how much advice it goes against."""

    option: str
    code: str
    name: str
    tier: str
    against: int
    second: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The option that is being decided on, with everything that it goes against."""

    option: str
    code: str
    name: str
    advice: tuple[Advice, ...]
    second: bool


def named(option: str, vendor: str) -> str:
    """The option in words."""
    match option:
        case "vendor":
            return str(_("%(vendor)s, for the whole service", vendor=vendor))
        case "hybrid":
            return str(_("%(vendor)s, for a part of the service", vendor=vendor))
        case "in_house":
            return str(_("Keep the service in-house"))
    return str(_("Nobody for now: search again"))


def options(situation: Situation) -> list[OptionTold]:
    """Vendors tier by tier, then what needs none, then a part for each vendor."""
    vendors = situation.verdicts
    return [
        *(_option(situation, "vendor", one.code) for one in vendors),
        _option(situation, "in_house", ""),
        _option(situation, "search", ""),
        *(_option(situation, "hybrid", one.code) for one in vendors),
    ]


def _option(situation: Situation, option: str, code: str) -> OptionTold:
    verdict = situation.verdict(code)
    return OptionTold(
        option,
        code,
        named(option, verdict.name if verdict else ""),
        verdict.tier.name if verdict else "",
        len(against(situation, option, code)),
        needs_second(situation, option, code),
    )


def chosen(situation: Situation, option: str, code: str) -> Chosen | None:
    """The option that an address or a form names; None where there is none of that name."""
    for one in options(situation):
        if (one.option, one.code) == (option, code):
            advice = against(situation, option, code)
            return Chosen(option, code, one.name, advice, one.second)
    return None


@dataclass(frozen=True, slots=True)
class VendorKept:
    """One vendor as the document of a decision keeps it."""

    name: str
    tier: str
    reasons: tuple[str, ...]
    mandatory: int
    major: int
    answers: int
    digest: str
    files: tuple[Mapping[str, Any], ...]
    waived: tuple[str, ...]
    accepted: tuple[str, ...]


def vendors_kept(document: Mapping[str, Any]) -> list[VendorKept]:
    """The vendors of a document, in its order."""
    return [_kept(document, one) for one in document["offers"]]


def _kept(document: Mapping[str, Any], offer: Mapping[str, Any]) -> VendorKept:
    code = offer["code"]
    told, versions = document["told"][code], document["versions"][code]
    return VendorKept(
        offer["name"],
        _("your own team") if offer["in_house"] else str(TIERS[told["tier"]]),
        (*told["reasons"], *told["conditions"]),
        told["mandatory_gaps"],
        told["major_gaps"],
        len(versions["answers"]),
        versions["digest"],
        tuple(versions["files"]),
        tuple(offer["waived"]),
        (*offer["accepted"], *offer["accepted_not_applicable"]),
    )
