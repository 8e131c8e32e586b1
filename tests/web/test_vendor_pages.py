"""A vendor's pages by buttons alone, as where no script runs."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from questionnaire.models import Answer
from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests.harness.counting import statements
from tests.harness.page import text_of
from tests.services.asked import ask, raw_of, stored
from tests.web.vera import address, fields, post, section_of, show_section, words_of

PDF = b"%PDF-1.7\n%a certificate"


def test_the_first_page_says_who_asks_what_by_when_and_how_long(vera, asked, organisation) -> None:
    asked.rfi.purpose = "Evenings and weekends for our shops."
    page = vera.show(address(asked))
    for words in (
        organisation.name, "Evenings and weekends for our shops.", "23 December 2026, 11:00",
        "(Europe/Riga, UTC+02:00)", f"{len(asked.questionnaire.questions)} questions",
        "about 7 hours",
        "eight for a table", "Documents to have at hand", "We do not want to take part",
    ):  # fmt: skip
        assert words in page.text
    document = next(one for one in asked.questionnaire.questions.values() if one.evidence)
    assert document.evidence.en in page.text


def test_every_section_is_a_valid_page_empty_and_filled(vera, session, clock, asked) -> None:
    for section in asked.questionnaire.sections:
        vera.show(address(asked, "section", section.id))
    everything = {
        one.id: Typed(raw=raw_of(one), comment='<b>"Sic" & so</b>')
        for one in asked.questionnaire.questions.values()
    }
    answering.save_section(session, clock, asked.reached(), asked.questionnaire, everything)
    for section in asked.questionnaire.sections:
        page = vera.show(address(asked, "section", section.id))
        for question in section.questions:
            assert 'comment"><b>' not in page.html
            assert text_of(page.by_id(f"q-{question.id}-comment")) == '<b>"Sic" & so</b>'


def test_a_vendor_never_sees_what_is_demanded_of_it(vera, asked) -> None:
    pages = [vera.show(address(asked)).html]
    for section in asked.questionnaire.sections:
        pages.append(vera.show(address(asked, "section", section.id)).html)
    pages.append(vera.show(address(asked, "check")).html)
    html = "".join(pages)
    for requirement in asked.bank.requirements:
        assert requirement.rationale.en not in html
        assert requirement.id not in html
    for word in ("mandatory", "severity", "threshold", "article claim"):
        assert word not in html.lower()


@pytest.mark.parametrize(
    "kind",
    [
        "yes_no", "single_choice", "multi_choice", "number", "percentage", "money", "date", "text",
        "long_text", "countries", "table",
    ],
)  # fmt: skip
def test_a_saved_answer_of_every_kind_is_in_its_controls_again(kind, vera, session, asked) -> None:
    question = asked.a(kind)
    show_section(vera, asked, question)
    reply = post(vera, section_of(question, asked), fields(question))
    assert reply.status_code == 303
    first = stored(session, question)
    assert (first.state, first.version) == ("answered", 1)
    page = show_section(vera, asked, question)
    assert "Saved" in words_of(page, question)
    again = post(vera, section_of(question, asked), {})
    assert again.status_code == 303
    assert stored(session, question).version == 1


def test_save_and_go_on_leads_through_all_sections_to_the_check(vera, asked) -> None:
    sections = asked.questionnaire.sections
    vera.show(address(asked, "section", sections[0].id))
    for following in sections[1:]:
        page = vera.press(f"Save and go on to “{following.title.en}”")
        assert page.heading == following.title.en
    assert vera.press("Save and check all answers").heading == "Check and hand in"


def test_what_is_wrong_comes_back_as_it_was_typed_and_is_not_stored(vera, session, asked) -> None:
    number = asked.a("number")
    show_section(vera, asked, number)
    typed = fields(number, "many") | {f"{number.id}:comment": "See the report."}
    reply = post(vera, section_of(number, asked), typed)
    assert reply.status_code == 422
    page = vera.page
    assert page.title.startswith("Error:")
    assert "no answer that you changed on this page is saved" in page.text
    assert f"#q-{number.id}" in [href for _, href in page.links]
    assert page.by_id(f"q-{number.id}-box").get("value") == "many"
    assert page.by_id(f"q-{number.id}-box").get("aria-invalid") == "true"
    assert text_of(page.by_id(f"q-{number.id}-comment")) == "See the report."
    assert session.scalars(sa.select(Answer)).all() == []


def test_a_wrong_answer_keeps_none_of_the_right_ones_back(vera, session, asked) -> None:
    number = asked.a("number")
    beside = next(
        one for one in asked.questionnaire.sections_by_id[number.section].questions
        if one.kind in ("yes_no", "single_choice")
    )  # fmt: skip
    show_section(vera, asked, number)
    reply = post(vera, section_of(number, asked), fields(number, "many") | fields(beside))
    assert reply.status_code == 200
    assert vera.page.title.startswith("Error:")
    assert "Your other answers on this page are saved" in vera.page.text
    assert stored(session, beside).state == "answered"
    assert vera.page.by_id(f"q-{number.id}-box").get("value") == "many"
    # The page that came back is on the version just stored: it can be changed on it at once.
    again = fields(number, "5") | {f"{beside.id}:said": "dont_know"}
    assert post(vera, section_of(number, asked), again).status_code == 303
    assert (stored(session, beside).state, stored(session, beside).version) == ("dont_know", 2)
    assert stored(session, number).value == 5


def test_dont_know_and_not_applicable_with_a_reason(vera, session, asked) -> None:
    one = asked.a("number")
    show_section(vera, asked, one)
    post(vera, section_of(one, asked), {f"{one.id}:said": "dont_know"})
    assert stored(session, one).state == "dont_know"
    show_section(vera, asked, one)
    post(
        vera, section_of(one, asked),
        {f"{one.id}:said": "not_applicable", f"{one.id}:reason": "No such line."},
    )  # fmt: skip
    assert (stored(session, one).state, stored(session, one).reason) == (
        "not_applicable", "No such line.",
    )  # fmt: skip


def test_a_chosen_answer_can_be_taken_back(vera, session, asked) -> None:
    question = asked.a("yes_no")
    show_section(vera, asked, question)
    post(vera, section_of(question, asked), fields(question))
    show_section(vera, asked, question)
    post(vera, section_of(question, asked), {}, clear=question.id)
    assert stored(session, question).state == "blank"


def test_a_conditional_question_goes_and_comes_with_the_next_page(vera, session, asked) -> None:
    waiting = asked.questionnaire.questions[asked.questionnaire.waiting[0]]
    trigger = asked.questionnaire.questions[waiting.show_when.question]
    hiding = next(one.code for one in trigger.choices if one.code not in waiting.show_when.value)
    page = show_section(vera, asked, trigger)
    assert page.by_id(f"q-{waiting.id}").get("hidden") is None
    post(vera, section_of(trigger, asked), fields(trigger, hiding) | fields(waiting))
    page = show_section(vera, asked, trigger)
    assert page.by_id(f"q-{waiting.id}").get("hidden") is not None
    assert waiting.text.en not in vera.show(address(asked, "check")).text
    show_section(vera, asked, trigger)
    post(vera, section_of(trigger, asked), fields(trigger, waiting.show_when.value[0]))
    page = show_section(vera, asked, trigger)
    assert page.by_id(f"q-{waiting.id}").get("hidden") is None
    assert stored(session, waiting).state == "answered"


def test_what_is_wrong_stays_in_sight_where_an_answer_beside_it_hides_its_question(
    vera, session, asked
) -> None:
    waiting = asked.questionnaire.questions[asked.questionnaire.waiting[0]]
    trigger = asked.questionnaire.questions[waiting.show_when.question]
    hiding = next(one.code for one in trigger.choices if one.code not in waiting.show_when.value)
    long, comment = "x" * 20_000, f"{waiting.id}:comment"
    show_section(vera, asked, trigger)
    post(vera, section_of(trigger, asked), fields(trigger, hiding) | {comment: long})
    assert stored(session, trigger).state == "answered"
    assert text_of(vera.page.by_id(f"q-{waiting.id}-comment")) == long
    assert vera.page.by_id(f"q-{waiting.id}").get("hidden") is None
    assert post(vera, section_of(trigger, asked), {comment: ""}).status_code == 303
    assert show_section(vera, asked, trigger).by_id(f"q-{waiting.id}").get("hidden") is not None


def test_the_list_of_sections_counts_what_is_answered(vera, asked) -> None:
    question = asked.a("text")
    show_section(vera, asked, question)
    post(vera, section_of(question, asked), fields(question))
    page = show_section(vera, asked, question)
    section = asked.questionnaire.sections_by_id[question.section]
    words = [text for text, _ in page.links if text.startswith(section.title.en)]
    assert f"1/ of {len(section.questions)}" in words[0]


def test_somebody_elses_answer_is_shown_beside_ones_own_and_one_chooses(
    vera, session, asked, clock
) -> None:
    question = asked.a("number")
    show_section(vera, asked, question)
    answering.save(
        session, clock, asked.reached(), asked.questionnaire, question.id, Typed(raw="41")
    )
    reply = post(vera, section_of(question, asked), fields(question, "42"))
    assert reply.status_code == 409
    assert "changed elsewhere" in vera.page.text
    assert "41" in words_of(vera.page, question)
    assert vera.page.by_id(f"q-{question.id}-box").get("value") == "42"
    assert stored(session, question).value == 41
    post(vera, section_of(question, asked), {}, mine=question.id)
    assert stored(session, question).value == 42


def test_the_stored_answer_can_be_kept_instead(vera, session, asked, clock) -> None:
    question = asked.a("number")
    show_section(vera, asked, question)
    answering.save(
        session, clock, asked.reached(), asked.questionnaire, question.id, Typed(raw="41")
    )
    post(vera, section_of(question, asked), fields(question, "42"))
    assert post(vera, section_of(question, asked), {}, take=question.id).status_code == 303
    assert (stored(session, question).value, stored(session, question).version) == (41, 1)


@pytest.mark.parametrize("which", ["", "section", "check"])
def test_a_page_costs_the_same_statements_however_much_was_answered(
    which, vera, session, connection, clock, asked, organisation
) -> None:
    parts = [which] if which else []
    if which == "section":
        parts.append(max(asked.questionnaire.sections, key=lambda one: len(one.questions)).id)
    url = address(asked, *parts)

    def count():
        vera.get(url)
        with statements(connection) as seen:
            vera.get(url)
        return len(seen)

    before = count()
    everything = {one.id: Typed(raw=raw_of(one)) for one in asked.questionnaire.questions.values()}
    answering.save_section(session, clock, asked.reached(), asked.questionnaire, everything)
    for n in range(5):
        ask(session, organisation, vendor=f"Beside {n}")
    assert count() == before <= 4
