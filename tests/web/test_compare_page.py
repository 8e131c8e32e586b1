"""Vendors side by side on their page: what stands in it, and in which order."""

from __future__ import annotations

from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Rfi
from tests.harness.clock import MovableClock
from tests.harness.page import text_of
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.locks import amber
from tests.services.reviewed import (
    BAD,
    MINOR,
    RTO,
    question_of,
)
from tests.web.buying import buyer, path
from tests.web.comparing import birch, rfi, row_of, rows, show

__all__ = ["amber", "birch", "buyer", "rfi"]


def test_answers_stand_side_by_side_with_status_and_what_stands_behind(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, birch: Assessment
) -> None:
    page = show(buyer, session, rfi)
    heads = [text_of(one) for one in page.root.iter("th") if one.get("scope") == "col"]
    assert heads == ["Question", "Amber Call", "Birch Line"]
    bad, good = row_of(page, "Recovery time")
    assert "24 hours" in bad
    assert "Not met Major" in bad
    assert "4 hours" in good
    assert "Met" in good
    assert "Not met" not in good
    assert "Claimed" in bad


def test_the_severest_gap_that_most_vendors_have_comes_first(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, birch: Assessment
) -> None:
    page = show(buyer, session, rfi)
    order = list(rows(page))
    mandatory = [head for head, cells in rows(page).items() if any("Mandatory" in c for c in cells)]
    assert order[: len(mandatory)] == mandatory
    both = [head for head, cells in rows(page).items() if all("Mandatory" in c for c in cells)]
    assert order[: len(both)] == both
    listed = list(rows(show(buyer, session, rfi, "?order=bank")))
    assert sorted(listed) == sorted(order)
    assert listed != order


def test_not_known_not_applicable_and_blank_look_like_no_pass(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    amber: Assessment,
    birch: Assessment,
) -> None:
    third = reviewed.submitted(session, clock, organisation, rfi, vendor="Cedar", answers={})
    reviewed.answer(session, clock, third, question_of(MINOR), state="not_applicable")
    page = show(buyer, session, rfi)
    cells = row_of(page, "Reviewed accounts")
    assert "Don't know" in cells[1]
    assert "Not applicable" in cells[2]
    assert "Not answered" in row_of(page, "Recovery time")[2]
    classes = [one.get("class") for one in page.root.iter("td") if "Cedar" in str(one.attrib)]
    assert classes
    assert set(classes) == {"c-unknown"}


def test_only_differences_leave_out_what_all_say_alike(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi: Rfi, amber
) -> None:
    reviewed.submitted(
        session, clock, organisation, rfi, vendor="Birch Line",
        answers=BAD | {question_of(RTO): 12},
    )  # fmt: skip
    every, different = (rows(show(buyer, session, rfi, q)) for q in ("", "?differences=1"))
    assert len(every) > 1
    assert len(different) == 1
    assert "Recovery time" in next(iter(different))


def test_one_section_alone_can_be_asked_for(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, birch: Assessment
) -> None:
    found = rows(show(buyer, session, rfi, "?section=resilience"))
    assert len(found) == 2
    assert all("Redundant systems" in head for head in found)
    assert len(rows(show(buyer, session, rfi, "?section=nonsense"))) == len(
        rows(show(buyer, session, rfi))
    )


def test_with_one_vendor_there_is_nothing_to_compare(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment
) -> None:
    assert "Only Amber Call has submitted" in show(buyer, session, rfi).text


def test_choosing_one_of_two_says_so_and_keeps_the_choice(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, birch: Assessment
) -> None:
    page = show(buyer, session, rfi, f"?vendor={amber.id}")
    assert "With Amber Call alone there is nothing to compare" in page.text
    assert "Vendors: 1 of 2" in page.text


def test_more_than_ten_are_refused_with_a_sentence_and_stay_ticked(
    buyer: StrictClient, session: Session, clock: MovableClock, organisation, rfi: Rfi
) -> None:
    made = [
        reviewed.submitted(session, clock, organisation, rfi, vendor=f"V{n:02}", answers={})
        for n in range(11)
    ]
    session.commit()
    asked = "?" + "&".join(f"vendor={one.id}" for one in made)
    page = buyer.show(path(rfi, f"/compare{asked}"), status=422)
    assert "11 vendors are chosen; at most 10 fit side by side" in page.text
    ticked = [one for one in page.root.iter("input") if one.get("checked") is not None]
    assert len(ticked) == 11
    first = show(buyer, session, rfi)
    assert "The first 10 of 11 vendors by name" in first.text
    assert len(list(first.root.iter("th"))[:11]) == 11


def test_the_pages_of_an_rfi_lead_here(
    buyer: StrictClient, session: Session, rfi: Rfi, amber: Assessment, birch: Assessment
) -> None:
    session.commit()
    verdict = buyer.show(path(rfi, "/verdict"))
    assert verdict.link("Compare") == path(rfi, "/compare")
    assert show(buyer, session, rfi).link("Pictures") == path(rfi, "/compare/pictures")
