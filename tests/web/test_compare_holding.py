"""The comparison keeps what is sealed, foreign or typed where it belongs, and is never stale."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Rfi, User
from questionnaire.services import judging, listing, locking, reviewing
from questionnaire.services.ruling import Decision
from tests.cast import actor_of, sign_in
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.page import text_of
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.locks import amber, decide_all, lock_of, locked, remi_, rosa_
from tests.services.reviewed import (
    GOOD,
    MAJOR,
    NEVER,
    PRICE,
    RTO,
    SECRET_PRICE,
    flag_of,
    question_of,
)
from tests.services.rounds import make_rfi
from tests.web.buying import buyer, path
from tests.web.comparing import birch, rfi, row_of, rows, show

__all__ = ["amber", "birch", "buyer", "decide_all", "locked", "remi_", "rfi", "rosa_"]


def test_nothing_of_a_sealed_section_is_in_the_page_before_prices_are_open(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    birch: Assessment,
    decide_all,
    remi_,
    rosa_,
    ada,
) -> None:
    page = show(buyer, session, rfi)
    source = buyer.get(path(rfi, "/compare")).get_data(as_text=True)
    price = question_of(PRICE)
    assert "sealed until prices are opened" in page.text
    assert all(text not in source for text in (str(SECRET_PRICE), "97.03", price))
    decide_all(amber)
    decide_all(birch)
    locking.propose(session, clock, remi_, rfi.id)
    locking.agree(session, clock, rosa_, rfi.id, lock_of(session, rfi).id)
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    reviewed.submitted(session, clock, organisation, rfi, vendor="Late Line", answers=GOOD)
    cells = row_of(show(buyer, session, rfi, "?section=price"), "Price")
    assert [str(SECRET_PRICE) in one for one in cells] == [True, True, False]
    assert "Sealed" in cells[2]


def test_a_change_is_seen_at_once(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    birch: Assessment,
    remi_,
) -> None:
    """What is kept ready is made again for every sort of change that a cell shows."""
    before = row_of(show(buyer, session, rfi), "Handover at the end")[0]
    assert "Not met" in before
    flag = flag_of(session, amber, MAJOR)
    reviewing.decide(
        session, clock, remi_, flag.id, flag.version, Decision("accept", "Seen in the contract.")
    )
    accepted = row_of(show(buyer, session, rfi), "Handover at the end")[0]
    assert "accepted by reviewers" in accepted
    clock.move(timedelta(minutes=5))
    reviewed.answer(session, clock, amber, question_of(RTO), 3)
    assert "3 hours" in row_of(show(buyer, session, rfi), "Recovery time")[0]
    reviewed.attach(session, amber, question_of(RTO))
    assert "Files: 1" in row_of(show(buyer, session, rfi), "Recovery time")[0]


def test_a_vendors_own_words_are_escaped(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi: Rfi, amber, birch
) -> None:
    reviewed.answer(
        session, clock, amber, question_of(NEVER), True, comment="<script>go()</script>"
    )
    page = show(buyer, session, rfi)
    assert "<script>go()</script>" in page.text
    assert not [one for one in page.root.iter("script") if "go()" in text_of(one)]


def test_ten_vendors_take_as_many_statements_as_two(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    birch: Assessment,
    connection: sa.Connection,
) -> None:
    show(buyer, session, rfi)
    counts = []
    for more in (0, 8):
        for number in range(more):
            reviewed.submitted(session, clock, organisation, rfi, vendor=f"V{number}", answers=GOOD)
        for one in (amber, birch):
            reviewed.answer(session, clock, one, question_of(RTO), 5 + more)
        session.commit()
        for _again in range(2):
            with statements(connection) as seen:
                page = buyer.show(path(rfi, "/compare"))
            counts.append(len(seen))
            assert len(next(iter(rows(page).values()))) == 2 + more
    cold, warm, cold_ten, warm_ten = counts
    assert (cold, warm) == (cold_ten, warm_ten)
    assert warm < cold
    assert cold <= 18


def test_strangers_drafts_and_nothing_are_answered_alike(
    buyer: StrictClient, session: Session, organisation, rfi: Rfi, stan: User
) -> None:
    draft = make_rfi(session, organisation, state="draft", sent_at=None, title="Only begun")
    session.commit()
    for page in ("/compare", "/compare/pictures"):
        nothing = buyer.get(f"/rfis/0192f0c1-0000-7000-8000-000000000000{page}")
        of_a_draft = buyer.get(path(draft, page))
        assert {one.status_code for one in (nothing, of_a_draft)} == {404}
        assert of_a_draft.get_data() == nothing.get_data()
    sign_in(buyer, stan)
    assert buyer.get(path(rfi, "/compare")).status_code == 404
    assert buyer.get(path(rfi, "/compare/pictures")).status_code == 404


def test_another_rfis_vendor_is_left_out(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi, amber, birch
) -> None:
    other = reviewed.reviewed_rfi(session, organisation, title="Another", profiles=["R"])
    foreign = reviewed.submitted(session, clock, organisation, other, vendor="Elm", answers=GOOD)
    page = show(buyer, session, rfi, f"?vendor={amber.id}&vendor={birch.id}&vendor={foreign.id}")
    assert "Elm" not in page.text
    assert "Vendors: 2 of 2" in page.text


def test_the_own_team_stands_beside_vendors_and_is_asked_no_price_and_no_contract(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    ada: User,
) -> None:
    typed = {"name": "Ines", "email": "ines@alderfinch.example", "language": "en"}
    own = listing.add(session, clock, actor_of(ada, organisation), rfi.id, typed, own_team=True)
    own.state, own.submitted_at = "submitted", clock()
    reviewed.answer(session, clock, own, question_of(RTO), 2)
    judging.judge(session, clock, own.id)
    page = show(buyer, session, rfi)
    place = ["Amber Call", "Your own team"].index("Your own team")
    assert "2 hours" in row_of(page, "Recovery time")[place]
    assert "Not asked here" in row_of(page, "Handover at the end")[place]
    pictures = show(buyer, session, rfi, "/pictures")
    assert "Your own team" in [text_of(one) for one in pictures.root.iter("h2")]
