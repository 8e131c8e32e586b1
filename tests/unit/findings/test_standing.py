"""Where the buyer would stand among the clients, and what the client list says of the vendor."""

from __future__ import annotations

from decimal import Decimal

import pytest

from question_bank.findings.given import BestClient
from tests.unit.findings.kit import BLANK, CLIENTS, DONT_KNOW, client, fired, judged, site

BIG = [client(f"Giant {n}", seats, size_band="enterprise") for n, seats in
       enumerate((620, 540, 430, 310, 240, 220, 220, 180, 165, 120))]  # fmt: skip
HUGE = {"clients.list": BIG, "clients.total-seats": 3045}
LEFT = [client(f"Gone {n}", 0, status="ended", ended="2026-02-28") for n in range(3)]


@pytest.mark.parametrize(
    ("name", "changes", "brief", "severity", "text"),
    [
        ("too-small-to-matter", HUGE, {}, "major",
         "You would hold 1.5 % of their seats, rank 11 of 11."),
        ("too-small-to-matter", HUGE | {"clients.list": DONT_KNOW}, {}, "major",
         "You would hold 1.5 % of their seats."),
        ("too-small-to-matter", {"clients.total-seats": 2206}, {}, "major",
         "You would hold 1.999 % of their seats, rank 3 of 6."),
        ("too-dependent-on-us", {"clients.total-seats": 80}, {}, "major",
         "You would hold 36 % of their seats; your leaving could sink them and your staying gives "
         "them no alternative."),
        ("too-dependent-on-us", {"clients.total-seats": 0}, {}, "major",
         "You would hold 100 % of their seats; your leaving could sink them and your staying gives "
         "them no alternative."),
        ("rank-overstated", HUGE | {"clients.our-rank": "middle"}, {}, "minor",
         "Of your rank it says “In the middle”; its list of clients gives rank 11 of 11."),
        ("rank-overstated", {"clients.our-rank": "largest",
                             "clients.list": [*CLIENTS, client("New", None)]}, {}, "minor",
         "Of your rank it says “Largest”; its list of clients gives rank 3–4 of 7."),
        ("size-mismatch", HUGE, {"size": "small"}, "major",
         "100 % of clients are large corporations; median client 230 seats, you 45."),
        ("size-mismatch", {"clients.list": [*BIG, client("New", None)]}, {"size": "small"},
         "major", "90.9 % of clients are large corporations."),
        ("size-mismatch", {"clients.list": [*BIG[:3], client("New", 900, size_band=None)]},
         {"size": "startup"}, "major",
         "At least 75 % of clients are large corporations; median client 580 seats, you 45."),
        ("one-client-risk", {"clients.total-seats": 150}, {}, "minor",
         "Largest client holds 40 % of seats."),
        ("one-client-risk", {"clients.total-seats": 100}, {}, "major",
         "Largest client holds 60 % of seats."),
        ("one-client-risk", {"clients.total-seats": 150,
                             "clients.list": [*CLIENTS, client("New", None)]}, {}, "major",
         "Largest client holds 40 % of seats."),
        ("client-list-incomplete", {"clients.total-seats": 400}, {}, "minor",
         "Listed clients cover 57.5 % of billed seats."),
        ("client-list-incomplete", {"clients.list": []}, {}, "minor",
         "Listed clients cover 0 % of billed seats."),
        ("clients-leaving", {"clients.list": [*CLIENTS, *LEFT]}, {}, "major",
         "3 of 8 clients left in 24 months."),
        ("no-free-seats", {"clients.total-seats": 560}, {}, "major",
         "40 free seats for 45 needed."),
        ("no-free-seats", {"clients.total-seats": 700}, {}, "major", "0 free seats for 45 needed."),
        ("no-free-seats", {"company.sites": []}, {}, "major", "0 free seats for 45 needed."),
    ],
)  # fmt: skip
def test_it_fires(name, changes, brief, severity, text):
    assert fired(judged(name, changes, brief=brief)) == (severity, text)


@pytest.mark.parametrize(
    ("name", "changes", "brief"),
    [
        ("too-small-to-matter", {"clients.total-seats": 2205}, {}),
        ("too-dependent-on-us", {"clients.total-seats": 84}, {}),
        ("rank-overstated", {"clients.our-rank": "smallest", "clients.list": BLANK}, {}),
        ("rank-overstated", {"clients.list": [], "clients.our-rank": "largest"}, {}),
        ("size-mismatch", {"clients.list": BIG, "clients.total-seats": 3045},
         {"size": "mid", "seats_needed": 60}),
        ("one-client-risk", {"clients.total-seats": 200}, {}),
        ("client-list-incomplete", {"clients.total-seats": 328}, {}),
        ("client-list-incomplete", {"clients.list": [], "clients.total-seats": 0}, {}),
        ("client-list-incomplete", {"clients.list": [*CLIENTS, client("New", None)]}, {}),
        ("clients-leaving", {"clients.list": [*CLIENTS, LEFT[0]]}, {}),
        ("clients-leaving",
         {"clients.list": [*CLIENTS, *(one | {"ended": "2024-11-22"} for one in LEFT)]}, {}),
        ("no-free-seats", {"clients.total-seats": 555}, {}),
        ("no-free-seats", {"company.sites": [site("Omaha", "primary", seats=None),
                                             site("Sioux Falls", None)],
                           "clients.total-seats": 200}, {}),
    ],
)  # fmt: skip
def test_it_does_not_fire(name, changes, brief):
    assert judged(name, changes, brief=brief).status == "does_not_fire"


