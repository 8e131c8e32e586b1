"""What each command does."""

from __future__ import annotations

import os
import signal
import sys
import threading
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank import check
from question_bank.faults import Fault
from question_bank.loader import load_bank
from questionnaire import mail, migrating
from questionnaire.config import PREFIX, Config
from questionnaire.db import ensure_folder, make_engine
from questionnaire.jobs import make_jobs
from questionnaire.services import joining, staffing
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import system_clock
from questionnaire.services.faults import Invalid, Missing
from questionnaire.services.links import Links
from questionnaire.worker import Queue, Worker


class Unable(Exception):
    """The command cannot do its work; the message says why and what to do."""


def run(asked: Namespace) -> int:
    """Serve pages and send mail until a signal ends it."""
    from questionnaire.cli import running  # the application, which no other command needs

    host, port = asked.host or "127.0.0.1", 8000 if asked.port is None else asked.port
    changes: dict[str, object] = {}
    if f"{PREFIX}BASE_URL" not in os.environ:
        changes["base_url"] = f"http://{host}:{port}"
    if asked.demo:
        changes["demo"] = True
    config = Config.from_environment(os.environ, **changes)
    mail.transport(config)  # a wrong address of the mail server is told before anything is done
    with _prepared(config) as engine:
        if config.demo:
            running.load_demo_if_empty(config, engine)
    try:
        server = running.listen(config, host, port)
    except OSError as fault:
        raise Unable(
            f"Cannot listen on {host}, port {port}: {fault.strerror}. "
            "Choose another with --host and --port."
        ) from fault
    return running.run(config, server)


def migrate(_asked: Namespace) -> int:
    """Bring the database to the newest schema."""
    config = Config.from_environment()
    with _prepared(config) as engine:
        print(f"The database is on revision {migrating.current(engine)}, the newest.")
    return 0


def worker(_asked: Namespace) -> int:
    """Send mail and reminders until a signal ends it."""
    config = Config.from_environment()
    transport = mail.transport(config)
    with connected(config) as engine:
        if migrating.current(engine) != migrating.head():
            raise Unable("The database is not on the newest schema. Run: questionnaire migrate")
    jobs = make_jobs(config, transport, mail.sender_domain(config))
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_rest: ended.set())
    threads = Worker(Queue(config, jobs))
    threads.start()
    where = "is kept for admins to read" if transport is None else "is sent"
    print(f"The worker runs; mail {where}. Stop it with Ctrl+C.", flush=True)
    while not ended.wait(1):
        pass
    threads.stop()
    jobs.engine.dispose()
    return 0


def check_bank(asked: Namespace) -> int:
    """Prove the whole bank: faults are printed and make the status 1, missing wordings do not."""
    faults = check.faults()
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(f"{len(faults)} faults.", file=sys.stderr)
        return 1
    bank = load_bank()
    missing = check.missing_wordings(bank)
    for line in missing if asked.wordings else _counted(missing):
        print(line)
    print(
        f"The bank is sound: {len(bank.sections)} sections, {len(bank.questions)} questions, "
        f"{len(bank.requirements)} requirements, {len(bank.findings)} findings, "
        f"edition {bank.digest[:12]}. "
        f"Wordings not translated yet: {len(missing)} (English stands in)."
    )
    return 0


def _counted(missing: list[Fault]) -> Iterator[str]:
    for file, count in sorted(Counter(one.file for one in missing).items()):
        yield f"{file}: {count} wordings are in English only (named by: bank check --wordings)."


def add_organisation(asked: Namespace) -> int:
    """Begin an organisation; its first admin gets a link by mail, which is printed too."""
    config = Config.from_environment()
    links = Links(config.base_url.rstrip("/"), config.secret_key)
    with _prepared(config) as engine, Session(engine) as session, session.begin():
        try:
            organisation = joining.create_organisation(session, system_clock, asked.name)
            invitation = joining.invite_member(
                session, system_clock, links, Actor.service(organisation.id),
                email=asked.admin, roles=("buyer", "admin"),
            )  # fmt: skip
        except Invalid as fault:
            raise Unable(" ".join(fault.faults.values())) from fault
        print(f"{organisation.name} is there. Its first admin joins at (7 days, once):")
        print(f"  {links.member(invitation.id)}")
    return 0


def unlock(asked: Namespace) -> int:
    """Take the second factor off an account whose owner has lost it."""
    config = Config.from_environment()
    with _prepared(config) as engine, Session(engine) as session, session.begin():
        try:
            name = staffing.forget_second_factor(session, system_clock, asked.email)
        except Missing as fault:
            raise Unable(f"There is no account with the address {asked.email}.") from fault
    print(f"{name} signs in with the password alone, and can set up a second factor again.")
    return 0


def load_demo(_asked: Namespace) -> int:
    """Load the demo; only an empty database takes it."""
    from questionnaire.cli import running

    config = Config.from_environment(demo=True)
    with _prepared(config) as engine:
        if not running.load_demo_if_empty(config, engine):
            raise Unable("The database holds organisations already; the demo needs an empty one.")
    return 0


@contextmanager
def connected(config: Config) -> Iterator[sa.Engine]:
    """An engine for as long as the command needs one; a database that is away is told."""
    ensure_folder(config.database_url)
    engine = make_engine(config.database_url)
    try:
        yield engine
    except sa.exc.OperationalError as fault:
        raise Unable(f"The database cannot be reached: {fault.orig}") from fault
    finally:
        engine.dispose()


@contextmanager
def _prepared(config: Config) -> Iterator[sa.Engine]:
    """An engine on the newest schema."""
    with connected(config) as engine:
        migrating.upgrade(engine)
        yield engine
