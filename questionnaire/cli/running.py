"""The running service: pages, the worker beside them, and the lines that say where to click."""

from __future__ import annotations

import time

import sqlalchemy as sa
from flask_security.utils import hash_password
from sqlalchemy.orm import Session

from questionnaire import mail
from questionnaire.app import create_app
from questionnaire.cli.serving import Server
from questionnaire.config import Config
from questionnaire.demo import loading
from questionnaire.demo.people import PASSWORD, PEOPLE
from questionnaire.jobs import make_jobs
from questionnaire.worker import Queue, Worker


def listen(config: Config, host: str, port: int) -> Server:
    """The application behind a port; OSError when it cannot be had."""
    return Server(
        create_app(config),
        host,
        port,
        https=config.secure_cookies,
        proxied=config.trusted_proxies > 0,
    )


def run(config: Config, server: Server) -> int:
    """Serve until a signal; the pages end first and the worker last, so that no mail waits."""
    transport = mail.transport(config)
    server.end_on_signals()
    if not config.worker:
        _tell(config, "is sent by a worker of its own: questionnaire worker")
        server.serve()
        return 0
    jobs = make_jobs(config, transport, mail.sender_domain(config))
    worker = Worker(Queue(config, jobs))
    worker.start()
    kept = f"is kept; admins read it at {config.base_url}/mail"
    _tell(config, kept if transport is None else "is sent")
    server.serve()
    worker.stop()
    jobs.engine.dispose()
    return 0


def load_demo_if_empty(config: Config, engine: sa.Engine) -> bool:
    """Load the demo in one transaction; False when the database holds organisations already."""
    app = create_app(config)
    began = time.monotonic()
    with app.app_context(), Session(engine) as session, session.begin():
        if not loading.is_empty(session):
            return False
        print("Loading the demo ...", flush=True)
        loading.load(session, config, hash_password=hash_password)
    print(f"Loaded in {time.monotonic() - began:.1f} seconds.")
    return True


def _tell(config: Config, mail_state: str) -> None:
    lines = ["", f"  The questionnaire service runs at  {config.base_url}"]
    if config.demo:
        lines += ["", f"  Sign in with the password  {PASSWORD}  as"]
        lines += [f"    {one.email:28} {one.name}, {', '.join(one.roles)}" for one in PEOPLE]
        lines += ["  A vendor's link is on the board of each RFI, behind “Copy link”."]
    lines += ["", f"  Mail {mail_state}.", f"  Data is in {config.folder}. Stop with Ctrl+C.", ""]
    print("\n".join(lines), flush=True)
