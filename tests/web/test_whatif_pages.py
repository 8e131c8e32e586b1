"""The what-if in the browser: trying, seeing who flips, and nothing that is stored."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import (
    Assessment,
    Organisation,
    Rfi,
    User,
)
from questionnaire.services import locking
from tests.cast import actor_of, sign_in
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.locks import amber, decide_all, locked, remi_, rosa_
from tests.services.reviewed import GOOD, MAJOR, MANDATORY, MINOR, NEVER, PRICE, RTO, SECRET_PRICE
from tests.services.rounds import make_rfi
from tests.web.buying import buyer, path
from tests.web.trying import SEE, SEE_WEIGHTS, of, passing, stored, tried_in, try_

__all__ = ["amber", "buyer", "decide_all", "locked", "remi_", "rosa_"]

MAIN = "/what-if"


def weighed(**differing: Any) -> dict[str, Any]:
    """A what-if of weights alone, as an address holds it."""
    usual: dict[str, Any] = {"weights": {}, "floors": {}, "price_weight": None}
    return {"edits": {}, "weighting": usual | differing}


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


def test_it_shows_at_once_who_changes_tier_and_why_and_stores_nothing(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, ada: User
) -> None:
    rfi = passing(session, clock, organisation)
    before = stored(session)
    page = try_(buyer, rfi, MINOR, severity="mandatory")
    assert page.url.startswith(path(rfi, MAIN))
    text = page.text
    assert "Amber Call : Conditional → becomes Not eligible" in text.replace("Call:", "Call :")
    assert "not met (minor) → not met (mandatory)" in text
    assert "Birch Line" in text.partition("Nothing changes for:")[2]
    assert "Publish as version 2" in text
    assert stored(session) == before


def test_several_changes_are_held_in_the_address_and_each_can_be_taken_out(
    buyer: StrictClient, rfi: Rfi, amber: Assessment
) -> None:
    first = try_(buyer, rfi, MAJOR, severity="mandatory")
    both = try_(buyer, rfi, RTO, tried_in(first), value="6", source="value")
    assert "at most 6 hours" in both.text.replace("\xa0", " ")
    assert both.text.count("Take out") == 2
    again = buyer.show(both.url)
    assert again.text == both.text
    one = buyer.show(both.link("Take out: Recovery time"))
    assert one.text.count("Take out") == 1
    assert buyer.show(both.link("Begin afresh")).text.count("Take out") == 0


def test_the_editor_opens_with_what_is_tried(buyer: StrictClient, rfi: Rfi, amber) -> None:
    page = try_(buyer, rfi, MAJOR, severity="mandatory")
    editor = buyer.show(page.link("Change: Handover at the end"))
    assert editor.form_with(SEE).values()["severity"] == ["mandatory"]


@pytest.mark.parametrize(
    ("requirement_id", "typed", "says"),
    [
        (NEVER, {"severity": "major"}, "its severity cannot be lowered"),
        (NEVER, {"on": None}, "it cannot be switched off"),
        (NEVER, {"value": "no"}, "it cannot be weakened, not even in a what-if"),
        (RTO, {"source": "value", "value": "soon"}, "number"),
        (RTO, {"source": "value", "value": "-4"}, "no answer"),
        (MAJOR, {"rationale": ""}, "Say why"),
    ],
)
def test_what_cannot_be_tried_is_said_and_what_was_typed_is_kept(
    buyer: StrictClient,
    rfi: Rfi,
    amber,
    requirement_id: str,
    typed: dict[str, str | None],
    says: str,
) -> None:
    buyer.show(path(rfi, of(requirement_id)))
    page = buyer.press(SEE, typed, status=422)
    assert says.lower() in page.text.lower()
    values = page.form_with(SEE).values()
    assert {name: next(iter(values.get(name, [])), None) for name in typed} == typed


def test_weights_and_floors_are_tried_as_requirements_are(
    buyer: StrictClient, rfi: Rfi, amber: Assessment
) -> None:
    buyer.show(path(rfi, f"{MAIN}/weights"))
    page = buyer.press(SEE_WEIGHTS, {"floor-resilience": "90", "price_weight": "10"})
    assert "Floor of “Redundant systems”: 60 → 90" in page.text
    assert "Weight of the price inside a tier: 20 % → 10 %" in page.text
    buyer.show(path(rfi, f"{MAIN}/weights?try={tried_in(page)}"))
    page = buyer.press(SEE_WEIGHTS, {"floor-resilience": "12", "price_weight": "10"}, status=422)
    assert "what is protected can be protected more, never less" in page.text
    assert page.form_with(SEE_WEIGHTS).values()["floor-resilience"] == ["12"]


def test_what_keeps_most_out_comes_first_and_what_if_major_is_said_of_nothing_legal(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi: Rfi
) -> None:
    names = {MANDATORY: "Only the audit", NEVER: "Only the law"}
    for name, vendor in names.items():
        answers = GOOD | {reviewed.question_of(name): False}
        reviewed.submitted(session, clock, organisation, rfi, vendor=vendor, answers=answers)
    session.commit()
    text = buyer.show(path(rfi, MAIN)).text
    assert "If this were major, Only the audit would pass." in text
    assert "It is mandatory because:" in text
    assert "takes a second person" in text
    assert "Only the law would pass" not in text


def test_the_nearest_misses_say_how_far_off_in_the_units_of_the_question(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = try_(buyer, rfi, RTO, severity="mandatory")
    assert "mandatory gaps" in page.text
    buyer.show(page.link("Publish as version 2 …"))
    buyer.press("Publish it", {"reason": "Our customers cannot wait."})
    text = buyer.show(path(rfi, MAIN)).text.replace("\xa0", " ")
    assert "answered 24 hours, asked at most 8 hours (your brief): 16 hours over." in text


def test_a_requirement_is_found_by_its_words_and_its_section(
    buyer: StrictClient, rfi: Rfi, amber: Assessment
) -> None:
    def found(query: str) -> list[str]:
        page = buyer.show(path(rfi, f"{MAIN}?{query}"))
        return [words for words, _at in page.links if words.startswith("Try:")]

    assert len(found("all=1")) == 7
    assert found("q=Recovery+TIME") == found("section=resilience")
    assert len(found("q=recovery+time&section=privacy")) == 0 < len(found("section=privacy"))
    assert found("q=no+such+words") == []
    assert "No requirement is like that." in buyer.show(path(rfi, f"{MAIN}?q=nothing")).text


def test_what_is_about_prices_is_not_offered(buyer: StrictClient, rfi: Rfi, amber) -> None:
    assert reviewed.question_of(PRICE) not in buyer.show(path(rfi, f"{MAIN}?all=1")).text
    assert buyer.get(path(rfi, of(PRICE))).status_code == 404


def test_no_price_is_anywhere_and_open_ones_keep_it_from_being_published(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi, locked, ada
) -> None:
    sealed = try_(buyer, rfi, MAJOR, severity="mandatory").text
    assert str(SECRET_PRICE) not in sealed
    assert "none is loosened because an offer is cheap" in sealed
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    page = buyer.show(buyer.page.url if buyer.page else "")
    assert "Prices are open." in page.text
    assert "Publish as version" not in page.text
    assert str(SECRET_PRICE) not in page.text


@pytest.mark.parametrize("junk", ["x", "eJw", "A" * 9000, "%00", "eJyLjgUAARUAuQ"])
def test_an_address_that_was_cut_is_said_to_be(buyer: StrictClient, rfi: Rfi, junk: str) -> None:
    page = buyer.show(path(rfi, f"{MAIN}?try={junk}"), 422)
    assert "holds no what-if that can be read" in page.text


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"edits": {NEVER: {"off": True}}, "weighting": None}, "it cannot be switched off"),
        ({"edits": {NEVER: {"severity": "minor"}}, "weighting": None}, "cannot be lowered"),
        ({"edits": {NEVER: {"threshold": False}}, "weighting": None}, "cannot be weakened"),
        ({"edits": {MAJOR: {"threshold": "often"}}, "weighting": None}, ""),
        (weighed(price_weight="0.9"), "never more"),
        (weighed(price_weight="NaN"), "can be read"),
        (weighed(weights={"quality": "-5"}), "A weight lies between"),
        (weighed(floors={"resilience": 10}), "never less"),
        (weighed(floors={"resilience": "1e999999"}), "can be read"),
    ],
)
def test_an_address_that_somebody_wrote_tries_nothing_that_the_pages_refuse(
    buyer: StrictClient, rfi: Rfi, amber, document: dict[str, Any], says: str
) -> None:
    plain = json.dumps([1, document]).encode()
    written = urlsafe_b64encode(zlib.compress(plain)).decode()
    for rest in (MAIN, f"{MAIN}/weights", f"{MAIN}/publish"):
        reply = buyer.get(path(rfi, f"{rest}?try={written}"))
        assert reply.status_code in (200, 302, 422)
    page = buyer.show(path(rfi, f"{MAIN}?try={written}"), 422)
    assert says in page.text
    assert "What it does" not in page.text
    assert "Take out" not in page.text


def test_a_what_if_on_an_older_version_says_so(buyer: StrictClient, rfi: Rfi, amber) -> None:
    old = try_(buyer, rfi, RTO, source="value", value="6").url
    page = try_(buyer, rfi, MAJOR, severity="mandatory")
    buyer.show(page.link("Publish as version 2 …"))
    buyer.press("Publish it", {"reason": "We need it."})
    text = buyer.show(old).text
    assert "You began this on version 1. The requirements are at version 2 now" in text


def test_the_page_takes_as_many_statements_for_five_vendors_as_for_one(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    connection: sa.Connection,
) -> None:
    address = try_(buyer, rfi, MAJOR, severity="mandatory").url
    counts = []
    for more in (0, 4):
        for number in range(more):
            reviewed.submitted(session, clock, organisation, rfi, vendor=f"V{number}", answers=GOOD)
        session.commit()
        with statements(connection) as seen:
            buyer.show(address)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 25


def test_strangers_drafts_and_nothing_are_answered_alike(
    buyer: StrictClient, session: Session, organisation, rfi: Rfi, stan: User
) -> None:
    draft = make_rfi(session, organisation, state="draft", sent_at=None, title="Only begun")
    session.commit()
    for rest in (MAIN, of(MAJOR), f"{MAIN}/weights", f"{MAIN}/publish"):
        nothing = buyer.get(f"/rfis/0192f0c1-0000-7000-8000-000000000000{rest}")
        of_a_draft = buyer.get(path(draft, rest))
        sign_in(buyer, stan)
        foreign = buyer.get(path(rfi, rest))
        assert {one.status_code for one in (nothing, of_a_draft, foreign)} == {404}
        assert of_a_draft.get_data() == nothing.get_data()
