"""The application: every part of the edge put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from flask_bootstrap import Bootstrap5
from werkzeug.middleware.proxy_fix import ProxyFix

from questionnaire import (
    accounts,
    admin,
    buyer,
    cookies,
    edge,
    errors,
    languages,
    logs,
    paths,
    rater,
    reviewer,
    telling,
    vendor,
    wire,
)
from questionnaire.config import EVIDENCE_FILE_LIMIT, Config
from questionnaire.demo.people import PASSWORD, PEOPLE
from questionnaire.services import posting
from questionnaire.services.clock import Clock, system_clock
from questionnaire.worker import Queue


def create_app(config: Config | None = None, clock: Clock = system_clock) -> Flask:
    """The WSGI application on `config` (from the environment when None), ready to serve."""
    logs.set_up()
    config = config or Config.from_environment()
    app = Flask(
        "questionnaire",
        template_folder=str(paths.templates()),
        static_folder=str(paths.static()),
    )
    app.config.update(
        SECRET_KEY=config.secret_key,
        TESTING=config.testing,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=EVIDENCE_FILE_LIMIT + 2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=20_000,
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    if config.trusted_proxies:
        # The address of whoever asks and nothing else: links carry BASE_URL whatever is claimed.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.trusted_proxies, x_proto=0
        )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    Bootstrap5(app)
    edge.init(app, config, clock)
    wire.init(app)
    cookies.init(app)
    errors.init(app)
    languages.init(app)
    telling.init(app)
    accounts.init(app)
    for actor in (buyer, vendor, rater, reviewer, admin):
        app.register_blueprint(actor.blueprint)
    app.add_url_rule("/healthz", "healthz", _healthz)
    if not config.testing:
        app.extensions["questionnaire"]["after_commit"].append(_ringing(Queue(config)))
    if config.demo:
        app.extensions["questionnaire"]["demo_people"] = PEOPLE
        app.extensions["questionnaire"]["demo_password"] = PASSWORD
    return app


def _ringing(queue: Queue) -> Callable[[], None]:
    """Wakes the worker when the transaction that was committed has put a mail into the outbox."""

    def ring() -> None:
        if edge.database.session.info.pop(posting.POSTED, False):
            queue.ring()

    return ring


def _healthz() -> tuple[str, int, dict[str, str]]:
    edge.database.session.connection()
    return "ok", 200, {"Content-Type": "text/plain; charset=utf-8"}
