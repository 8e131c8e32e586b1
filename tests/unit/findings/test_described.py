"""The 56 findings as the domain tells them, and what the check says when one is wrong."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from question_bank.check import faults, faults_in
from question_bank.documents import FOLDER, read_documents
from question_bank.findings.evaluating import severity_in
from question_bank.findings.given import Given, Option
from question_bank.findings.rules import RULES
from question_bank.loader import bank_from_documents
from questionnaire.core.findings import find
from tests.unit.banks import copy_of
from tests.unit.findings.kit import BRIEF, ON, bank, usd

#: id: severity for retail / health / legal, then with the card add-on where it differs; claims;
#: what it replaces in the count. "?" is a severity that the rule may choose instead.
DOMAIN = """
competitor-conflict              | major/minor/mandatory ?minor      | C63     | clients.competitors
competitor-undeclared            | major/major/mandatory             | C63 C72 |
competitor-cannot-be-excluded    | info/info/major                   | C63     |
competitor-fuzzy                 | info/info/major                   | C63     |
too-small-to-matter              | major/major/major                 | C64     |
too-dependent-on-us              | major/major/major                 | C64     |
rank-overstated                  | minor/minor/minor                 | C64     |
size-mismatch                    | major/major/major                 | C60 C61 | clients.best-fit
one-client-risk                  | minor/minor/minor ?major          | C59     |
client-list-incomplete           | minor/minor/minor                 | C58     |
clients-leaving                  | major/major/major                 | C59 C62 |
best-clients-unlike-us           | info/info/info                    | C62     |
no-free-seats                    | major/major/major                 | C47     |
no-redundancy                    | mandatory/mandatory/mandatory     | C44 C45 C46 | resilience.alternate-site
shared-fate                      | major/major/major                 | C44     |
fuel-shorter-than-rto            | major/major/major ?minor          | C45 C46 | company.sites#3 company.sites#4
recovery-slower-than-promised    | major/major/major                 | C44     | resilience.achieved-hours
two-contracts-one-cable          | major/major/major                 | C45     | resilience.carriers
outage-history                   | major/major/major                 | C48     | resilience.outages
data-centres-together            | major/major/major                 | C44     |
home-fallback-not-allowed        | minor/minor/mandatory +major ?major | C44 C50 | resilience.alternate-site
hours-not-rostered               | mandatory/mandatory/mandatory     | C46     | services.hours
claimed-24x7-not-staffed         | major/major/major ?mandatory      | C46 C48 |
certificate-expires-before-start | major/major/major                 | C52     | security.certifications
report-too-old                   | major/major/major                 | C52     |
certificate-out-of-scope         | major/major/major                 | C52     | security.certifications
obsolete-edition                 | major/major/major ?info           | C52     |
certificate-not-held             | minor/minor/minor                 | C52     |
language-missing                 | mandatory/mandatory/mandatory     | C27 C32 | language.languages
language-coverage-short          | major/major/major                 | C27     |
voice-alteration                 | info/major/major                  | C32     | language.voice-alteration
polite-here-rude-there           | major/major/major                 | C39     | culture.hours culture.attitude-complaints
rigid-script-complex-product     | major/major/major                 | C40 C41 | scripting.freedom
always-new-team                  | major/major/major                 | C42     |
leaver-exposure                  | major/major/major                 | C51     | security.leaver-hours
card-data-exposed                | mandatory/mandatory/mandatory !   | C49 C50 | payments.method
card-data-at-home                | mandatory/mandatory/mandatory     | C51     |
codes-in-recordings              | mandatory/mandatory/mandatory !   | C49     | payments.stored-codes
data-leaves-permitted-area       | mandatory/mandatory/mandatory !   | C49 C50 | privacy.countries resilience.data-centres#4
undeclared-country               | major/major/major                 | C49     |
hidden-subcontracting            | major/major/major                 | C15     |
offshore-phi-without-attestation | -/mandatory/- !                   | C50     | privacy.offshore-attestation
transfer-basis-mismatch          | mandatory/mandatory/mandatory !   | C49     | privacy.transfer-tool
privileged-recordings-kept       | -/-/mandatory !                   | C49 C50 | security.recordings security.recording-days
emotion-ai-in-eu                 | mandatory/mandatory/mandatory !   | C51     |
low-price-high-attrition         | warning/warning/warning           | C12 C54 |
cheap-hour-dear-resolution       | warning/warning/warning           | C06 C54 |
abnormally-low-price             | warning/warning/warning           | C12     |
hidden-extras                    | warning/warning/warning           | C54     |
over-budget                      | warning/warning/warning           | C66 C73 |
price-only-order                 | warning/warning/warning           | C17     |
claim-not-borne-out              | major/major/major                 | C36 C57 |
evidence-stale                   | minor/minor/minor ?major          | C52     |
too-big-a-gamble                 | caps/caps/caps                    | C57     |
nearshore-not-middle             | info/info/info                    | C25     |
location-rule-watch              | info/info/info                    | C10 C35 |
"""  # noqa: E501
TOLD = [[cell.strip() for cell in line.split("|")] for line in DOMAIN.strip().splitlines()]


def test_there_are_the_56_findings_and_no_other():
    assert len(TOLD) == len(bank().findings) == len(RULES) == 56
    assert {one.id for one in bank().findings} == {line[0] for line in TOLD} == set(RULES)


@pytest.mark.parametrize(("name", "severities", "claims", "replaces"), TOLD)
def test_a_finding_is_as_the_domain_tells_it(name, severities, claims, replaces):
    described = next(one for one in bank().findings if one.id == name)
    usual, *marks = severities.split()
    found = [severity_in(described, frozenset(code)) or "-" for code in "RHL"]
    assert "/".join(found) == usual
    assert described.severity.get("P") == next((m[1:] for m in marks if m[0] == "+"), None)
    assert described.may_be == tuple(m[1:] for m in marks if m[0] == "?")
    assert described.never_waivable == ("!" in marks)
    assert (" ".join(described.claims), " ".join(described.replaces)) == (claims, replaces)


def test_only_price_warnings_are_warnings_and_only_the_gamble_caps():
    kinds = {one.id: one.kind for one in bank().findings if one.kind != "counted"}
    assert kinds == {
        "best-clients-unlike-us": "info", "nearshore-not-middle": "info",
        "location-rule-watch": "info", "too-big-a-gamble": "caps",
        "low-price-high-attrition": "warning", "cheap-hour-dear-resolution": "warning",
        "abnormally-low-price": "warning", "hidden-extras": "warning", "over-budget": "warning",
        "price-only-order": "warning",
    }  # fmt: skip


def phrases_in_code() -> Iterator[str]:
    """Every phrase that a rule names where it says or misses something."""
    for path in sorted((FOLDER / "findings").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r'(?:phrase|not_known)\(\s*"(\w+)"', text)
        yield from re.findall(r'known_fact\([^()]*(?:\([^()]*\)[^()]*)*"(\w+)"\)', text)
        yield from re.findall(r'known_fact, [\w.]+, "(\w+)"', text)
        yield from re.findall(r'^        "(same_\w+|too_near)":', text, re.MULTILINE)
        yield from re.findall(r'\("(one_\w+|worse|dearer)", ', text)


def test_every_phrase_is_there_and_every_one_is_used():
    assert set(phrases_in_code()) == set(bank().finding_phrases)


OVER_BUDGET = Given(own=Option(hour=usd(30)))


@pytest.fixture(scope="module")
def documents() -> Any:
    return dict(read_documents())


@pytest.mark.parametrize(
    ("field", "value", "place", "says"),
    [
        ("id", "no-dragons", "id", "no function works it out"),
        ("severity", {"R": "mayor"}, "severity", "'mayor' is none of"),
        ("severity", {"X": "major"}, "severity", "there is no profile X"),
        ("severity", {"R": "warning"}, "severity", "warning is never counted"),
        ("severity", {"R": "info"}, "class", "is counted, but no severity is"),
        ("severity", "major", "severity", "must name profiles by their codes"),
        ("class", "info", "severity", "must be info, as its class is"),
        ("class", "grave", "class", "'grave' is none of"),
        ("questions", ["clients.moon"], "questions", "there is no question clients.moon"),
        ("replaces", ["clients.list#9"], "replaces", "no question or requirement clients.list#9"),
        ("claims", ["C99"], "claims", "there is no claim C99"),
        ("message", {"en": "Only {share}."}, "message",
         "en: has {share}; the function gives {N}, {rank}, {share}."),
        ("message", {"en": "Only {share", "lv": "{share} {rank} {N}"}, "message",
         "en: a brace is left open"),
        ("variants", {}, "variants", "unranked is missing"),
        ("variants", {"unranked": {"en": "{share}"}, "odd": {"en": "Odd."}}, "variants.odd",
         "the function never chooses it"),
        ("weight", 3, "weight", "is not known here"),
    ],
)  # fmt: skip
def test_a_wrong_description_is_found_with_its_place(documents, field, value, place, says):
    changed = copy.deepcopy(documents)
    (described,) = [
        one
        for one in changed["findings/standing.yaml"]["findings"]
        if one["id"] == "too-small-to-matter"
    ]
    described[field] = value
    name = value if field == "id" else "too-small-to-matter"
    wanted = ("findings/standing.yaml", f"findings[{name}].{place}")
    found = [one for one in faults_in(changed) if (one.file, one.field) == wanted]
    assert any(says in one.message for one in found), faults_in(changed)


def test_a_function_without_a_description_is_a_fault(documents):
    changed = copy.deepcopy(documents)
    gone = changed["findings/recordings.yaml"]["findings"].pop()
    found = [(one.file, one.field, one.message) for one in faults_in(changed)]
    said = f"{gone['id']} has a function and no description."
    assert [one for one in found if one[0] == "bank.yaml"] == [("bank.yaml", "findings", said)]


def test_a_description_stands_in_the_file_of_its_function(documents):
    changed = copy.deepcopy(documents)
    changed["findings/price.yaml"]["findings"].append(
        changed["findings/recordings.yaml"]["findings"].pop()
    )
    (fault,) = faults_in(changed)
    assert fault.field == "findings[privileged-recordings-kept].id"
    assert "question_bank.findings.recordings" in fault.message


def test_what_stands_twice_is_a_fault(documents):
    changed = copy.deepcopy(documents)
    price = changed["findings/price.yaml"]
    price["findings"].append(copy.deepcopy(price["findings"][0]))
    price["phrases"]["worse"] = {"en": "worse"}
    assert {one.message for one in faults_in(changed)} >= {
        "low-price-high-attrition stands in the bank twice.",
        "the phrase worse stands in the bank twice.",
    }


def test_a_phrase_has_the_same_figures_in_every_language(documents):
    changed = copy.deepcopy(documents)
    changed["findings/words.yaml"]["phrases"]["at_least"]["lv"] = "vismaz {skaits}"
    (fault,) = faults_in(changed)
    assert fault.field == "phrases.at_least"
    assert fault.message == "lv: has {skaits}; en has {n}."


def test_a_missing_file_of_findings_is_named_once_and_nothing_is_blamed_for_it(tmp_path: Path):
    folder = copy_of(FOLDER, tmp_path)
    (folder / "findings" / "people.yaml").unlink()
    (fault,) = faults(folder)
    assert fault.message == "findings/people.yaml does not exist."


def test_an_edition_from_before_the_findings_still_opens(documents):
    later = ("findings/", "needs.yaml", "cures.yaml")
    old = {name: one for name, one in documents.items() if not name.startswith(later)}
    old["bank.yaml"] = {k: v for k, v in old["bank.yaml"].items() if k != "findings"}
    edition = bank_from_documents(old)
    assert (edition.findings, edition.finding_phrases) == ((), {})
    assert find(edition, BRIEF, {}, on=ON) == ()
    assert faults_in(old) == []


def test_an_edition_keeps_the_words_that_it_was_sent_with(documents):
    sent = copy.deepcopy(documents)
    price = sent["findings/price.yaml"]["findings"]
    price[-1]["message"]["en"] = "Over the ceiling by {much}."
    assert bank_from_documents(sent).digest != bank().digest
    assert bank_from_documents(sent).findings != bank().findings


def test_an_edition_with_words_of_its_own_time_is_still_told(documents):
    sent = copy.deepcopy(documents)
    (budget,) = [
        one for one in sent["findings/price.yaml"]["findings"] if one["id"] == "over-budget"
    ]
    budget["message"]["en"] = "{p} is {much} over the ceiling."
    del sent["findings/words.yaml"]["phrases"]["at_least"]
    found = find(bank_from_documents(sent), BRIEF, {}, on=ON, extra=OVER_BUDGET)
    told = next(one for one in found if one.id == "over-budget")
    assert told.text == "USD\u00a030 is … over the ceiling."
