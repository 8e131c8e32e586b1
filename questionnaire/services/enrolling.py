"""People and what they are in an organisation: the account, the membership, and their limits."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import LANGUAGES
from questionnaire.core.faults import AnswerFault
from questionnaire.core.phrases import reader, worded
from questionnaire.core.texts import clean
from questionnaire.models import Membership, Organisation, User
from questionnaire.models.accounts import ROLES
from questionnaire.services import auditing, posting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.faults import Invalid

NAME_LIMIT = 200


def add_person(
    session: Session,
    clock: Clock,
    *,
    email: str,
    name: str,
    password_hash: str,
    language: str = "en",
) -> User:
    """Make an account that belongs to no organisation yet."""
    person = User(
        email=posting.address(email, "email").lower(),
        name=a_name(name),
        language=a_language(language),
        password=password_hash,
        fs_uniquifier=uuid4().hex,
        fs_webauthn_user_handle=uuid4().hex,
        created_at=clock(),
    )
    session.add(person)
    session.flush()
    return person


def add_member(
    session: Session, clock: Clock, organisation_id: UUID, person: User, roles: Iterable[str]
) -> Membership:
    """Make a person a member, or a former member one again; the person is who the trail names."""
    wanted = some_roles(roles)
    membership = session.scalar(
        sa.select(Membership).where(
            Membership.organisation_id == organisation_id, Membership.user_id == person.id
        )
    )
    if membership is None:
        membership = Membership(
            organisation_id=organisation_id, user_id=person.id, roles=wanted, created_at=clock()
        )
        session.add(membership)
    membership.roles, membership.ended_at = wanted, None
    session.flush()
    actor = Actor("staff", person.id, person.name, organisation_id)
    auditing.append(
        session, actor, clock(), "joined", "member", membership.id, name=person.name, roles=wanted
    )
    return membership


def a_name(text: str, field: str = "name") -> str:
    """A name as it may be kept; Invalid under `field` when it is empty, too long or no text."""
    try:
        name = clean(text, NAME_LIMIT, reader(), lines=False)
    except AnswerFault as fault:
        raise Invalid({field: fault.sentence}) from None
    if not name:
        raise Invalid({field: worded("Write the name.")})
    return name


def a_language(code: str) -> str:
    """One of the languages that pages speak; Invalid otherwise."""
    if code not in LANGUAGES:
        raise Invalid({"language": worded("Choose one of the languages on this page.")})
    return code


def some_roles(roles: Iterable[str]) -> list[str]:
    """The roles in the order of the design; Invalid when there is none or an unknown one."""
    asked = set(roles)
    if not asked or asked - set(ROLES):
        raise Invalid({"roles": worded("Choose at least one role: buyer, reviewer or admin.")})
    return [role for role in ROLES if role in asked]


def locked(session: Session, organisation_id: UUID) -> Organisation:
    """The organisation, so held that whoever changes its members waits for the one before."""
    return session.scalars(
        sa.select(Organisation).where(Organisation.id == organisation_id).with_for_update()
    ).one()
