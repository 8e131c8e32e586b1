"""How languages and classes of critical errors read on a rater's pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from questionnaire.core.codes import language_name
from questionnaire.languages import language
from questionnaire.rater.gate import blueprint

#: Class of critical errors -> its name and what belongs to it.
CRITICAL = {
    "customer": (
        _l("Critical for the customer"),
        _l("The customer ends worse off: wrong facts, a wrong order, money lost, rudeness."),
    ),
    "business": (
        _l("Critical for the company"),
        _l("A promise that the company cannot keep, a loss, harm to its name."),
    ),
    "compliance": (
        _l("Critical for law and privacy"),
        _l("Personal facts told to the wrong person, an unlawful statement, card digits aloud."),
    ),
}


@blueprint.app_template_filter("spoken_language")
def _spoken(code: str) -> str:
    name = language_name(code, language())
    return name[:1].upper() + name[1:]


@blueprint.context_processor
def _words() -> dict[str, object]:
    return {"critical_words": CRITICAL}
