"""Who works for an organisation: roles change, memberships end, an admin always stays."""

from __future__ import annotations

from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import AuditRow, Membership, Organisation, User
from questionnaire.services import staffing
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Missing, Refused
from tests.cast import actor_of, make_member
from tests.harness.clock import MovableClock


@pytest.fixture
def actor(ada: User, organisation: Organisation) -> Actor:
    return actor_of(ada, organisation)


def _membership(session: Session, user: User) -> Membership:
    return session.scalars(sa.select(Membership).where(Membership.user_id == user.id)).one()


def _details(session: Session, action: str) -> dict[str, object]:
    return session.scalars(sa.select(AuditRow.details).where(AuditRow.action == action)).one()


def test_roles_change_and_the_trail_says_from_what_to_what(
    session: Session, clock: MovableClock, actor: Actor, remi: User
) -> None:
    membership = _membership(session, remi)
    staffing.change_roles(session, clock, actor, membership.id, ["admin", "buyer"])
    assert membership.roles == ["buyer", "admin"]
    assert _details(session, "changed_roles") == {
        "name": "Remi Okafor",
        "before": ["reviewer"],
        "roles": ["buyer", "admin"],
    }


def test_the_same_roles_again_are_no_change(
    session: Session, clock: MovableClock, actor: Actor, remi: User
) -> None:
    staffing.change_roles(session, clock, actor, _membership(session, remi).id, ["reviewer"])
    assert session.scalars(sa.select(AuditRow)).all() == []


@pytest.mark.parametrize("roles", [[], ["king"], ["buyer", "king"]])
def test_roles_that_do_not_exist_are_refused(
    session: Session, clock: MovableClock, actor: Actor, remi: User, roles: list[str]
) -> None:
    membership = _membership(session, remi)
    with pytest.raises(Invalid):
        staffing.change_roles(session, clock, actor, membership.id, roles)
    assert membership.roles == ["reviewer"]


def test_the_last_admin_stays_admin(
    session: Session, clock: MovableClock, actor: Actor, ada: User, organisation: Organisation
) -> None:
    iva = make_member(session, organisation, "Iva Berg", ["admin"])
    by_iva = actor_of(iva, organisation)
    staffing.change_roles(session, clock, by_iva, _membership(session, ada).id, ["buyer"])

    mine = _membership(session, iva)
    for leave in (
        lambda: staffing.change_roles(session, clock, by_iva, mine.id, ["buyer"]),
        lambda: staffing.change_roles(session, clock, actor, mine.id, ["buyer"]),
        lambda: staffing.end_membership(session, clock, actor, mine.id),
    ):
        with pytest.raises(Refused, match="Somebody must stay admin"):
            leave()
    assert (mine.roles, mine.ended_at) == (["admin"], None)


def test_nobody_locks_itself_out(
    session: Session, clock: MovableClock, actor: Actor, ada: User, organisation: Organisation
) -> None:
    make_member(session, organisation, "Iva Berg", ["admin"])
    mine = _membership(session, ada)
    with pytest.raises(Refused, match="from yourself"):
        staffing.change_roles(session, clock, actor, mine.id, ["buyer"])
    with pytest.raises(Refused, match="your own membership"):
        staffing.end_membership(session, clock, actor, mine.id)
    staffing.change_roles(session, clock, actor, mine.id, ["reviewer", "admin"])
    assert mine.roles == ["reviewer", "admin"]


def test_an_ended_membership_is_over_but_stays_on_the_books(
    session: Session, clock: MovableClock, actor: Actor, remi: User, organisation: Organisation
) -> None:
    membership = _membership(session, remi)
    staffing.end_membership(session, clock, actor, membership.id)
    assert membership.ended_at == clock()
    names = [one.name for one in staffing.colleagues(session, organisation.id)]
    assert names == ["Ada Marsh"]
    with pytest.raises(Missing):
        staffing.end_membership(session, clock, actor, membership.id)


def test_another_organisations_members_do_not_exist_here(
    session: Session, clock: MovableClock, actor: Actor, stan: User
) -> None:
    foreign = _membership(session, stan)
    for id in (foreign.id, uuid4()):
        with pytest.raises(Missing):
            staffing.change_roles(session, clock, actor, id, ["buyer"])
        with pytest.raises(Missing):
            staffing.end_membership(session, clock, actor, id)
        with pytest.raises(Missing):
            staffing.colleague(session, actor.organisation_id, id)
    assert foreign.ended_at is None


def test_a_person_changes_its_own_name_and_language(
    session: Session, clock: MovableClock, actor: Actor, ada: User
) -> None:
    staffing.introduce(session, clock, actor, name=" Ada  Marsh-Lund ", language="es")
    staffing.introduce(session, clock, actor, name=" Ada  Marsh-Lund ", language="es")
    session.refresh(ada)
    assert (ada.name, ada.language) == ("Ada  Marsh-Lund", "es")
    assert _details(session, "changed") == {"name": "Ada  Marsh-Lund"}


@pytest.mark.parametrize(
    ("name", "language", "field"), [("", "en", "name"), ("Ada", "xx", "language")]
)
def test_a_name_that_is_none_and_a_language_that_nobody_speaks_are_refused(
    session: Session, clock: MovableClock, actor: Actor, name: str, language: str, field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        staffing.introduce(session, clock, actor, name=name, language=language)
    assert list(fault.value.faults) == [field]


def test_a_change_of_sign_in_stands_in_the_trail_of_every_organisation_of_the_person(
    session: Session, clock: MovableClock, organisation: Organisation, stan: User
) -> None:
    session.add(
        Membership(
            organisation_id=organisation.id, user_id=stan.id, roles=["buyer"], created_at=clock()
        )
    )
    session.flush()
    staffing.note_sign_in_change(session, clock, stan.id, "changed_password")
    rows = session.scalars(sa.select(AuditRow)).all()
    assert len({row.organisation_id for row in rows}) == 2
    assert {row.actor_name for row in rows} == {"Stan Volkov"}
