"""One word per thing: names that the design bans stand nowhere, and ids stay with the content."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.structure import tree

BANNED = {
    "submission", "response", "item", "record", "entity", "data", "info", "helper", "manager",
    "util", "common",
}  # fmt: skip
PLURALS = {f"{one}s" for one in BANNED} | {"entities", "utils"}

#: Names that a library calls, each with the library.
CALLED_BY_A_LIBRARY = {
    "process_data": "WTForms calls it on every field",
    "get_data_type": "marshmallow-oneofschema asks it for the kind",
}

#: Section ids that are also words of the program itself, with what they mean there.
OTHER_MEANINGS = {
    "company": "a column of a pasted list of vendors",
    "language": "what a page or a message is written in, and a kind of column",
    "security": "how Flask-Security is called among the extensions of the app",
    "trial": "the test calls and their ratings",
}


def _words(name: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return {word.lower() for word in re.split(r"[^A-Za-z0-9]+", spaced)}


def _names(path: Path) -> Iterator[tuple[int, str]]:
    """Every module, class and function name of a file."""
    yield 1, path.stem
    if path.suffix == ".py":
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.lineno, node.name


@pytest.mark.parametrize(
    ("name", "words"),
    [("flag_info", {"flag", "info"}), ("VendorResponse", {"vendor", "response"})],
)
def test_names_are_read_word_by_word(name: str, words: set[str]) -> None:
    assert _words(name) == words


def test_no_name_uses_a_banned_word() -> None:
    paths = [*tree.files(".py", ".html", ".js", ".css", rooms=(*tree.SHIPPED, "bench"))]
    assert len(paths) > 20
    banned = BANNED | PLURALS
    assert [
        f"{tree.short(path)}:{line} {name}"
        for path in paths
        for line, name in _names(path)
        if name not in CALLED_BY_A_LIBRARY and _words(name) & banned
    ] == []


def _documents() -> Iterator[dict]:
    for path in sorted((tree.ROOT / "question_bank" / "sections").glob("*.yaml")):
        yield yaml.safe_load(path.read_text(encoding="utf-8"))


def test_no_question_id_leaves_the_bank() -> None:
    ids = [question["id"] for one in _documents() for question in one["questions"]]
    assert len(ids) > 100
    known = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, ids))})(?![\w-])")
    found = [
        f"{tree.short(path)}:{number} {hit}"
        for path in tree.files(".py", ".html", ".js", ".css", rooms=("questionnaire", "templates"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for hit in known.findall(line)
    ]
    assert found == []


def test_no_section_id_leaves_the_bank() -> None:
    ids = {one["id"] for one in _documents()} - set(OTHER_MEANINGS)
    assert len(ids) == 16 - len(OTHER_MEANINGS)
    found = [
        f"{tree.short(path)}:{node.lineno} {node.value!r}"
        for path in tree.files(".py", rooms=("questionnaire",))
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Constant) and node.value in ids
    ]
    assert found == []


def test_no_section_id_stands_in_a_template() -> None:
    ids = "|".join(re.escape(one["id"]) for one in _documents() if one["id"] not in OTHER_MEANINGS)
    quoted = re.compile(rf"""(?:\{{[{{%])[^}}]*?(["'])({ids})\1""")
    found = [
        f"{tree.short(path)} {hit.group(2)}"
        for path in tree.files(".html", rooms=("templates",))
        for hit in quoted.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
