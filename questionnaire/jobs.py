"""What a worker does: mails, reminders, what falls due by the calendar, reports."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
import structlog
from obstore.store import ObjectStore
from sqlalchemy.orm import Session

from questionnaire.config import Config
from questionnaire.db import make_engine, read_only
from questionnaire.services import (
    delivering,
    keeping,
    lapsing,
    making,
    reminding,
    reporting,
    reviewing,
    sheet_taking,
    stepping,
    sweeping,
)
from questionnaire.services.clock import Clock, system_clock
from questionnaire.services.delivering import Transport
from questionnaire.services.links import Links

log = structlog.get_logger(__name__)


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
    #: Where reports are put; without it none are made here.
    store: ObjectStore | None = None

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

    def make_reports(self) -> int:
        """Make every report that somebody waits for; returns how many were made."""
        with read_only(), Session(self.engine) as session:
            if self.store is None or not making.is_due(session, self.clock()):
                return 0
        made = 0
        while (task := self._report_to_make()) is not None:
            if task.attempts <= making.MOST_ATTEMPTS:
                made += self._make(task, self.store)
        if made:
            self._expire(self.store)
        return made

    def _report_to_make(self) -> making.Task | None:
        with Session(self.engine) as session, session.begin():
            return making.lease(session, self.clock)

    def _make(self, task: making.Task, store: ObjectStore) -> bool:
        """Read, make, keep, each in a transaction of its own; how far it is is seen meanwhile."""
        try:
            with read_only(), Session(self.engine) as session:
                ground = making.ground(session, task.rfi_id)
                where = (task.organisation_id, task.rfi_id, self.clock(), task.language)
                report = reporting.report(session, *where)
            self._advance(task, 40)
            content = making.bytes_of(task, report)
            self._advance(task, 90)
            with Session(self.engine) as session, session.begin():
                return making.keep(session, self.clock, store, task, report, content, ground)
        except Exception:
            log.exception("report", report=str(task.id))
            with Session(self.engine) as session, session.begin():
                making.give_back(session, task, self.clock())
            return False

    def _advance(self, task: making.Task, progress: int) -> None:
        with Session(self.engine) as session, session.begin():
            making.advance(session, task, progress)

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

    def forget(self) -> int:
        """Delete uploaded spreadsheets that have waited too long; returns how many."""
        with Session(self.engine) as session, session.begin():
            return sheet_taking.forget(session, self.clock())

    def rejudge(self) -> int:
        """Judge anew what was judged by older rules, before an upgrade; returns how many."""
        with read_only(), Session(self.engine) as session:
            behind = stepping.due(session)
        return sum(self._rejudge(assessment_id) for assessment_id in behind)

    def _rejudge(self, assessment_id: UUID) -> bool:
        try:
            with Session(self.engine) as session, session.begin():
                return stepping.step(session, self.clock, assessment_id)
        except Exception:
            # One assessment's trouble must not keep the others behind.
            log.exception("rejudge", assessment=str(assessment_id))
            return False

    def hourly(self) -> None:
        """All that falls due by the calendar, and what an upgrade has left behind."""
        self.rejudge()
        self.reopen()
        self.forget()
        if self.lapse() + self.remind():
            self.deliver()
        if self.store is not None:
            self._expire(self.store)
            self._sweep(self.store)

    def _expire(self, store: ObjectStore) -> None:
        """Delete reports whose time is over, and too many, each in a transaction of its own."""
        with read_only(), Session(self.engine) as session:
            over = sweeping.over(session, self.clock())
        for file_id in over:
            try:
                with Session(self.engine) as session, session.begin():
                    sweeping.expire(session, store, file_id)
            except Exception:
                # A store that does not delete today must not stop what else falls due.
                log.exception("expire", report=str(file_id))

    def _sweep(self, store: ObjectStore) -> int:
        """Delete what a worker that was killed has left in the store; returns how much it was."""
        try:
            with read_only(), Session(self.engine) as session:
                left = sweeping.orphans(session, store, self.clock())
            return sweeping.sweep(store, left)
        except Exception:
            # The same: the next hour tries again.
            log.exception("sweep")
            return 0

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
    store = keeping.store_at(config.evidence_url)
    return Jobs(make_engine(config.database_url), links, transport, domain, store=store)
