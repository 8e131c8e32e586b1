"""How customers are treated and by whom, and what happens to cards and recordings."""

from __future__ import annotations

import pytest

from tests.unit.findings.kit import BLANK, DONT_KNOW, all_findings, fired, judged

ALTERED = (
    "The agents' speech is altered by software: run the trial with it switched off and compare."
)

RUDE = {"culture.hours": 8, "culture.attitude-complaints": 22}
HEARD = {"payments.method": "pause_auto", "people.home-working": "controlled"}
STORED = {"payments.stored-codes": "yes"}
HELD = {"security.recordings": "vendor_rights", "security.recording-days": 31}
LEGAL = {"profiles": ["L"]}
NO_CARDS = {"profiles": ["R"], "data_classes": ["pii"]}


def staff(*rates: float | None, role: str | None = "agent") -> dict:
    return {"people.staff": [{"role": role, "attrition_pct": rate, "headcount": 10}
                             for rate in rates]}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "changes", "brief", "severity", "text"),
    [
        ("voice-alteration", {"language.voice-alteration": True}, {}, "info",
         ALTERED),
        ("voice-alteration", {"language.voice-alteration": True}, {"profiles": ["H"]}, "major",
         ALTERED),
        ("polite-here-rude-there", RUDE, {}, "major",
         "8 h of culture training and 22 attitude complaints per 10,000 contacts."),
        ("polite-here-rude-there", RUDE | {"culture.hours": 0}, {}, "major",
         "0 h of culture training and 22 attitude complaints per 10,000 contacts."),
        ("rigid-script-complex-product", {"scripting.freedom": "word_for_word"}, {}, "major",
         "Agents must read aloud although your questions vary."),
        ("rigid-script-complex-product", {"scripting.freedom": "word_for_word"},
         {"complexity": "low", "service_lines": ["tech_l1"]}, "major",
         "Agents must read aloud although your questions vary."),
        ("always-new-team", staff(58), {}, "major",
         "About 14.5 % of agents have under three months' service."),
        ("always-new-team", staff(20, 48.1, None), {}, "major",
         "About 12.02 % of agents have under three months' service."),
        ("leaver-exposure", staff(41) | {"security.leaver-hours": 72}, {}, "major",
         "41 % leave each year and keep access for 72 h."),
        ("card-data-exposed", {"payments.method": "pause_manual"}, {}, "mandatory",
         "Card numbers are handled like this: “Agent hears and keys; agent pauses recording”."),
        ("card-data-exposed", {"payments.method": "heard_recorded"},
         {"profiles": ["R"], "data_classes": ["card"]}, "mandatory",
         "Card numbers are handled like this: “Agent hears and keys; call fully recorded”."),
        ("card-data-at-home", HEARD, {}, "mandatory", "Agents at home would hear card numbers."),
        ("codes-in-recordings", STORED, {}, "mandatory",
         "Recordings kept 90 days may contain security codes."),
        ("privileged-recordings-kept", HELD, LEGAL, "mandatory",
         "Privileged recordings under vendor control for 31 days."),
    ],
)  # fmt: skip
def test_it_fires(name, changes, brief, severity, text):
    assert fired(judged(name, changes, brief=brief)) == (severity, text)