@pytest.mark.parametrize(
    ("name", "changes", "brief", "reason"),
    [
        ("too-small-to-matter", {"clients.total-seats": DONT_KNOW}, {}, "not known"),
        ("too-small-to-matter", {}, {"seats_needed": None}, "brief does not state"),
        ("too-small-to-matter", {}, {"seats_needed": 0}, "cannot be read"),
        ("too-small-to-matter", {}, {"min_share": 40}, "above the largest"),
        ("too-dependent-on-us", {"clients.total-seats": BLANK}, {}, "not known"),
        ("rank-overstated", {"clients.our-rank": DONT_KNOW}, {}, "not known"),
        ("rank-overstated", {"clients.list": [*CLIENTS, client("New", 9, status=None)]}, {},
         "“Status” of “New” is not stated"),
        ("rank-overstated", {"clients.list": [*CLIENTS[:2], *BIG[:2], client("New", None)]}, {},
         "“Seats” of “New”"),
        ("size-mismatch", {"clients.list": []}, {}, "no current client"),
        ("size-mismatch", {"clients.list": BIG}, {"seats_needed": 60, "size": None}, "brief"),
        ("one-client-risk", {"clients.list": []}, {}, "no current client"),
        ("one-client-risk", {"clients.total-seats": 0}, {}, "no seats are billed"),
        ("one-client-risk", {"clients.list": [*CLIENTS, client("New", None)]}, {}, "“Seats”"),
        ("client-list-incomplete",
         {"clients.list": [client("New", None)]}, {}, "“Seats” of “New”"),
        ("client-list-incomplete", {"clients.list": BLANK}, {}, "not known"),
        ("clients-leaving", {"clients.list": []}, {}, "no current client"),
        ("clients-leaving",
         {"clients.list": [*CLIENTS, *(one | {"ended": None} for one in LEFT)]}, {}, "Ended on"),
        ("no-free-seats", {"company.sites": [site("Omaha", "primary", seats=None)]}, {},
         "“Seats” of “Omaha”"),
        ("no-free-seats", {"company.sites": BLANK}, {}, "not known"),
    ],
)  # fmt: skip
def test_it_is_left_open_with_the_reason(name, changes, brief, reason):
    finding = judged(name, changes, brief=brief)
    assert (finding.status, finding.text) == ("undetermined", "")
    assert reason in finding.because


def test_shares_that_the_brief_does_not_state_have_the_defaults_of_their_fields():
    brief = {"min_share": None, "max_share": None}
    assert judged("too-small-to-matter", HUGE, brief=brief).status == "fires"
    assert judged("too-dependent-on-us", {"clients.total-seats": 84}, brief=brief).figures == {}
    assert judged("too-dependent-on-us", {"clients.total-seats": 83}, brief=brief).fires


def test_an_undetermined_largest_client_might_be_a_major_risk():
    finding = judged("one-client-risk", {"clients.total-seats": DONT_KNOW})
    assert (finding.status, finding.severity) == ("undetermined", "major")


def test_a_share_is_never_rounded_onto_its_limit():
    figures = judged("too-small-to-matter", {"clients.total-seats": 2206}).figures
    assert figures["share"] == Decimal("1.999")


UNLIKE = BestClient("Giant", "travel", "enterprise", ("tech_l1",))


@pytest.mark.parametrize(
    ("best", "status"),
    [
        ((UNLIKE, BestClient("Alike", "retail")), "does_not_fire"),
        ((BestClient("Open", None, "enterprise", ("tech_l1",)),), "undetermined"),
        ((), "undetermined"),
        (None, "undetermined"),
    ],
)
def test_best_clients_are_compared_as_they_are_tagged(best, status):
    finding = judged("best-clients-unlike-us", given={"best_clients": best})
    assert finding.status == status


def test_best_clients_of_which_none_resembles_us_are_listed():
    best = (UNLIKE, BestClient("Colossus", "bank", "enterprise", ()))
    finding = judged("best-clients-unlike-us", given={"best_clients": best})
    assert fired(finding) == ("info", "Their best clients are Colossus and Giant; none resembles "
                              "you.")  # fmt: skip
