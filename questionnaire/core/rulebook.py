"""Which version of the rules is at work: the program's version, and a digest of every module.

Only what can move a verdict counts: the content's code and the core, without the report that tells
of verdicts. What an edition holds is named by the edition's own digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import question_bank
import questionnaire.core

_PACKAGES = (question_bank, questionnaire.core)
#: Tells of verdicts and reaches none.
_LEFT_OUT = ("questionnaire.core.report",)


@dataclass(frozen=True, slots=True)
class Changes:
    """The modules whose rules are not what they were, by name."""

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.gone)


@cache
def modules() -> Mapping[str, str]:
    """Module name -> SHA-256 of its source, line ends aside."""
    found: dict[str, str] = {}
    for package in _PACKAGES:
        folder = Path(package.__file__ or "").parent
        for path in sorted(folder.rglob("*.py")):
            parts = (package.__name__, *path.relative_to(folder).with_suffix("").parts)
            name = ".".join(parts).removesuffix(".__init__")
            if not name.startswith(_LEFT_OUT):
                source = path.read_bytes().replace(b"\r\n", b"\n")
                found[name] = hashlib.sha256(source).hexdigest()
    return found


@cache
def program() -> str:
    """The version of the program; an empty text where it was not installed."""
    try:
        return version("questionnaire")
    except PackageNotFoundError:
        return ""


def changes(then: Mapping[str, str]) -> Changes:
    """What has changed since these digests were taken."""
    now = modules()
    return Changes(
        tuple(sorted(name for name in then.keys() & now.keys() if then[name] != now[name])),
        tuple(sorted(now.keys() - then.keys())),
        tuple(sorted(then.keys() - now.keys())),
    )
