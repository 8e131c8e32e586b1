"""The worker: wakes to send what the outbox holds, and once an hour to remind.

huey only wakes and schedules. A wake-up that is lost costs seconds, because the outbox is looked
at every few of them anyway; what is to be sent stands in its rows and nowhere else.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import structlog
from huey import Huey, MemoryHuey, SqliteHuey
from huey.consumer import Consumer, ConsumerStopped, Scheduler
from sqlalchemy.orm import Session

from questionnaire.config import Config
from questionnaire.db import make_engine, read_only
from questionnaire.services import delivering, lapsing, reminding, reviewing
from questionnaire.services.clock import Clock, system_clock
from questionnaire.services.delivering import Transport
from questionnaire.services.links import Links

log = structlog.get_logger(__name__)

#: How often the outbox is looked at without being woken.
SECONDS_BETWEEN_LOOKS = 5
#: A slow mail server must not hold up the code that somebody waits for.
SENDERS = 2
#: How long the end waits for a mail on its way; what is cut off then is sent again by its lease.
SECONDS_TO_FINISH = 25


@dataclass(frozen=True, slots=True)
class Jobs:
    """What a worker does; each mail and each reminder in transactions of its own.

    Without `transport` there is no mail server, and every mail is kept for admins to read.
    """

    engine: sa.Engine
    links: Links
    transport: Transport | None
    domain: str
    clock: Clock = system_clock

    def deliver(self) -> int:
        """Send everything that is due; returns how many mails were taken out of the outbox."""
        if not self._is_anything_due():
            return 0
        if self.transport is None:
            with Session(self.engine) as session, session.begin():
                return delivering.keep(session)
        done = 0
        while (mail := self._lease()) is not None:
            with Session(self.engine) as session, session.begin():
                delivering.deliver(session, self.clock, mail, self.transport)
            done += 1
        return done

    def remind(self) -> int:
        """Write the reminders that have fallen due; returns how many were written."""
        with read_only(), Session(self.engine) as session:
            late = reminding.due(session, self.clock())
        written = 0
        for assessment_id in late:
            try:
                with Session(self.engine) as session, session.begin():
                    written += reminding.remind(session, self.clock, self.links, assessment_id)
            except Exception:
                # One vendor's trouble must not cost the others their reminder.
                log.exception("reminder", assessment=str(assessment_id))
        return written

    def reopen(self) -> int:
        """Open the flags again whose waiver has ended; returns how many."""
        with Session(self.engine) as session, session.begin():
            return reviewing.reopen_lapsed(session, self.clock)

    def lapse(self) -> int:
        """Judge anew what rested on documents that have lapsed; returns how many there were."""
        with read_only(), Session(self.engine) as session:
            over = lapsing.due(session, self.clock().date())
        return sum(self._lapse(review_id) for review_id in over)

    def _lapse(self, review_id: UUID) -> bool:
        try:
            with Session(self.engine) as session, session.begin():
                return lapsing.lapse(session, self.clock, self.links, review_id)
        except Exception:
            # One vendor's trouble must not keep the documents of others in force.
            log.exception("lapse", review=str(review_id))
            return False

    def hourly(self) -> None:
        """All that falls due by the calendar."""
        self.reopen()
        if self.lapse() + self.remind():
            self.deliver()

    def _is_anything_due(self) -> bool:
        # Looking takes no write lock, so an idle worker is in nobody's way.
        with read_only(), Session(self.engine) as session:
            return delivering.is_due(session, self.clock())

    def _lease(self) -> delivering.Mail | None:
        with Session(self.engine) as session, session.begin():
            return delivering.lease(session, self.clock, self.domain)


def make_jobs(config: Config, transport: Transport | None, domain: str) -> Jobs:
    """The jobs of a running service, on an engine of their own."""
    links = Links(config.base_url.rstrip("/"), config.secret_key)
    return Jobs(make_engine(config.database_url), links, transport, domain)


class Queue:
    """Where one process rings and another, or a thread of the same, hears it.

    Who only rings needs no `jobs`.
    """

    def __init__(self, config: Config, jobs: Jobs | None = None) -> None:
        self.huey = _huey(config)

        def send() -> None:
            if jobs is not None:
                jobs.deliver()

        def hourly() -> None:
            if jobs is not None:
                jobs.hourly()

        self._send = self.huey.task(name="send")(send)
        self.huey.periodic_task(lambda _now: True, name="look")(send)
        self.huey.periodic_task(_OnceAnHour(), name="hourly")(hourly)

    def ring(self) -> None:
        """Wake a worker; a failure is logged and harmless, since the worker looks by itself."""
        try:
            if self.huey.pending_count() == 0:
                self._send()
        except Exception:
            log.exception("ring")


class _OnceAnHour:
    """True at the first look of each hour, and at the first look of all."""

    def __init__(self) -> None:
        self._last: datetime | None = None

    def __call__(self, now: datetime) -> bool:
        hour = now.replace(minute=0, second=0, microsecond=0)
        fresh, self._last = hour != self._last, hour
        return fresh


def _huey(config: Config) -> Huey:
    """A bell in the service's folder, or in memory where that folder cannot be written.

    Then, and between machines, a ring is heard by nobody and the next look finds the mail.
    """
    try:
        config.folder.mkdir(parents=True, exist_ok=True)
        # No WAL: the interpreter's own SQLite may be of a version whose WAL is not safe.
        return SqliteHuey(
            "questionnaire",
            filename=str(config.folder / "bell.db"),
            journal_mode="truncate",
            fsync=False,
            results=False,
        )
    except (OSError, sqlite3.Error):
        log.warning("no bell", folder=str(config.folder))
        return MemoryHuey("questionnaire", results=False)


class _Scheduler(Scheduler):  # type: ignore[misc]
    periodic_task_seconds = SECONDS_BETWEEN_LOOKS


class _Consumer(Consumer):  # type: ignore[misc]
    scheduler_class = _Scheduler

    def _set_signal_handlers(self) -> None:
        # Whoever runs the process handles its signals: a thread could not.
        return


class Worker:
    """A worker in threads of this process."""

    def __init__(self, queue: Queue) -> None:
        self._consumer = _Consumer(
            queue.huey, workers=SENDERS, max_delay=0.5, shutdown_timeout=SECONDS_TO_FINISH
        )
        self._watch = threading.Thread(target=self._watch_over, name="worker", daemon=True)
        self._queue = queue

    def start(self) -> None:
        """Begin, first with what an earlier run has left."""
        self._consumer.start()
        self._watch.start()
        self._queue.ring()

    def stop(self) -> None:
        """Finish the mail that is being sent, then end."""
        self._consumer.stop(graceful=True)
        self._watch.join()

    def _watch_over(self) -> None:
        """Replace threads that have died, until the end."""
        looked = time.monotonic()
        while True:
            try:
                looked = self._consumer.loop(looked)
            except ConsumerStopped:
                return
