"""Drawing charts as whole SVG documents, outside of a page."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from questionnaire import paths
from questionnaire.core.pictures import Chart

#: The face of the report's PDF: the typesetter has no other one for text.
PRINT_FACE = "Libertinus Serif"


def for_print(chart: Chart) -> str:
    """The chart in the face of the printed report."""
    return _drawings().get_template(chart.template).render(chart=chart, face=PRINT_FACE)


@cache
def _drawings() -> Environment:
    return Environment(
        loader=FileSystemLoader(paths.templates()),
        autoescape=select_autoescape(["svg"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
