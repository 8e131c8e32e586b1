"""A small bank that uses every part of the language, and copies of it with one thing changed."""

from __future__ import annotations

import shutil
from pathlib import Path

SMALL_BANK = Path(__file__).parent / "small_bank"


def copy_of(source: Path, target: Path) -> Path:
    """The bank's files, and nothing else of the folder, in a folder of their own."""
    for path in sorted(source.rglob("*.yaml")):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return target


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replaces the first `old` in a file; it must be there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
