"""What a vendor is told: by its own answers, and never by what was demanded of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from question_bank.findings.outcome import Finding
from questionnaire.core.case import subject
from questionnaire.core.debrief import Paper, Told, tell
from questionnaire.core.evidence import Evidence, Review
from questionnaire.core.report.matter import Judged
from tests.unit.report import kit
from tests.unit.verdict import cases

pytestmark = pytest.mark.sqlite_only


@cache
def judged() -> dict[str, Judged]:
    return {one.code: one for one in kit.matter(opened=False).vendors}


def told(code: str, *papers: Paper) -> Told:
    one = judged()[code]
    return tell(cases.bank(), one.verdict.judgements, one.verdict.findings, one.case, papers)


def text_of(found: Told) -> str:
    return "\n".join(
        text for one in found.sections for text in (one.title, *one.good, *one.missing, *one.papers)
    )


def test_each_question_that_applied_is_told_once_good_or_missing() -> None:
    for code, one in judged().items():
        sealed = cases.bank().sealed_questions
        asked = {
            at.requirement.question
            for at in one.verdict.judgements
            if at.status != "not_applicable" and at.requirement.question not in sealed
        }
        found = told(code)
        assert found.good + found.missing == len(asked), code


def test_what_is_missing_is_said_by_what_the_vendor_said_itself() -> None:
    text = text_of(told("LV"))
    assert "PCI DSS attestation: you said that you do not know." in text
    assert "Scope of the attestation: your answer is not what was needed." in text


def test_an_answer_that_makes_a_finding_fire_is_never_called_good() -> None:
    """Its roster met each requirement and yet leaves hours of the buyer without anybody."""
    doubt = "Shift roster: looked at as a whole, this did not convince."
    found = told("LV")
    assert doubt in text_of(found)
    for code, named in (
        ("LV", "Shift roster"),
        ("PH", "Our rank among clients"),
        ("PH", "Client list"),
        ("IN", "Recovery time achieved in the test"),
    ):
        assert named not in {text for one in told(code).sections for text in one.good}
    for code, one in judged().items():
        good = {text for at in told(code).sections for text in at.good}
        for finding in one.verdict.findings:
            if finding.fires and finding.severity != "info":
                names = {subject(cases.bank().questions[id], "en") for id in finding.at_fault or ()}
                assert not names & good, (code, finding.id)


def test_a_finding_that_is_for_information_or_about_prices_or_others_takes_nothing_away() -> None:
    one, bank = judged()["CR"], cases.bank()
    without = tell(bank, one.verdict.judgements, (), one.case, ())
    sealed = next(iter(bank.sealed_questions))
    options = next(at for at in bank.subjects if at.id == "options").findings[0].id
    for finding in (
        Finding("location-rule-watch", "fires", "info", used=("company.sites",)),
        Finding("made-up", "fires", "major", used=("company.sites", sealed)),
        Finding(options, "fires", "major", used=("company.sites",)),
        Finding("made-up", "undetermined", "major", used=("company.sites",)),
    ):
        assert tell(bank, one.verdict.judgements, (finding,), one.case, ()) == without
    firing = Finding("made-up", "fires", "minor", used=("company.sites",))
    told_with = tell(bank, one.verdict.judgements, (firing,), one.case, ())
    assert told_with.good == without.good - 1


def good_in(found: Told) -> set[str]:
    return {text for one in found.sections for text in one.good}


def test_an_answer_that_a_finding_is_only_held_against_stays_good() -> None:
    """The promise of eight hours is as needed: it is the test that took longer."""
    finding = next(
        one
        for one in judged()["LV"].verdict.findings
        if one.id == "recovery-slower-than-promised" and one.fires
    )
    assert finding.used == ("resilience.achieved-hours", "resilience.rto")
    assert finding.at_fault == ("resilience.achieved-hours",)
    assert "Recovery time" in good_in(told("LV"))


def test_what_was_waived_or_accepted_is_held_against_nobody() -> None:
    one, bank = judged()["CR"], cases.bank()
    rest = (bank, one.verdict.judgements)
    firing = Finding("shared-fate", "fires", "major", used=("company.sites",))
    assert "Sites" not in good_in(tell(*rest, (firing,), one.case, ()))
    settled = tell(*rest, (firing,), one.case, (), settled=("shared-fate",))
    assert "Sites" in good_in(settled)
    forbidden = Finding("card-data-exposed", "fires", "mandatory", used=("payments.method",))
    assert "Way of taking card numbers" not in good_in(
        tell(*rest, (forbidden,), one.case, (), settled=("card-data-exposed",))
    ), "what the law forbids is not settled by anybody"


def test_what_has_no_accepted_document_is_told_as_that_and_blamed_on_no_other_answer() -> None:
    """Nobody doubts the figure: what is missing is what stands behind it."""
    one, bank = judged()["CR"], cases.bank()
    used = ("quality.csat", "quality.fcr")
    gamble = Finding("too-big-a-gamble", "fires", "caps", used=used, at_fault=("quality.csat",))

    def with_papers(*papers: Evidence) -> Told:
        answer = replace(one.case.answers["quality.csat"], evidence=papers)
        case = replace(one.case, answers={**one.case.answers, "quality.csat": answer})
        return tell(bank, one.verdict.judgements, (gamble,), case, ())

    found = with_papers()
    text = "Customer satisfaction: no document was attached that bears out your answer."
    assert text in text_of(found)
    unread = Evidence("survey.pdf", "statement", date(2026, 9, 1))
    text = "Customer satisfaction: what you attached has not been reviewed."
    assert text in text_of(with_papers(unread))
    text = "Customer satisfaction: what was attached does not bear out your answer."
    assert text in text_of(with_papers(replace(unread, review=Review(2, rejected=True))))
    assert "First-contact resolution" in good_in(found)
    untried = replace(gamble, at_fault=())
    assert used[0] in one.case.answers
    assert "Customer satisfaction" in good_in(
        tell(bank, one.verdict.judgements, (untried,), one.case, ())
    ), "that no trial was held is no fault of an answer"


def test_a_finding_out_of_several_answers_says_that_it_is_about_them_together() -> None:
    assert "Our rank among clients: taken together with your other answers, this did not" in (
        text_of(told("PH")) + text_of(told("IN"))
    )


def attaching(review: Review | None) -> Told:
    """What LV is told where this is what a reviewer found in its letter on the test."""
    lv = judged()["LV"].offer
    answer = replace(
        lv.answers["security.pentest"],
        evidence=(Evidence("letter.pdf", "statement", date(2026, 9, 1), review),),
    )
    offer = replace(lv, assured=False, answers={**lv.answers, "security.pentest": answer})
    (one,) = kit.matter(opened=False, offers=[offer]).vendors
    return tell(cases.bank(), one.verdict.judgements, one.verdict.findings, one.case, ())


def test_a_document_that_nobody_has_read_is_told_as_that() -> None:
    unread = "Last penetration test: what you attached has not been reviewed."
    short = "Last penetration test: what was attached does not bear out your answer."
    text = text_of(attaching(None))
    assert unread in text
    assert short not in text
    text = text_of(attaching(Review(2, rejected=True)))
    assert unread not in text
    assert short in text


@pytest.mark.parametrize(
    ("papers", "said"),
    [
        ((), "the document that was asked for is not attached."),
        (
            (Evidence("old.pdf", "register_extract", date(2025, 9, 2), None),),
            "what was attached is not the document that was needed.",
        ),
    ],
)
def test_a_document_of_another_age_or_none_is_not_blamed_on_the_answer(papers, said: str) -> None:
    offer = judged()["IN"].offer
    answer = replace(offer.answers["company.legal-entity"], evidence=papers)
    answers = {**offer.answers, "company.legal-entity": answer}
    (one,) = kit.matter(
        opened=False, offers=[replace(offer, assured=False, answers=answers)]
    ).vendors
    found = tell(cases.bank(), one.verdict.judgements, one.verdict.findings, one.case, ())
    assert f"Signing entity and owners: {said}" in text_of(found)
    assert "Signing entity and owners: your answer" not in text_of(found)


@pytest.mark.parametrize("code", ["PH", "IN", "CR", "DO", "US", "LV"])
def test_it_tells_no_threshold_no_severity_no_score_and_nobody_else(code: str) -> None:
    """Every sentence that the buyer reads about a gap is searched for, and every secret word."""
    text = text_of(told(code))
    one = judged()[code]
    for judgement in one.verdict.judgements:
        _, _, demand = judgement.explanation.partition("required: ")
        assert len(demand) < 8 or demand not in text
        assert judgement.requirement.rationale.en not in text
    for finding in one.verdict.findings:
        assert not finding.text or finding.text not in text
    for word in (
        "Mandatory", "mandatory", "Major", "major", "Recommended", "Conditional", "eligible",
        "at least", "at most", "required", "score", "weight", "price", "USD", "competitor Maple",
        "Maple & Main Home", "Larkspur Living",
    ):  # fmt: skip
        assert word not in text, word
    for other, its in judged().items():
        assert other == code or its.name not in text


def test_no_figure_is_in_it_but_those_of_subjects() -> None:
    """Subjects name standards; no sentence about a gap has a number of its own."""
    subjects = {(one.subject or one.text).en for one in cases.bank().questions.values()}
    for code in judged():
        for section in told(code).sections:
            for sentence in section.missing:
                subject, _, said = sentence.partition(": ")
                assert subject in subjects
                assert not any(letter.isdigit() for letter in said), sentence


def test_the_sealed_section_is_not_in_it() -> None:
    titles = {one.title for one in told("IN").sections}
    sealed = {one.title.en for one in cases.bank().sections if one.sealed}
    assert sealed
    assert not titles & sealed


def test_a_document_that_did_not_count_is_named_with_what_its_vendor_may_know() -> None:
    question = next(iter(cases.bank().questions))
    found = told(
        "CR",
        Paper(question, "letter.pdf", rejected=True, reason="It is not signed."),
        Paper(question, "old.pdf", rejected=False),
        Paper(question, "bare.pdf", rejected=True),
        Paper(next(iter(cases.bank().sealed_questions)), "price.pdf", rejected=True),
    )
    text = text_of(found)
    assert "“letter.pdf” was not accepted: It is not signed." in text
    assert "“old.pdf” has lapsed." in text
    assert "“bare.pdf” was not accepted." in text
    assert "price.pdf" not in text


def test_it_can_be_kept_and_read_again() -> None:
    found = told("DO")
    assert Told.from_json(found.to_json()) == found
