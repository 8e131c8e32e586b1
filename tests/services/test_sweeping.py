"""Made reports are cleared away: in time, when there are too many, and when nobody names them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from obstore.store import ObjectStore
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Organisation, ReportFile, Rfi
from questionnaire.services import fetching, keeping, making, sweeping
from questionnaire.services.faults import Missing
from tests.harness.clock import MovableClock
from tests.services import reviewed

LATER = timedelta(hours=2)


@pytest.fixture
def rfi(session: Session, organisation: Organisation) -> Rfi:
    return reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def store(folder: Path) -> ObjectStore:
    return keeping.store_at(folder.as_uri())


@pytest.fixture
def made(session: Session, clock: MovableClock, rfi: Rfi, store: ObjectStore):
    """Call it for a file in a state, with its bytes where its row says that they are."""

    def made(kind: str = "csv", state: str = "made", *, of: Rfi = rfi) -> ReportFile:
        clock.move(timedelta(minutes=1))
        now, id = clock(), new_id()
        file = ReportFile(
            id=id, organisation_id=of.organisation_id, rfi_id=of.id, kind=kind, state=state,
            asked_at=now, due_at=now, attempts=1,
        )  # fmt: skip
        if state == "made":
            file.made_at, file.expires_at = now, now + making.KEPT_FOR
            file.name, file.size, file.store_key = "report.zip", 4, key_of(file, 1)
            keeping.put(store, file.store_key, b"made")
        session.add(file)
        session.flush()
        return file

    return made


def key_of(file: ReportFile, attempt: int) -> str:
    return f"{file.organisation_id}/reports/{file.id}-{attempt}"


def left(store: ObjectStore, file: ReportFile, attempt: int = 1) -> str:
    """Bytes as a worker leaves them that is killed before it has said that they are there."""
    keeping.put(store, key_of(file, attempt), b"left")
    return key_of(file, attempt)


def expire_all(session: Session, clock: MovableClock, store: ObjectStore) -> list[UUID]:
    over = sweeping.over(session, clock())
    for id in over:
        sweeping.expire(session, store, id)
    session.expire_all()
    return over


def states(session: Session, rfi: Rfi, clock: MovableClock) -> list[str]:
    """Newest first."""
    found = fetching.files(session, rfi.organisation_id, rfi.id, clock())
    return [one.state for one in found]


def test_bytes_go_when_their_time_is_over_and_the_row_stays(
    session: Session, clock: MovableClock, rfi: Rfi, made, store
) -> None:
    file = made()
    assert sweeping.over(session, clock()) == []
    clock.move(making.KEPT_FOR)
    assert expire_all(session, clock, store) == [file.id]
    assert sweeping.over(session, clock()) == []
    (shown,) = fetching.files(session, rfi.organisation_id, rfi.id, clock())
    assert (shown.state, shown.replaced) == ("expired", False)
    with pytest.raises(Missing):
        fetching.content(session, store, rfi.organisation_id, rfi.id, file.id)


def test_of_each_round_and_kind_the_newest_few_are_kept(
    session: Session, clock: MovableClock, organisation, rfi: Rfi, made, store, folder
) -> None:
    other = reviewed.reviewed_rfi(session, organisation, title="Another round")
    files = [made() for _ in range(sweeping.MOST_KEPT + 2)]
    others = [made("pdf"), made(of=other)]
    assert expire_all(session, clock, store) == [one.id for one in files[:2]]
    gone = [not (folder / key_of(one, 1)).exists() for one in files + others]
    assert gone == [True, True] + [False] * (sweeping.MOST_KEPT + len(others))
    shown = fetching.files(session, rfi.organisation_id, rfi.id, clock())
    assert [one.replaced for one in shown if one.state == "expired"] == [True, True]


def test_what_is_under_way_or_failed_takes_no_place(
    session: Session, clock: MovableClock, made
) -> None:
    for state in ("made", "failed", "making", "waiting", "expired"):
        for _ in range(sweeping.MOST_KEPT):
            made(state=state)
    assert sweeping.over(session, clock()) == []


def test_bytes_that_no_row_names_are_swept(
    session: Session, clock: MovableClock, rfi: Rfi, made, store, folder
) -> None:
    clock.present = datetime.now(UTC)
    kept = made()
    twice = made()
    orphans = [
        left(store, made(state="failed"), 3),
        left(store, made(state="expired")),
        left(store, twice, 2),
        left(store, ReportFile(id=new_id(), organisation_id=rfi.organisation_id)),
    ]
    clock.move(LATER)
    assert sorted(sweeping.orphans(session, store, clock())) == sorted(orphans)
    assert sweeping.sweep(store, orphans) == len(orphans)
    assert sweeping.sweep(store, orphans) == 0, "another worker may have been faster"
    assert sweeping.orphans(session, store, clock()) == []
    for one in (kept, twice):
        assert (folder / key_of(one, 1)).read_bytes() == b"made"


def test_a_worker_that_is_at_it_loses_nothing(
    session: Session, clock: MovableClock, made, store
) -> None:
    """It may have stored the bytes, and be about to say so; or be at another try."""
    clock.present = datetime.now(UTC)
    for state in ("waiting", "making"):
        left(store, made(state=state))
    clock.move(LATER)
    assert sweeping.orphans(session, store, clock()) == []


def test_young_bytes_wait(session: Session, clock: MovableClock, made, store) -> None:
    clock.present = datetime.now(UTC)
    key = left(store, made(state="failed"))
    assert sweeping.orphans(session, store, clock()) == []
    clock.move(LATER)
    assert sweeping.orphans(session, store, clock()) == [key]


def test_what_a_vendor_sent_is_never_looked_at(
    session: Session, clock: MovableClock, rfi: Rfi, made, store
) -> None:
    clock.present = datetime.now(UTC)
    made()
    for key in (f"{new_id()}/{new_id()}", f"reports-of-ours/{new_id()}-1", "reports/strange.txt"):
        keeping.put(store, f"{rfi.organisation_id}/{key}", b"evidence")
    clock.move(LATER)
    assert sweeping.orphans(session, store, clock()) == []


def test_only_so_much_is_swept_at_one_go(
    session: Session, clock: MovableClock, made, store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "MOST_AT_ONCE", 2)
    clock.present = datetime.now(UTC)
    failed = made(state="failed")
    for attempt in range(1, 6):
        left(store, failed, attempt)
    clock.move(LATER)
    sizes = []
    while found := sweeping.orphans(session, store, clock()):
        sizes.append(sweeping.sweep(store, found))
    assert sizes == [2, 2, 1]
    assert session.scalars(sa.select(ReportFile.state)).all() == ["failed"]
