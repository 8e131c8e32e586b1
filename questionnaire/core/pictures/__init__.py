"""Charts and tables that stand beside verdicts: pure, and drawn by a template for each.

How to use one. Every chart has one function that returns a `Chart`, or a `NoChart` whose `why` is
a sentence to show in its place (prices are sealed, nothing was answered ...):

    shown = pictures.seen(basis, offers, verdicts)      # once; `Conclusion` carries all three
    seats.among_clients(shown[0])                       # a vendor each
    redundancy.picture(shown[0])
    claims.beside_measurements(shown[0])
    quality_cost.chart(basis, verdicts)                 # all vendors in one

A chart is drawn by `chart.template` (templates/charts/*.svg), which needs nothing but the chart
under the name `chart` and the autoescaping that Jinja does for .svg. In a page:

    {% with chart = one %}{% include chart.template %}{% endwith %}

As a file of its own: `render_template(chart.template, chart=chart)` is a whole SVG document of
`chart.width` x `chart.height` units; it uses no class, no style, no script, and text in a sans
serif face. `chart.title` and `chart.desc` are in it; where the image is embedded elsewhere both
together are its alternative text (`chart.alt`). `chart.figures` are the same figures as a table
and belong beneath. `chart.id` makes ids unique in a page: one id, one chart.

Tables that are no charts: `customers.view` (what a customer would meet) and `disconnects.chart`,
each with cells in words and a sign beside every word, so that nothing rests on colour.
"""

from __future__ import annotations

from questionnaire.core.pictures.drawn import Chart, Figures, NoChart
from questionnaire.core.pictures.seen import Seen, seen

__all__ = ("Chart", "Figures", "NoChart", "Seen", "seen")
