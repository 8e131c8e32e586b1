"""Whether certificates say what they seem to say, edition by edition."""

from __future__ import annotations

import pytest

from tests.unit.findings.kit import BLANK, DONT_KNOW, fired, judged, paper

ISO = "ISO/IEC 27001 (information security)"
SOC, PCI = "soc2_type2", "pci_aoc_sp"
ELSEWHERE = paper("iso27001", scope_sites=["Sioux Falls"])


def held(*papers: dict) -> dict:
    return {"security.certifications": list(papers)}


def ending(day: str | None, standard: str | None = "iso27001", **cells) -> dict:
    return held(paper(standard, expires_or_period_end=day, **cells))


@pytest.mark.parametrize(
    ("name", "changes", "severity", "text"),
    [
        ("certificate-expires-before-start", ending("2027-02-28"), "major",
         f"{ISO} ends 28 February 2027; service starts 1 March 2027."),
        ("certificate-expires-before-start",
         held(paper("iso22301", expires_or_period_end="2027-01-01"),
              paper("iso27001", expires_or_period_end="2027-02-01")), "major",
         "These end before the service starts on 1 March 2027: ISO 22301 (continuity) (1 January "
         f"2027) and {ISO} (1 February 2027)."),
        ("report-too-old", ending("2026-02-27", SOC), "major",
         "SOC 2 period ended 27 February 2026."),
        ("report-too-old",
         held(paper(SOC, expires_or_period_end="2026-09-30"),
              paper(SOC, expires_or_period_end="2025-09-30", status="expired")), "major",
         "SOC 2 period ended 30 September 2025."),
        ("certificate-out-of-scope", held(paper("iso27001", covers_contact_service=False)),
         "major", f"{ISO} does not cover the contact-centre service."),
        ("certificate-out-of-scope", held(paper("iso27001", scope_sites=["Sioux Falls"])),
         "major", f"{ISO} does not cover Omaha."),
        ("certificate-out-of-scope",
         held(paper("iso27001", scope_sites=["Sioux Falls"], covers_contact_service=None)), "major",
         f"{ISO} does not cover Omaha."),
        ("certificate-out-of-scope",
         held(ELSEWHERE, paper("other", covers_contact_service=False)),
         "major", f"These do not cover what they should: {ISO} (Omaha) and Other (the "
         "contact-centre service)."),
        ("obsolete-edition", held(paper("iso27001", edition="ISO/IEC 27001:2013")), "major",
         f"{ISO} edition ISO/IEC 27001:2013 is no longer valid."),
        ("obsolete-edition", held(paper(PCI, edition="4.0", status="expired")), "major",
         "PCI DSS attestation of compliance (service provider) edition 4.0 is no longer valid."),
        ("obsolete-edition", held(paper("copc_cx", edition="7.2")), "info",
         "COPC CX edition 7.2 will no longer count when service starts: only newer ones do after "
         "31 January 2027."),
        ("obsolete-edition",
         held(paper("copc_cx", edition="7.2"), paper("copc_cx", edition="7.0")), "info",
         "These editions will no longer count when service starts: COPC CX (7.0, until 31 January "
         "2027) and COPC CX (7.2, until 31 January 2027)."),
        ("obsolete-edition",
         held(paper("copc_cx", edition="7.2"), paper("iso27001", edition="2013")), "major",
         f"{ISO} edition 2013 is no longer valid."),
        ("certificate-not-held", held(paper("iso27001", status="in_progress")), "minor",
         f"{ISO} is in progress."),
        ("certificate-not-held",
         held(paper(None, status="expired"), paper("other", status="in_progress")), "minor",
         "These are not held: A certificate (expired) and Other (in progress)."),
    ],
)  # fmt: skip
def test_it_fires(name, changes, severity, text):
    assert fired(judged(name, changes)) == (severity, text)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("certificate-expires-before-start", ending("2027-03-01")),
        ("certificate-expires-before-start", ending("2026-06-30", SOC)),
        ("certificate-expires-before-start", ending("2026-06-30", status="expired")),
        ("certificate-expires-before-start", held()),
        ("report-too-old", ending("2026-02-28", SOC)),
        ("report-too-old", ending("2020-01-01")),
        ("report-too-old", ending(None, SOC, status="in_progress")),
        ("certificate-out-of-scope", held(ELSEWHERE | {"status": "expired"})),
        ("certificate-out-of-scope", held()),
        ("obsolete-edition", held(paper("iso27001", edition="27001:2022"))),
        ("obsolete-edition", held(paper(PCI, edition="PCI DSS v4.0.1"))),
        ("obsolete-edition", held(paper("copc_cx", edition="8.0"))),
        ("obsolete-edition", held(paper("hitrust", edition=None))),
        ("certificate-not-held", held()),
    ],
)  # fmt: skip
def test_it_does_not_fire(name, changes):
    assert judged(name, changes).status == "does_not_fire"


