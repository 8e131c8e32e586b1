"""Reports as files: asked for once, made by a worker, kept for a while, and never stale unsaid."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from obstore.store import ObjectStore
from sqlalchemy.orm import Session

from questionnaire.core.report import Report
from questionnaire.models import Assessment, Organisation, ReportFile, Rfi, User
from questionnaire.services import fetching, keeping, locking, making, reporting, reviewing
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.ruling import Decision
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.services import reviewed
from tests.services.locks import amber, decide_all, locked, remi_, rosa_
from tests.services.reviewed import MAJOR, flag_of
from tests.services.rounds import make_rfi

__all__ = ["amber", "decide_all", "locked", "remi_", "rosa_"]


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


@pytest.fixture
def buyer_(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return keeping.store_at((tmp_path / "files").as_uri())


def make(session: Session, clock: MovableClock, store: ObjectStore) -> making.Task:
    """What a worker does with the next one."""
    task = making.lease(session, clock)
    assert task is not None
    ground = making.ground(session, task.rfi_id)
    report = reporting.report(session, task.organisation_id, task.rfi_id, clock())
    content = making.bytes_of(task, report)
    assert making.keep(session, clock, store, task, report, content, ground)
    return task


def newest(session: Session, clock: MovableClock, rfi: Rfi) -> fetching.Made:
    session.expire_all()
    return fetching.files(session, rfi.organisation_id, rfi.id, clock())[0]


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"PK")])
def test_a_file_is_made_and_can_be_fetched(
    session: Session, clock: MovableClock, rfi, amber: Assessment, buyer_, store, kind, begins
) -> None:
    id = making.ask(session, clock, buyer_, rfi.id, kind, "en")
    assert newest(session, clock, rfi).under_way
    with pytest.raises(Missing):
        fetching.content(session, store, rfi.organisation_id, rfi.id, id)
    make(session, clock, store)
    made = newest(session, clock, rfi)
    assert (made.state, made.progress, made.stale, made.asked_by) == (
        "made",
        100,
        False,
        "Ada Marsh",
    )
    name, content_type, content = fetching.content(session, store, rfi.organisation_id, rfi.id, id)
    assert content.startswith(begins)
    assert (made.sha256, made.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert content_type == making.TYPES[kind]
    assert name == made.name


def test_asked_for_twice_it_is_made_once(
    session: Session, clock: MovableClock, rfi: Rfi, buyer_: Actor, store
) -> None:
    first = making.ask(session, clock, buyer_, rfi.id, "pdf", "en")
    assert making.ask(session, clock, buyer_, rfi.id, "pdf", "en") == first
    make(session, clock, store)
    assert making.lease(session, clock) is None
    assert making.ask(session, clock, buyer_, rfi.id, "pdf", "en") != first


def test_what_was_changed_since_makes_it_out_of_date(
    session: Session, clock: MovableClock, rfi, amber: Assessment, buyer_, remi_, store
) -> None:
    making.ask(session, clock, buyer_, rfi.id, "csv", "en")
    make(session, clock, store)
    making.ask(session, clock, buyer_, rfi.id, "xlsx", "en")
    make(session, clock, store)
    assert not newest(session, clock, rfi).stale, "that a report was asked for changes nothing"
    flag = flag_of(session, amber, MAJOR)
    decision = Decision("accept", "They told us by phone.")
    reviewing.decide(session, clock, remi_, flag.id, flag.version, decision)
    assert newest(session, clock, rfi).stale


def test_another_day_makes_it_out_of_date(
    session: Session, clock: MovableClock, rfi: Rfi, buyer_: Actor, store
) -> None:
    making.ask(session, clock, buyer_, rfi.id, "csv", "en")
    make(session, clock, store)
    clock.move(timedelta(days=1))
    assert newest(session, clock, rfi).stale


def test_a_worker_that_died_is_followed_by_another(
    session: Session, clock: MovableClock, rfi: Rfi, buyer_: Actor, store
) -> None:
    making.ask(session, clock, buyer_, rfi.id, "csv", "en")
    dead = making.lease(session, clock)
    assert dead is not None
    making.advance(session, dead, 40)
    assert newest(session, clock, rfi).progress == 40
    assert making.lease(session, clock) is None, "its lease still runs"
    clock.move(making.LEASE)
    make(session, clock, store)
    report = reporting.report(session, rfi.organisation_id, rfi.id, clock())
    assert not making.keep(session, clock, store, dead, report, b"late", making.Ground(None, None))
    assert newest(session, clock, rfi).size != len(b"late")


def test_what_fails_again_and_again_is_given_up_and_said(
    session: Session, clock: MovableClock, rfi: Rfi, buyer_: Actor
) -> None:
    making.ask(session, clock, buyer_, rfi.id, "csv", "en")
    for _ in range(making.MOST_ATTEMPTS):
        task = making.lease(session, clock)
        assert task is not None
        making.give_back(session, task, clock())
    assert making.lease(session, clock) is None
    assert newest(session, clock, rfi).state == "failed"


def test_a_worker_that_dies_each_time_ends_it_too(
    session: Session, clock: MovableClock, rfi: Rfi, buyer_: Actor
) -> None:
    making.ask(session, clock, buyer_, rfi.id, "csv", "en")
    for _ in range(making.MOST_ATTEMPTS + 1):
        assert making.lease(session, clock) is not None
        clock.move(making.LEASE)
    assert making.lease(session, clock) is None
    assert newest(session, clock, rfi).state == "failed"


def test_more_than_a_handful_at_once_are_refused_in_a_sentence(
    session: Session, clock: MovableClock, rfi: Rfi, buyer_: Actor
) -> None:
    for language in ("en", "lv", "es"):
        for kind in ("pdf", "xlsx"):
            making.ask(session, clock, buyer_, rfi.id, kind, language)
    with pytest.raises(Refused, match="Wait until one of them is ready"):
        making.ask(session, clock, buyer_, rfi.id, "csv", "en")


def test_a_kind_that_there_is_none_of_is_refused_in_a_sentence(
    session: Session, clock: MovableClock, rfi: Rfi, buyer_: Actor
) -> None:
    with pytest.raises(Invalid, match=r"Choose PDF"):
        making.ask(session, clock, buyer_, rfi.id, "docx", "en")


def test_strangers_and_drafts_are_answered_alike(
    session: Session,
    clock: MovableClock,
    organisation: Organisation,
    rfi: Rfi,
    buyer_: Actor,
    stan: User,
    store,
) -> None:
    draft = make_rfi(session, organisation, state="draft", sent_at=None)
    stranger = actor_of(stan, stan.memberships[0].organisation)
    for actor, rfi_id in ((buyer_, draft.id), (stranger, rfi.id)):
        with pytest.raises(Missing):
            making.ask(session, clock, actor, rfi_id, "pdf", "en")
    id = making.ask(session, clock, buyer_, rfi.id, "csv", "en")
    make(session, clock, store)
    elsewhere = stan.memberships[0].organisation_id
    assert elsewhere is not None
    with pytest.raises(Missing):
        fetching.content(session, store, elsewhere, rfi.id, id)
    other = reviewed.reviewed_rfi(session, organisation, title="Another round")
    with pytest.raises(Missing):
        fetching.content(session, store, organisation.id, other.id, id)


def test_more_files_ask_no_more_of_the_database(
    session: Session, clock: MovableClock, rfi: Rfi, buyer_: Actor, store, connection: sa.Connection
) -> None:
    counts = []
    for _ in range(2):
        making.ask(session, clock, buyer_, rfi.id, "csv", "en")
        make(session, clock, store)
        with statements(connection) as seen:
            newest(session, clock, rfi)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def row(session: Session, id: UUID) -> ReportFile:
    return session.get_one(ReportFile, id)


def test_what_it_was_made_on_is_kept_with_it(
    session: Session, clock: MovableClock, rfi: Rfi, buyer_: Actor, store
) -> None:
    id = making.ask(session, clock, buyer_, rfi.id, "csv", "en")
    make(session, clock, store)
    session.expire_all()
    versions = dict(row(session, id).versions or [])
    assert versions["Edition of the bank"] == rfi.edition_digest
    assert isinstance(reporting.report(session, rfi.organisation_id, rfi.id, clock()), Report)


def test_a_file_with_prices_cannot_be_fetched_once_they_are_sealed_again(
    session: Session, clock: MovableClock, rfi, locked: UUID, buyer_, remi_, rosa_, store
) -> None:
    sealed = making.ask(session, clock, buyer_, rfi.id, "csv", "en")
    make(session, clock, store)
    locking.open_prices(session, clock, buyer_, rfi.id)
    opened = making.ask(session, clock, buyer_, rfi.id, "csv", "en")
    make(session, clock, store)
    where = (store, rfi.organisation_id, rfi.id)
    assert fetching.content(session, *where, opened)
    assert not newest(session, clock, rfi).withheld
    locking.propose_end(session, clock, remi_, rfi.id, locked, "A vendor was overlooked.")
    locking.agree_end(session, clock, rosa_, rfi.id, locked)
    assert newest(session, clock, rfi).withheld
    with pytest.raises(Refused, match="sealed again"):
        fetching.content(session, *where, opened)
    assert fetching.content(session, *where, sealed)
