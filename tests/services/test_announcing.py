"""What changes a question goes to every vendor, and names none of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import Clarification, Message, Notice
from questionnaire.services import announcing, clarifying, questionnaires, resuming
from questionnaire.services.faults import Invalid, Missing, Refused
from tests.cast import actor_of, make_member, make_organisation
from tests.services import reviewed
from tests.services.asked import LINKS, ask
from tests.services.reviewed import RTO, question_of
from tests.services.rounds import make_assessment, make_invitation

QUESTION = question_of(RTO)
TEXT = "Recovery counts from the first call that is lost, at whichever site."
DAY = timedelta(days=1)


@pytest.fixture
def first(session, clock, organisation):
    """A vendor that has handed in."""
    made = reviewed.submitted(session, clock, organisation)
    make_invitation(session, made)
    return made


@pytest.fixture
def second(session, organisation, first):
    """One that is still answering the same RFI."""
    rfi = first.rfi
    made = make_assessment(
        session, organisation, rfi, vendor="Cobalt Desk", state="in_progress",
        contact_name="Karl Meier", contact_email="karl@cobalt.example", language="lv",
    )  # fmt: skip
    make_invitation(session, made)
    return made


@pytest.fixture
def publish(session, clock, organisation, remi, first):
    def publish(text=TEXT, question=QUESTION, by=None):
        actor = by or actor_of(remi, organisation)
        done = announcing.publish(session, clock, LINKS, actor, first.rfi_id, question, text)
        session.flush()
        session.expire_all()
        return done

    return publish


def mails(session, kind):
    query = sa.select(Message).where(Message.kind == kind).order_by(Message.id)
    return session.scalars(query).all()


def test_it_stands_at_the_question_for_every_vendor_of_the_rfi(session, first, publish) -> None:
    publish()
    asked = questionnaires.questionnaire_of(session, first.rfi_id)
    assert [(one.question_id, one.text) for one in asked.told] == [(QUESTION, TEXT)]


def test_who_is_answering_gets_a_mail_in_its_language(session, first, second, publish) -> None:
    publish()
    (mail,) = mails(session, "notice")
    assert (mail.to_address, mail.language) == ("karl@cobalt.example", "lv")
    assert TEXT in mail.text


def test_who_had_handed_in_gets_the_question_open_again(session, first, second, publish) -> None:
    notice_id = publish()
    (asked,) = session.scalars(sa.select(Clarification)).all()
    assert (asked.assessment_id, asked.question_id) == (first.id, QUESTION)
    assert (asked.remark, asked.notice_id) == (TEXT, notice_id)
    assert list(resuming.remarks(session, first.id)) == [QUESTION]
    (mail,) = mails(session, "notice_reopened")
    assert TEXT in mail.text


def test_nothing_that_is_sent_names_who_asked_or_another_vendor(
    session, first, second, publish
) -> None:
    publish()
    for mail in (*mails(session, "notice"), *mails(session, "notice_reopened")):
        other = "Cobalt" if mail.assessment_id == first.id else "Amber"
        assert other not in mail.text + mail.html + mail.subject
        assert "Remi" not in mail.text + mail.html


@pytest.mark.parametrize(
    "text", ["Amber Call is right.", "As Karl asked.", "Ask karl@cobalt.example.", " "]
)
def test_a_text_that_names_a_vendor_is_refused_in_words(
    session, first, second, publish, text
) -> None:
    with pytest.raises(Invalid) as fault:
        publish(text)
    assert set(fault.value.faults) == {"notice"}
    assert session.scalar(sa.select(Notice.id)) is None


def test_the_same_page_sent_twice_tells_once(session, first, second, publish) -> None:
    assert publish() == publish()
    assert len(mails(session, "notice")) == 1
    assert len(session.scalars(sa.select(Clarification)).all()) == 1


def test_a_question_that_is_open_already_gets_the_text_beside_its_remark(
    session, first, second, publish
) -> None:
    publish()
    publish("It is measured in hours.")
    (asked,) = session.scalars(sa.select(Clarification)).all()
    assert asked.remark == f"{TEXT}\n\nIt is measured in hours."


def test_what_is_said_beside_asks_anew_whether_there_is_nothing_to_add(
    session, first, second, publish
) -> None:
    publish()
    session.execute(sa.update(Clarification).values(nothing_to_add=True))
    publish("It is measured in hours.")
    assert not session.scalars(sa.select(Clarification.nothing_to_add)).one()


def test_what_all_were_told_is_taken_back_from_none(
    session, clock, organisation, remi, first, publish
) -> None:
    publish()
    asked = session.scalars(sa.select(Clarification.id)).one()
    with pytest.raises(Refused, match="Every vendor was told"):
        clarifying.cancel(session, clock, actor_of(remi, organisation), asked)
    assert list(resuming.remarks(session, first.id)) == [QUESTION]


def test_a_question_to_one_that_all_are_told_of_is_not_taken_back(
    session, clock, organisation, remi, first, publish
) -> None:
    flag = reviewed.flag_of(session, first, RTO)
    actor = actor_of(remi, organisation)
    asked = announcing.ask_and_tell(
        session, clock, LINKS, actor, flag.id, flag.version, "From when do you count?", TEXT
    )
    with pytest.raises(Refused, match="Every vendor was told"):
        clarifying.cancel(session, clock, actor, asked)


def test_what_a_colleague_is_called_stops_no_notice_and_its_address_does(
    session, first, second, publish
) -> None:
    make_invitation(
        session, second, name="The First", email="first.call@helpers.example",
        handed_by="karl@cobalt.example", handed_over={"sections": [], "questions": []},
    )  # fmt: skip
    with pytest.raises(Invalid):
        publish("Ask first.call@helpers.example.")
    assert publish("It counts from the first hour, for all.")


def test_a_sealed_question_is_never_opened_again_nor_copied(
    session, clock, organisation, remi, first, second, publish
) -> None:
    publish("Prices are without tax.", question_of(reviewed.PRICE))
    assert session.scalars(sa.select(Clarification)).all() == []
    assert {one.assessment_id for one in mails(session, "notice")} == {first.id, second.id}


def test_a_strangers_rfi_is_missing(session, first, publish) -> None:
    elsewhere = make_organisation(session, "Stranger Ltd")
    stan = make_member(session, elsewhere, "Stan Stranger", ["reviewer"])
    with pytest.raises(Missing):
        publish(by=actor_of(stan, elsewhere))


def test_nobody_is_told_of_a_withdrawn_rfi(session, first, publish) -> None:
    first.rfi.state = "withdrawn"
    session.flush()
    with pytest.raises(Refused):
        publish()


def test_a_question_that_is_not_asked_is_refused(first, publish) -> None:
    with pytest.raises(Invalid):
        publish(question="nothing.at-all")


def test_another_organisations_vendors_hear_nothing(session, first, second, publish) -> None:
    other = ask(session, make_organisation(session, "Another Ltd"), vendor="Elm Lines")
    publish()
    assert questionnaires.questionnaire_of(session, other.rfi.id).told == ()
    told = {one.assessment_id for one in session.scalars(sa.select(Message))}
    assert other.assessment.id not in told
