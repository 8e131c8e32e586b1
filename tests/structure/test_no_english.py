"""No page says a word of English to who reads another language, nor does any form posted empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from questionnaire.accounts import hash_password
from questionnaire.models import Assessment, Invitation, Rater
from questionnaire.services import editions
from questionnaire.services.links import hash_of
from tests import cast
from tests.harness.marking import marking, plain_words, readable, words_of
from tests.structure.roster import ROLES, ROSTER, Who
from tests.structure.test_routes import _address, _rules
from tests.structure.world import World, let_in, let_rater_in, worlds

#: What people have written in this world, and what nobody translates.
NAMES = """
    Brightlane Retail Ada Marsh Mara Kalns Amber Call Vera Ozola Rita Kask example
    ambercall brightlane market mara vera rita certificate.pdf report Vendor questionnaires
    Customer service three languages Evenings and weekends English Latviešu Español
    gada novembris decembris oktobris janvāris nov dec
    Accounts Company Coral Contact Vendel vera coral Ctrl Enter dienas dienu stundas stundu
    mēneši mēneši gadi
    Nothing was answered Marta Liepa marta
    Which one Please answer An invitation We know them Europe Riga
"""
READ = "lv"
#: Buttons inside a question, which all questions have alike.
_ALIKE = (
    "add-row", "attach", "clear", "mine", "paste", "remove-file", "remove-row", "still-true",
    "take",
)  # fmt: skip
_UNSENT = ("checkbox", "radio", "file", "submit")


@pytest.fixture
def known() -> frozenset[str]:
    names = frozenset(
        word.strip(".").lower()
        for line in NAMES.splitlines()
        for word in line.replace(".", " ").split()
    )
    return words_of(READ) | names


@pytest.fixture
def open_app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def _filled(form: Any, typed: str) -> dict[str, Any]:
    """What a form sends with `typed` in each of its boxes: empty, or what nobody can read."""
    sent: dict[str, Any] = {}
    for element in form.element.iter():
        name, kind = element.get("name"), (element.get("type") or "text").lower()
        if not name or element.get("disabled") is not None:
            continue
        if element.tag == "input" and kind == "hidden":
            sent.setdefault(name, []).append(element.get("value") or "")
        elif element.tag in ("textarea", "select", "input") and kind not in _UNSENT:
            sent.setdefault(name, []).append(typed)
    return sent


class Sweep:
    """Every page of one reader and what comes back for every form on it, posted empty."""

    def __init__(
        self, client: Any, connection: Any, known: frozenset[str], enter: Callable[[], None]
    ) -> None:
        self.client, self.connection, self.known, self.enter = client, connection, known, enter
        self.found: dict[str, set[str]] = {}
        self.pages = self.posts = 0
        self.done: set[tuple[str, str]] = set()

    def of(self, address: str) -> None:
        page = self._try(address, "GET", {})
        if page is None:
            return
        self.pages += 1
        for form in page.forms:
            for words, button in (form.buttons or {"": None}).items():
                action = form.action
                if button is not None and button.get("formaction"):
                    action = button.get("formaction")
                if form.method == "POST":
                    self._post(action, form, button, words)

    def _post(self, action: str, form: Any, button: Any, words: str) -> None:
        name = "" if button is None else button.get("name") or ""
        # What each question of each section has alike is tried once.
        key = (name, "") if name in _ALIKE else (action.split("?")[0], words)
        if key in self.done:
            return
        self.done.add(key)
        for typed in ("", "?"):
            sent = _filled(form, typed)
            if name:
                sent[name] = button.get("value") or ""
            self.posts += 1
            self._try(action, "POST", sent)

    def _try(self, address: str, method: str, sent: Any) -> Any:
        self.enter()
        self.client.session.commit()
        cell = self.connection.begin_nested()
        self.client.page = None
        reply = self.client.open(
            address,
            method=method,
            data=sent or None,
            headers={"Accept-Language": READ},
            follow_redirects=True,
        )
        page = self.client.page
        if page is not None:
            assert page.root.get("lang") == READ, f"{address} speaks {page.root.get('lang')}"
            for text in readable(page.root):
                if plain_words(text, self.known):
                    at = f"{method} {reply.request.path} ({reply.status_code})"
                    self.found.setdefault(" ".join(text.split())[:160], set()).add(at)
        self.client.session.rollback()
        cell.rollback()
        return page


def _told(found: dict[str, set[str]]) -> str:
    return "\n".join(f"{text!r}\n      {sorted(at)[0]}" for text, at in sorted(found.items()))


def _each(rule: Rule, world: World) -> Iterator[World]:
    """The world, and where an address is about a section, one for each of them."""
    if rule.endpoint != "vendor.section":
        yield world
        return
    for section in editions.current_bank().sections:
        yield replace(world, content=world.content | {"section_id": section.id})


@pytest.fixture
def swept(
    open_app: Flask, connection: Any, client: Any, monkeypatch: Any, known: frozenset[str]
) -> Callable[..., None]:
    """Call it with a way in and who may come there: every page and form is looked at."""

    def sweep_of(enter: Callable[[], None], world: World, *who: Who, least: int) -> None:
        with marking(monkeypatch):
            sweep = Sweep(client, connection, known, enter)
            for rule, method in _rules(open_app):
                if method == "GET" and ROSTER.get(rule.endpoint) in who:
                    for one in _each(rule, world):
                        sweep.of(_address(open_app, rule, one))
        assert not sweep.found, _told(sweep.found)
        assert sweep.pages + sweep.posts >= least, (sweep.pages, sweep.posts)

    return sweep_of


@pytest.mark.parametrize(("role", "least"), [("buyer", 60), ("reviewer", 30), ("admin", 20)])
def test_staff_read_no_english(
    app: Flask, session: Any, client: Any, tmp_path: Path, swept: Any, role: str, least: int
) -> None:
    ours, _theirs = worlds(session, tmp_path)
    member = cast.make_member(session, ours.organisation, "Mara Kalns", (role,))
    member.language = READ
    with app.app_context():
        member.password = hash_password(cast.PASSWORD)
    session.flush()
    who = [one for one, roles in ROLES.items() if role in roles]
    swept(lambda: cast.sign_in(client, member), ours, *who, least=least)


@pytest.mark.parametrize("state", ["in_progress", "submitted"])
def test_vendors_read_no_english(
    session: Any, client: Any, tmp_path: Path, swept: Any, state: str
) -> None:
    ours, _theirs = worlds(session, tmp_path)
    assessment = session.get_one(Assessment, ours["assessment_id"])
    assessment.language, assessment.state = READ, state
    if state == "in_progress":
        assessment.submitted_at = None
    session.flush()
    swept(lambda: let_in(client, ours), ours, Who.VENDOR, least=10)


def test_raters_read_no_english(session: Any, client: Any, tmp_path: Path, swept: Any) -> None:
    ours, _theirs = worlds(session, tmp_path)
    session.get_one(Rater, ours["rater_id"]).language = READ
    session.flush()
    swept(lambda: let_rater_in(client, ours), ours, Who.RATER, least=3)


def test_strangers_read_no_english(app: Flask, session: Any, tmp_path: Path, swept: Any) -> None:
    ours, _theirs = worlds(session, tmp_path)
    links = app.extensions["questionnaire"]["links"]
    invited = links.token("vendor", ours["invitation_id"])
    session.get_one(Invitation, ours["invitation_id"]).token_hash = hash_of(invited)
    rates = links.token("rater", ours["link_id"])
    session.get_one(Rater, ours["rater_id"]).token_hash = hash_of(rates)
    session.flush()
    for token in (invited, rates, "nobody-has-this-token"):
        ours.content["token"] = token
        swept(lambda: None, ours, Who.EVERYBODY, least=10)
