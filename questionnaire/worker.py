"""The worker: wakes to send what the outbox holds, and once an hour to remind.

huey only wakes and schedules. A wake-up that is lost costs seconds, because the outbox is looked
at every few of them anyway; what is to be sent stands in its rows and nowhere else.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from datetime import datetime

import structlog
from huey import Huey, MemoryHuey, SqliteHuey
from huey.consumer import Consumer, ConsumerStopped, Scheduler

from questionnaire.config import Config
from questionnaire.jobs import Jobs

log = structlog.get_logger(__name__)

#: How often the outbox is looked at without being woken.
SECONDS_BETWEEN_LOOKS = 5
#: A slow mail server must not hold up the code that somebody waits for.
SENDERS = 2
#: How long the end waits for a mail on its way; what is cut off then is sent again by its lease.
SECONDS_TO_FINISH = 25


class Queue:
    """Where one process rings and another, or a thread of the same, hears it.

    Who only rings needs no `jobs`.
    """

    def __init__(self, config: Config, jobs: Jobs | None = None) -> None:
        self.huey = _huey(config)

        def send() -> None:
            if jobs is not None:
                jobs.deliver()
                jobs.make_reports()

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
