"""A page as a person meets it: parsed strictly, then asked for its text, links and controls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as MESSAGES

#: Attributes whose value names the id of another element of the same page.
_POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list")
_CONTROLS = ("input", "select", "textarea")
_TICKS = ("checkbox", "radio")


class InvalidPage(AssertionError):
    """The page is not valid HTML; the message has the fault and the lines around it."""


def parse(html: str) -> Element:
    """The tree of a whole page; InvalidPage at the first fault a validator would name."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    for (line, column), code, values in parser.errors:
        said = MESSAGES.get(code, code) % (values or {})
        raise InvalidPage(f"line {line}, column {column}: {said}\n{_around(html, line)}")
    for fault in _dangling(root):
        raise InvalidPage(fault)
    return root


def _around(html: str, line: int) -> str:
    lines = html.splitlines()
    first = max(0, line - 3)
    return "\n".join(f"{first + n + 1:5} {text}" for n, text in enumerate(lines[first : line + 1]))


def _dangling(root: Element) -> Iterator[str]:
    """Faults that the grammar cannot see: an id given twice, a pointer to an absent id."""
    ids = Counter(one.get("id") for one in root.iter() if one.get("id") is not None)
    yield from (f"the id {one!r} stands {n} times" for one, n in ids.items() if n > 1)
    for element in root.iter():
        for attribute in _POINTERS:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"<{element.tag} {attribute}={name!r}> points at no element"


def text_of(element: Element) -> str:
    """The words of an element as they read, with single spaces."""
    return " ".join("".join(element.itertext()).split())


@dataclass(frozen=True)
class HtmlForm:
    """A <form> with what it would send if nobody touched it."""

    element: Element
    page_url: str

    @property
    def action(self) -> str:
        return self.element.get("action") or self.page_url

    @property
    def method(self) -> str:
        return (self.element.get("method") or "get").upper()

    @property
    def buttons(self) -> dict[str, Element]:
        """Every submit button by the words on it."""
        return {
            text_of(one): one
            for one in self.element.iter("button")
            if (one.get("type") or "submit") == "submit"
        }

    def values(self) -> dict[str, list[str]]:
        """Every control's name -> the values it would send."""
        found: dict[str, list[str]] = {}
        for element in self.element.iter():
            name = element.get("name")
            shown = element.tag in _CONTROLS and element.get("disabled") is None
            if name and shown:
                found.setdefault(name, []).extend(_sent_by(element))
        return found


def _sent_by(element: Element) -> list[str]:
    if element.tag == "textarea":
        return ["".join(element.itertext()).removeprefix("\n")]
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None]
        if not chosen and element.get("multiple") is None:
            chosen = options[:1]
        return [_option(one) for one in chosen]
    kind = (element.get("type") or "text").lower()
    if element.tag != "input" or kind in ("file", "submit", "button", "reset", "image"):
        return []
    if kind in _TICKS:
        return [element.get("value") or "on"] if element.get("checked") is not None else []
    return [element.get("value") or ""]


def _option(element: Element) -> str:
    value = element.get("value")
    return text_of(element) if value is None else value


class Page:
    """One answer of the server that was a page."""

    def __init__(self, html: str, url: str) -> None:
        self.html, self.url = html, url
        self.root = parse(html)

    def __repr__(self) -> str:
        return f"<Page {self.url}: {self.title}>"

    @property
    def title(self) -> str:
        found = self.root.find("head/title")
        return "" if found is None else text_of(found)

    @property
    def heading(self) -> str:
        """The words of the one <h1>."""
        (found,) = self.root.iter("h1")
        return text_of(found)

    @property
    def text(self) -> str:
        """All words of the body, scripts and templates left out."""
        return " ".join(" ".join(_words(self.root.find("body"))).split())

    @property
    def links(self) -> list[tuple[str, str]]:
        """Words and address of every link, in order."""
        return [(text_of(one), one.get("href") or "") for one in self.root.iter("a")]

    def link(self, words: str) -> str:
        """The address of the one link with these words."""
        found = [href for text, href in self.links if text == words]
        assert found, f"no link {words!r} on {self!r}: {[text for text, _ in self.links]}"
        return found[0]

    @property
    def forms(self) -> list[HtmlForm]:
        return [HtmlForm(one, self.url) for one in self.root.iter("form")]

    def form_with(self, button: str, inside: str = "") -> HtmlForm:
        """The first <form> with a submit button of these words; `inside` is part of its address."""
        for one in self.forms:
            if button in one.buttons and inside in one.action:
                return one
        there = [(one.action, words) for one in self.forms for words in one.buttons]
        raise AssertionError(f"no button {button!r} {inside!r} on {self!r}: {there}")

    def by_id(self, name: str) -> Element:
        for one in self.root.iter():
            if one.get("id") == name:
                return one
        raise AssertionError(f"no element with the id {name!r} on {self!r}")


def _words(element: Any) -> Iterator[str]:
    if element is None or element.tag in ("script", "style", "template"):
        return
    if isinstance(element.tag, str):
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield " " + (child.tail or "")
