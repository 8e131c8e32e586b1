"""How results, figures and times of day of a trial read on a buyer's pages."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l

from questionnaire.buyer.gate import blueprint
from questionnaire.core.codes import language_name
from questionnaire.core.numbers import plain_number, show_number
from questionnaire.core.plans import TIME_BANDS, band_name
from questionnaire.core.rounding import rounded
from questionnaire.languages import language

RESULTS = {
    "passed": _l("Passed"),
    "soft": _l("Passed with conditions"),
    "hard_fail": _l("Failed"),
    "not_held": _l("Not held"),
}
#: What a result does to the verdict (brief 4.4).
EFFECTS = {
    "passed": _l("Nothing in the trial speaks against recommending this vendor."),
    "soft": _l("The vendor can be conditional at most, until these points are settled."),
    "hard_fail": _l(
        "The vendor is not eligible. Nothing compensates this; a trial may be repeated once after "
        "a documented fix, and both results stay in the report."
    ),
    "not_held": _l(
        "Without a trial the vendor can be conditional at most, with the trial pending."
    ),
}
OWN_EFFECT = _l("The own team is the baseline: it is compared, and never excluded.")
#: Figure -> its name and its unit; what is only counted has none.
FIGURES = {
    "contacts": (_l("Contacts in the trial"), ""),
    "agents": (_l("Agents who took the calls"), ""),
    "waiting": (_l("Waiting time, on average"), _l("seconds")),
    "aht": (_l("Handling time, on average (AHT)"), _l("seconds")),
    "fcr": (_l("Solved at the first contact (FCR)"), _l("%")),
    "csat": (_l("Satisfied customers (CSAT)"), _l("%")),
    "abandon": (_l("Callers who gave up"), _l("%")),
    "drill_hours": (_l("Failover drill: until 80 % of capacity was back"), _l("hours")),
}
DRILLS = {
    "done": _l("Done"),
    "refused": _l("Refused by the vendor"),
    "not_done": _l("Not done"),
}
CRITICAL = {
    "customer": _l("Customer-critical"),
    "business": _l("Business-critical"),
    "compliance": _l("Compliance-critical"),
}


@blueprint.app_template_filter("figure")
def _figure(number: Decimal | int | None, places: int | None = None) -> str:
    """A figure as it is read; a dash where it is not known."""
    if number is None:
        return "–"
    if places is None:
        return show_number(Decimal(number), language())
    # Means stand under each other: 4.00 beside 4.31.
    return plain_number(rounded(Decimal(number), places), language())


@blueprint.app_template_filter("band")
def _band(code: str) -> str:
    return band_name(code, language())


@blueprint.app_template_filter("tongue")
def _tongue(code: str) -> str:
    name = language_name(code, language())
    return name[:1].upper() + name[1:]


@blueprint.context_processor
def _words() -> dict[str, object]:
    return {
        "trial_results": RESULTS,
        "trial_effects": EFFECTS,
        "own_effect": OWN_EFFECT,
        "figure_names": FIGURES,
        "drill_names": DRILLS,
        "critical_names": CRITICAL,
        "time_bands": TIME_BANDS,
    }
