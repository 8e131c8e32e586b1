"""Letting people in: an organisation, the link that invites a member, and taking it up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core.phrases import worded
from questionnaire.db import new_id
from questionnaire.models import Membership, Organisation, StaffInvitation, User
from questionnaire.services import auditing, posting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.enrolling import (
    a_language,
    a_name,
    add_member,
    add_person,
    locked,
    some_roles,
)
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.links import Links, hash_of

INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation's page says; `user_id` is the account that its address has already."""

    organisation_name: str
    email: str
    name: str
    roles: tuple[str, ...]
    language: str
    user_id: UUID | None


def create_organisation(
    session: Session, clock: Clock, name: str, *, language: str = "en"
) -> Organisation:
    """Begin an organisation; its first admin is invited by :func:`invite_member`.

    The actor of that invitation is `Actor.service(organisation.id)`.
    """
    organisation = Organisation(
        name=a_name(name), language=a_language(language), created_at=clock()
    )
    session.add(organisation)
    session.flush()
    actor = Actor.service(organisation.id)
    auditing.append(
        session, actor, clock(), "created", "organisation", organisation.id, name=organisation.name
    )
    return organisation


def invite_member(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    *,
    email: str,
    roles: Iterable[str],
    name: str = "",
) -> StaffInvitation:
    """Invite a person into the actor's organisation and mail the link; it lasts 7 days.

    Invalid under `email` when that person is a member or invited already, under `roles` without
    a role. `links.member(invitation.id)` gives the link again at any time.
    """
    now = clock()
    address = posting.address(email, "email").lower()
    wanted = some_roles(roles)
    organisation = locked(session, actor.organisation_id)
    _refuse_known(session, organisation.id, address, now)
    id = new_id()
    invitation = StaffInvitation(
        id=id,
        organisation_id=organisation.id,
        email=address,
        name=a_name(name) if name.strip() else "",
        roles=wanted,
        token_hash=hash_of(links.token("member", id)),
        invited_by=actor.id,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    session.add(invitation)
    session.flush()
    auditing.append(session, actor, now, "invited", "member", id, email=address, roles=wanted)
    posting.post(
        session,
        clock,
        organisation_id=organisation.id,
        kind="member_invitation",
        to_address=address,
        to_name=invitation.name,
        language=organisation.language,
        context={
            "organisation": organisation.name,
            "inviter": actor.name,
            "link": links.member(id),
        },
    )
    return invitation


def revoke_invitation(session: Session, clock: Clock, actor: Actor, invitation_id: UUID) -> None:
    """Take an invitation back before it is taken up; a second time it has no effect."""
    invitation = session.scalar(
        sa.select(StaffInvitation)
        .where(
            StaffInvitation.id == invitation_id,
            StaffInvitation.organisation_id == actor.organisation_id,
        )
        .with_for_update()
    )
    if invitation is None:
        raise Missing(invitation_id)
    if invitation.accepted_at is not None:
        raise Refused("This invitation was taken up already; end the membership instead.")
    if invitation.revoked_at is None:
        invitation.revoked_at = clock()
        auditing.append(
            session, actor, clock(), "uninvited", "member", invitation_id, email=invitation.email
        )


def find_offer(session: Session, token: str, now: datetime) -> Offer:
    """What the link offers; Missing when it is wrong, used, revoked or too old, all alike."""
    invitation = _invitation(session, token, now, held=False)
    organisation = session.get_one(Organisation, invitation.organisation_id)
    return Offer(
        organisation_name=organisation.name,
        email=invitation.email,
        name=invitation.name,
        roles=tuple(invitation.roles),
        language=organisation.language,
        user_id=session.scalar(sa.select(User.id).where(User.email == invitation.email)),
    )


def accept_new(
    session: Session,
    clock: Clock,
    token: str,
    *,
    name: str,
    password: str,
    hash_password: Callable[[str], str],
    language: str = "en",
) -> Membership:
    """Take up an invitation with a new account; its rules for passwords are the caller's.

    Refused when the address has an account already: then its owner must sign in and join.
    """
    invitation = _invitation(session, token, clock())
    if session.scalar(sa.select(User.id).where(User.email == invitation.email)) is not None:
        raise Refused("There is an account with this address already. Sign in with it, then join.")
    person = add_person(
        session,
        clock,
        email=invitation.email,
        name=name,
        password_hash=hash_password(password),
        language=language,
    )
    return _join(session, clock, invitation, person)


def accept_known(session: Session, clock: Clock, token: str, user_id: UUID) -> Membership:
    """Take up an invitation with the account that is signed in.

    Only its owner can: a link alone must not tie another's account to an organisation.
    """
    invitation = _invitation(session, token, clock())
    person = session.get_one(User, user_id)
    if person.email != invitation.email:
        raise Refused("This invitation is for another address. Sign out, then open the link again.")
    return _join(session, clock, invitation, person)


def _refuse_known(session: Session, organisation_id: UUID, email: str, now: datetime) -> None:
    member = session.scalar(
        sa.select(Membership.id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            User.email == email,
        )
    )
    if member is not None:
        raise Invalid(
            {
                "email": worded(
                    "{email} is a member already. Change the roles in the list.", email=email
                )
            }
        )
    invited = session.scalar(
        sa.select(StaffInvitation.id).where(
            StaffInvitation.organisation_id == organisation_id,
            StaffInvitation.email == email,
            StaffInvitation.accepted_at.is_(None),
            StaffInvitation.revoked_at.is_(None),
            StaffInvitation.expires_at > now,
        )
    )
    if invited is not None:
        raise Invalid(
            {
                "email": worded(
                    "{email} is invited already. Copy that link, or revoke it and invite again.",
                    email=email,
                )
            }
        )


def _invitation(
    session: Session, token: str, now: datetime, *, held: bool = True
) -> StaffInvitation:
    question = sa.select(StaffInvitation).where(
        StaffInvitation.token_hash == hash_of(token),
        StaffInvitation.accepted_at.is_(None),
        StaffInvitation.revoked_at.is_(None),
        StaffInvitation.expires_at > now,
    )
    invitation = session.scalar(question.with_for_update() if held else question)
    if invitation is None:
        raise Missing("invitation")
    return invitation


def _join(session: Session, clock: Clock, invitation: StaffInvitation, person: User) -> Membership:
    invitation.accepted_at = clock()
    return add_member(session, clock, invitation.organisation_id, person, invitation.roles)
