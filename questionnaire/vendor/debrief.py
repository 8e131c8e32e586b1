"""What the buyer found in this vendor's answers, once the buyer has released it."""

from __future__ import annotations

from uuid import UUID

from questionnaire import edge
from questionnaire.controls.frames import afresh
from questionnaire.services import debriefing
from questionnaire.services.faults import Missing
from questionnaire.vendor import gate
from questionnaire.vendor.gate import blueprint
from questionnaire.vendor.places import own


@blueprint.get("/assessment/<uuid:assessment_id>/debrief")
def debrief(assessment_id: UUID) -> str:
    """The vendor's own debrief; of one that was not released there is none."""
    found = debriefing.released(edge.database.session, assessment_id)
    if found is None:
        raise Missing(assessment_id)
    fixed = {"reached": gate.reached(), "told": found.told, "at": found.at}
    return afresh("vendor/debrief.html", fixed, own())
