"""How many SQL statements one request takes."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from bench.load import Call
from questionnaire.edge import database


def count_statements(app: Flask, call: Call) -> int:
    """Send `call` within this process; BEGIN and COMMIT are not counted."""
    counted = 0

    def count(*_statement: object) -> None:
        nonlocal counted
        counted += 1

    client = app.test_client(use_cookies=False)
    with app.app_context():
        engine = database.engine
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        reply = client.open(
            call.path,
            method=call.method,
            headers=dict(call.headers or {}),
            data=call.body(0) if call.body else None,
        )
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    if reply.status_code >= 300:
        raise AssertionError(f"{call.method} {call.path}: {reply.status_code}")
    return counted
