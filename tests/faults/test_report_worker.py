"""The worker that makes reports: killed in the midst of it, and when making goes wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.jobs import Jobs
from questionnaire.models import Organisation, ReportFile
from questionnaire.services import keeping, making
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import system_clock
from tests.faults.outbox import Outbox, jobs_for, outbox
from tests.services import reviewed

__all__ = ("outbox",)


def asked(outbox: Outbox, kind: str = "pdf") -> UUID:
    """The id of a file that somebody has asked for."""
    with Session(outbox.engine) as session, session.begin():
        organisation = session.get_one(Organisation, outbox.organisation_id)
        rfi = reviewed.reviewed_rfi(session, organisation, profiles=["general-retail"])
        actor = Actor.service(organisation.id)
        return making.ask(session, system_clock, actor, rfi.id, kind, "en")


def file(outbox: Outbox, id: UUID) -> ReportFile:
    with Session(outbox.engine, expire_on_commit=False) as session:
        return session.get_one(ReportFile, id)


def jobs_of(outbox: Outbox, folder: Path) -> Jobs:
    made = jobs_for(outbox, None)
    store = keeping.store_at((folder / "evidence").as_uri())
    return Jobs(made.engine, made.links, made.transport, made.domain, store=store)


def start_worker(outbox: Outbox, folder: Path) -> subprocess.Popen[bytes]:
    settings = {"QUESTIONNAIRE_DATABASE_URL": outbox.url, "QUESTIONNAIRE_FOLDER": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-m", "questionnaire.cli", "worker"],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
    )


def until(true: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_a_worker_killed_while_it_makes_a_report_leaves_it_to_the_next(
    outbox: Outbox, tmp_path: Path
) -> None:
    id = asked(outbox)
    process = start_worker(outbox, tmp_path)
    try:
        until(lambda: file(outbox, id).state == "making")
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert file(outbox, id).state == "making", "nobody says of it what is not so"
    with outbox.engine.begin() as connection:  # as it is when the lease is over
        connection.execute(sa.text("UPDATE report_file SET due_at = asked_at"))
    process = start_worker(outbox, tmp_path)
    try:
        until(lambda: file(outbox, id).state == "made")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)
    made = file(outbox, id)
    assert made.attempts == 2
    assert (tmp_path / "evidence" / str(made.store_key)).read_bytes().startswith(b"%PDF")


def test_what_goes_wrong_is_tried_again_and_then_given_up(
    outbox: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    def broken(*_: object) -> NoReturn:
        raise RuntimeError("no paper")

    id, jobs = asked(outbox, "csv"), jobs_of(outbox, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(making, "bytes_of", broken)
        assert jobs.make_reports() == 0
    assert (file(outbox, id).state, file(outbox, id).attempts) == ("failed", making.MOST_ATTEMPTS)
    assert jobs.make_reports() == 0


def test_one_that_goes_wrong_holds_up_no_other(
    outbox: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    as_it_is = making.bytes_of

    def broken_for_pdf(task: making.Task, *rest: object) -> bytes:
        if task.kind == "pdf":
            raise RuntimeError("no paper")
        return as_it_is(task, *rest)  # type: ignore[arg-type]

    first, second = asked(outbox), asked(outbox, "xlsx")
    monkeypatch.setattr(making, "bytes_of", broken_for_pdf)
    assert jobs_of(outbox, tmp_path).make_reports() == 1
    assert (file(outbox, first).state, file(outbox, second).state) == ("failed", "made")


def test_a_worker_without_a_store_makes_none(outbox: Outbox) -> None:
    id = asked(outbox)
    assert jobs_for(outbox, None).make_reports() == 0
    assert file(outbox, id).state == "waiting"


def test_what_a_killed_worker_left_in_the_store_goes_within_the_hour(
    outbox: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    def killed(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("killed between storing and writing")

    id, jobs = asked(outbox, "csv"), jobs_of(outbox, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(making, "_update", killed)
        patched.setattr(Jobs, "_advance", lambda *_: None)
        patched.setattr(making, "give_back", lambda *_: None)
        assert jobs.make_reports() == 0
    with outbox.engine.begin() as connection:  # as it is when the lease is over
        connection.execute(sa.text("UPDATE report_file SET due_at = asked_at"))
    assert jobs.make_reports() == 1
    made = file(outbox, id)
    where = (tmp_path / "evidence" / str(made.store_key)).parent
    assert len(list(where.iterdir())) == 2
    jobs.hourly()
    assert len(list(where.iterdir())) == 2, "young bytes may be those of a worker at work"
    for one in where.iterdir():
        os.utime(one, (0, 0))
    jobs.hourly()
    assert [one.name for one in where.iterdir()] == [Path(str(made.store_key)).name]
