"""Done, shut out, handed in, open again: what a colleague's pages and its owner's say then."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from questionnaire.models import Answer, Assessment, Clarification, Invitation, Message
from questionnaire.services import answering
from questionnaire.services.reading import UNTOUCHED
from questionnaire.services.taking import Typed
from tests.harness.counting import statements
from tests.services.asked import raw_of, stored
from tests.services.colleagues import JURIS, MARTA, at_work, hand_over, part
from tests.web.marta import behind_her_code, elsewhere, number, section_handed
from tests.web.vera import address, fields, post, section_of, show_section

question = pytest.fixture(number)
other = pytest.fixture(elsewhere)
handed = pytest.fixture(section_handed)
marta = pytest.fixture(behind_her_code)


def test_a_colleague_says_that_it_is_done(marta, vera, session, asked) -> None:
    marta.show(address(asked))
    page = marta.press("I am done", {"note": "Two are left to you."})
    assert "is told that you are done" in page.text
    (mail,) = session.scalars(sa.select(Message).where(Message.kind == "colleague_done")).all()
    assert mail.to_address == asked.invitation.email
    assert "Two are left to you." in mail.text
    page = vera.show(address(asked))
    assert "Done" in page.text
    assert "Two are left to you." in page.text
    marta.show(address(asked))
    marta.press("I am done", {"note": "x" * 1_001}, status=422)
    marta.press("I am done", {"note": "One is left."})
    count = sa.select(sa.func.count()).where(Message.kind == "colleague_done")
    assert session.scalar(count) == 1


def test_an_ended_link_stops_an_open_browser_at_its_next_request(
    marta, vera, session, asked, question, handed
) -> None:
    form = show_section(marta, asked, question).form_with("Save").values()
    headers = {"Accept": "application/json", "X-CSRFToken": form["csrf_token"][0]}
    vera.show(f"{address(asked)}/colleagues/{handed.colleague_id}")
    page = vera.press("End the link")
    assert "The link of Marta Liepa has ended" in page.text
    reply = post(marta, section_of(question, asked), fields(question, "42"))
    assert reply.status_code == 404
    assert "This does not open" in marta.page.text
    reply = marta.post(address(asked, "answer", question.id), headers=headers)
    assert reply.status_code == 404
    assert "This link does not open anything any more" in reply.json["sentence"]
    assert session.scalar(sa.select(sa.func.count()).select_from(Answer)) == 0
    page = vera.show(f"{address(asked)}/colleagues/{handed.colleague_id}")
    page = vera.show(f"{address(asked)}/colleagues/new?again={handed.colleague_id}")
    assert page.by_id("email").get("value") == MARTA["email"]


def test_the_owner_changes_sends_again_and_hears_of_a_mail_that_failed(
    vera, session, asked, handed, other
) -> None:
    mail = session.scalars(sa.select(Message).where(Message.kind == "handed_over")).one()
    mail.state = "failed"
    assert "could not be delivered" in vera.show(address(asked)).text
    at = f"{address(asked)}/colleagues/{handed.colleague_id}"
    vera.show(at)
    page = vera.press("Send the link again")
    assert "on its way" in page.text
    vera.press("Change what is handed over", {"section": [other.section], "question": None})
    colleague = session.get_one(Invitation, handed.colleague_id)
    assert colleague.handed_over == {"sections": [other.section], "questions": []}
    vera.show(at)
    vera.press("Change what is handed over", {"section": None, "question": None}, status=422)


def test_after_handing_in_a_colleague_sees_that_nothing_is_left(
    marta, session, asked, question, clock
) -> None:
    assessment = session.get_one(Assessment, asked.assessment.id)
    assessment.state, assessment.submitted_at = "submitted", clock()
    page = marta.show(address(asked))
    assert "there is nothing left to do" in page.text
    assert not [at for _words, at in page.links if "/section/" in at]
    assert "nothing left to do" in show_section(marta, asked, question).text
    ways_out = {"Sign out", "Stay", "Sign out and delete it"}
    assert {words for form in page.forms for words in form.buttons} <= ways_out


def test_a_reopened_question_is_open_to_its_colleague_who_cannot_send(
    marta, session, asked, question, other, clock
) -> None:
    assessment = session.get_one(Assessment, asked.assessment.id)
    assessment.state, assessment.submitted_at = "submitted", clock()
    for one in (question, other):
        session.add(
            Clarification(
                organisation_id=asked.rfi.organisation_id, assessment_id=assessment.id,
                question_id=one.id, remark=f"Why of {one.id}?", before=UNTOUCHED.to_json(),
                asked_at=clock(),
            )
        )  # fmt: skip
    page = marta.show(address(asked))
    assert "One question is open again" in page.text
    page = marta.show(address(asked, "replies"))
    assert f"Why of {question.id}?" in page.text
    assert other.id not in page.html
    assert "Send replies" not in page.text
    post(marta, address(asked, "replies"), fields(question, "42"))
    assert stored(session, question).value == 42
    marta.show(address(asked, "replies"))
    reply = post(marta, address(asked, "replies"), fields(question, "43"), go="send")
    assert reply.status_code == 409
    open_ = sa.select(sa.func.count()).where(Clarification.answered_at.is_(None))
    assert session.scalar(open_) == 2


def test_the_buyers_trail_tells_that_colleagues_help_and_not_who(
    marta, session, asked, question, ada, new_client
) -> None:
    from tests import cast

    show_section(marta, asked, question)
    post(marta, section_of(question, asked), fields(question, "42"))
    buyer = new_client()
    cast.sign_in(buyer, ada)
    page = buyer.show(f"/rfis/{asked.rfi.id}/history")
    assert "A colleague at Amber Call answered" in page.text
    assert "handed questions over to a colleague at Amber Call" in page.text
    for name in MARTA.values():
        assert name not in page.html


@pytest.mark.parametrize("which", ["", "section", "check", "colleague"])
def test_pages_cost_the_same_statements_however_many_help(
    which, vera, session, connection, clock, asked, question, handed
) -> None:
    parts = {"": [], "section": ["section", question.section], "check": ["check"]}
    url = (
        f"{address(asked)}/colleagues/{handed.colleague_id}"
        if which == "colleague"
        else address(asked, *parts[which])
    )

    def count():
        vera.get(url)
        with statements(connection) as seen:
            vera.get(url)
        return len(seen)

    before = count()
    hand_over(session, clock, asked, **JURIS, questions=[question.id])
    reached = at_work(session, asked, handed)
    typed = Typed(raw=raw_of(question))
    answering.save(session, clock, reached, part(asked, reached), question.id, typed)
    assert count() == before <= (3 if which in ("section", "check") else 4)
