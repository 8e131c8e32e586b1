"""An application that listens in this process, for journeys that need no process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sa
from flask import Flask
from werkzeug.serving import make_server

from questionnaire.edge import database

Made = TypeVar("Made")
#: How long a request that a closing browser no longer waits for may still take.
SECONDS_TO_FINISH = 10


@contextmanager
def listening(port: int, make: Callable[[], tuple[Flask, Made]]) -> Iterator[Made]:
    """Serve what `make` gives on `port` of the loopback; yields its second part."""
    # Playwright keeps an event loop in this thread, and an app's contexts cannot end beside one.
    with ThreadPoolExecutor(1) as elsewhere:
        app, made = elsewhere.submit(make).result()
        server = make_server("127.0.0.1", port, app, threaded=True)
        elsewhere.submit(server.serve_forever)
        yield made
        server.shutdown()
        server.server_close()
        elsewhere.submit(_close, app).result()


def _close(app: Flask) -> None:
    with app.app_context():
        engine: sa.Engine = database.engine
    last = time.monotonic() + SECONDS_TO_FINISH
    # A connection that comes back to a pool after its end would be left open.
    while engine.pool.checkedout() and time.monotonic() < last:  # type: ignore[attr-defined]
        time.sleep(0.02)
    engine.dispose()
