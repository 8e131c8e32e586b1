"""Which countries the data reaches, and what follows from where a site is."""

from __future__ import annotations

import pytest

from tests.unit.findings.kit import (
    BLANK,
    CENTRE,
    DONT_KNOW,
    OMAHA,
    PARTNER,
    SIOUX_FALLS,
    fired,
    judged,
    site,
)

WATCHED = (
    "Rules on calls answered abroad are proposed in the US, not in force: "
    "watch FCC docket 26-52 and S.2495/H.R.4954."
)

EU = {"jurisdictions": ["eu"]}
STAFFING = {"contract.subcontracting": "never",
            "privacy.subprocessors": [PARTNER | {"service": "staffing",
                                                 "name": "Hands Inc."}]}  # fmt: skip
PHI = {"profiles": ["H"], "data_classes": ["phi"], "medicare": True}
RIGA = {"company.sites": [OMAHA | {"country": "LV", "site": "Rīga"}, SIOUX_FALLS]}
UNATTESTED = RIGA | {"privacy.offshore-attestation": False}
EMOTION = {"security.ai-use": ["agent_emotion"]}


def partner(country: str | None) -> dict:
    return {"privacy.subprocessors": [PARTNER | {"country": country}]}


@pytest.mark.parametrize(
    ("name", "changes", "brief", "severity", "text"),
    [
        ("data-leaves-permitted-area", partner("IN"), {}, "mandatory", "Data would reach India."),
        ("data-leaves-permitted-area", RIGA | partner("DE"), {}, "mandatory",
         "Data would reach Germany and Latvia."),
        ("data-leaves-permitted-area", {"privacy.countries": ["US", "SG"]}, {}, "mandatory",
         "Data would reach Singapore."),
        ("data-leaves-permitted-area",
         {"resilience.data-centres": [CENTRE | {"country": "CN"}],
          "privacy.subprocessors": DONT_KNOW, "privacy.countries": BLANK}, {}, "mandatory",
         "Data would reach China."),
        ("undeclared-country", partner("CA"), {}, "major",
         "In the tables but not among the declared countries: Canada."),
        ("undeclared-country", {"privacy.countries": []}, {}, "major",
         "In the tables but not among the declared countries: United States."),
        ("hidden-subcontracting", STAFFING, {}, "major",
         "It says that it never passes calls on, but Hands Inc. is listed for them."),
        ("transfer-basis-mismatch", {"privacy.transfer-tool": "not_needed"}, EU, "mandatory",
         "“Not needed: all in EU/EEA” does not cover United States."),
        ("transfer-basis-mismatch", RIGA | partner("IN") | {"privacy.transfer-tool": "dpf"}, EU,
         "mandatory", "“EU-US Data Privacy Framework certification” does not cover India."),
        ("transfer-basis-mismatch", {"privacy.transfer-tool": "adequacy"},
         {"jurisdictions": ["uk"]}, "mandatory",
         "“Adequacy decision for the country” does not cover United States."),
        ("offshore-phi-without-attestation", UNATTESTED, PHI, "mandatory",
         "No support for the CMS offshore attestation."),
        ("emotion-ai-in-eu", EMOTION | {"company.sites": [OMAHA, site("Rīga", "other",
         country="LV")]}, {}, "mandatory", "Prohibited practice in EU workplaces."),
        ("location-rule-watch", RIGA, {}, "info", WATCHED),
        ("location-rule-watch", RIGA, EU | {"home_market": "LV",
         "us_communications_provider": True}, "info",
         WATCHED),
    ],
)  # fmt: skip
def test_it_fires(name, changes, brief, severity, text):
    assert fired(judged(name, changes, brief=brief)) == (severity, text)


