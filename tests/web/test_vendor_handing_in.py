"""The check, handing in, declining, and replying afterwards."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from questionnaire.models import Answer, Assessment, Clarification, Message
from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests.services.asked import stored
from tests.web.vera import ATTESTED, address, enter, fields, post, section_of

PDF = b"%PDF-1.7\n%a certificate"


def attestation(vera, small, **changed):
    """The form at the end of the check, filled in."""
    vera.show(address(small, "check"))
    form = vera.page.form_with("Hand in the answers")
    return dict(form.values()) | {"name": "Vera Ozola", "role": "Director", "agreed": "1"} | changed


def hand_in(vera, small, **changed):
    return vera.post(address(small, "check"), data=attestation(vera, small, **changed))


def test_the_check_shows_what_is_missing_with_a_way_there(client, session, small) -> None:
    enter(client, session, small)
    page = client.show(address(small, "check"))
    must = [one for one in small.questionnaire.questions.values() if one.answer_required]
    assert f"{len(must)} questions still need an answer" in page.text
    target = f"{section_of(must[0], small)}#q-{must[0].id}"
    assert target in [href for _, href in page.links]
    assert hand_in(client, small).status_code == 422
    assert session.get_one(Assessment, small.assessment.id).state != "submitted"


def test_the_whole_job_without_a_script(client, session, small) -> None:
    vera = client
    enter(vera, session, small)
    section = small.questionnaire.sections[0]
    vera.show(address(small, "section", section.id))
    filled = {}
    for question in section.questions:
        filled |= fields(question)
    post(vera, address(small, "section", section.id), filled, go="check")
    page = vera.show(address(small, "check"))
    assert "Nothing is missing" in page.text
    assert "As we said on the telephone." in page.text
    assert hand_in(vera, small, name="", agreed="").status_code == 422
    assert vera.page.by_id("role").get("value") == "Director"
    filled = attestation(vera, small)
    for _ in range(2):
        assert vera.post(address(small, "check"), data=filled).status_code == 303
    page = vera.show(address(small))
    assert "Handed in on" in page.text
    receipts = session.scalars(sa.select(Message).where(Message.kind == "receipt")).all()
    assert len(receipts) == 1
    page = vera.show(address(small, "check"))
    assert page.heading == "Your answers"
    assert "Change" not in [text.split(":")[0] for text, _ in page.links]
    assert vera.get(address(small, "section", section.id)).status_code == 302


def test_an_answer_that_changed_meanwhile_is_shown_before_it_is_attested(
    client, session, small, clock
) -> None:
    enter(client, session, small)
    typed = {one: Typed(said="dont_know") for one in small.questionnaire.questions}
    answering.save_section(session, clock, small.reached(), small.questionnaire, typed)
    filled = attestation(client, small)
    clock.move(timedelta(minutes=1))
    question = small.a("text")
    answering.save(
        session, clock, small.reached(clock()), small.questionnaire, question.id,
        Typed(raw="Changed meanwhile", version=1),
    )  # fmt: skip
    assert client.post(address(small, "check"), data=filled).status_code == 409
    assert "changed after you opened this page" in client.page.text
    assert "Changed meanwhile" in client.page.text
    assert client.page.by_id("name").get("value") == "Vera Ozola"
    client.press("Hand in the answers", {"agreed": "1"})
    assert session.get_one(Assessment, small.assessment.id).state == "submitted"


def test_what_was_told_meanwhile_is_read_before_it_is_attested(
    client, session, small, clock
) -> None:
    enter(client, session, small)
    typed = {one: Typed(said="dont_know") for one in small.questionnaire.questions}
    answering.save_section(session, clock, small.reached(), small.questionnaire, typed)
    filled = attestation(client, small)
    small.rfi.version += 1
    session.flush()
    assert client.post(address(small, "check"), data=filled).status_code == 409
    assert "changed after you opened this page" in client.page.text
    client.press("Hand in the answers", {"agreed": "1"})
    assert session.get_one(Assessment, small.assessment.id).state == "submitted"


def test_a_closed_section_takes_nothing(client, session, small, clock) -> None:
    enter(client, session, small)
    question = small.a("yes_no")
    client.show(section_of(question, small))
    small.assessment.state = "submitted"
    small.assessment.submitted_at = clock()
    reply = post(client, section_of(question, small), fields(question))
    assert reply.status_code == 409
    assert "handed in" in client.page.text
    assert session.scalars(sa.select(Answer)).all() == []


def test_declining_asks_for_a_reason_and_ends_it(client, session, small) -> None:
    enter(client, session, small)
    client.show(address(small))
    client.show(client.page.link("We do not want to take part"))
    page = client.press("Decline", status=422)
    assert "Say in a sentence" in page.text
    page = client.press("Decline", {"reason": "We are full until summer."})
    assert "You have declined" in page.text
    assert session.get_one(Assessment, small.assessment.id).state == "declined"


def test_late_answers_are_announced_and_marked(client, session, small, clock) -> None:
    clock.present = small.rfi.deadline + timedelta(hours=1)
    enter(client, session, small)
    assert "The deadline has passed" in client.show(address(small)).text
    must = [one for one in small.questionnaire.questions.values() if one.answer_required]
    typed = {one.id: Typed(said="dont_know") for one in must}
    answering.save_section(session, clock, small.reached(clock()), small.questionnaire, typed)
    assert "marked as late" in client.show(address(small, "check")).text
    hand_in(client, small)
    assert "the answers are marked as late" in client.show(address(small)).text


def test_a_question_that_was_opened_again_is_answered_and_sent(
    client, session, small, clock, remi
) -> None:
    vera = client
    enter(vera, session, small)
    question = small.a("text")
    answering.save(
        session, clock, small.reached(), small.questionnaire, question.id, Typed(raw="Amber")
    )
    small.assessment.state, small.assessment.submitted_at = "submitted", clock()
    session.add(
        Clarification(
            organisation_id=small.assessment.organisation_id, assessment_id=small.assessment.id,
            question_id=question.id, remark="Which company, exactly?", asked_by=remi.id,
            asked_at=clock(),
            before={"state": "answered", "value": "Amber", "comment": "", "reason": "",
                    "version": 1, "files": []},
        )
    )  # fmt: skip
    page = vera.show(address(small))
    assert "One question is open again" in page.text
    page = vera.show(page.link("See and reply"))
    assert "Which company, exactly?" in page.text
    assert [one.get("data-question") for one in page.root.iter("fieldset")
            if one.get("data-question")] == [question.id]  # fmt: skip
    post(vera, address(small, "replies"), fields(question, "Amber Call SIA"))
    page = vera.show(address(small, "replies"))
    assert "Saved, and not sent yet" in page.text
    typed = {f"{question.id}:value": "Amber Call SIA, Riga"} | ATTESTED
    page = vera.press("Send replies", typed)
    assert "say in the comment why it changed" in page.text
    assert "Saved, and not sent yet" in page.text
    assert stored(session, question).value == "Amber Call SIA, Riga"
    vera.press("Send replies", {f"{question.id}:comment": "The company was renamed."})
    assert "Sent. Thank you." in vera.page.text
    assert "open again" not in vera.show(address(small)).text


def test_replies_wait_for_each_other_and_for_a_name_and_keep_what_was_typed(
    client, session, small, clock, remi
) -> None:
    vera = client
    enter(vera, session, small)
    question, other = small.a("text"), small.a("yes_no")
    for one, raw in ((question, "Amber"), (other, "yes")):
        answering.save(session, clock, small.reached(), small.questionnaire, one.id, Typed(raw=raw))
    small.assessment.state, small.assessment.submitted_at = "submitted", clock()
    for one, value in ((question, "Amber"), (other, True)):
        session.add(
            Clarification(
                organisation_id=small.assessment.organisation_id,
                assessment_id=small.assessment.id, question_id=one.id, remark="Is it so?",
                asked_by=remi.id, asked_at=clock(),
                before={"state": "answered", "value": value, "comment": "", "reason": "",
                        "version": 1, "files": []},
            )
        )  # fmt: skip
    vera.show(address(small, "replies"))
    page = vera.press("Send replies", {"name": "Vera Ozola", f"{other.id}:nothing": "1"})
    for words in ("still waits for your reply", "Write what that person", "Tick the statement"):
        assert words in page.text
    assert page.form_with("Send replies").values()["name"] == ["Vera Ozola"]
    page = vera.show(address(small, "replies"))
    assert page.form_with("Send replies").values()[f"{other.id}:nothing"] == ["1"]
    assert page.form_with("Send replies").values()[f"{question.id}:nothing"] == []
    page = vera.press("Send replies", ATTESTED | {f"{question.id}:nothing": "1"})
    assert "Sent. Thank you." in page.text
