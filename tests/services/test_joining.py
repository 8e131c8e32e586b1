"""Who gets into an organisation: invited by mail, as what, and by which account."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import AuditRow, Membership, Message, Organisation, StaffInvitation, User
from questionnaire.services import joining, staffing
from questionnaire.services.auditing import Actor
from questionnaire.services.enrolling import add_member, add_person
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.links import Links
from tests.cast import actor_of
from tests.harness.clock import MovableClock

LINKS = Links("https://questionnaires.example", "s" * 40)


def _invite(
    session: Session, clock: MovableClock, actor: Actor, **changes: object
) -> StaffInvitation:
    values = {"email": "nina@brightlane.example", "name": "Nina Holt", "roles": ["reviewer"]}
    return joining.invite_member(session, clock, LINKS, actor, **(values | changes))  # type: ignore[arg-type]


def _token(invitation: StaffInvitation) -> str:
    return LINKS.member(invitation.id).rsplit("/", 1)[1]


def _join(session: Session, clock: MovableClock, invitation: StaffInvitation) -> Membership:
    return joining.accept_new(
        session,
        clock,
        _token(invitation),
        name="Nina Holt",
        password="four words in a row",
        hash_password=lambda password: f"hash of {password}",
    )


@pytest.fixture
def actor(ada: User, organisation: Organisation) -> Actor:
    return actor_of(ada, organisation)


def test_an_organisation_begins_with_an_invited_admin(
    session: Session, clock: MovableClock
) -> None:
    made = joining.create_organisation(session, clock, "  Nordwind\u0020Bank ", language="lv")
    service = Actor.service(made.id)
    invitation = _invite(session, clock, service, email="Iva@Nordwind.example", roles=["admin"])

    mail = session.scalars(sa.select(Message)).one()
    assert made.name == "Nordwind Bank"
    assert (mail.to_address, mail.language, mail.kind) == (
        "iva@nordwind.example",
        "lv",
        "member_invitation",
    )
    assert LINKS.member(invitation.id) in mail.text
    actions = session.scalars(sa.select(AuditRow.action).order_by(AuditRow.id)).all()
    assert actions == ["created", "invited"]


def test_an_invitation_keeps_only_the_hash_of_its_token(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    invitation = _invite(session, clock, actor)
    assert _token(invitation) not in str(invitation.token_hash)
    assert len(invitation.token_hash) == 64


def test_who_takes_the_invitation_up_is_a_member_in_the_invited_roles(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    invitation = _invite(session, clock, actor, roles=["admin", "reviewer"])
    membership = _join(session, clock, invitation)

    person = session.get_one(User, membership.user_id)
    assert membership.organisation_id == actor.organisation_id
    assert membership.roles == ["reviewer", "admin"]
    assert (person.email, person.name) == ("nina@brightlane.example", "Nina Holt")
    assert person.password == "hash of four words in a row"


def test_a_link_works_once(session: Session, clock: MovableClock, actor: Actor) -> None:
    invitation = _invite(session, clock, actor)
    _join(session, clock, invitation)
    with pytest.raises(Missing):
        _join(session, clock, invitation)


@pytest.mark.parametrize("end", ["too late", "revoked", "another token"])
def test_a_link_that_does_not_work_says_nothing_of_why(
    session: Session, clock: MovableClock, actor: Actor, end: str
) -> None:
    invitation = _invite(session, clock, actor)
    token = _token(invitation)
    if end == "too late":
        clock.move(timedelta(days=7))
    elif end == "revoked":
        joining.revoke_invitation(session, clock, actor, invitation.id)
    else:
        token = LINKS.token("vendor", invitation.id)
    with pytest.raises(Missing):
        joining.find_offer(session, token, clock())


def test_a_link_works_until_the_last_moment_of_its_week(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    invitation = _invite(session, clock, actor)
    clock.move(timedelta(days=7) - timedelta(seconds=1))
    offer = joining.find_offer(session, _token(invitation), clock())
    assert (offer.organisation_name, offer.email, offer.roles, offer.user_id) == (
        "Brightlane Retail",
        "nina@brightlane.example",
        ("reviewer",),
        None,
    )


def test_an_address_with_an_account_joins_only_with_that_account(
    session: Session, clock: MovableClock, actor: Actor, stan: User, remi: User
) -> None:
    invitation = _invite(session, clock, actor, email=stan.email)
    with pytest.raises(Refused, match="Sign in with it"):
        _join(session, clock, invitation)
    with pytest.raises(Refused, match="another address"):
        joining.accept_known(session, clock, _token(invitation), remi.id)

    membership = joining.accept_known(session, clock, _token(invitation), stan.id)

    held = session.scalars(sa.select(Membership).where(Membership.user_id == stan.id)).all()
    assert len(held) == 2
    assert membership.organisation_id == actor.organisation_id
    assert stan.password is None


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"email": "ada@brightlane.example"}, "email", "member already"),
        ({"email": "ADA@Brightlane.example"}, "email", "member already"),
        ({"email": "no address"}, "email", "name@company.example"),
        ({"roles": []}, "roles", "at least one role"),
        ({"roles": ["owner"]}, "roles", "at least one role"),
        ({"name": "N" * 201}, "name", "at most 200"),
        ({"name": "N\x00"}, "name", "cannot be kept"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said(
    session: Session,
    clock: MovableClock,
    actor: Actor,
    changes: dict[str, object],
    field: str,
    sentence: str,
) -> None:
    with pytest.raises(Invalid) as fault:
        _invite(session, clock, actor, **changes)
    assert sentence in fault.value.faults[field]
    assert session.scalars(sa.select(Message)).all() == []


def test_nobody_is_invited_twice_until_the_first_link_is_over(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    first = _invite(session, clock, actor)
    with pytest.raises(Invalid, match="invited already"):
        _invite(session, clock, actor)
    joining.revoke_invitation(session, clock, actor, first.id)
    second = _invite(session, clock, actor)
    clock.move(timedelta(days=8))
    third = _invite(session, clock, actor)
    assert len({first.id, second.id, third.id}) == 3
    shown = staffing.pending(session, actor.organisation_id, clock())
    assert [(one.id, one.expired) for one in shown] == [(third.id, False), (second.id, True)]


def test_revoking_twice_is_revoking_once(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    invitation = _invite(session, clock, actor)
    joining.revoke_invitation(session, clock, actor, invitation.id)
    joining.revoke_invitation(session, clock, actor, invitation.id)
    actions = session.scalars(sa.select(AuditRow.action)).all()
    assert sorted(actions) == ["invited", "uninvited"]


def test_an_invitation_that_was_taken_up_cannot_be_revoked(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    invitation = _invite(session, clock, actor)
    _join(session, clock, invitation)
    with pytest.raises(Refused, match="end the membership"):
        joining.revoke_invitation(session, clock, actor, invitation.id)


def test_another_organisation_cannot_revoke_an_invitation(
    session: Session, clock: MovableClock, actor: Actor, stan: User
) -> None:
    invitation = _invite(session, clock, actor)
    elsewhere = session.scalars(
        sa.select(Membership.organisation_id).where(Membership.user_id == stan.id)
    ).one()
    stranger = Actor("staff", stan.id, stan.name, elsewhere)
    with pytest.raises(Missing):
        joining.revoke_invitation(session, clock, stranger, invitation.id)
    assert invitation.revoked_at is None


def test_a_former_member_comes_back_into_the_same_membership(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    person = add_person(
        session, clock, email="nina@brightlane.example", name="Nina", password_hash="h"
    )
    first = add_member(session, clock, actor.organisation_id, person, ["buyer"])
    staffing.end_membership(session, clock, actor, first.id)
    second = add_member(session, clock, actor.organisation_id, person, ["reviewer"])
    assert (second.id, second.roles, second.ended_at) == (first.id, ["reviewer"], None)
