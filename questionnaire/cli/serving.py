"""Serving the application with waitress, so that a signal cuts nobody off.

Waitress's own loop drops what is in its queues when it is told to end. This one stops listening,
lets every request that has come finish and its reply leave, and only then ends.
"""

from __future__ import annotations

import gc
import signal
import time
from typing import Any

from flask import Flask
from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel

#: So many requests are worked on at once. One interpreter lock is between them: with more they
#: pass it on more often and all take longer (eight threads served a tenth fewer pages than four).
THREADS = 4
#: The application refuses what is too large with a page that says so; its largest pages carry
#: several files. Beyond this the line is simply not read.
LARGEST_BODY = 256 * 1024 * 1024
#: How long requests that have come may still take.
SECONDS_TO_FINISH = 25


class Server:
    """A listening server; constructing it takes the port or raises OSError."""

    def __init__(
        self, app: Flask, host: str, port: int, *, https: bool = False, proxied: bool = False
    ) -> None:
        self._map: dict[int, Any] = {}
        self._ending = False
        try:
            self._server = create_server(
                app,
                map=self._map,
                host=host,
                port=port,
                threads=THREADS,
                ident=None,
                url_scheme="https" if https else "http",
                max_request_body_size=LARGEST_BODY,
                # What a proxy says is read by the application, which knows how many to believe.
                clear_untrusted_proxy_headers=not proxied,
            )
        except OSError:
            wasyncore.close_all(self._map, ignore_all=True)
            raise

    def end_on_signals(self) -> None:
        """From now on SIGTERM and SIGINT let what has come finish, and nothing more come."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)

    def serve(self) -> None:
        """Serve until a signal ends it; returns when the last reply is out."""
        # The bank and the libraries stay: nobody need look through them for garbage again.
        gc.collect()
        gc.freeze()
        while not self._ending:
            self._turn(1.0)
        self._turn(0.0)
        self._stop_listening()
        last = time.monotonic() + SECONDS_TO_FINISH
        while (busy := self._busy()) and time.monotonic() < last:
            self._turn(0.1)
        if busy:
            print(f"Ended with {len(busy)} requests unfinished.")
        self._server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map, ignore_all=True)

    def _end(self, *_signal: object) -> None:
        if self._ending:
            return
        self._ending = True
        self._server.trigger.pull_trigger()

    def _turn(self, timeout: float) -> None:
        wasyncore.loop(timeout=timeout, use_poll=True, map=self._map, count=1)

    def _stop_listening(self) -> None:
        for one in list(self._map.values()):
            if getattr(one, "accepting", False):
                wasyncore.dispatcher.close(one)

    def _busy(self) -> list[HTTPChannel]:
        channels = [one for one in self._map.values() if isinstance(one, HTTPChannel)]
        return [one for one in channels if one.requests or one.request or one.total_outbufs_len]
