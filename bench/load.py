"""A bounded load from one process: a few keep-alive connections, each sending in turn."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Call:
    """One request to send; `body` is made anew for each, from its running number."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] | None = None
    body: Callable[[int], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """`rate` in requests a second, times in milliseconds, `faults` = replies that were not 2xx."""

    rate: float
    p50: float
    p95: float
    faults: int
    bytes: int


def run(base: str, calls: list[Call], count: int) -> Measured:
    """Send `count` requests over one connection for each of `calls`, all at once."""
    each = max(1, count // len(calls))
    times: list[float] = []
    faults: list[str] = []
    sizes: list[int] = []
    lock = threading.Lock()
    ready = threading.Barrier(len(calls) + 1)

    def work(call: Call, first: int) -> None:
        address = urlsplit(base)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
        mine: list[float] = []
        text = b""
        ready.wait()
        for number in range(first, first + each):
            body = call.body(number) if call.body else None
            started = time.perf_counter()
            connection.request(call.method, call.path, body, dict(call.headers or {}))
            reply = connection.getresponse()
            text = reply.read()
            mine.append((time.perf_counter() - started) * 1000)
            if reply.status >= 300:
                with lock:
                    faults.append(f"{reply.status} {text[:200]!r}")
        connection.close()
        with lock:
            times.extend(mine)
            sizes.append(len(text))

    threads = [
        threading.Thread(target=work, args=(call, place * each)) for place, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    if faults:
        print(f"  {len(faults)} replies were not as expected, the first: {faults[0]}")
    cuts = statistics.quantiles(times, n=20)
    rate = len(times) / elapsed
    return Measured(rate, statistics.median(times), cuts[18], len(faults), max(sizes))
