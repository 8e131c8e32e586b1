"""Whether the vendor serves a competitor, and whether it says so."""

from __future__ import annotations

import pytest

from question_bank.findings.names import is_same, normalised, similarity
from tests.unit.findings.kit import BLANK, CLIENTS, DONT_KNOW, client, fired, judged

RIVAL = client("MAPLE & MAIN HOME, Inc.", 240)
WALLED = ["separate_team", "separate_data", "no_agent_transfer"]


def listing(*more: dict) -> dict:
    return {"clients.list": [*CLIENTS, *more]}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Maple & Main Home", "MAPLE  &  MAIN HOME, Inc."),
        ("Baltā Bāka", "Balta Baka SIA"),
        ("Quetzal Bridge", "Quetzal Bridge, S.R.L. de C.V."),
        ("Tallink", "AS Tallink"),
        ("Møbler Łódź", "mobler lodz oü"),
        ("O'Neil", "ONEIL Pty. Ltd."),
        ("Smith & Co. Trading", "Smith Trading"),
    ],
)
def test_names_of_one_company_are_the_same(name, other):
    assert is_same(name, [other])
    assert normalised(name) == normalised(other)


@pytest.mark.parametrize("name", ["", "&", "…"])
def test_a_name_without_a_letter_is_nobodys(name):
    assert not is_same(name, [name])
    assert similarity(name, name) == 0


def test_a_name_of_nothing_but_legal_forms_keeps_them():
    assert normalised("A.S.") == "as"
    assert not is_same("A.S.", ["SIA"])


def test_a_competitor_in_the_list_is_told_with_its_seats():
    finding = judged("competitor-conflict", listing(RIVAL))
    text = "Prairie Bell serves your competitor MAPLE & MAIN HOME, Inc. now (240 seats)."
    assert fired(finding) == ("major", text)
    assert finding.figures["seats"] == 240
    assert finding.replaces == ("clients.competitors",)
    assert finding.used == ("clients.list", "clients.competitors", "clients.firewall")


def test_a_competitor_that_is_only_declared_is_told_without_a_name():
    finding = judged("competitor-conflict", {"clients.competitors": "yes_current"})
    assert fired(finding)[1] == "Prairie Bell says that it serves one of your competitors now."


@pytest.mark.parametrize(
    ("profile", "firewall", "severity"),
    [
        ("R", WALLED, "minor"),
        ("R", WALLED[:2], "major"),
        ("R", DONT_KNOW, "major"),
        ("H", WALLED, "minor"),
        ("L", [*WALLED, "separate_floor", "notice"], "mandatory"),
    ],
)
def test_full_separation_makes_a_conflict_one_step_milder(profile, firewall, severity):
    changes = {"clients.competitors": "yes_current", "clients.firewall": firewall}
    finding = judged("competitor-conflict", changes, brief={"profiles": [profile]})
    assert fired(finding)[0] == severity


def test_without_a_requirement_on_separation_a_conflict_stays_as_severe():
    changes = {"clients.competitors": "yes_current", "clients.firewall": WALLED}
    assert fired(judged("competitor-conflict", changes, given={"requirements": ()}))[0] == "major"


@pytest.mark.parametrize(
    ("changes", "brief", "status"),
    [
        (listing(RIVAL | {"status": "ended"}), {}, "does_not_fire"),
        (listing(RIVAL | {"status": None}), {}, "undetermined"),
        (listing(client(None, 10)), {}, "undetermined"),
        (listing(client(None, 10)), {"competitors": []}, "does_not_fire"),
        (listing(client(None, 10) | {"status": "ended"}), {}, "does_not_fire"),
        ({"clients.list": []}, {}, "does_not_fire"),
        ({"clients.list": BLANK}, {}, "undetermined"),
        ({"clients.list": []}, {"competitors": None}, "does_not_fire"),
        ({}, {"competitors": None}, "undetermined"),
        ({"clients.competitors": DONT_KNOW}, {}, "undetermined"),
        ({"clients.list": BLANK, "clients.competitors": "yes_current"}, {}, "fires"),
    ],
)
def test_a_conflict_is_excluded_only_by_a_known_list(changes, brief, status):
    assert judged("competitor-conflict", changes, brief=brief).status == status


