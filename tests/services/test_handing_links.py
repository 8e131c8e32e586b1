"""Until when a colleague's link works, and what the buyer sees of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import AuditRow, Invitation
from questionnaire.services import (
    answering,
    boarding,
    delivering,
    handing,
    inviting,
    reminding,
)
from questionnaire.services.faults import Missing
from questionnaire.services.opening import find
from questionnaire.services.taking import Typed
from tests.cast import actor_of
from tests.harness.clock import START
from tests.services.asked import LINKS, ask, raw_of
from tests.services.colleagues import MARTA, at_work, hand_over, mails, one_question_handed, part

DAY = timedelta(days=1)


@pytest.fixture
def question(asked):
    return asked.a("text")


marta = pytest.fixture(one_question_handed)


def test_an_ended_link_opens_nothing_and_its_mail_is_not_sent(
    session, clock, asked, marta, question
) -> None:
    reached = at_work(session, asked, marta)
    typed = Typed(raw=raw_of(question))
    answering.save(session, clock, reached, part(asked, reached), question.id, typed)
    for _twice in range(2):
        handing.revoke(session, clock, asked.reached(), marta.colleague_id)
    with pytest.raises(Missing):
        at_work(session, asked, marta)
    with pytest.raises(Missing):
        find(session, LINKS.token("vendor", marta.colleague_id), START)
    assert [one.state for one in mails(session)] == ["cancelled"]
    assert asked.reached().answered == 1


def test_handing_over_after_an_end_makes_another_link(session, clock, asked, marta, question):
    handing.revoke(session, clock, asked.reached(), marta.colleague_id)
    again = hand_over(session, clock, asked, questions=[question.id])
    assert again.colleague_id != marta.colleague_id
    assert at_work(session, asked, again).email == MARTA["email"]
    with pytest.raises(Missing):
        at_work(session, asked, marta)


def test_colleagues_stop_when_the_buyer_shuts_out_the_owner_and_go_on_with_a_new_link(
    session, clock, asked, marta, organisation, ada
) -> None:
    actor = actor_of(ada, organisation)
    inviting.revoke(session, clock, actor, asked.assessment)
    with pytest.raises(Missing):
        at_work(session, asked, marta)
    assert [one.state for one in mails(session)] == ["cancelled"]
    inviting.invite(session, clock, LINKS, actor, asked.assessment)
    assert at_work(session, asked, marta).email == MARTA["email"]


def test_colleagues_of_another_contact_stay_shut_out(
    session, clock, asked, marta, organisation, ada
) -> None:
    """A stranger with a wrongly addressed link must not have let others in for good."""
    asked.assessment.contact_email = "vera.ozola@ambercall.example"
    inviting.invite(session, clock, LINKS, actor_of(ada, organisation), asked.assessment)
    with pytest.raises(Missing):
        at_work(session, asked, marta)


def test_a_new_link_for_the_owner_leaves_the_mails_of_colleagues_alone(
    session, clock, asked, marta, organisation, ada
) -> None:
    inviting.invite(session, clock, LINKS, actor_of(ada, organisation), asked.assessment)
    assert [one.state for one in mails(session)] == ["waiting"]


def test_a_colleagues_link_lasts_as_long_as_the_owners(session, clock, asked, marta) -> None:
    end = asked.invitation.expires_at
    assert at_work(session, asked, marta, end - DAY)
    with pytest.raises(Missing):
        at_work(session, asked, marta, end)
    asked.invitation.expires_at = end + 2 * DAY
    assert at_work(session, asked, marta, end + DAY)


def test_the_buyer_still_steers_the_owners_invitation_alone(
    session, clock, asked, marta, organisation, ada
) -> None:
    active = inviting.active(session, asked.assessment.id)
    assert active is not None
    assert active.id == asked.invitation.id
    (line,) = boarding.board(session, organisation.id, asked.rfi.id, START).vendors
    assert line.invitation_id == asked.invitation.id
    assert line.mail_kind != "handed_over"
    clock.move(asked.rfi.deadline - START - DAY)
    assert reminding.remind(session, clock, LINKS, asked.assessment.id)
    assert [one.to_address for one in mails(session, "reminder")] == [asked.invitation.email]


def test_the_trail_keeps_the_address_of_a_colleague(session, clock, asked, marta, question) -> None:
    reached = at_work(session, asked, marta)
    typed = Typed(raw=raw_of(question))
    answering.save(session, clock, reached, part(asked, reached), question.id, typed)
    query = sa.select(AuditRow).where(AuditRow.action == "answered")
    (step,) = session.scalars(query).all()
    assert step.details["colleague"] == MARTA["email"]
    assert step.actor_name == MARTA["name"]
    (handed,) = session.scalars(sa.select(AuditRow).where(AuditRow.object_kind == "colleague"))
    assert handed.details["address"] == MARTA["email"]
    assert handed.actor_name == asked.invitation.name


def test_a_mail_that_does_not_reach_a_colleague_is_marked_in_the_trail(
    session, clock, asked, marta
) -> None:
    mail = delivering.lease(session, clock, "service.example")
    assert mail is not None
    refused = delivering.Outcome(delivering.Result.REFUSED, "550 no such user")
    delivering.settle(session, clock, mail, refused)
    session.flush()
    (step,) = session.scalars(sa.select(AuditRow).where(AuditRow.object_kind == "message"))
    assert step.details["colleague"] == MARTA["email"]


def test_another_vendors_owner_reaches_no_colleague_of_this_one(
    session, clock, asked, marta, organisation
) -> None:
    other = ask(session, organisation, vendor="Cedar Voice")
    with pytest.raises(Missing):
        handing.revoke(session, clock, other.reached(), marta.colleague_id)
    with pytest.raises(Missing):
        handing.send_again(session, clock, LINKS, other.reached(), marta.colleague_id, after=1)
    count = sa.select(sa.func.count()).where(Invitation.revoked_at.is_not(None))
    assert session.scalar(count) == 0
