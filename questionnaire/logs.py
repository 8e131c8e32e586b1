"""What is written to the log, and how: a line an event, to standard error.

A traceback never shows the values of variables or rows: among them are answers, passwords, links.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from types import TracebackType
from typing import TextIO

import structlog

#: With this PostgreSQL goes on to quote the whole row that it has refused.
_ROW = re.compile(r"^DETAIL:.*$", re.MULTILINE)


def set_up() -> None:
    """Log to standard error from now on; calling it again changes nothing."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    # Some requests wait for a thread whenever more people click at once: that is no fault.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_traceback),
        ],
        # Asked for at each event, because whoever runs this may change where errors go.
        logger_factory=lambda *_name: structlog.PrintLogger(sys.stderr),
    )


def _traceback(
    out: TextIO, fault: tuple[type[BaseException], BaseException, TracebackType | None]
) -> None:
    out.write("\n" + _ROW.sub("DETAIL: left out", "".join(traceback.format_exception(*fault))))
