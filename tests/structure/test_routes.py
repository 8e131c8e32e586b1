"""Every route is on the roster, and every cell of it holds: who, how, on whose thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.routing import Rule

from tests import cast
from tests.structure.roster import LEFT_OUT, NAMED_BESIDE, ROLES, ROSTER, Who
from tests.structure.world import Unknown, World, let_in, let_rater_in, neighbour, worlds

if TYPE_CHECKING:
    import sqlalchemy as sa
    from flask import Flask
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from tests.harness.web import StrictClient

Both = tuple[World, World]
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def _rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


@pytest.fixture
def open_app(app: Flask) -> Flask:
    """The application without CSRF tokens, so that a gate is what answers; tokens: see below."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def both(session: Session, tmp_path: Path) -> Both:
    """Our world and a stranger's."""
    return worlds(session, tmp_path)


@pytest.fixture
def another_vendor(session: Session, tmp_path: Path, both: Both) -> World:
    """What another vendor has from our company."""
    return neighbour(session, tmp_path, both[0])


def _address(app: Flask, rule: Rule, ids: Any) -> str:
    """The route's address; `ids` gives a value for each variable in it."""
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, {name: ids[name] for name in rule.arguments})


def _turned_away(reply: TestResponse) -> str | None:
    """How a gate refused: by the way to sign in, by a page, or not at all."""
    if reply.status_code in (301, 302, 303) and "/sign-in" in reply.headers["Location"]:
        return "sign in"
    return "page" if reply.status_code in (401, 403, 404) else None


def _shown(reply: TestResponse, named: object) -> str:
    """A refusal byte for byte; a page without what the asker had sent, and without its token."""
    if reply.status_code == 404:
        return reply.get_data(as_text=True)
    text = reply.get_data(as_text=True).replace(str(named), "")
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", text)


