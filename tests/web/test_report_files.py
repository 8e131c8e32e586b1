"""The report as a file in Ada's browser: asked for, watched, fetched; no price before its time."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlalchemy.orm import Session

from questionnaire.core.report.documents import document_of
from questionnaire.models import Assessment, AuditRow, Organisation, ReportFile, Rfi, User
from questionnaire.services import keeping, locking, making, reporting, sweeping
from questionnaire.services.drawing import for_print
from tests.cast import actor_of, sign_in
from tests.harness.clock import MovableClock
from tests.harness.page import Page, text_of
from tests.harness.web import StrictClient
from tests.services import reviewed
from tests.services.locks import amber, decide_all, locked, remi_, rosa_
from tests.services.reviewed import SECRET_PRICE
from tests.web.buying import buyer, path

__all__ = ["amber", "buyer", "decide_all", "locked", "remi_", "rosa_"]

FIGURES = (str(SECRET_PRICE), f"{SECRET_PRICE:.2f}", f"{SECRET_PRICE:.1f}")


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


@pytest.fixture
def store(app):
    return keeping.store_at(app.extensions["questionnaire"]["config"].evidence_url)


def ask(buyer: StrictClient, session: Session, rfi: Rfi, title: str) -> Page:
    session.commit()
    buyer.show(path(rfi, "/report/files"))
    return buyer.press(title)


def work(session: Session, clock: MovableClock, store) -> None:
    """What the worker does."""
    while (task := making.lease(session, clock)) is not None:
        ground = making.ground(session, task.rfi_id)
        report = reporting.report(session, task.organisation_id, task.rfi_id, clock())
        making.keep(session, clock, store, task, report, making.bytes_of(task, report), ground)
    session.commit()


def fetched(buyer: StrictClient, page: Page, nth: int = 0):
    links = [str(one.get("href")) for one in page.root.iter("a") if one.get("download") is not None]
    return buyer.get(links[nth])


def test_what_is_asked_for_is_watched_and_then_fetched(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi, amber: Assessment, store
) -> None:
    page = ask(buyer, session, rfi, "PDF")
    (bar,) = page.root.iter("progress")
    assert bar.get("value") == "0"
    assert 'http-equiv="refresh"' in page.html, "without a script the page looks again by itself"
    work(session, clock, store)
    page = buyer.show(path(rfi, "/report/files"))
    assert 'http-equiv="refresh"' not in page.html
    assert "Out of date" not in page.text
    reply = fetched(buyer, page)
    assert reply.content_type == "application/pdf"
    assert reply.get_data().startswith(b"%PDF")
    assert "attachment" in reply.headers["Content-Disposition"]
    assert "report-2026-11-23.pdf" in reply.headers["Content-Disposition"]


def test_each_kind_can_be_had(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi, amber: Assessment, store
) -> None:
    for title in ("PDF", "Spreadsheet (XLSX)", "Tables (CSV)"):
        ask(buyer, session, rfi, title)
        work(session, clock, store)
    page = buyer.show(path(rfi, "/report/files"))
    begins = [fetched(buyer, page, nth).get_data()[:2] for nth in range(3)]
    assert begins == [b"PK", b"PK", b"%P"]
    made = session.query(AuditRow).filter_by(object_kind="report").count()
    assert made == 3, "that they were asked for is in the trail"


def test_one_that_could_not_be_made_is_said(
    buyer: StrictClient, session: Session, rfi: Rfi
) -> None:
    ask(buyer, session, rfi, "PDF")
    session.query(ReportFile).update({"state": "failed"})
    session.commit()
    page = buyer.show(path(rfi, "/report/files"))
    assert "could not be made" in page.text
    assert not list(page.root.iter("progress"))


def test_one_from_before_a_change_says_so(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    locked,
    ada,
    store,
) -> None:
    ask(buyer, session, rfi, "PDF")
    work(session, clock, store)
    locking.open_prices(session, clock, actor_of(ada, organisation), rfi.id)
    session.commit()
    page = buyer.show(path(rfi, "/report/files"))
    assert "Out of date" in page.text


def test_no_sealed_price_is_in_any_file(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi: Rfi, locked, store
) -> None:
    told = str(
        document_of(reporting.report(session, rfi.organisation_id, rfi.id, clock()), for_print)
    )
    assert not [one for one in FIGURES if one in told], "this is all that the PDF is made of"
    for title in ("Spreadsheet (XLSX)", "Tables (CSV)"):
        ask(buyer, session, rfi, title)
        work(session, clock, store)
    page = buyer.show(path(rfi, "/report/files"))
    for nth in range(2):
        packed = zipfile.ZipFile(io.BytesIO(fetched(buyer, page, nth).get_data()))
        texts = [packed.read(name).decode() for name in packed.namelist()]
        assert not [one for one in FIGURES for text in texts if one in text]


def test_a_file_answers_to_its_own_round_alone(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    organisation,
    rfi: Rfi,
    stan: User,
    store,
) -> None:
    ask(buyer, session, rfi, "Tables (CSV)")
    work(session, clock, store)
    id = session.query(ReportFile).one().id
    other = reviewed.reviewed_rfi(session, organisation, title="Another round")
    session.commit()
    nothing = buyer.get(path(rfi, "/report/files/0192f0c1-0000-7000-8000-000000000000"))
    elsewhere = buyer.get(path(other, f"/report/files/{id}"))
    sign_in(buyer, stan)
    foreign = buyer.get(path(rfi, f"/report/files/{id}"))
    assert {one.status_code for one in (nothing, elsewhere, foreign)} == {404}
    assert nothing.get_data() == elsewhere.get_data()


def test_the_page_names_what_each_file_is_by_its_digest(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi: Rfi, store
) -> None:
    ask(buyer, session, rfi, "Tables (CSV)")
    work(session, clock, store)
    page = buyer.show(path(rfi, "/report/files"))
    (line,) = (one for one in page.root.iter("li") if "SHA-256" in text_of(one))
    assert str(session.query(ReportFile).one().sha256) in text_of(line)


def test_the_page_says_how_many_are_kept_and_what_newer_ones_replaced(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi: Rfi, store
) -> None:
    page = ask(buyer, session, rfi, "Tables (CSV)")
    assert "Of each kind the newest 5 files are kept" in page.text
    work(session, clock, store)
    sweeping.expire(session, store, session.query(ReportFile).one().id)
    session.commit()
    page = buyer.show(path(rfi, "/report/files"))
    assert "deleted, because 5 newer ones of its kind were made" in page.text
