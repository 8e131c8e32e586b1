"""The README points at what is there."""

from __future__ import annotations

import re

from tests.structure import tree

_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def test_every_link_of_the_readme_leads_somewhere() -> None:
    links = _LINK.findall((tree.ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(links) > 10
    assert [one for one in links if not (tree.ROOT / one).exists()] == []


def test_every_make_target_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b", (tree.ROOT / "README.md").read_text("utf-8")))
    targets = set(re.findall(r"^([a-z]+):", (tree.ROOT / "Makefile").read_text("utf-8"), re.M))
    assert {"run", "test"} <= named <= targets
