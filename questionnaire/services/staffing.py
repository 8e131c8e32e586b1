"""Who works for an organisation, as what, and until when; and what a person says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Membership, Passkey, StaffInvitation, User
from questionnaire.services import auditing
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.enrolling import a_language, a_name, locked, some_roles
from questionnaire.services.faults import Missing, Refused


@dataclass(frozen=True, slots=True)
class Colleague:
    """One line of the list of members."""

    membership_id: UUID
    user_id: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    since: datetime
    second_factor: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """An invitation that nobody has taken up; `expired` ones no longer work."""

    id: UUID
    email: str
    name: str
    roles: tuple[str, ...]
    expires_at: datetime
    expired: bool


def colleagues(session: Session, organisation_id: UUID) -> list[Colleague]:
    """All members of an organisation by name."""
    rows = session.execute(
        sa.select(
            Membership.id,
            User.id,
            User.name,
            User.email,
            Membership.roles,
            Membership.created_at,
            User.tf_primary_method,
        )
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id == organisation_id, Membership.ended_at.is_(None))
        .order_by(sa.func.lower(User.name), User.id)
    )
    return [
        Colleague(id, user_id, name, email, tuple(roles), since, method is not None)
        for id, user_id, name, email, roles, since, method in rows
    ]


def pending(session: Session, organisation_id: UUID, now: datetime) -> list[Pending]:
    """Invitations that are neither taken up nor revoked, the newest first."""
    rows = session.scalars(
        sa.select(StaffInvitation)
        .where(
            StaffInvitation.organisation_id == organisation_id,
            StaffInvitation.accepted_at.is_(None),
            StaffInvitation.revoked_at.is_(None),
        )
        .order_by(StaffInvitation.id.desc())
    )
    return [
        Pending(
            id=one.id,
            email=one.email,
            name=one.name,
            roles=tuple(one.roles),
            expires_at=one.expires_at,
            expired=one.expires_at <= now,
        )
        for one in rows
    ]


def colleague(session: Session, organisation_id: UUID, membership_id: UUID) -> Colleague:
    """One member; Missing when it is another organisation's, or has left."""
    for one in colleagues(session, organisation_id):
        if one.membership_id == membership_id:
            return one
    raise Missing(membership_id)


def change_roles(
    session: Session, clock: Clock, actor: Actor, membership_id: UUID, roles: Iterable[str]
) -> None:
    """Give a member other roles.

    Refused when nobody would be admin any more, and when admins would take that role from
    themselves: they could not give it back.
    """
    wanted = some_roles(roles)
    locked(session, actor.organisation_id)
    membership, name = _active(session, actor.organisation_id, membership_id)
    if wanted == membership.roles:
        return
    if "admin" in membership.roles and "admin" not in wanted:
        _keep_an_admin(session, actor, membership)
    before, membership.roles = membership.roles, wanted
    auditing.append(
        session,
        actor,
        clock(),
        "changed_roles",
        "member",
        membership_id,
        name=name,
        before=before,
        roles=wanted,
    )


def end_membership(session: Session, clock: Clock, actor: Actor, membership_id: UUID) -> None:
    """Let a member go: the next request of that person is refused. What it did stays its own."""
    locked(session, actor.organisation_id)
    membership, name = _active(session, actor.organisation_id, membership_id)
    if membership.user_id == actor.id:
        raise Refused("You cannot end your own membership. Ask another admin to do it.")
    if "admin" in membership.roles:
        _keep_an_admin(session, actor, membership)
    membership.ended_at = clock()
    auditing.append(session, actor, clock(), "ended", "member", membership_id, name=name)


def introduce(session: Session, clock: Clock, actor: Actor, *, name: str, language: str) -> None:
    """Change the actor's own name and the language that pages and mails speak to it."""
    values = {"name": a_name(name), "language": a_language(language)}
    changed = session.scalar(
        sa.select(User.id).where(
            User.id == actor.id,
            sa.or_(User.name != values["name"], User.language != values["language"]),
        )
    )
    if changed is not None:
        session.execute(sa.update(User).where(User.id == changed).values(values))
        auditing.append(session, actor, clock(), "changed", "account", changed, name=values["name"])


def note_sign_in_change(session: Session, clock: Clock, user_id: UUID, action: str) -> None:
    """Tell the trail of every organisation of this person that its way to sign in changed."""
    name = session.scalars(sa.select(User.name).where(User.id == user_id)).one()
    for organisation_id in _organisations_of(session, user_id):
        actor = Actor("staff", user_id, name, organisation_id)
        auditing.append(session, actor, clock(), action, "account", user_id)


def forget_second_factor(session: Session, clock: Clock, email: str) -> str:
    """Take app, recovery codes and passkeys off an account whose owner has lost them all.

    The password stays; every session ends. Gives the owner's name; Missing without an account.
    """
    person = session.scalar(sa.select(User).where(User.email == email.strip().lower()))
    if person is None:
        raise Missing(email)
    person.tf_primary_method = person.tf_totp_secret = person.tf_last_counter = None
    person.mf_recovery_codes = None
    person.fs_uniquifier = uuid4().hex
    session.execute(sa.delete(Passkey).where(Passkey.user_id == person.id))
    for organisation_id in _organisations_of(session, person.id):
        actor = Actor.service(organisation_id)
        auditing.append(session, actor, clock(), "unlocked", "account", person.id, name=person.name)
    return person.name


def _organisations_of(session: Session, user_id: UUID) -> list[UUID]:
    return list(
        session.scalars(
            sa.select(Membership.organisation_id).where(
                Membership.user_id == user_id, Membership.ended_at.is_(None)
            )
        )
    )


def _active(session: Session, organisation_id: UUID, membership_id: UUID) -> tuple[Membership, str]:
    row = session.execute(
        sa.select(Membership, User.name)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.id == membership_id,
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise Missing(membership_id)
    return row[0], row[1]


def _keep_an_admin(session: Session, actor: Actor, membership: Membership) -> None:
    others = session.scalars(
        sa.select(Membership.roles).where(
            Membership.organisation_id == membership.organisation_id,
            Membership.ended_at.is_(None),
            Membership.id != membership.id,
        )
    )
    if not any("admin" in roles for roles in others):
        raise Refused("Somebody must stay admin. Make another member admin first.")
    if membership.user_id == actor.id:
        raise Refused("You cannot take the admin role from yourself. Ask another admin to do it.")
