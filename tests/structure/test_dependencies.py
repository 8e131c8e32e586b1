"""What is declared is used, what is imported is declared, and the locks agree with setup.cfg."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Mapping
from configparser import ConfigParser
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.structure import tree

#: Used without being imported: the file and the words in it that make the dependency necessary.
USED_BY_NAME = {
    "build": ("Makefile", "-m build"),
    "import-linter": ("Makefile", "$(BIN)/lint-imports"),
    "mypy": ("Makefile", "$(BIN)/mypy"),
    "psycopg": ("tests/harness/databases.py", "postgresql+psycopg"),
    "pytest-xdist": ("Makefile", "-n 2"),
    "ruff": ("Makefile", "$(BIN)/ruff"),
    "tzdata": ("questionnaire/services/composing.py", "from zoneinfo import"),
    "types-pyyaml": ("question_bank/strict_yaml.py", "import yaml"),
    "uv": ("Makefile", "$(BIN)/uv"),
}
#: Imported, but part of another: the module and the declared package that cannot be without it.
CARRIED_BY = {
    "cryptography": "flask-security",
    "flask_login": "flask-security",
    "itsdangerous": "flask",
    "markupsafe": "jinja2",
    "passlib": "flask-security",
    "webauthn": "flask-security",
    "packaging": "pytest",
    "playwright": "pytest-playwright",
}
OURS = {"questionnaire", "question_bank", "bench", "tests"}
TOOLS_ROOMS = ("tests", "bench")


def _declared() -> dict[str, dict[str, Requirement]]:
    parser = ConfigParser()
    parser.read(tree.ROOT / "setup.cfg", encoding="utf-8")
    extras = parser["options.extras_require"]
    texts = {
        "runtime": parser["options"]["install_requires"],
        "postgres": extras["postgres"],
        "dev": extras["dev"],
    }
    return {name: _requirements(text) for name, text in texts.items()}


def _requirements(text: str) -> dict[str, Requirement]:
    parsed = [Requirement(line) for line in text.splitlines() if line.strip()]
    return {canonicalize_name(one.name): one for one in parsed}


@cache
def _imported(rooms: tuple[str, ...]) -> frozenset[str]:
    """The top-level names that the files of these rooms import from outside."""
    names: set[str] = set()
    for path in tree.files(".py", rooms=rooms):
        names |= _imports_of(path)
    return frozenset(names - OURS - set(sys.stdlib_module_names))


def _imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@cache
def _distributions() -> Mapping[str, set[str]]:
    by_module = metadata.packages_distributions()
    return {module: {canonicalize_name(one) for one in by_module[module]} for module in by_module}


@pytest.mark.parametrize(
    ("group", "rooms"),
    [
        ("runtime", tree.SHIPPED),
        ("postgres", tree.SHIPPED),
        ("dev", TOOLS_ROOMS),
    ],
)
def test_everything_declared_is_used(group: str, rooms: tuple[str, ...]) -> None:
    provided = _distributions()
    used = {name for module in _imported(rooms) for name in provided.get(module, ())}
    used |= {CARRIED_BY[module] for module in _imported(rooms) & set(CARRIED_BY)}
    unused = [name for name in _declared()[group] if name not in used and not _used_by_name(name)]
    assert unused == []


def _used_by_name(name: str) -> bool:
    if name not in USED_BY_NAME:
        return False
    file, words = USED_BY_NAME[name]
    return words in (tree.ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("rooms", "groups"),
    [(tree.SHIPPED, ("runtime",)), (TOOLS_ROOMS, ("runtime", "postgres", "dev"))],
)
def test_everything_imported_is_declared(rooms: tuple[str, ...], groups: tuple[str, ...]) -> None:
    declared = {name for group in groups for name in _declared()[group]}
    provided = _distributions()
    undeclared = [
        module
        for module in sorted(_imported(rooms))
        if not provided.get(module, set()) & declared and CARRIED_BY.get(module) not in declared
    ]
    assert undeclared == []


def test_each_explanation_is_still_needed() -> None:
    declared = {name for group in _declared().values() for name in group}
    assert set(USED_BY_NAME) - declared == set()
    assert set(CARRIED_BY.values()) - declared == set()
    assert set(CARRIED_BY) - _imported(tree.SHIPPED) - _imported(TOOLS_ROOMS) == set()


@pytest.mark.parametrize(
    ("file", "groups"),
    [
        ("runtime.txt", ("runtime",)),
        ("postgres.txt", ("runtime", "postgres")),
        ("dev.txt", ("runtime", "postgres", "dev")),
    ],
)
def test_a_lock_pins_what_is_declared(file: str, groups: tuple[str, ...]) -> None:
    text = (tree.ROOT / "requirements" / file).read_text(encoding="utf-8")
    assert re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links", text) == []
    pins = dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.!+-]+)", text, re.M))
    for group in groups:
        for name, wanted in _declared()[group].items():
            assert name in pins, f"{name} is not in {file}: run make lock"
            assert wanted.specifier.contains(pins[name]), f"{name}=={pins[name]}: run make lock"


def test_the_locks_agree() -> None:
    locked = [
        dict(re.findall(r"^([\w.-]+==\S+)( ;.*)?$", path.read_text(encoding="utf-8"), re.M))
        for path in sorted((tree.ROOT / "requirements").glob("*.txt"))
    ]
    assert len(locked) == 3
    dev, postgres, runtime = (set(one) for one in locked)
    assert runtime < postgres < dev
