"""The files of the project, as the structure tests walk them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: What we write; migrations/versions is written once and then history.
ROOMS = ("questionnaire", "question_bank", "migrations", "templates", "tests", "bench")
SHIPPED = ("questionnaire", "question_bank", "migrations", "templates")


def files(*suffixes: str, rooms: tuple[str, ...] = ROOMS) -> Iterator[Path]:
    """Every file of ours that ends in one of `suffixes`."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in suffixes and "versions" not in path.parts:
                yield path
    if ".py" in suffixes and rooms == ROOMS:
        yield ROOT / "wsgi.py"


def short(path: Path) -> str:
    """The path as it is written in a message."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=short(path))
