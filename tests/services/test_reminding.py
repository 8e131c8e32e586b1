"""Reminders: to whom, when, and never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import AuditRow, Message
from questionnaire.services import reminding
from questionnaire.services.links import Links
from tests.harness.clock import START
from tests.services.rounds import DEADLINE, make_assessment, make_invitation, make_rfi

LINKS = Links("https://q.example", "k" * 40)
DAY = timedelta(days=1)


@pytest.fixture
def rfi(session, organisation):
    return make_rfi(session, organisation)


@pytest.fixture
def assessment(session, organisation, rfi):
    return make_assessment(session, organisation, rfi)


@pytest.fixture
def invitation(session, assessment):
    return make_invitation(session, assessment)


@pytest.fixture
def run(session, clock):
    """Let the hourly job run at a moment; gives what it wrote."""

    def run(at):
        clock.present = at
        before = set(session.scalars(sa.select(Message.id)))
        for assessment_id in reminding.due(session, clock()):
            assert reminding.remind(session, clock, LINKS, assessment_id)
        session.flush()
        written = session.scalars(sa.select(Message).order_by(Message.id))
        return [one for one in written if one.id not in before]

    return run


def test_a_round_has_four_reminders_each_once(run, invitation) -> None:
    told, at = [], START
    while at < DEADLINE + 30 * DAY:
        told += [at - DEADLINE for _ in run(at)]
        at += timedelta(hours=6)
    assert told == [-7 * DAY, -2 * DAY, 1 * DAY, 7 * DAY]


def test_a_reminder_says_what_is_left_and_carries_the_same_link(run, invitation) -> None:
    (message,) = run(DEADLINE - 7 * DAY)
    assert message.kind == "reminder"
    assert (message.to_address, message.to_name) == ("vera@ambercall.example", "Vera Ozola")
    assert message.reply_to == "ada@brightlane.example"
    assert LINKS.vendor(invitation.id) in message.text
    assert "7 of 40" in message.text
    assert "(UTC+02:00)" in message.text
    assert "has passed" not in message.text


def test_a_reminder_after_the_deadline_says_that_late_answers_are_taken(run, invitation) -> None:
    (message,) = run(DEADLINE + DAY)
    assert message.subject.startswith("Still open after its deadline")
    assert "Answers are still taken" in message.text


def test_a_reminder_is_told_in_the_trail_of_the_round(session, run, invitation, assessment) -> None:
    run(DEADLINE - 7 * DAY)
    row = session.scalars(sa.select(AuditRow)).one()
    assert (row.action, row.actor_kind, row.assessment_id) == (
        "reminded", "service", assessment.id,
    )  # fmt: skip


def test_several_that_were_missed_become_one(run, invitation) -> None:
    assert len(run(DEADLINE + 3 * DAY)) == 1
    assert run(DEADLINE + 3 * DAY + timedelta(hours=1)) == []
    assert len(run(DEADLINE + 7 * DAY)) == 1


def test_what_was_missed_for_weeks_is_not_sent_any_more(run, invitation) -> None:
    assert run(DEADLINE + 14 * DAY + timedelta(seconds=1)) == []


@pytest.mark.parametrize("state", ["not_sent", "submitted", "declined", "withdrawn"])
def test_who_is_not_waited_for_is_not_reminded(session, run, assessment, invitation, state) -> None:
    assessment.state = state
    session.flush()
    assert run(DEADLINE - 7 * DAY) == []


@pytest.mark.parametrize("state", ["sent", "opened", "in_progress"])
def test_who_is_waited_for_is_reminded(session, run, assessment, invitation, state) -> None:
    assessment.state = state
    session.flush()
    assert len(run(DEADLINE - 7 * DAY)) == 1


def test_a_withdrawn_round_reminds_nobody(session, run, rfi, invitation) -> None:
    rfi.state = "withdrawn"
    session.flush()
    assert run(DEADLINE - 7 * DAY) == []


def test_without_a_working_link_nobody_is_reminded(session, run, invitation) -> None:
    invitation.revoked_at = START
    session.flush()
    assert run(DEADLINE - 7 * DAY) == []


def test_the_newest_link_is_the_one_that_is_mailed(session, run, assessment, invitation) -> None:
    newer = make_invitation(session, assessment, email="vita@ambercall.example")
    (message,) = run(DEADLINE - 7 * DAY)
    assert message.to_address == "vita@ambercall.example"
    assert LINKS.vendor(newer.id) in message.text


def test_who_was_invited_on_the_day_of_a_reminder_does_not_get_it(
    session, run, assessment, invitation
) -> None:
    invitation.created_at = DEADLINE - 7 * DAY - timedelta(hours=3)
    session.flush()
    assert run(DEADLINE - 7 * DAY) == []
    assert run(DEADLINE - 6 * DAY) == []
    assert len(run(DEADLINE - 2 * DAY)) == 1


def test_a_later_deadline_of_one_vendor_moves_its_reminders(
    session, run, organisation, rfi, assessment, invitation
) -> None:
    assessment.due_at = DEADLINE + 10 * DAY
    other = make_assessment(session, organisation, rfi, vendor="Basil Voice")
    make_invitation(session, other)
    assert [one.assessment_id for one in run(DEADLINE - 7 * DAY)] == [other.id]
    told = {one.assessment_id: one.subject for one in run(DEADLINE + 3 * DAY)}
    assert told[assessment.id].startswith("Reminder")
    assert told[other.id].startswith("Still open")


def test_an_extended_deadline_is_reminded_of_anew(session, run, assessment, invitation) -> None:
    assert len(run(DEADLINE - 2 * DAY)) == 1
    assessment.due_at = DEADLINE + 20 * DAY
    session.flush()
    assert run(DEADLINE + DAY) == []
    assert len(run(DEADLINE + 13 * DAY)) == 1
    assert len(run(DEADLINE + 18 * DAY)) == 1


def test_a_strangers_round_is_reminded_in_the_strangers_name(session, run, stan) -> None:
    from questionnaire.models import Membership, Organisation

    elsewhere = session.scalars(
        sa.select(Organisation).join(Membership).where(Membership.user_id == stan.id)
    ).one()
    make_invitation(session, make_assessment(session, elsewhere))
    (message,) = run(DEADLINE - 7 * DAY)
    assert message.organisation_id == elsewhere.id
    assert "Otherwise Holding" in message.text
