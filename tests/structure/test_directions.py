"""Imports go one way: the contracts of setup.cfg hold, and they bite."""

from __future__ import annotations

import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.structure import tree


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def _contracts() -> ConfigParser:
    parser = ConfigParser()
    parser.read(tree.ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_contract_holds() -> None:
    done = _lint(tree.ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_contract_looks_away() -> None:
    parser = _contracts()
    sections = [one for one in parser.sections() if one.startswith("importlinter")]
    assert len(sections) >= 5
    assert [one for one in sections if "ignore_imports" in parser[one]] == []
    assert parser["importlinter:contract:rooms"].getboolean("exhaustive")


def test_every_actor_is_kept_from_the_database() -> None:
    parser = _contracts()
    kept = set(parser["importlinter:contract:no_database_in_pages"]["source_modules"].split())
    actors = {
        f"questionnaire.{path.parent.name}"
        for path in (tree.ROOT / "questionnaire").glob("*/*.py")
        if "Blueprint(" in path.read_text(encoding="utf-8")
    }
    assert len(actors) >= 4
    assert actors - kept == set()


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("question_bank/model.py", "import flask", "pure"),
        ("questionnaire/core/faults.py", "import sqlalchemy", "pure"),
        ("questionnaire/core/faults.py", "import questionnaire.db", "pure"),
        ("questionnaire/services/faults.py", "import flask", "no_web_below"),
        ("questionnaire/models/answers.py", "import flask", "no_web_below"),
        ("questionnaire/buyer/__init__.py", "import sqlalchemy", "no_database_in_pages"),
        ("questionnaire/buyer/__init__.py", "import questionnaire.reviewer", "rooms"),
        ("questionnaire/models/answers.py", "import questionnaire.services.faults", "rooms"),
        ("question_bank/model.py", "import questionnaire.paths", "content"),
    ],
)
def test_an_import_against_a_contract_breaks_it(
    tmp_path: Path, file: str, line: str, contract: str
) -> None:
    for name in ("questionnaire", "question_bank"):
        shutil.copytree(
            tree.ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(tree.ROOT / "setup.cfg", tmp_path)
    with (tmp_path / file).open("a", encoding="utf-8") as opened:
        opened.write(f"\n{line}\n")
    done = _lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    name = _contracts()[f"importlinter:contract:{contract}"]["name"]
    assert f"{name} BROKEN" in done.stdout
