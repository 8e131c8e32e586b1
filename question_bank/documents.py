"""The bank as plain documents by file name, and the digest that names them.

Documents hold only what JSON can hold, so an edition keeps them as JSON and is read back as the
same bank. Order of keys means nothing; whatever has an order is a list.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from question_bank.faults import Fault, InvalidBank
from question_bank.strict_yaml import BrokenYaml, parse

FOLDER = Path(__file__).parent
SINGLE_FILES = (
    "bank.yaml", "brief.yaml", "claims.yaml", "cures.yaml", "document_types.yaml", "needs.yaml",
    "policy.yaml", "presets.yaml", "roles.yaml", "scorecard.yaml",
)  # fmt: skip
FILE_FOLDERS = ("sections", "profiles", "findings")


def files_of(folder: Path) -> Iterator[Path]:
    """Every file that belongs to the bank in this folder, in a fixed order."""
    yield from (folder / name for name in SINGLE_FILES)
    for name in FILE_FOLDERS:
        yield from sorted((folder / name).glob("*.yaml"))


def read_file(path: Path) -> object:
    """One document. Raises BrokenYaml when it is no strict YAML, or missing or no UTF-8."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BrokenYaml("the file is missing", 0) from error
    except UnicodeDecodeError as error:
        raise BrokenYaml("the file is not UTF-8 text", 0) from error
    return parse(text)


def read_what_can_be_read(folder: Path | None = None) -> tuple[dict[str, object], list[Fault]]:
    """The documents that are strict YAML, and a fault for every file that is not."""
    root = folder or FOLDER
    documents: dict[str, object] = {}
    faults: list[Fault] = []
    for path in files_of(root):
        name = path.relative_to(root).as_posix()
        try:
            documents[name] = read_file(path)
        except BrokenYaml as broken:
            place = f"line {broken.line}" if broken.line else ""
            faults.append(Fault(name, "", place, f"{broken}."))
    return documents, faults


def read_documents(folder: Path | None = None) -> Mapping[str, object]:
    """The bank's documents by file name; without a folder, those of this package.

    Raises InvalidBank with every file that cannot be read.
    """
    documents, faults = read_what_can_be_read(folder)
    if faults:
        raise InvalidBank(faults)
    return documents


def canonical(documents: Mapping[str, object]) -> bytes:
    """The documents as bytes that depend on nothing but their content."""
    return json.dumps(
        documents, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def digest_of(documents: Mapping[str, object]) -> str:
    """The content digest that names an edition: SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical(documents)).hexdigest()
