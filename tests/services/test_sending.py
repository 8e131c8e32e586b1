"""Sending: what blocks it, what it freezes, that it happens once; links mailed and replaced."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.documents import digest_of
from questionnaire.models import (
    Assessment,
    AuditRow,
    Invitation,
    Message,
    Organisation,
    RequirementSetVersion,
    Rfi,
    User,
)
from questionnaire.services import drafting, inviting, listing, preparing, revising, sending
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Refused
from questionnaire.services.links import hash_of
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import drafts
from tests.services.drafts import LINKS


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


def count(session: Session, table: type, *where: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0


def vendors(session: Session, rfi: Rfi) -> list[Assessment]:
    return listing.vendors_of(session, rfi)


def version_of(session: Session, rfi: Rfi) -> RequirementSetVersion:
    query = sa.select(RequirementSetVersion).where(RequirementSetVersion.rfi_id == rfi.id)
    return session.scalars(query).one()


def test_a_fresh_draft_says_what_it_lacks_step_by_step(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    blocking = [one for one in preparing.points(session, rfi, clock()) if one.blocking]
    assert {one.step for one in blocking} == {"brief", "vendors"}
    with pytest.raises(Refused, match="is not stated yet"):
        sending.send(session, clock, LINKS, actor, rfi.id)
    assert rfi.state == "draft"
    assert count(session, Invitation) == count(session, Message) == 0


def test_a_deadline_that_has_passed_blocks(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.ready(session, clock, actor)
    clock.move(timedelta(days=22))
    with pytest.raises(Refused, match="deadline has passed"):
        sending.send(session, clock, LINKS, actor, rfi.id)


def test_a_threshold_on_an_answer_that_is_not_asked_blocks(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    from questionnaire.services import selecting

    rfi = drafts.ready(session, clock, actor)
    wanted = [one for one in rfi.question_ids if one != "resilience.rto"]
    seen = drafting.digest(rfi.question_ids)
    selecting.choose(session, clock, actor, rfi.id, wanted, seen=seen)
    (point,) = [one for one in preparing.points(session, rfi, clock()) if one.blocking]
    assert point.step == "requirements"
    assert point.about == "resilience.achieved-hours#1"
    assert "Recovery time" in point.sentence


def test_what_is_only_good_to_know_does_not_block(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.ready(session, clock, actor, purpose="")
    points = preparing.points(session, rfi, clock())
    assert points
    assert not any(one.blocking for one in points)
    assert sending.send(session, clock, LINKS, actor, rfi.id).state == "open"


def test_sending_freezes_what_will_be_judged_and_names_it(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.ready(session, clock, actor)
    one = drafts.held(session, rfi, "resilience.rpo#1")
    revising.revise(
        session,
        clock,
        actor,
        rfi.id,
        one.id,
        threshold=one.requirement.threshold,
        severity=one.requirement.severity,
        assurance=one.requirement.assurance,
        off=True,
        rationale=one.requirement.rationale.en,
        seen=drafting.digest(one.to_document()),
    )
    sending.send(session, clock, LINKS, actor, rfi.id)
    version = version_of(session, rfi)
    assert version.frozen_at == rfi.sent_at == clock()
    assert version.digest == digest_of({"requirements": version.documents})
    assert {one["question"] for one in version.documents} <= set(rfi.question_ids)
    off = [one["id"] for one in version.documents if one.get("off")]
    assert off == ["resilience.rpo#1"]
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "sent")).one()
    assert row.details["edition"] == rfi.edition_digest
    assert row.details["requirements"] == version.digest


def test_every_vendor_gets_its_own_link_by_mail_in_its_language(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.ready(session, clock, actor, vendors=2)
    latvian = vendors(session, rfi)[0]
    latvian.language = "lv"
    sending.send(session, clock, LINKS, actor, rfi.id)
    mails = session.scalars(sa.select(Message).order_by(Message.id)).all()
    links = []
    for one, mail in zip(vendors(session, rfi), mails, strict=True):
        invitation = inviting.active(session, one.id)
        assert invitation is not None
        link = LINKS.vendor(invitation.id)
        token = link.rpartition("/")[2]
        assert invitation.token_hash == hash_of(token) != token
        assert (mail.kind, mail.to_address) == ("invitation", one.contact_email)
        assert mail.reply_to == rfi.reply_to
        assert mail.language == one.language
        assert link in mail.text
        assert (one.state, one.asked, one.answered) == ("sent", len(rfi.question_ids), 0)
        links.append(link)
    assert len(set(links)) == 2


def test_sent_twice_it_is_sent_once(session: Session, clock: MovableClock, actor: Actor) -> None:
    rfi = drafts.ready(session, clock, actor, vendors=2)
    for _ in range(2):
        sending.send(session, clock, LINKS, actor, rfi.id)
        clock.move(timedelta(seconds=1))
    assert count(session, Invitation) == count(session, Message) == 2
    assert count(session, AuditRow, AuditRow.action == "sent") == 1
    assert count(session, RequirementSetVersion) == 1


def test_without_mail_the_links_are_there_to_be_copied(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.ready(session, clock, actor)
    sending.send(session, clock, LINKS, actor, rfi.id, mail=False)
    assert (count(session, Invitation), count(session, Message)) == (2, 0)


def test_a_vendor_added_later_gets_the_same_frozen_versions(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=1)
    frozen = version_of(session, rfi).digest
    clock.move(timedelta(days=1))
    late = drafts.add_vendor(session, clock, actor, rfi, "Echo Line")
    assert late.state == "not_sent"
    assert sending.invite_added(session, clock, LINKS, actor, rfi.id) == 1
    assert sending.invite_added(session, clock, LINKS, actor, rfi.id) == 0
    assert (late.state, late.asked) == ("sent", len(rfi.question_ids))
    assert version_of(session, rfi).digest == frozen
    assert count(session, Message, Message.assessment_id == late.id) == 1


def test_resending_mails_the_same_link_once_a_press(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    one = vendors(session, drafts.sent(session, clock, actor, vendors=1))[0]
    invitation = inviting.active(session, one.id)
    assert invitation is not None
    sent = [inviting.resend(session, clock, LINKS, actor, one, after=after) for after in (1, 1, 2)]
    assert sent == [True, False, True]
    mails = session.scalars(sa.select(Message)).all()
    assert len(mails) == 3
    assert all(LINKS.vendor(invitation.id) in mail.text for mail in mails)


def test_a_new_link_ends_the_one_before_and_a_second_press_does_nothing(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    one = vendors(session, drafts.sent(session, clock, actor, vendors=1))[0]
    first = inviting.active(session, one.id)
    assert first is not None
    second = inviting.reissue(session, clock, LINKS, actor, one, instead_of=first.id)
    assert second is not None
    assert inviting.reissue(session, clock, LINKS, actor, one, instead_of=first.id) is None
    assert first.revoked_at == clock()
    assert inviting.active(session, one.id) is second
    assert count(session, Invitation) == 2


def test_a_revoked_link_can_be_replaced_but_not_sent_again(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    one = vendors(session, drafts.sent(session, clock, actor, vendors=1))[0]
    inviting.revoke(session, clock, actor, one)
    inviting.revoke(session, clock, actor, one)
    assert count(session, AuditRow, AuditRow.action == "revoked") == 1
    with pytest.raises(Refused, match="no working link"):
        inviting.resend(session, clock, LINKS, actor, one, after=1)
    assert inviting.reissue(session, clock, LINKS, actor, one, instead_of=None) is not None


def test_a_link_works_long_after_the_deadline_for_those_who_are_late(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=1)
    invitation = inviting.active(session, vendors(session, rfi)[0].id)
    assert invitation is not None
    assert invitation.expires_at - rfi.deadline == timedelta(days=180)


def test_the_number_of_statements_a_vendor_costs_is_small_and_fixed(
    session: Session, clock: MovableClock, actor: Actor, connection: sa.Connection
) -> None:
    from tests.harness.counting import statements

    few = drafts.ready(session, clock, actor, vendors=2)
    many = drafts.ready(session, clock, actor, vendors=12)
    counts = []
    for rfi in (few, many):
        with statements(connection) as seen:
            sending.send(session, clock, LINKS, actor, rfi.id)
        counts.append(len(seen))
    assert (counts[1] - counts[0]) / 10 <= 8
