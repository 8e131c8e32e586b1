"""YAML without its traps: no hidden booleans or dates, no twin keys, only what JSON can hold.

`yes`, `no`, `on`, `off` (and the country NO) stay texts, a date stays a text, a key that stands
twice is an error with its line. Only `true`, `false`, `null` and plain numbers are more than text.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml: slower, the same language
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

_SCALARS: tuple[tuple[str, str, str], ...] = (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:null", r"null", "n"),
    ("tag:yaml.org,2002:int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("tag:yaml.org,2002:float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
)
_ALLOWED_TAGS = {tag for tag, _, _ in _SCALARS} | {
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:seq",
    "tag:yaml.org,2002:map",
}


class BrokenYaml(ValueError):
    """Text that is not the strict YAML of the bank; `line` is where (counted from 1)."""

    def __init__(self, message: str, line: int) -> None:
        self.line = line
        super().__init__(message)


class _StrictLoader(_BaseLoader):
    """Resolvers and mapping of its own; everything else is PyYAML's safe loader."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if key.tag != "tag:yaml.org,2002:str":
                raise BrokenYaml(f"the key {name!r} must be a text", _line(key))
            if name in seen:
                raise BrokenYaml(f"the key {name!r} stands here twice", _line(key))
            seen.add(name)
        return super().construct_mapping(node, deep=deep)

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        if node.tag not in _ALLOWED_TAGS:
            raise BrokenYaml(f"the tag {node.tag} has no place in a bank", _line(node))
        return super().construct_object(node, deep=deep)


for _tag, _pattern, _first in _SCALARS:
    _StrictLoader.add_implicit_resolver(_tag, re.compile(rf"(?:{_pattern})\Z"), list(_first))


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def parse(text: str) -> object:
    """The document as dicts, lists, texts, numbers, booleans and None. Raises BrokenYaml."""
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a safe loader, made stricter
    except BrokenYaml:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BrokenYaml(error.problem or "cannot be read", mark.line + 1 if mark else 1) from error
    except yaml.YAMLError as error:
        raise BrokenYaml(f"cannot be read: {error}", 1) from error