@pytest.mark.parametrize(
    ("name", "changes", "brief", "reason"),
    [
        ("certificate-expires-before-start", ending(None), {}, "“Valid until, or end of period”"),
        ("certificate-expires-before-start", ending("2026-01-01", None), {}, "“Standard”"),
        ("certificate-expires-before-start", {}, {"contract_start": None}, "does not state"),
        ("certificate-expires-before-start", {}, {"contract_start": "soon"}, "cannot be read"),
        ("certificate-expires-before-start", {"security.certifications": BLANK}, {}, "not known"),
        ("report-too-old", ending(None, SOC), {}, "“Valid until, or end of period”"),
        ("certificate-out-of-scope",
         held(paper("iso27001", covers_contact_service=None)), {}, "“Covers the contact service”"),
        ("certificate-out-of-scope", {"company.sites": BLANK}, {}, "not known"),
        ("certificate-out-of-scope", {"company.sites": []}, {}, "no site is named"),
        ("obsolete-edition", held(paper("iso27001", edition=None)), {}, "“Edition”"),
        ("obsolete-edition", held(paper("copc_cx", edition="newest")), {}, "“Edition”"),
        ("obsolete-edition", held(paper("copc_cx", edition="7.0")), {"contract_start": None},
         "does not state"),
        ("certificate-not-held", held(paper("iso27001", status=None)), {}, "“Status”"),
        ("certificate-not-held", {"security.certifications": DONT_KNOW}, {}, "not known"),
    ],
)  # fmt: skip
def test_it_is_left_open_with_the_reason(name, changes, brief, reason):
    finding = judged(name, changes, brief=brief)
    assert finding.status == "undetermined"
    assert reason in finding.because


@pytest.mark.parametrize(
    ("profiles", "classes", "status"),
    [
        (["R", "P"], ["pii"], "fires"),
        (["R"], ["card"], "fires"),
        (["R"], ["pii"], "does_not_fire"),
        (["R"], None, "undetermined"),
        ([], ["pii"], "undetermined"),
    ],
)
def test_the_card_attestation_counts_only_where_cards_are_taken(profiles, classes, status):
    changes = ending("2026-12-31", PCI, edition="4.0.1")
    brief = {"profiles": profiles, "data_classes": classes}
    assert judged("certificate-expires-before-start", changes, brief=brief).status == status


def test_an_edition_that_is_replaced_only_after_the_start_still_counts():
    changes = held(paper("copc_cx", edition="7.0"))
    assert not judged("obsolete-edition", changes, brief={"contract_start": "2027-01-31"}).fires
    assert judged("obsolete-edition", changes, brief={"contract_start": "2027-02-01"}).fires


def test_a_notice_does_not_hide_that_another_edition_is_open():
    changes = held(paper("copc_cx", edition="7.0"), paper("iso27001", edition=None))
    finding = judged("obsolete-edition", changes)
    assert (finding.status, finding.severity) == ("undetermined", "major")


def test_a_certificate_out_of_scope_is_counted_once_with_the_requirement():
    finding = judged("certificate-out-of-scope", held(ELSEWHERE))
    assert finding.replaces == ("security.certifications",)