def test_seats_that_are_not_stated_are_told_as_such():
    assert (
        "(an unknown number of seats)"
        in judged("competitor-conflict", listing(RIVAL | {"seats": None})).text
    )


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("no", "Answered “No”, but MAPLE & MAIN HOME, Inc. is in the client list."),
        ("yes_past", "Answered “Yes, ended within 12 months”, but MAPLE & MAIN HOME, Inc. is in "
         "the client list."),
        (DONT_KNOW, "Whether it serves a competitor was not answered, but MAPLE & MAIN HOME, Inc. "
         "is in the client list."),
        (BLANK, "Whether it serves a competitor was not answered, but MAPLE & MAIN HOME, Inc. is "
         "in the client list."),
    ],
)  # fmt: skip
def test_a_competitor_that_is_not_admitted_is_told(answer, text):
    finding = judged("competitor-undeclared", listing(RIVAL) | {"clients.competitors": answer})
    assert fired(finding) == ("major", text)


@pytest.mark.parametrize("answer", ["yes_current", "cannot_disclose"])
def test_an_admitted_competitor_is_not_undeclared(answer):
    changes = listing(RIVAL) | {"clients.competitors": answer}
    assert judged("competitor-undeclared", changes).status == "does_not_fire"


def test_who_was_not_asked_about_competitors_conceals_nothing():
    finding = judged("competitor-undeclared", listing(RIVAL), selection={"clients.list"})
    assert (finding.status, "not asked" in finding.because) == ("undetermined", True)
    assert judged("competitor-undeclared", {"clients.list": BLANK}).status == "undetermined"


CODED = client("Client 7", 10, coded=True, sector="retail")


def test_coded_clients_of_our_sector_ask_for_a_statement():
    finding = judged("competitor-cannot-be-excluded", listing(CODED, CODED | {"client": "8"}))
    text = (
        "Clients in your sector that stand under a code and not by name: 2. Ask for a "
        "no-conflict statement."
    )
    assert fired(finding) == ("info", text)
    assert finding.replaces == ()
    legal = judged("competitor-cannot-be-excluded", listing(CODED), brief={"profiles": ["L"]})
    assert legal.severity == "major"


@pytest.mark.parametrize(
    ("changes", "options", "status"),
    [
        (listing(CODED, RIVAL), {}, "does_not_fire"),
        (listing(CODED), {"given": {"no_conflict": True}}, "does_not_fire"),
        (listing(CODED), {"given": {"no_conflict": False}}, "fires"),
        (listing(CODED | {"coded": None}), {}, "undetermined"),
        (listing(CODED | {"sector": None}), {}, "undetermined"),
        (listing(CODED), {"brief": {"sector": None}}, "undetermined"),
        ({"clients.list": []}, {}, "does_not_fire"),
    ],
)
def test_coded_clients_are_judged_by_what_is_known_of_them(changes, options, status):
    assert judged("competitor-cannot-be-excluded", changes, **options).status == status


def test_a_name_that_is_almost_the_same_is_asked_about():
    finding = judged("competitor-fuzzy", listing(client("Maple and Main Home", 12)))
    assert fired(finding) == ("info", "“Maple and Main Home” may be “Maple & Main Home”. Please "
                              "confirm.")  # fmt: skip


@pytest.mark.parametrize(
    ("row", "brief", "status"),
    [
        (RIVAL, {}, "does_not_fire"),
        (client("Maple and Main Home", 12, status="ended"), {}, "does_not_fire"),
        (client("Maple and Main Home", 12, status=None), {}, "fires"),
        (client("Maple and Main Home", 12), {"competitors": []}, "does_not_fire"),
        (client("Maple and Main Home", 12), {"competitors": None}, "undetermined"),
        (client(None, 12), {}, "undetermined"),
    ],
)
def test_a_likeness_is_looked_for_among_clients_that_may_be_current(row, brief, status):
    assert judged("competitor-fuzzy", listing(row), brief=brief).status == status
