"""Who holds the recordings of privileged calls (brief 3.1)."""

from __future__ import annotations

from question_bank.findings.facts import Facts
from question_bank.findings.outcome import Outcome, told
from question_bank.findings.reasoning import guess
from question_bank.findings.registry import finding
from question_bank.truth import all_true

HOLDER = "security.recordings"
DAYS = "security.recording-days"


@finding("privileged-recordings-kept", "d")
def keeps_privileged_recordings(facts: Facts) -> Outcome:
    """The vendor controls recordings of privileged calls for over 30 days (brief 3.1)."""
    legal = guess(facts.has_profile, "L")
    held = guess(lambda: facts.code(HOLDER) in ("vendor", "vendor_rights"))
    long = guess(lambda: facts.number(DAYS) > 30)
    return told(all_true((legal, held, long)), lambda: {"d": facts.number(DAYS)})