@pytest.mark.parametrize(
    ("name", "changes", "brief"),
    [
        ("data-leaves-permitted-area", {"privacy.subprocessors": []}, {}),
        ("data-leaves-permitted-area",
         {"company.sites": [OMAHA, site("Pune", "other", country="IN")]}, {}),
        ("data-leaves-permitted-area",
         {"company.sites": [OMAHA, site("Toronto", None, country="CA")]}, {}),
        ("undeclared-country", {"resilience.data-centres": []}, {}),
        ("hidden-subcontracting", STAFFING | {"contract.subcontracting": "notify"}, {}),
        ("hidden-subcontracting",
         {"contract.subcontracting": "never", "privacy.subprocessors": []}, {}),
        ("transfer-basis-mismatch", {"privacy.transfer-tool": "not_needed"}, {}),
        ("transfer-basis-mismatch", {"privacy.transfer-tool": "dpf"}, EU),
        ("transfer-basis-mismatch", {"privacy.transfer-tool": "bcr", "company.sites": BLANK}, EU),
        ("offshore-phi-without-attestation", UNATTESTED, PHI | {"medicare": False}),
        ("offshore-phi-without-attestation", UNATTESTED, PHI | {"data_classes": ["pii"]}),
        ("offshore-phi-without-attestation",
         {"company.sites": [OMAHA | {"country": "PR"}]}, PHI),
        ("emotion-ai-in-eu", EMOTION, {}),
        ("emotion-ai-in-eu", RIGA | {"security.ai-use": []}, {}),
        ("location-rule-watch", {"company.sites": [OMAHA | {"country": "GU"}]}, {}),
        ("location-rule-watch", RIGA, EU | {"home_market": "LV"}),
    ],
)  # fmt: skip
def test_it_does_not_fire(name, changes, brief):
    assert judged(name, changes, brief=brief).status == "does_not_fire"


@pytest.mark.parametrize(
    ("name", "changes", "brief", "reason"),
    [
        ("data-leaves-permitted-area", {"privacy.subprocessors": DONT_KNOW}, {}, "not known"),
        ("data-leaves-permitted-area", {"resilience.data-centres": BLANK}, {}, "not known"),
        ("data-leaves-permitted-area", {"privacy.countries": DONT_KNOW}, {}, "not known"),
        ("data-leaves-permitted-area", partner(None), {}, "“Country” of “Cloud”"),
        ("data-leaves-permitted-area",
         {"company.sites": [OMAHA, site("Pune", None, country="IN")]}, {}, "“Role” of “Pune”"),
        ("data-leaves-permitted-area", {}, {"permitted_countries": None}, "does not state"),
        ("data-leaves-permitted-area", {}, {"permitted_countries": []}, "permits no country"),
        ("undeclared-country", {"privacy.countries": DONT_KNOW}, {}, "not known"),
        ("undeclared-country", {"company.sites": BLANK}, {}, "not known"),
        ("hidden-subcontracting", STAFFING | {"contract.subcontracting": DONT_KNOW}, {},
         "not known"),
        ("hidden-subcontracting",
         {"contract.subcontracting": "never",
          "privacy.subprocessors": [PARTNER | {"service": None}]}, {}, "“Service” of “Cloud”"),
        ("transfer-basis-mismatch", {"privacy.transfer-tool": DONT_KNOW}, EU, "not known"),
        ("transfer-basis-mismatch", {"privacy.transfer-tool": "dpf"} | partner(None), EU,
         "“Country” of “Cloud”"),
        ("transfer-basis-mismatch", {"privacy.transfer-tool": "not_needed"},
         {"jurisdictions": None}, "does not state"),
        ("offshore-phi-without-attestation", RIGA | {"privacy.offshore-attestation": DONT_KNOW},
         PHI, "not known"),
        ("offshore-phi-without-attestation", UNATTESTED, PHI | {"medicare": None},
         "does not state"),
        ("offshore-phi-without-attestation", {"company.sites": [],
         "privacy.offshore-attestation": False}, PHI, "no site is named"),
        ("emotion-ai-in-eu", RIGA | {"security.ai-use": DONT_KNOW}, {}, "not known"),
        ("emotion-ai-in-eu", EMOTION | {"company.sites": DONT_KNOW}, {}, "not known"),
        ("location-rule-watch", {"company.sites": DONT_KNOW}, {}, "not known"),
        ("location-rule-watch", RIGA, EU | {"home_market": None}, "does not state"),
    ],
)  # fmt: skip
def test_it_is_left_open_with_the_reason(name, changes, brief, reason):
    finding = judged(name, changes, brief=brief)
    assert finding.status == "undetermined", finding
    assert reason in finding.because


def test_codes_and_figures_are_said_in_the_readers_language():
    assert judged("data-leaves-permitted-area", partner("IN"), language="lv").text == (
        "Dati nonāktu šeit: Indija."
    )
    changes = {"resilience.achieved-hours": 9.5}
    found = judged("recovery-slower-than-promised", changes, language="es")
    assert found.text == "La última prueba tardó 9,5 h; la promesa es de 8 h."


def test_a_country_outside_fires_whatever_else_is_open():
    changes = {"company.sites": BLANK} | partner("IN")
    assert judged("data-leaves-permitted-area", changes).fires


def test_a_data_centre_rule_is_replaced_by_the_finding_that_explains_it():
    finding = judged("data-leaves-permitted-area", partner("IN"))
    assert finding.replaces == ("privacy.countries", "resilience.data-centres#4")
