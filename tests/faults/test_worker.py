"""The worker: many at once, woken, broken, and killed while it sends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.config import Config
from questionnaire.jobs import Jobs
from questionnaire.models import Assessment, EvidenceReview, Flag, Organisation
from questionnaire.services.proving import Proof
from questionnaire.worker import Queue, Worker
from tests.faults.outbox import CODE, Outbox, jobs_for, outbox
from tests.harness import sink as sinks
from tests.harness.clock import START, MovableClock
from tests.services import reviewed
from tests.services.rounds import DEADLINE, make_assessment, make_invitation, make_rfi

__all__ = ("outbox",)


@pytest.fixture
def sink():
    with sinks.running() as sink:
        yield sink


def test_many_workers_at_once_send_each_mail_once(outbox, sink) -> None:
    ids = outbox.write(40)
    jobs = jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}")
    threads = [threading.Thread(target=jobs.deliver) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Counter(sink.seen_ids) == Counter(f"<{id}@service.example>" for id in ids)
    assert set(outbox.states()) == {"sent"}


def test_a_ring_wakes_the_worker_at_once_and_it_ends_in_peace(outbox, sink, tmp_path) -> None:
    config = Config.for_tests(database_url=outbox.url, folder=tmp_path)
    jobs = jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}")
    worker = Worker(Queue(config, jobs))
    worker.start()
    try:
        _until(lambda: not Queue(config).huey.pending_count())
        outbox.write(kind="code", context=CODE)
        Queue(config).ring()
        _until(lambda: outbox.states() == ["sent"], seconds=3)
    finally:
        began = time.monotonic()
        worker.stop()
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("times", [1, 2])
def test_a_worker_killed_while_it_sends_loses_no_mail(outbox, sink, tmp_path, times) -> None:
    ids = outbox.write(4)
    for _ in range(times):
        sink.hold = True
        sink.holding.clear()
        process = _start_worker(outbox, sink.port, tmp_path)
        try:
            assert sink.holding.wait(30), "no mail came"
            time.sleep(0.2)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        # What the dead worker held is free again when its lease is over, as it is after a while.
        _let_leases_run_out(outbox)
        sink.replies["DATA"] = "451 4.3.0 the connection broke"
        sink.hold = False
        time.sleep(0.3)
        sink.replies.clear()
    assert "sent" not in outbox.states()
    process = _start_worker(outbox, sink.port, tmp_path)
    try:
        _until(lambda: set(outbox.states()) == {"sent"}, seconds=30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
    arrived = Counter(one["Message-ID"] for one in sink.taken)
    assert arrived == Counter(f"<{id}@service.example>" for id in ids)
    assert len(sink.seen_ids) > len(ids), "no mail was under way when the worker was killed"
    assert set(sink.seen_ids) == set(arrived)


def _start_worker(outbox: Outbox, port: int, folder: Path) -> subprocess.Popen[bytes]:
    settings = {
        "QUESTIONNAIRE_DATABASE_URL": outbox.url,
        "QUESTIONNAIRE_FOLDER": str(folder),
        "QUESTIONNAIRE_SMTP_URL": f"smtp://127.0.0.1:{port}",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "questionnaire.cli", "worker"],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
    )


def _let_leases_run_out(outbox: Outbox) -> None:
    with outbox.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE message SET due_at = created_at WHERE state IN ('leased', 'waiting')")
        )


def _until(true, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_the_log_shows_no_password_and_no_text_when_something_breaks(outbox, capsys) -> None:
    from questionnaire import logs

    def broken(_mail: object) -> NoReturn:
        raise RuntimeError("out of memory")

    outbox.write()
    logs.set_up()
    jobs = jobs_for(outbox, None)
    Jobs(jobs.engine, jobs.links, broken, "service.example").deliver()
    logged = capsys.readouterr().err
    assert "RuntimeError: out of memory" in logged
    assert "q.example/x" not in logged
    assert "vera" not in logged


def test_each_hour_waivers_that_ended_are_opened_and_reminders_go_out(outbox, sink) -> None:
    with Session(outbox.engine) as session, session.begin():
        organisation = session.get_one(Organisation, outbox.organisation_id)
        assessment = make_assessment(session, organisation)
        make_invitation(session, assessment)
        session.add(_waived_flag(assessment, until=(DEADLINE - timedelta(days=9)).date()))
    jobs = jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}", lambda: DEADLINE - timedelta(days=7))
    jobs.hourly()
    jobs.hourly()
    assert [one["Subject"] for one in sink.taken] == [
        "Reminder: Evenings and weekends is due on 23 December 2026"
    ]
    with Session(outbox.engine) as session:
        flag = session.scalars(sa.select(Flag)).one()
    assert flag.state == "open"
    assert "ended" in (flag.reopened_why or "")


def test_each_hour_documents_that_lapsed_are_judged_anew_and_their_vendors_told_once(
    outbox, sink
) -> None:
    with Session(outbox.engine) as session, session.begin():
        organisation = session.get_one(Organisation, outbox.organisation_id)
        assessment = reviewed.submitted(session, MovableClock(), organisation)
        make_invitation(session, assessment)
        for ends in (date(2026, 11, 30), date(2026, 12, 31)):
            _reviewed_paper(session, assessment, ends)
    jobs = jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}", lambda: START + timedelta(days=9))
    jobs.hourly()
    jobs.hourly()
    assert [one["Subject"] for one in sink.taken] == [
        "A document has lapsed: Evenings and weekends"
    ]
    with Session(outbox.engine) as session:
        lapsed = session.scalars(sa.select(EvidenceReview.lapsed_at)).all()
    assert [one is not None for one in lapsed].count(True) == 1


def _reviewed_paper(session: Session, assessment: Assessment, ends: date) -> None:
    question = reviewed.question_of(reviewed.RTO)
    paper = reviewed.attach(session, assessment, question, content=ends.isoformat().encode())
    paper.reviews = 1
    review = Proof(2, None, ends).columns()
    ids = {"organisation_id": paper.organisation_id, "assessment_id": assessment.id}
    session.add(EvidenceReview(**ids, evidence_id=paper.id, version=1, reviewed_at=START, **review))
    session.flush()


def _waived_flag(assessment: Assessment, until: date) -> Flag:
    return Flag(
        organisation_id=assessment.organisation_id,
        rfi_id=assessment.rfi_id,
        assessment_id=assessment.id,
        requirement_id="a.question#1",
        question_id="a.question",
        section_id="a",
        severity="major",
        severity_rank=1,
        status="not_met",
        state="waived",
        decision="waive",
        waived_until=until,
        explanation="It falls short.",
        basis={},
        raised_at=START,
        changed_at=START,
    )


def test_one_broken_reminder_costs_the_others_nothing(outbox, sink, capsys) -> None:
    with Session(outbox.engine) as session, session.begin():
        organisation = session.get_one(Organisation, outbox.organisation_id)
        rfi = make_rfi(session, organisation)
        for number, address in enumerate(("no address", "vera@ambercall.example")):
            assessment = make_assessment(session, organisation, rfi, vendor=f"Vendor {number}")
            make_invitation(session, assessment, email=address)
    jobs = jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}", lambda: DEADLINE - timedelta(days=7))
    assert jobs.remind() == 1
    assert [one.to_address for one in outbox.all()] == ["vera@ambercall.example"]


def test_where_the_bell_cannot_be_hung_mails_go_out_all_the_same(outbox, sink, tmp_path) -> None:
    (tmp_path / "a-file").touch()
    config = Config.for_tests(database_url=outbox.url, folder=tmp_path / "a-file")
    worker = Worker(Queue(config, jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}")))
    worker.start()
    try:
        outbox.write()
        Queue(config).ring()
        _until(lambda: outbox.states() == ["sent"], seconds=15)
    finally:
        worker.stop()


def test_a_worker_may_be_ended_the_moment_it_began(outbox, tmp_path) -> None:
    config = Config.for_tests(database_url=outbox.url, folder=tmp_path)
    for _ in range(20):
        worker = Worker(Queue(config, jobs_for(outbox, None)))
        worker.start()
        worker.stop()
