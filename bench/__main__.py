"""Measures the pages that people wait for against a page that only says hello.

Each page is measured in turns with hello, on the same running server, so that a machine that
grows slower meanwhile moves both. Then the same with ten times the assessments in the database.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench import judging, rejudging, supposing
from bench.load import Call, Measured, run
from bench.pages import Page
from bench.service import Service

ROUNDS = 3
HELLOS = 1200
TIMES_MORE = 10


def main() -> None:
    """Print the table; nothing is judged here, the aims stand beside the figures."""
    print(__doc__)
    judging.report()
    supposing.report()
    rejudging.report()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        small = _measure(Path(folder) / "small", 1)
        large = _measure(Path(folder) / "large", TIMES_MORE)
    _print(small, large)


def _measure(folder: Path, times: int) -> dict[str, tuple[Page, list[tuple[Measured, Measured]]]]:
    print(f"Seeding {times} x 100 assessments ...", flush=True)
    with Service(folder, times) as service:
        pages = service.pages()
        found: dict[str, tuple[Page, list[tuple[Measured, Measured]]]] = {}
        hello = [Call("/hello")] * 4
        run(service.url, hello, 400)
        _say_bare(service.url, hello)
        for page in pages:
            run(service.url, page.calls, max(40, page.count // 5))
            pairs = []
            for _turn in range(ROUNDS):
                pairs.append(
                    (run(service.url, hello, HELLOS), run(service.url, page.calls, page.count))
                )
            found[page.name] = (page, pairs)
        return found


def _say_bare(url: str, hello: list[Call]) -> None:
    bare = [Call("/bare/")] * 4
    run(url, bare, 400)
    shares = [run(url, hello, HELLOS).rate / run(url, bare, HELLOS).rate for _turn in range(ROUNDS)]
    print(f"  hello is {statistics.median(shares):.2f} of a bare Flask application's hello")


def _print(
    small: Mapping[str, tuple[Page, list[tuple[Measured, Measured]]]],
    large: Mapping[str, tuple[Page, list[tuple[Measured, Measured]]]],
) -> None:
    print(
        f"\n{'page':<34}{'of hello':>9}{'aim':>6}{'p95':>8}{'dearer x10':>12}{'SQL':>5}"
        f"{'req/s':>8}{'kB':>7}{'faults':>8}"
    )
    for name, (page, pairs) in small.items():
        share, p95 = _share(pairs), _p95(pairs)
        dearer = share / _share(large[name][1])
        rate = statistics.median(one.rate for _hello, one in pairs)
        faults = sum(one.faults for _hello, one in pairs + large[name][1])
        size = max(one.bytes for _hello, one in pairs) / 1000
        print(
            f"{name:<34}{share:>9.3f}{page.aim:>6.2f}{p95:>7.1f}x{dearer:>11.2f}x"
            f"{page.statements:>5}{rate:>8.0f}{size:>7.1f}{faults:>8}"
        )
    rate = statistics.median(hello.rate for _page, pairs in small.values() for hello, _one in pairs)
    print(f"hello itself: {rate:.0f} requests a second, 4 connections, median of all rounds")
    print("of hello: throughput as a share of hello's (median of pairs); p95: as a multiple of")
    print("hello's; dearer x10: the share with 100 assessments over the share with 1,000.")


def _share(pairs: list[tuple[Measured, Measured]]) -> float:
    return statistics.median(page.rate / hello.rate for hello, page in pairs)


def _p95(pairs: list[tuple[Measured, Measured]]) -> float:
    return statistics.median(page.p95 / hello.p95 for hello, page in pairs)


if __name__ == "__main__":
    main()
