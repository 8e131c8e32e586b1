"""The verdict on its page: what it stands on, who passes and why not, and no price too early."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation, Rfi, User
from questionnaire.services import locking
from tests.cast import actor_of, sign_in
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.page import text_of
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.locks import amber, decide_all, lock_of, locked, remi_, rosa_
from tests.services.reviewed import GOOD, MANDATORY, MINOR, PRICE, SECRET_PRICE, question_of
from tests.services.rounds import make_assessment, make_rfi
from tests.web.buying import buyer, path

__all__ = ["amber", "buyer", "decide_all", "locked", "remi_", "rosa_"]

HEADLINE = "Do not outsource on these answers."


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


def show(buyer: StrictClient, session: Session, rfi: Rfi):
    session.commit()
    return buyer.show(path(rfi, "/verdict"))


def test_it_says_first_what_it_stands_on(
    buyer: StrictClient, session: Session, organisation, rfi: Rfi, amber: Assessment
) -> None:
    make_assessment(session, organisation, rfi, vendor="Birch Line")
    page = show(buyer, session, rfi)
    assert page.heading == "Verdict"
    text = page.text
    assert "Provisional: the review is not locked." in text
    assert "mandatory and" in text
    assert "Birch Line (no answer is no pass)" in text
    assert "Not held with anybody" in text
    assert "Sealed. Nothing on this page depends on them." in text
    assert text.index("What this stands on") < text.index("Why not") < text.index("Waivers")


def test_when_nobody_passes_it_says_so_and_ranks_nobody(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = show(buyer, session, rfi)
    assert HEADLINE in page.text
    assert "Keep the service in-house" in page.text
    assert "of 100" not in page.text
    assert page.text.index(HEADLINE) < page.text.index("Why not")


def test_every_reason_stands_outside_of_what_is_folded_and_leads_to_its_answer(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = show(buyer, session, rfi)
    question = question_of(MANDATORY)
    folded = [one for each in page.root.iter("details") for one in each.iter("li")]
    reasons = [one for one in page.root.iter("li") if question in text_of(one)]
    assert reasons
    assert not any(one in folded for one in reasons)
    assert page.link(question).endswith(f"#q-{question}")
    assert buyer.get(page.link(question).partition("#")[0]).status_code == 200
    (major,) = (one for one in page.root.iter("summary") if "major gap" in text_of(one))
    assert text_of(major)[0].isdigit()


def test_no_sealed_figure_is_anywhere_before_the_prices_are_open(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi, locked, ada
) -> None:
    session.commit()
    before = buyer.get(path(rfi, "/verdict")).get_data(as_text=True)
    for figure in (str(SECRET_PRICE), f"{SECRET_PRICE:.2f}", f"{SECRET_PRICE:.1f}"):
        assert figure not in before
    assert "Prices are sealed" in before
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    after = show(buyer, session, rfi).text
    assert "Opened by Ada Marsh" in after
    assert "Nobody is eligible, so no price is shown" in after
    assert str(SECRET_PRICE) not in after


def test_who_passes_has_costs_beside_the_own_team_once_prices_are_open(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    remi_,
    rosa_,
    ada,
    decide_all,
) -> None:
    rfi = reviewed.reviewed_rfi(
        session,
        organisation,
        profiles=["general-retail"],
        question_ids=[question_of(MINOR), question_of(PRICE)],
        brief={"inhouse": {"rate": 34, "aht": 360, "occ": 0.78, "fcr": 80, "csat": 88}},
    )
    passing = reviewed.submitted(
        session,
        clock,
        organisation,
        rfi,
        answers={question_of(MINOR): True, question_of(PRICE): SECRET_PRICE},
    )
    text = show(buyer, session, rfi).text
    assert "Only Amber Call passes" in text
    sealed = buyer.get(path(rfi, "/verdict")).get_data(as_text=True)
    assert all(figure not in sealed for figure in ("34.00", "97.03", str(SECRET_PRICE)))
    decide_all(passing)
    locking.propose(session, clock, remi_, rfi.id)
    locking.agree(session, clock, rosa_, rfi.id, lock_of(session, rfi).id)
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    page = show(buyer, session, rfi)
    rows = [text_of(row) for row in page.root.iter("tr")]
    assert any("Your own team" in row and "34.00" in row for row in rows)
    assert any("Amber Call" in row and "not known" in row for row in rows)
    assert HEADLINE not in page.text


def test_the_page_takes_as_many_statements_for_five_vendors_as_for_one(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    connection: sa.Connection,
) -> None:
    show(buyer, session, rfi)
    counts = []
    for more in (0, 4):
        for number in range(more):
            reviewed.submitted(session, clock, organisation, rfi, vendor=f"V{number}", answers=GOOD)
        session.commit()
        with statements(connection) as seen:
            page = buyer.show(path(rfi, "/verdict"))
        assert len(list(page.root.iter("article"))) == 1 + more
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 22


def test_strangers_drafts_and_nothing_are_answered_alike(
    buyer: StrictClient, session: Session, organisation, rfi: Rfi, stan: User
) -> None:
    draft = make_rfi(session, organisation, state="draft", sent_at=None, title="Only begun")
    session.commit()
    nothing = buyer.get("/rfis/0192f0c1-0000-7000-8000-000000000000/verdict")
    of_a_draft = buyer.get(path(draft, "/verdict"))
    sign_in(buyer, stan)
    foreign = buyer.get(path(rfi, "/verdict"))
    assert {one.status_code for one in (nothing, of_a_draft, foreign)} == {404}
    assert of_a_draft.get_data() == nothing.get_data()


def test_a_reviewer_is_told_that_this_is_not_for_the_role_as_of_prices(
    buyer: StrictClient, session: Session, rfi: Rfi, remi: User
) -> None:
    session.commit()
    sign_in(buyer, remi)
    assert buyer.get(path(rfi, "/prices")).status_code == 403
    assert buyer.get(path(rfi, "/verdict")).status_code == 403
