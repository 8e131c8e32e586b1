"""Who is let in for one thing is let in for nothing else: a vendor's browser, ids in a query."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import cast
from tests.structure.roster import ROLES, ROSTER, Who
from tests.structure.world import World, let_in, let_rater_in, worlds

if TYPE_CHECKING:
    from tests.harness.web import StrictClient


@pytest.fixture
def ours_and_theirs(session: Session, tmp_path: Path) -> tuple[World, World]:
    """Our world and a stranger's."""
    return worlds(session, tmp_path)


def test_a_vendors_browser_reaches_nothing_of_the_buyers(
    app: Flask, ours_and_theirs: tuple[World, World], client: StrictClient
) -> None:
    """Its own assessment's id, the flag on its answer, the buyer's lists: all want a sign-in."""
    app.config["WTF_CSRF_ENABLED"] = False
    ours, _theirs = ours_and_theirs
    let_in(client, ours)
    reached, tried = [], 0
    for rule in app.url_map.iter_rules():
        if ROSTER.get(rule.endpoint) not in ROLES:
            continue
        with app.test_request_context():
            adapter = app.url_map.bind("localhost")
            address = adapter.build(rule.endpoint, {name: ours[name] for name in rule.arguments})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            tried += 1
            reply = client.open(address, method=method)
            if "/sign-in" not in reply.headers.get("Location", ""):
                reached.append((rule.endpoint, method, reply.status))
    assert tried > 50
    assert reached == []


def test_a_raters_browser_reaches_nothing_of_the_buyers_or_of_vendors(
    app: Flask, ours_and_theirs: tuple[World, World], client: StrictClient
) -> None:
    """Not even by the ids of the trial and the assessment whose calls it rates."""
    app.config["WTF_CSRF_ENABLED"] = False
    ours, _theirs = ours_and_theirs
    let_rater_in(client, ours)
    reached, tried = [], 0
    for rule in app.url_map.iter_rules():
        who = ROSTER.get(rule.endpoint)
        if who not in ROLES and who is not Who.VENDOR:
            continue
        with app.test_request_context():
            adapter = app.url_map.bind("localhost")
            address = adapter.build(rule.endpoint, {name: ours[name] for name in rule.arguments})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            tried += 1
            reply = client.open(address, method=method)
            turned_away = "/sign-in" in reply.headers.get("Location", "")
            if not turned_away and reply.status_code != 404:
                reached.append((rule.endpoint, method, reply.status))
    assert tried > 60
    assert reached == []


@pytest.mark.parametrize("named", ["rfi", "assessment"])
def test_a_strangers_id_in_the_trails_query_is_answered_like_an_unknown_one(
    ours_and_theirs: tuple[World, World], client: StrictClient, named: str
) -> None:
    ours, theirs = ours_and_theirs
    cast.sign_in(client, ours.member)
    assert client.get("/audit", query_string={named: str(ours[f"{named}_id"])}).status_code == 200
    foreign = client.get("/audit", query_string={named: str(theirs[f"{named}_id"])})
    unknown = client.get("/audit", query_string={named: str(uuid4())})
    nonsense = client.get("/audit", query_string={named: "nonsense"})
    assert {one.status_code for one in (foreign, unknown, nonsense)} == {404}
    assert foreign.get_data() == unknown.get_data() == nonsense.get_data()
