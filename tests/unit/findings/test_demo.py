"""The six vendors of the demo: what is found about them is what the brief tells (7.3)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.findings import demo

#: What counts about each vendor; the notices and the price are looked at elsewhere.
COUNTED = {
    "PH": {
        "competitor-conflict": "major", "too-small-to-matter": "major", "size-mismatch": "major",
        "rank-overstated": "minor",
    },
    "IN": {
        "no-redundancy": "mandatory", "language-missing": "mandatory",
        "card-data-exposed": "mandatory", "card-data-at-home": "mandatory",
        "codes-in-recordings": "mandatory", "clients-leaving": "major", "no-free-seats": "major",
        "fuel-shorter-than-rto": "major", "recovery-slower-than-promised": "major",
        "two-contracts-one-cable": "major", "outage-history": "major",
        "certificate-expires-before-start": "major", "certificate-out-of-scope": "major",
        "obsolete-edition": "major", "polite-here-rude-there": "major",
        "rigid-script-complex-product": "major", "always-new-team": "major",
        "leaver-exposure": "major", "claim-not-borne-out": "major", "rank-overstated": "minor",
        "one-client-risk": "minor", "certificate-not-held": "minor",
    },
    "CR": {},
    "DO": {
        "no-redundancy": "mandatory", "hours-not-rostered": "mandatory",
        "card-data-exposed": "mandatory", "codes-in-recordings": "mandatory",
        "two-contracts-one-cable": "major", "outage-history": "major",
        "claimed-24x7-not-staffed": "major", "language-coverage-short": "major",
        "one-client-risk": "minor", "certificate-not-held": "minor",
    },
    "US": {"certificate-expires-before-start": "major"},
    "LV": {
        "hours-not-rostered": "mandatory", "language-missing": "mandatory",
        "data-leaves-permitted-area": "mandatory", "fuel-shorter-than-rto": "major",
        "recovery-slower-than-promised": "major", "language-coverage-short": "major",
    },
}  # fmt: skip


@pytest.mark.parametrize("vendor", demo.VENDORS)
def test_what_counts_about_a_vendor_is_what_the_brief_tells(vendor):
    counted = {
        name: one.severity
        for name, one in demo.findings(vendor).items()
        if one.fires and one.severity in ("mandatory", "major", "minor")
    }
    assert counted == COUNTED[vendor]


@pytest.mark.parametrize(
    ("vendor", "name", "text"),
    [
        ("PH", "competitor-conflict",
         "Coral Lantern serves your competitor Maple & Main Home now (240 seats)."),
        ("PH", "too-small-to-matter", "You would hold 1.5 % of their seats, rank 11 of 11."),
        ("IN", "fuel-shorter-than-rto",
         "4 h of fuel against 8 h recovery: 4 h without service."),
        ("IN", "outage-history", "1,720 min down in 24 months (99.836 %), longest 650 min."),
        ("DO", "claimed-24x7-not-staffed", "Claims 24x7, roster covers 84 of 168 h."),
        ("US", "certificate-expires-before-start", "PCI DSS attestation of compliance (service "
         "provider) ends 28 January 2027; service starts 1 March 2027."),
        ("LV", "recovery-slower-than-promised", "The last test took 9.5 h, the promise is 8 h."),
        ("LV", "data-leaves-permitted-area", "Data would reach Germany and Latvia."),
    ],
)  # fmt: skip
def test_a_finding_says_what_the_brief_says_of_the_vendor(vendor, name, text):
    assert demo.findings(vendor)[name].text == text


def test_the_share_is_told_as_a_figure_too():
    figures = demo.findings("PH")["too-small-to-matter"].figures
    assert figures == {"share": Decimal("1.5"), "rank": 11, "N": 11}


@pytest.mark.parametrize("vendor", ["PH", "CR", "US"])
def test_nothing_mandatory_is_found_or_open_about_those_that_pass(vendor):
    mandatory = [one for one in demo.findings(vendor).values() if one.severity == "mandatory"]
    assert mandatory
    assert {one.status for one in mandatory} == {"does_not_fire"}


@pytest.mark.parametrize("vendor", ["CR", "US"])
def test_nothing_is_open_about_those_that_can_be_recommended(vendor):
    found = demo.findings(vendor).values()
    assert [one.id for one in found if one.undetermined and one.severity in ("major", "caps")] == []


def test_a_test_without_a_time_leaves_the_recovery_open():
    found = demo.findings("DO")["recovery-slower-than-promised"]
    assert (found.status, found.severity) == ("undetermined", "major")
    assert found.because == "“Recovery time achieved in the test” is not known"
