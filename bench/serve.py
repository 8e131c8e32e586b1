"""The service with a page that only says hello, on one server: `python -m bench.serve PORT`.

`/hello` is a page of the application; `/bare/` is a Flask application of its own with nothing
else in it, for the record.
"""

from __future__ import annotations

import sys

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from questionnaire.app import create_app
from questionnaire.cli.serving import Server
from questionnaire.config import Config


def bare() -> Flask:
    """A Flask application with one page and nothing around it."""
    app = Flask("bare")
    app.add_url_rule("/", "hello", lambda: "hello")
    return app


def main(port: int) -> None:
    """Serve both on `port` of the loopback until a signal comes."""
    app = create_app(Config.from_environment(worker=False))
    app.add_url_rule("/hello", "hello", lambda: "hello")
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/bare": bare()})  # type: ignore[method-assign]
    Server(app, "127.0.0.1", port).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
