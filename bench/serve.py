"""The service and a page that only says hello, on one server: `python -m bench.serve PORT`."""

from __future__ import annotations

import sys

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from questionnaire.app import create_app
from questionnaire.cli.serving import Server
from questionnaire.config import Config


def hello() -> Flask:
    """The measure of all others: a bare Flask application with one page."""
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "hello")
    return app


def main(port: int) -> None:
    """Serve both on `port` of the loopback until a signal comes."""
    app = create_app(Config.from_environment(worker=False))
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/hello": hello()})  # type: ignore[method-assign]
    Server(app, "127.0.0.1", port).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