def test_every_route_is_on_the_roster_and_nothing_else(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert routes - set(ROSTER) == set(), "say in tests/structure/roster.py who may use these"
    assert set(ROSTER) - routes == set(), "these are gone: take them out of the roster"


def test_whoever_is_signed_out_reaches_only_what_is_for_everybody(
    open_app: Flask, client: StrictClient
) -> None:
    let_in, tried = [], 0
    for rule, method in _rules(open_app):
        if ROSTER.get(rule.endpoint) not in (Who.EVERYBODY, None):
            tried += 1
            reply = client.open(_address(open_app, rule, Unknown()), method=method)
            if _turned_away(reply) is None:
                let_in.append((rule.endpoint, method, reply.status))
    assert tried >= 10
    assert let_in == []


@pytest.mark.parametrize("role", ["buyer", "reviewer", "admin", "none"])
def test_a_role_reaches_only_its_own_routes(
    open_app: Flask, session: Session, new_client: Any, role: str
) -> None:
    organisation = cast.make_organisation(session)
    roles = () if role == "none" else (role,)
    member = cast.make_member(session, organisation, "Mara Kalns", roles)
    client = new_client()
    cast.sign_in(client, member)
    wrong = []
    for rule, method in _rules(open_app):
        who = ROSTER.get(rule.endpoint, Who.EVERYBODY)
        if who not in ROLES or who is Who.MEMBER or role in ROLES[who]:
            continue
        reply = client.open(_address(open_app, rule, Unknown()), method=method)
        if reply.status_code != 403:
            wrong.append((rule.endpoint, method, reply.status))
    assert wrong == []


def test_the_world_has_a_thing_for_every_address(app: Flask, both: Both) -> None:
    ours, _theirs = both
    lacking = {
        rule.endpoint: lacks
        for rule in app.url_map.iter_rules()
        if ROSTER.get(rule.endpoint) is not Who.EVERYBODY and (lacks := ours.lacks(rule.arguments))
    }
    assert lacking == {}, "make one in tests/structure/world.py"


@pytest.mark.parametrize("role", ["buyer", "reviewer", "admin"])
def test_a_role_gets_into_its_own_things_and_into_no_strangers(
    open_app: Flask,
    connection: sa.Connection,
    session: Session,
    both: Both,
    another_vendor: World,
    new_client: Any,
    role: str,
) -> None:
    """Of several things in an address each is tried alone: a parent does not vouch for a child,
    be it a stranger's or one's own from under another parent.
    """
    ours, theirs = both
    client = new_client()
    cast.sign_in(client, cast.make_member(session, ours.organisation, "Mara Kalns", (role,)))
    wrong = []
    for rule, method in _rules(open_app):
        if role in ROLES.get(ROSTER.get(rule.endpoint, Who.EVERYBODY), ()):
            cells = Cells(open_app, client, connection, rule, method)
            wrong += [*cells.of_ones_own(ours), *cells.of_a_stranger(ours, theirs)]
            if len(rule.arguments & set(ours.owned)) > 1:
                wrong += cells.of_a_stranger(ours, another_vendor)
    assert wrong == []


@pytest.mark.parametrize(("who", "enter"), [(Who.VENDOR, let_in), (Who.RATER, let_rater_in)])
def test_who_came_by_a_link_gets_into_its_own_things_and_into_no_others(
    open_app: Flask,
    connection: sa.Connection,
    both: Both,
    another_vendor: World,
    new_client: Any,
    who: Who,
    enter: Any,
) -> None:
    """Another vendor or another round of the same company is as foreign as another company."""
    ours, theirs = both
    client = new_client()
    enter(client, ours)
    wrong, tried = [], 0
    for rule, method in _rules(open_app):
        if ROSTER.get(rule.endpoint) is who:
            tried += 1
            cells = Cells(open_app, client, connection, rule, method)
            wrong += cells.of_ones_own(ours)
            for other in (theirs, another_vendor):
                wrong += cells.of_a_stranger(ours, other)
    assert tried > 2
    assert wrong == []


def test_who_works_for_the_buyer_is_no_vendor_and_no_rater(
    open_app: Flask, both: Both, client: StrictClient
) -> None:
    ours, _theirs = both
    cast.sign_in(client, ours.member)
    reached = [
        (rule.endpoint, method, reply.status)
        for rule, method in _rules(open_app)
        if ROSTER.get(rule.endpoint) in (Who.VENDOR, Who.COLLEAGUE, Who.RATER)
        for reply in [client.open(_address(open_app, rule, ours), method=method)]
        if reply.status_code != 404
    ]
    assert reached == []


@dataclass
class Cells:
    """The tries of one route with one method by one role; each leaves no trace."""

    app: Flask
    client: StrictClient
    connection: sa.Connection
    rule: Rule
    method: str

    def of_ones_own(self, ours: World) -> Iterator[tuple[str, str, str]]:
        reply = self._try(ours)
        if _turned_away(reply):
            yield self.rule.endpoint, self.method, f"own thing: {reply.status}"

    def of_a_stranger(self, ours: World, theirs: World) -> Iterator[tuple[str, str, str]]:
        """A foreign thing is answered exactly like one that never was."""
        for name in sorted((self.rule.arguments | set(self._beside.values())) & set(ours.owned)):
            strange, nobodys = theirs[name], Unknown()[name]
            foreign = self._try(ours.with_another(name, strange))
            unknown = self._try(ours.with_another(name, nobodys))
            wanted = unknown.status_code if self.rule.endpoint in LEFT_OUT else 404
            if (foreign.status_code, unknown.status_code) != (wanted, wanted):
                said = f"foreign {name}: {foreign.status}, unknown: {unknown.status}"
                yield self.rule.endpoint, self.method, said
            elif _shown(foreign, strange) != _shown(unknown, nobodys):
                yield self.rule.endpoint, self.method, f"tells a foreign {name} from an unknown"

    @property
    def _beside(self) -> dict[str, str]:
        return NAMED_BESIDE.get(self.rule.endpoint, {})

    def _try(self, ids: Any) -> TestResponse:
        assert self.client.session is not None
        self.client.session.commit()
        cell = self.connection.begin_nested()
        address = _address(self.app, self.rule, ids)
        sent: Any = {control: str(ids[name]) for control, name in self._beside.items()}
        carried = {"query_string" if self.method == "GET" else "data": sent}
        reply = self.client.open(address, method=self.method, **carried)
        self.client.session.rollback()
        cell.rollback()
        return reply


def test_nothing_is_changed_without_a_token(
    app: Flask, session: Session, client: StrictClient
) -> None:
    organisation = cast.make_organisation(session)
    everything = ("buyer", "reviewer", "admin")
    cast.sign_in(client, cast.make_member(session, organisation, "Mara Kalns", everything))
    taken = []
    for rule, method in _rules(app):
        if method in UNSAFE:
            reply = client.open(_address(app, rule, Unknown()), method=method)
            if reply.status_code != 400:
                taken.append((rule.endpoint, method, reply.status))
    assert taken == []
