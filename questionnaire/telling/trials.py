"""The sentences of trials: planned, rated, measured."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

#: (kind of object, action) -> the sentence, as in the whole trail.
TRIALS: dict[tuple[str, str], Any] = {
    ("trial", "begun"): _l("%(who)s began the trial of %(vendor)s"),
    ("trial", "consented"): _l(
        "%(who)s stated that %(vendor)s agreed to test calls in writing: %(given_by)s"
    ),
    ("trial", "repeated"): _l("%(who)s began the repeat of the failed trial of %(vendor)s"),
    ("trial", "alteration_off"): _l(
        "%(who)s had voice alteration off in calls of the trial of %(vendor)s: %(calls)s"
    ),
    ("trial", "alteration_on"): _l(
        "%(who)s had voice alteration as usual in calls of the trial of %(vendor)s: %(calls)s"
    ),
    ("trial", "planned"): _l("%(who)s planned test calls for the trial of %(vendor)s: %(calls)s"),
    ("trial", "calibration_chosen"): _l(
        "%(who)s chose calls of the trial of %(vendor)s for calibration: %(calls)s"
    ),
    ("trial", "scoring_chosen"): _l(
        "%(who)s let calls of the trial of %(vendor)s be scored again: %(calls)s"
    ),
    ("trial", "calls_removed"): _l(
        "%(who)s took test calls off the trial of %(vendor)s: %(calls)s"
    ),
    ("trial", "measured"): _l(
        "%(who)s stated what was measured in the trial of %(vendor)s: %(figures)s"
    ),
    ("trial", "summarised"): _l(
        "%(who)s entered a summary from “%(source)s” for the trial of %(vendor)s"
    ),
    ("trial", "summary_taken_back"): _l(
        "%(who)s took back the summary from “%(source)s” for the trial of %(vendor)s"
    ),
    ("rater", "appointed"): _l("%(who)s named %(name)s as a rater for “%(rfi)s”"),
    ("rater", "mailed"): _l("%(who)s mailed the link to the rater %(name)s again"),
    ("rater", "renewed"): _l("%(who)s gave the rater %(name)s a new link"),
    ("rater", "revoked"): _l("%(who)s revoked the link of the rater %(name)s"),
    ("rater", "opened"): _l("%(who)s opened the test calls with a code"),
    ("rating", "kept"): _l("%(who)s kept marks on the call %(call)s for later"),
    ("rating", "finished"): _l("%(who)s finished rating the call %(call)s"),
}

#: How the trail names what no vendor's name and no label of the bank stands for.
FIGURES = {
    "in-house": _l("your own team"),
    "contacts": _l("contacts"),
    "agents": _l("agents"),
    "waiting": _l("waiting time"),
    "aht": _l("handling time"),
    "fcr": _l("solved at the first contact"),
    "csat": _l("satisfied customers"),
    "abandon": _l("callers who gave up"),
    "drill": _l("failover drill"),
    "drill_hours": _l("hours of the drill"),
}
