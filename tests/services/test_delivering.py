"""The outbox: who takes a mail, for how long, and what is written down afterwards."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa

from questionnaire.models import AuditRow, Message
from questionnaire.services import delivering
from questionnaire.services.delivering import LEASE, Outcome, Result
from questionnaire.services.posting import post

TAKEN = Outcome(Result.TAKEN, "250 2.0.0 queued")
LATER = Outcome(Result.LATER, "451 4.3.0 try again")
REFUSED = Outcome(Result.REFUSED, "550 5.1.1 nobody here")
WRITTEN = {"subject": "Hello", "text": "The text", "html": "<p>The text</p>"}


@pytest.fixture
def write(session, clock, organisation):
    def write(kind: str = "password_reset", **more: Any) -> Message:
        message = post(
            session,
            clock,
            organisation_id=organisation.id,
            kind=kind,
            to_address="vera@ambercall.example",
            context=more.pop("context", WRITTEN),
            **more,
        )
        assert message is not None
        session.flush()
        return message

    return write


@pytest.fixture
def lease(session, clock):
    return lambda: delivering.lease(session, clock, "service.example")


def _fresh(session, message: Message) -> Message:
    session.expire_all()
    return session.get_one(Message, message.id)


def test_a_mail_is_taken_once(write, lease) -> None:
    message = write()
    mail = lease()
    assert mail is not None
    assert (mail.id, mail.attempts, mail.text) == (message.id, 1, "The text\n")
    assert lease() is None


def test_a_lease_that_ran_out_is_given_to_another_under_the_same_message_id(
    write, lease, clock
) -> None:
    write()
    first = lease()
    clock.move(LEASE - timedelta(seconds=1))
    assert lease() is None
    clock.move(timedelta(seconds=2))
    second = lease()
    assert second is not None
    assert second.message_id == first.message_id
    assert second.lease != first.lease
    assert second.attempts == 2


def test_the_message_id_gets_its_domain_from_the_first_lease_for_good(
    session, write, clock
) -> None:
    message = write()
    mail = delivering.lease(session, clock, "service.example")
    assert mail is not None
    assert mail.message_id == f"{message.id}@service.example"
    clock.move(LEASE)
    again = delivering.lease(session, clock, "elsewhere.example")
    assert again is not None
    assert again.message_id == mail.message_id


def test_what_is_due_later_waits(session, write, lease, clock) -> None:
    write(due_at=clock() + timedelta(hours=1))
    assert not delivering.is_due(session, clock())
    assert lease() is None
    clock.move(timedelta(hours=1))
    assert delivering.is_due(session, clock())
    assert lease() is not None


def test_the_oldest_goes_first_and_a_code_before_everything(write, lease, clock) -> None:
    older = write()
    clock.move(timedelta(seconds=5))
    younger = write()
    code = write("code", context={"code": "1234 5678", "minutes": 10})
    assert [lease().id, lease().id, lease().id] == [code.id, older.id, younger.id]


def test_what_the_server_took_is_sent_with_its_words_and_without_its_secrets(
    session, write, lease, clock
) -> None:
    message = write()
    delivering.settle(session, clock, lease(), TAKEN)
    found = _fresh(session, message)
    assert (found.state, found.reply, found.sent_at) == ("sent", "250 2.0.0 queued", clock())
    assert (found.text, found.html, found.lease) == ("", "", None)
    assert found.subject == "Hello"


def test_a_notice_without_secrets_keeps_its_text(session, write, lease, clock) -> None:
    notice = {"title": "Round", "vendor": "Amber Call", "late": False, "link": "https://q.example"}
    message = write("submitted_notice", context=notice)
    delivering.settle(session, clock, lease(), TAKEN)
    assert "Amber Call" in _fresh(session, message).text


def test_a_refusal_for_good_is_the_end_and_is_told_in_the_trail(
    session, write, lease, clock, organisation
) -> None:
    message = write()
    mail = lease()
    delivering.settle(session, clock, mail, REFUSED)
    found = _fresh(session, message)
    assert (found.state, found.reply, found.text) == ("failed", REFUSED.reply, "The text\n")
    row = session.scalars(sa.select(AuditRow).where(AuditRow.object_kind == "message")).one()
    assert (row.action, row.object_id) == ("failed", str(message.id))
    assert row.organisation_id == organisation.id
    assert row.details == {"mail": "password_reset", "to": "vera@ambercall.example"}


def test_what_did_not_work_is_tried_again_later_with_the_servers_words(
    session, write, lease, clock
) -> None:
    message = write()
    delivering.settle(session, clock, lease(), LATER)
    found = _fresh(session, message)
    assert (found.state, found.reply) == ("waiting", LATER.reply)
    assert lease() is None
    clock.move(timedelta(minutes=1))
    assert lease() is not None


def test_tries_go_on_for_72_hours_ever_more_rarely_and_then_end(
    session, write, lease, clock
) -> None:
    message, began, tries = write(), clock(), []
    while _fresh(session, message).state == "waiting":
        clock.present = _fresh(session, message).due_at
        tries.append(clock() - began)
        delivering.settle(session, clock, lease(), LATER)
    assert _fresh(session, message).state == "failed"
    assert timedelta(hours=72) <= tries[-1] < timedelta(hours=77)
    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert pauses == sorted(pauses)
    assert pauses[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert max(pauses) == timedelta(hours=4)


def test_hours_without_a_worker_are_not_held_against_a_mail(session, write, lease, clock) -> None:
    message = write()
    clock.move(timedelta(days=30))
    delivering.settle(session, clock, lease(), LATER)
    assert _fresh(session, message).state == "waiting"


def test_what_was_taken_is_sent_even_if_the_lease_ran_out_over_it(
    session, write, lease, clock
) -> None:
    message = write()
    slow = lease()
    clock.move(LEASE)
    quick = lease()
    delivering.settle(session, clock, slow, TAKEN)
    assert _fresh(session, message).state == "sent"
    delivering.settle(session, clock, quick, LATER)
    assert _fresh(session, message).state == "sent"


@pytest.mark.parametrize("outcome", [LATER, REFUSED])
def test_who_lost_the_lease_has_no_say_any_more(session, write, lease, clock, outcome) -> None:
    message = write()
    slow = lease()
    clock.move(LEASE)
    quick = lease()
    delivering.settle(session, clock, slow, outcome)
    found = _fresh(session, message)
    assert (found.state, found.lease) == ("leased", quick.lease)
    assert session.scalars(sa.select(AuditRow)).all() == []


def test_a_code_that_has_run_out_is_not_sent(session, write, lease, clock) -> None:
    message = write("code", context={"code": "1234 5678", "minutes": 10})
    clock.move(timedelta(minutes=11))

    def asked(_mail: object) -> Outcome:
        raise AssertionError("the server was asked")

    delivering.deliver(session, clock, lease(), asked)
    assert _fresh(session, message).state == "cancelled"


def test_a_transport_that_breaks_costs_a_try_and_not_the_mail(session, write, lease, clock) -> None:
    def broken(_mail: object) -> Outcome:
        raise RuntimeError("secret internals")

    message = write()
    delivering.deliver(session, clock, lease(), broken)
    found = _fresh(session, message)
    assert found.state == "waiting"
    assert "internals" not in (found.reply or "internals")


def test_without_a_server_everything_is_kept_with_its_text(session, write, lease) -> None:
    waiting, leased = write(), write()
    lease()
    assert delivering.keep(session) == 2
    for message in (waiting, leased):
        found = _fresh(session, message)
        assert (found.state, found.text, found.lease) == ("kept", "The text\n", None)
    assert delivering.keep(session) == 0


def test_a_withdrawn_invitation_stops_its_links_and_not_its_receipts(
    session, write, organisation
) -> None:
    from tests.services.rounds import make_assessment

    assessment = make_assessment(session, organisation)
    where = {"assessment_id": assessment.id}
    code = write("code", context={"code": "1234 5678", "minutes": 10}, **where)
    withdrawn = write("withdrawn", context={"organisation": "B", "title": "T"}, **where)
    elsewhere = write("code", context={"code": "1234 5678", "minutes": 10})
    assert delivering.cancel(session, assessment.id) == 1
    states = [_fresh(session, one).state for one in (code, withdrawn, elsewhere)]
    assert states == ["cancelled", "waiting", "waiting"]


def test_a_revoked_link_is_not_mailed_any_more(session, write, clock, organisation) -> None:
    from questionnaire.services import inviting
    from questionnaire.services.auditing import Actor
    from tests.services.rounds import make_assessment, make_invitation

    assessment = make_assessment(session, organisation)
    make_invitation(session, assessment)
    code = write("code", context={"code": "12345678", "minutes": 10}, assessment_id=assessment.id)
    for _ in range(2):
        inviting.revoke(session, clock, Actor.service(organisation.id), assessment)
    found = _fresh(session, code)
    assert (found.state, found.reply) == (
        "cancelled",
        "Not sent: the invitation was taken back before.",
    )
