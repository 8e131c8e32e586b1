"""Rosters as minutes of the week, and languages at the hours that the buyer needs."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.findings.week import DAYS, WEEK, covered
from tests.unit.findings.kit import BLANK, DONT_KNOW, fired, judged, shift
from tests.unit.findings.kit import WEEK as ALL_DAYS

NIGHT = shift("22:00", "06:00")
DAY, EVENING = shift("06:00", "14:00"), shift("14:00", "22:00")


@pytest.mark.parametrize(
    ("start", "end", "days", "minutes"),
    [
        ("06:00", "14:00", ["mon"], 480),
        ("22:00", "06:00", ["mon"], 480),
        ("22:00", "06:00", ["sun"], 480),
        ("00:00", "00:00", ["mon"], 1440),
        ("08:00", "08:00", ["mon", "tue"], 2880),
        ("23:59", "00:00", ["sun"], 1),
        ("06:00", "14:00", [], 0),
    ],
)
def test_a_shift_has_its_minutes(start, end, days, minutes):
    found = covered(time.fromisoformat(start), time.fromisoformat(end), days)
    assert found.bit_count() == minutes
    assert found >> WEEK == 0


def test_shifts_meet_without_sharing_a_minute():
    first = covered(time(6), time(14), ["mon"])
    second = covered(time(14), time(22), ["mon"])
    assert first & second == 0
    assert (first | second).bit_count() == 960


def test_a_night_from_sunday_runs_into_monday():
    sunday = covered(time(22), time(6), ["sun"])
    assert sunday & covered(time(0), time(6), ["mon"]) == covered(time(0), time(6), ["mon"])


@given(st.times(), st.times(), st.sets(st.sampled_from(DAYS)))
@settings(max_examples=50, deadline=None)
def test_the_bits_are_the_minutes_that_a_slow_count_finds(start, end, days):
    begin, stop = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    length = stop - begin if stop > begin else stop - begin + 1440
    slow = {
        (DAYS.index(day) * 1440 + begin + offset) % WEEK for day in days for offset in range(length)
    }
    assert covered(start, end, days) == sum(1 << minute for minute in slow)


@pytest.mark.parametrize(
    ("name", "changes", "brief", "severity", "text"),
    [
        ("hours-not-rostered", {"services.shifts": [shift("08:00", "20:00", ALL_DAYS[:6])]}, {},
         "mandatory", "Roster covers 72 h a week, you need 112."),
        ("hours-not-rostered", {"services.shifts": [DAY, DAY, EVENING]},
         {"coverage_hours": 113}, "mandatory", "Roster covers 112 h a week, you need 113."),
        ("hours-not-rostered", {"services.shifts": [DAY, EVENING | {"agents": 0}]}, {},
         "mandatory", "Roster covers 56 h a week, you need 112."),
        ("hours-not-rostered", {"services.shifts": []}, {}, "mandatory",
         "No roster is proposed yet; you need 112 h a week."),
        ("claimed-24x7-not-staffed", {"services.hours": "x24_7"}, {}, "major",
         "Claims 24x7, roster covers 112 of 168 h."),
        ("claimed-24x7-not-staffed", {"services.hours": "x24_7"},
         {"coverage": "x24_7", "coverage_hours": 168}, "mandatory",
         "Claims 24x7, roster covers 112 of 168 h."),
        ("claimed-24x7-not-staffed", {"services.hours": "x24_7"}, {"coverage": None}, "mandatory",
         "Claims 24x7, roster covers 112 of 168 h."),
        ("claimed-24x7-not-staffed", {"services.hours": "x24_7", "services.shifts": []}, {},
         "major", "Claims 24x7, and no roster is proposed yet."),
        ("language-missing",
         {"language.languages": [{"language": "es", "agents": 5, "hours": "x16"}]}, {},
         "mandatory", "No English-speaking agents."),
        ("language-missing",
         {"language.languages": [{"language": "en", "agents": 0, "hours": "x16"}]}, {},
         "mandatory", "No English-speaking agents."),
        ("language-missing", {"language.languages": []}, {}, "mandatory",
         "No English-speaking agents."),
        ("language-coverage-short",
         {"language.languages": [{"language": "en", "agents": 5, "hours": "extended"}]}, {},
         "major", "English only for 12 hours, 6 days; you need 16 hours, 7 days."),
        ("language-coverage-short", {}, {"languages": [{"language": "en", "hours": "x24_7"}]},
         "major", "English only for 16 hours, 7 days; you need 24 hours, 7 days."),
    ],
)  # fmt: skip
def test_it_fires(name, changes, brief, severity, text):
    assert fired(judged(name, changes, brief=brief)) == (severity, text)


@pytest.mark.parametrize(
    ("name", "changes", "brief"),
    [
        ("hours-not-rostered", {}, {}),
        ("hours-not-rostered", {"services.shifts": [DAY, EVENING, NIGHT | {"end": None}]}, {}),
        ("hours-not-rostered", {"services.shifts": [DAY, EVENING, NIGHT]},
         {"coverage": "x24_7", "coverage_hours": 112}),
        ("hours-not-rostered", {"services.shifts": [DAY, EVENING, NIGHT]},
         {"coverage_hours": None}),
        ("claimed-24x7-not-staffed",
         {"services.hours": "x24_7", "services.shifts": [NIGHT, EVENING, DAY]}, {}),
        ("claimed-24x7-not-staffed", {"services.shifts": BLANK}, {}),
        ("language-missing", {}, {}),
        ("language-coverage-short", {"language.languages": []}, {}),
        ("language-coverage-short",
         {"language.languages": [{"language": "en", "agents": 5, "hours": "business"},
                                 {"language": "en", "agents": 5, "hours": "x24_5"}]}, {}),
    ],
)  # fmt: skip
def test_it_does_not_fire(name, changes, brief):
    assert judged(name, changes, brief=brief).status == "does_not_fire"


@pytest.mark.parametrize(
    ("name", "changes", "brief", "reason"),
    [
        ("hours-not-rostered", {"services.shifts": BLANK}, {}, "not known"),
        ("hours-not-rostered", {"services.shifts": [DAY, NIGHT | {"end": None}]}, {},
         "shift “22:00 on” is not fully stated"),
        ("hours-not-rostered", {"services.shifts": [DAY, EVENING | {"agents": None}]}, {},
         "shift “14:00 on” is not fully stated"),
        ("hours-not-rostered", {}, {"coverage_hours": None}, "brief does not state"),
        ("hours-not-rostered", {}, {"coverage_hours": 200}, "cannot be read"),
        ("hours-not-rostered", {}, {"coverage": "x24_7"}, "round the clock and for fewer hours"),
        ("claimed-24x7-not-staffed", {"services.hours": DONT_KNOW}, {}, "not known"),
        ("claimed-24x7-not-staffed",
         {"services.hours": "x24_7", "services.shifts": DONT_KNOW}, {}, "not known"),
        ("language-missing", {"language.languages": DONT_KNOW}, {}, "not known"),
        ("language-missing", {"language.languages": [{"agents": 5, "hours": "x16"}]}, {},
         "“Language” is not stated"),
        ("language-missing", {}, {"languages": []}, "names no language"),
        ("language-missing", {}, {"languages": [{"min_spoken": "B2"}]}, "cannot be read"),
        ("language-coverage-short",
         {"language.languages": [{"language": "en", "agents": 5}]}, {}, "“Hours covered”"),
        ("language-coverage-short", {}, {"coverage": None}, "brief does not state"),
        ("language-coverage-short", {}, {"coverage": "always"}, "cannot be read"),
    ],
)  # fmt: skip
def test_it_is_left_open_with_the_reason(name, changes, brief, reason):
    finding = judged(name, changes, brief=brief)
    assert finding.status == "undetermined"
    assert reason in finding.because
