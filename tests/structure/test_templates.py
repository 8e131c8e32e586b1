"""Templates hold to the content security policy, and escape what they show."""

from __future__ import annotations

import re

import pytest

from tests.structure import tree

#: What the policy `default-src 'self'` would refuse in the browser, or what takes escaping away.
REFUSED = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "a file from elsewhere": re.compile(
        r"""(?:src|<link[^>]*href)\s*=\s*["']?(?:https?:)?//""", re.I
    ),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+false", re.I),
}
#: A message has no policy and no style sheet but its own; what it shows is escaped all the same.
IN_MAIL = {"unescaped text", "an inline script", "an event handler", "a javascript: address"}


#: What Jinja takes out again; an argument of its is no attribute.
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)


def _searched(named: str, text: str) -> str:
    """The text to look through, with every line where it was."""
    if named == "unescaped text":
        return text
    return _JINJA.sub(lambda hit: "\n" * hit.group().count("\n"), text)


@pytest.mark.parametrize("named", sorted(REFUSED))
def test_no_template_has(named: str) -> None:
    paths = [*tree.files(".html", ".xml", ".svg", rooms=("templates",))]
    assert len(paths) >= 4
    found = [
        f"{tree.short(path)}:{text.count(chr(10), 0, hit.start()) + 1} {hit.group()[:60]}"
        for path in paths
        if "mail" not in path.parts or named in IN_MAIL
        for text in [_searched(named, path.read_text(encoding="utf-8"))]
        for hit in REFUSED[named].finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("named", "text"),
    [
        ("an inline script", "<script>go()</script>"),
        ("a style element", "<style>p {}</style>"),
        ("an inline style", '<p class="a" style="color: red">'),
        ("an event handler", '<button onclick="go()">'),
        ("a javascript: address", '<a href="javascript:go()">'),
        ("a file from elsewhere", '<link rel="stylesheet" href="https://cdn.example/a.css">'),
        ("a file from elsewhere", '<script src="//cdn.example/a.js">'),
        ("unescaped text", "{{ answer | safe }}"),
    ],
)
def test_the_search_knows_what_it_looks_for(named: str, text: str) -> None:
    assert REFUSED[named].search(_searched(named, text))


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{{ url_for('static', filename='a.js') }}\" defer>",
        "<a href=\"{{ url_for('buyer.board', only=1) }}\">",
        '<p class="on-style">',
    ],
)
def test_the_search_lets_good_markup_pass(text: str) -> None:
    found = [name for name, sought in REFUSED.items() if sought.search(_searched(name, text))]
    assert found == []
