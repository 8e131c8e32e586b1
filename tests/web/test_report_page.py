"""The report in Ada's browser: readable from end to end, and never a price before its time."""

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
from tests.services.locks import amber, decide_all, locked, remi_, rosa_
from tests.services.reviewed import GOOD, MANDATORY, SECRET_PRICE, question_of
from tests.services.rounds import make_assessment, make_rfi
from tests.web.buying import buyer, path

__all__ = ["amber", "buyer", "decide_all", "locked", "remi_", "rosa_"]


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


def show(buyer: StrictClient, session: Session, rfi: Rfi):
    session.commit()
    return buyer.show(path(rfi, "/report"))


def test_the_contents_lead_to_the_fourteen_parts(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = show(buyer, session, rfi)
    assert page.heading == "Report"
    (contents,) = (one for one in page.root.iter("nav") if one.get("aria-labelledby") == "contents")
    targets = [str(one.get("href")) for one in contents.iter("a")]
    assert targets == [f"#part-{n}" for n in range(1, 15)]
    ids = {one.get("id") for one in page.root.iter("h2")}
    assert {one[1:] for one in targets} <= ids
    assert "Do not outsource on these answers." in page.text


def test_each_gap_leads_to_its_answer(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    page = show(buyer, session, rfi)
    question = question_of(MANDATORY)
    addresses = [str(one.get("href")) for one in page.root.iter("a")]
    to_answer = [one for one in addresses if one.endswith(f"#q-{question}")]
    assert len(to_answer) >= 2, "from the reason and from the table of gaps"
    assert buyer.get(to_answer[0].partition("#")[0]).status_code == 200
    assert not [one for one in addresses if "/flags/" in one], "a buyer cannot open flags"


def test_who_reviews_as_well_comes_from_a_gap_to_its_flag(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, ada: User
) -> None:
    ada.memberships[0].roles = ["buyer", "reviewer"]
    page = show(buyer, session, rfi)
    flags = [
        str(one.get("href"))
        for one in page.root.iter("a")
        if (one.get("aria-label") or "").startswith("Flag: ")
    ]
    assert flags
    assert buyer.get(flags[0]).status_code == 200


def test_every_table_has_a_caption_and_heads_and_its_rows_have_names(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    tables = list(show(buyer, session, rfi).root.iter("table"))
    assert len(tables) > 10
    for table in tables:
        (caption,) = table.iter("caption")
        assert text_of(caption)
        assert {one.get("scope") for one in table.iter("th")} <= {"col", "row"}
        for body in table.iter("tbody"):
            for row in body.iter("tr"):
                assert next(iter(row)).tag == "th"


def test_no_sealed_figure_is_in_it_before_the_prices_are_open(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi, locked, ada
) -> None:
    session.commit()
    before = buyer.get(path(rfi, "/report")).get_data(as_text=True)
    for figure in (str(SECRET_PRICE), f"{SECRET_PRICE:.2f}", f"{SECRET_PRICE:.1f}"):
        assert figure not in before
    assert "Prices are sealed, so no cost is worked out." in before
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    after = show(buyer, session, rfi).text
    assert "Prices were opened by Ada Marsh" in after
    assert str(SECRET_PRICE) not in after, "nobody is eligible"


def test_who_is_missing_is_named(
    buyer: StrictClient, session: Session, organisation, rfi: Rfi, amber: Assessment
) -> None:
    make_assessment(session, organisation, rfi, vendor="Birch Line")
    make_assessment(session, organisation, rfi, vendor="Cedar Voice", state="declined")
    text = show(buyer, session, rfi).text
    assert "Not submitted, and so not judged: Birch Line." in text
    assert "Declined to take part: Cedar Voice." in text


def test_a_round_without_answers_has_a_report_that_says_so(
    buyer: StrictClient, session: Session, rfi: Rfi
) -> None:
    text = show(buyer, session, rfi).text
    assert "Nobody has submitted yet, so there is nothing to judge." in text
    assert "Do not outsource" not in text


def test_text_of_a_vendor_is_text_and_never_markup(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi: Rfi
) -> None:
    reviewed.submitted(session, clock, organisation, rfi, vendor="<b>Bold</b> & *Sons*")
    page = show(buyer, session, rfi)
    assert "<b>Bold</b> & *Sons*" in page.text


def test_it_takes_as_many_statements_for_five_vendors_as_for_one(
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
            buyer.show(path(rfi, "/report"))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 30


def test_strangers_drafts_and_nothing_are_answered_alike(
    buyer: StrictClient, session: Session, organisation, rfi: Rfi, stan: User
) -> None:
    draft = make_rfi(session, organisation, state="draft", sent_at=None, title="Only begun")
    session.commit()
    nothing = buyer.get("/rfis/0192f0c1-0000-7000-8000-000000000000/report")
    of_a_draft = buyer.get(path(draft, "/report"))
    sign_in(buyer, stan)
    foreign = buyer.get(path(rfi, "/report"))
    assert {one.status_code for one in (nothing, of_a_draft, foreign)} == {404}
    assert of_a_draft.get_data() == nothing.get_data()
