"""Reading everything before beginning, copies to keep, and the way to the next open question."""

from __future__ import annotations

from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests.web.test_vendor_handing_in import attestation
from tests.web.vera import address, enter, section_of


def test_the_whole_questionnaire_can_be_read_before_anything_is_answered(client, session, small):
    enter(client, session, small)
    start = client.show(address(small))
    assert address(small, "questions") in [href for _, href in start.links]
    page = client.show(address(small, "questions"))
    for question in small.questionnaire.questions.values():
        assert question.text.en in page.text
        assert question.help.en in page.text


def test_it_can_be_downloaded_as_a_pdf_that_is_made_once(client, session, small):
    enter(client, session, small)
    first = client.get(address(small, "questions.pdf"))
    assert first.content_type == "application/pdf"
    assert first.data.startswith(b"%PDF-")
    assert "attachment" in first.headers["Content-Disposition"]
    assert client.get(address(small, "questions.pdf")).data == first.data


def test_a_copy_of_the_answers_can_be_kept_before_and_after_handing_in(
    client, session, small, clock
):
    enter(client, session, small)
    draft = client.get(address(small, "answers.pdf"))
    assert draft.data.startswith(b"%PDF-")
    typed = {one: Typed(said="dont_know") for one in small.questionnaire.questions}
    answering.save_section(session, clock, small.reached(), small.questionnaire, typed)
    filled = attestation(client, small)
    assert client.post(address(small, "check"), data=filled).status_code == 303
    page = client.show(address(small))
    assert address(small, "answers.pdf") in [href for _, href in page.links]
    handed_in = client.get(address(small, "answers.pdf"))
    assert handed_in.data.startswith(b"%PDF-")
    assert handed_in.data != draft.data


def test_a_stranger_gets_no_copy(client, small):
    for path in ("questions", "questions.pdf", "answers.pdf", "next-open"):
        assert client.get(address(small, path)).status_code == 404


def test_the_next_open_question_is_one_press_away(client, session, small, clock):
    enter(client, session, small)
    must = [one for one in small.questionnaire.questions.values() if one.answer_required]
    reply = client.get(address(small, "next-open"))
    assert reply.location.endswith(f"{section_of(must[0], small)}#q-{must[0].id}")
    last = small.questionnaire.sections[-1]
    reply = client.get(address(small, f"next-open?section={last.id}"))
    wanted = next((one for one in must if one.section == last.id), must[0])
    assert reply.location.endswith(f"#q-{wanted.id}")
    typed = {one.id: Typed(said="dont_know") for one in must}
    answering.save_section(session, clock, small.reached(), small.questionnaire, typed)
    assert client.get(address(small, "next-open")).location.endswith("/check")
