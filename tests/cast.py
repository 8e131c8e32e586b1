"""The people of the tests: Ada buys, Remi and Rosa review, Stan is a stranger from elsewhere."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from tests.harness.clock import START

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from questionnaire.models import Organisation, User
    from questionnaire.services.auditing import Actor


#: The password of `person`.
PASSWORD = "seven quiet lighthouses"


def make_organisation(session: Session, name: str = "Brightlane Retail") -> Organisation:
    """A company without members."""
    from questionnaire.models import Organisation

    organisation = Organisation(name=name, created_at=START)
    session.add(organisation)
    session.flush()
    return organisation


def make_member(
    session: Session,
    organisation: Organisation,
    name: str,
    roles: Sequence[str],
    *,
    email: str | None = None,
    password_hash: str | None = None,
) -> User:
    """A person with these roles; the address is the first name at brightlane.example or so."""
    from questionnaire.models import Membership, User

    domain = organisation.name.split()[0].lower()
    user = User(
        name=name,
        email=email or f"{name.split()[0].lower()}@{domain}.example",
        password=password_hash,
        fs_uniquifier=uuid4().hex,
        fs_webauthn_user_handle=uuid4().hex,
        created_at=START,
    )
    session.add(user)
    session.flush()
    session.add(
        Membership(
            organisation_id=organisation.id,
            user_id=user.id,
            roles=list(roles),
            created_at=START,
        )
    )
    session.flush()
    return user


def actor_of(user: User, organisation: Organisation) -> Actor:
    """How use cases know this person."""
    from questionnaire.services.auditing import Actor

    return Actor("staff", user.id, user.name, organisation.id)


def sign_in(client: FlaskClient, user: User) -> None:
    """Let this browser be signed in as `user`, without the way through the sign-in page."""
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["_user_id"] = user.fs_uniquifier
        cookie["_fresh"] = True
        cookie["fs_paa"] = time.time()


@pytest.fixture
def organisation(session: Session) -> Organisation:
    """Brightlane Retail, for which everybody but Stan works."""
    return make_organisation(session)


@pytest.fixture
def ada(session: Session, organisation: Organisation) -> User:
    """Ada Marsh buys and is admin."""
    return make_member(session, organisation, "Ada Marsh", ("buyer", "admin"))


@pytest.fixture
def remi(session: Session, organisation: Organisation) -> User:
    """Remi Okafor reviews."""
    return make_member(session, organisation, "Remi Okafor", ("reviewer",))


@pytest.fixture
def rosa(session: Session, organisation: Organisation) -> User:
    """Rosa Lind reviews too: the second person who agrees."""
    return make_member(session, organisation, "Rosa Lind", ("reviewer",))


@pytest.fixture
def stan(session: Session) -> User:
    """Stan Volkov may do everything, in another company."""
    elsewhere = make_organisation(session, "Otherwise Holding")
    return make_member(session, elsewhere, "Stan Volkov", ("buyer", "reviewer", "admin"))


@pytest.fixture
def person(app: Flask, session: Session, ada: User) -> User:
    """Ada, who has a password: PASSWORD."""
    from questionnaire.accounts import hash_password

    with app.app_context():
        ada.password = hash_password(PASSWORD)
    session.commit()
    return ada