@pytest.mark.parametrize(
    ("name", "changes", "brief"),
    [
        ("polite-here-rude-there", RUDE | {"culture.hours": 16}, {}),
        ("polite-here-rude-there",
         {"culture.hours": DONT_KNOW, "culture.attitude-complaints": 10}, {}),
        ("rigid-script-complex-product", {"scripting.freedom": "word_for_word"},
         {"complexity": "low"}),
        ("rigid-script-complex-product", {}, {"complexity": None, "service_lines": None}),
        ("always-new-team", staff(48), {}),
        ("leaver-exposure", staff(40) | {"security.leaver-hours": 72}, {}),
        ("leaver-exposure", staff(None), {}),
        ("card-data-exposed", {"payments.method": "pause_auto"}, {}),
        ("card-data-exposed", {"payments.method": "heard_recorded"}, NO_CARDS),
        ("card-data-at-home", HEARD | {"people.home-working": "no"}, {}),
        ("card-data-at-home", HEARD | {"payments.method": "dtmf"}, {}),
        ("codes-in-recordings", STORED | {"security.recording-days": 0}, {}),
        ("codes-in-recordings", STORED, NO_CARDS),
        ("privileged-recordings-kept", HELD | {"security.recording-days": 30}, LEGAL),
        ("privileged-recordings-kept", HELD | {"security.recordings": "none"}, LEGAL),
    ],
)  # fmt: skip
def test_it_does_not_fire(name, changes, brief):
    assert judged(name, changes, brief=brief).status == "does_not_fire"


@pytest.mark.parametrize(
    ("name", "changes", "brief", "reason"),
    [
        ("voice-alteration", {"language.voice-alteration": DONT_KNOW}, {}, "not known"),
        ("polite-here-rude-there", RUDE | {"culture.hours": BLANK}, {}, "not known"),
        ("rigid-script-complex-product", {"scripting.freedom": DONT_KNOW}, {}, "not known"),
        ("rigid-script-complex-product", {"scripting.freedom": "word_for_word"},
         {"complexity": None}, "does not state"),
        ("always-new-team", staff(30, role="trainer"), {}, "no row states the attrition"),
        ("always-new-team", {"people.staff": []}, {}, "no row states the attrition"),
        ("always-new-team", staff(30, None), {}, "“Attrition” of “Agents” is not stated"),
        ("always-new-team", staff(60, role=None), {}, "“Role” is not stated"),
        ("leaver-exposure", staff(60) | {"security.leaver-hours": DONT_KNOW}, {}, "not known"),
        ("card-data-exposed", {"payments.method": DONT_KNOW}, {}, "not known"),
        ("card-data-exposed", {"payments.method": "heard_recorded"}, {"data_classes": ["pii"]},
         "is not asked"),
        ("card-data-exposed", {"payments.method": "heard_recorded"},
         {"profiles": ["R"], "data_classes": None}, "does not state"),
        ("card-data-at-home", HEARD | {"people.home-working": DONT_KNOW}, {}, "not known"),
        ("codes-in-recordings", STORED | {"security.recording-days": BLANK}, {}, "not known"),
        ("privileged-recordings-kept", HELD | {"security.recordings": DONT_KNOW}, LEGAL,
         "not known"),
        ("privileged-recordings-kept", HELD, {"profiles": []}, "your profiles are not known"),
    ],
)  # fmt: skip
def test_it_is_left_open_with_the_reason(name, changes, brief, reason):
    finding = judged(name, changes, brief=brief)
    assert finding.status == "undetermined"
    assert reason in finding.because


def test_a_finding_that_no_active_profile_looks_at_is_left_out():
    retail = all_findings(brief={"profiles": ["general-retail"]})
    assert "privileged-recordings-kept" not in retail
    assert "offshore-phi-without-attestation" not in retail
    assert len(retail) == 54
    assert len(all_findings(profiles=["H"])) == 55


def test_without_profiles_every_finding_is_looked_at_as_strictly_as_any_would():
    found = all_findings({"language.voice-alteration": True}, brief={"profiles": None})
    assert len(found) == 56
    assert found["voice-alteration"].severity == "major"


def test_the_profiles_of_the_round_come_before_those_of_the_brief():
    finding = judged("voice-alteration", {"language.voice-alteration": True}, profiles=["H", "P"])
    assert finding.severity == "major"


def test_what_is_only_shown_replaces_nothing_in_the_count():
    changes = {"language.voice-alteration": True}
    assert judged("voice-alteration", changes).replaces == ()
    counted = judged("voice-alteration", changes, profiles=["H"])
    assert counted.replaces == ("language.voice-alteration",)
