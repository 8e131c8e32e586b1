"""The wheel carries everything: every package, every file that is read, and it runs elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path
from urllib.request import urlopen

import pytest

from questionnaire import paths
from tests.harness.page import Page
from tests.harness.service import Service, clean_environment
from tests.structure import tree

#: Where a folder of the checkout lies in the wheel.
INSTALLED = {"templates": "questionnaire/_templates", "migrations": "questionnaire/_migrations"}


def test_every_package_is_named_in_setup_cfg() -> None:
    parser = ConfigParser()
    parser.read(tree.ROOT / "setup.cfg", encoding="utf-8")
    mapped = {one.replace("/", ".") for one in INSTALLED.values()}
    found = {
        ".".join(path.parent.relative_to(tree.ROOT).parts)
        for room in ("questionnaire", "question_bank")
        for path in (tree.ROOT / room).rglob("*.py")
    }
    assert set(parser["options"]["packages"].split()) == found | mapped


def test_a_package_folder_comes_before_one_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "questionnaire"
    monkeypatch.setattr(paths, "PACKAGE", package)
    with pytest.raises(FileNotFoundError, match="Install the wheel again"):
        paths.templates()
    (tmp_path / "templates").mkdir()
    assert paths.templates() == tmp_path / "templates"
    (package / "_templates").mkdir(parents=True)
    assert paths.templates() == package / "_templates"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing left over from earlier builds gets in."""
    copy = tmp_path_factory.mktemp("wheel") / "copy"
    copy.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("questionnaire", "question_bank", "templates", "migrations"):
        shutil.copytree(tree.ROOT / name, copy / name, ignore=ignored)
    for name in ("setup.cfg", "pyproject.toml", "README.md", "MANIFEST.in"):
        shutil.copy(tree.ROOT / name, copy)
    _run(sys.executable, "-m", "build", "--wheel", "--outdir", str(copy / "dist"), cwd=copy)
    (built,) = (copy / "dist").glob("*.whl")
    return built


def _run(*command: str, cwd: Path) -> str:
    """Run it in a clean environment; its output, or a failure that shows it."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


@pytest.mark.slow
def test_the_wheel_has_every_file(wheel: Path) -> None:
    wanted = set()
    for room in tree.SHIPPED:
        for path in (tree.ROOT / room).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                within = path.relative_to(tree.ROOT / room).as_posix()
                wanted.add(f"{INSTALLED.get(room, room)}/{within}")
    assert len(wanted) > 60
    with zipfile.ZipFile(wheel) as opened:
        names = {one for one in opened.namelist() if ".dist-info/" not in one}
    assert names == wanted


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment that has the locked packages and the wheel."""
    folder = tmp_path_factory.mktemp("elsewhere")
    uv = shutil.which("uv", path=os.fspath(Path(sys.executable).parent))
    assert uv, "uv belongs to the dev extra: run make setup"
    _run(uv, "venv", "--python", sys.executable, "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    install = (uv, "pip", "install", "--quiet", "--python", str(python))
    _run(*install, "-r", str(tree.ROOT / "requirements" / "runtime.txt"), cwd=folder)
    _run(*install, "--no-deps", str(wheel), cwd=folder)
    return python.parent


@pytest.mark.slow
def test_the_installed_wheel_needs_nothing_but_its_lock(installed: Path, tmp_path: Path) -> None:
    said = _run(
        str(installed / "python"), "-c",
        "import questionnaire.app, questionnaire.cli; print(questionnaire.__file__)",
        cwd=tmp_path,
    )  # fmt: skip
    assert str(installed.parent) in said


@pytest.mark.slow
def test_the_installed_wheel_proves_its_bank(installed: Path, tmp_path: Path) -> None:
    assert "121 questions" in _run(str(installed / "questionnaire"), "bank", "check", cwd=tmp_path)


@pytest.mark.slow
def test_the_installed_wheel_migrates_and_serves(installed: Path, tmp_path: Path) -> None:
    command = (str(installed / "questionnaire"),)
    service = Service(tmp_path / "var", command, working_folder=tmp_path).start()
    try:
        with urlopen(f"{service.url}/sign-in", timeout=10) as reply:
            page = Page(reply.read().decode(), "/sign-in")
        for address in (one.get("href") or "" for one in page.root.iter("link")):
            with urlopen(service.url + address, timeout=10) as reply:
                assert reply.status == 200, address
    finally:
        assert service.stop() == 0, service.said
    assert (tmp_path / "var" / "questionnaire.db").stat().st_size > 0
