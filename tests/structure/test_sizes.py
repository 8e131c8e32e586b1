"""Rooms stay small enough to be read at once: files of 260 lines, functions of 50."""

from __future__ import annotations

import ast

from tests.structure import tree

LONGEST_FILE = 260
LONGEST_FUNCTION = 50


def test_no_file_outgrows_its_room() -> None:
    sizes = {
        tree.short(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in tree.files(".py", ".html", ".js", ".css")
    }
    assert len(sizes) > 20
    assert {name: n for name, n in sizes.items() if n > LONGEST_FILE} == {}


def test_no_function_outgrows_a_screen() -> None:
    sizes = {
        f"{tree.short(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in tree.files(".py")
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert len(sizes) > 50
    assert {name: n for name, n in sizes.items() if n > LONGEST_FUNCTION} == {}
