"""What somebody reads who is let in and reaches for what is not there, or not open any more.

The link works: to say that it does not would send people after a new one. Nothing says whether
there is such a question at all.
"""

from __future__ import annotations

from flask import g, make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from questionnaire import door, edge, errors
from questionnaire.services.faults import Missing
from questionnaire.vendor import gate
from questionnaire.vendor.closed import closed
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.pages import not_open_page


# In the place of the door's own, which answers those who are not let in.
@blueprint.errorhandler(Missing)
def not_open(_fault: Missing) -> Response:
    """404, with what was typed where a page had something typed on it."""
    if "reached" not in g:
        return door.nothing(gate.DOOR)
    if gate.wants_json():
        return errors.page(
            404,
            _("This question is not open to you any more. What you typed is kept in this browser."),
        )
    typed = closed((), gate.questionnaire().questions, gate.reached().language)
    if request.method in edge.SAFE_METHODS or not typed:
        return door.nothing(gate.DOOR)
    reply = make_response(not_open_page(typed))
    reply.status_code = 404
    return reply
