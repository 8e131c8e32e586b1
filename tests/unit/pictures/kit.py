"""The demo's vendors as pictures see them, and what a chart's file says to who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import jinja2

from questionnaire import paths
from questionnaire.core.pictures import Chart, Seen
from questionnaire.core.verdict import reach
from tests.unit.verdict import cases

SVG = "{http://www.w3.org/2000/svg}"


def seen(code: str = "CR", *, told: Mapping[str, Any] | None = None, **brief: Any) -> Seen:
    """One vendor of the demo (or one like it) in front of the demo's buyer, changed or not."""
    basis = cases.basis()
    if brief:
        basis = replace(basis, brief={**basis.brief, **brief})
    offer = cases.offer(told or cases.vendor(code), code)
    return Seen(basis, offer, reach(basis, offer))


def changed(code: str, **answers: Any) -> dict[str, Any]:
    return cases.changed(cases.vendor(code), **answers)


def drawn(chart: Chart) -> ElementTree.Element:
    """The chart's file, read as strict XML, with nothing around it."""
    loader = jinja2.FileSystemLoader(paths.templates())
    templates = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    return ElementTree.fromstring(templates.get_template(chart.template).render(chart=chart))


def words(root: ElementTree.Element) -> list[str]:
    """Every text that is drawn, in order."""
    return ["".join(one.itertext()).strip() for one in root.iter(f"{SVG}text")]
