"""What is measured: the pages, how they are asked for, and the aim of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from bench.browse import Browser
from bench.load import Call


@dataclass
class Page:
    """A page to measure; `aim` is its throughput as a share of hello's (issue of the main job)."""

    name: str
    aim: float
    count: int
    calls: list[Call] = field(default_factory=list)
    statements: int = 0


def staff_pages(browser: Browser, rfi_id: UUID, submitted: Sequence[UUID]) -> list[Page]:
    """The reviewer's queue, the buyer's board, and ten vendors side by side."""
    headers = browser.headers
    beside = urlencode([("vendor", str(one)) for one in submitted[:10]])
    return [
        Page("queue, 20 of 10,000 flags", 0.40, 250, [Call("/flags", headers=headers)] * 4),
        Page("board, 100 vendors", 0.25, 120, [Call(f"/rfis/{rfi_id}", headers=headers)] * 4),
        Page(
            "compare, 10 vendors",
            0.05,
            80,
            [Call(f"/rfis/{rfi_id}/compare?{beside}", headers=headers)] * 4,
        ),
    ]


def vendor_pages(
    browsers: list[tuple[Browser, UUID]], section: str, number_question: str
) -> list[Page]:
    """The section page, one save and the page with all answers; one vendor a connection."""

    def calls(path: str) -> list[Call]:
        return [
            Call(f"/assessment/{id}/{path}", headers=browser.headers) for browser, id in browsers
        ]

    saves = [
        Call(
            f"/assessment/{id}/answer/{number_question}",
            "POST",
            browser.headers | {"Content-Type": "application/x-www-form-urlencoded"},
            _saver(number_question),
        )
        for browser, id in browsers
    ]
    return [
        Page("section page, 12 questions", 0.30, 250, calls(f"section/{section}")),
        Page("one save", 0.25, 250, saves),
        Page("check page, 121 questions", 0.15, 120, calls("check")),
    ]


def _saver(question_id: str) -> Callable[[int], bytes]:
    """Bodies of saves, each with another value and the version that the one before made."""
    version = 1

    def body(number: int) -> bytes:
        nonlocal version
        fields = {
            f"{question_id}:said": "answered",
            f"{question_id}:value": str(version % 90 + 1),
            f"{question_id}:version": str(version),
            "save-key": f"bench-{version}-{number}",
        }
        version += 1
        return urlencode(fields).encode()

    return body
