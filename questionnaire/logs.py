"""What is written to the log, and how: one line an event, to standard error.

A traceback never shows the values of variables: among them are answers, passwords and links.
"""

from __future__ import annotations

import logging
import sys

import structlog


def set_up() -> None:
    """Log to standard error from now on; calling it again changes nothing."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        # Asked for at each event, because whoever runs this may change where errors go.
        logger_factory=lambda *_name: structlog.PrintLogger(sys.stderr),
    )
