"""The demo's reviewer at work: reads what the story needs read, and leaves the guest the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from questionnaire.demo.stage import Stage, what_vendors_did
from questionnaire.models import Evidence
from questionnaire.services import assuring
from questionnaire.services.proving import Proof

_FOR_ONE = timedelta(minutes=4)


def review_papers(stage: Stage, assessments: Mapping[str, UUID]) -> None:
    """Review every document of which the story says what was found, one after the other."""
    for code, assessment_id in assessments.items():
        ids = _ids(stage, assessment_id)
        for document in what_vendors_did()[code]["documents"]:
            if (found := document.get("review")) is not None:
                stage.clock.present += _FOR_ONE
                paper = ids[document["question"], document["name"]]
                where = (stage.reviewer, assessment_id, paper)
                proof = _proof(document, found)
                assuring.review(stage.session, stage.clock, stage.links, *where, 0, proof)


def _ids(stage: Stage, assessment_id: UUID) -> dict[tuple[str, str], UUID]:
    query = sa.select(Evidence.question_id, Evidence.name, Evidence.id).where(
        Evidence.assessment_id == assessment_id
    )
    return {(question, name): id_ for question, name, id_ in stage.session.execute(query)}


def _proof(document: Mapping[str, Any], found: Mapping[str, Any]) -> Proof:
    expires = found.get("expires")
    return Proof(
        level=found["level"],
        issued_on=date.fromisoformat(document["issued"]),
        expires_on=date.fromisoformat(expires) if expires else None,
        sites=tuple(found.get("sites", ())),
        reason=found.get("reason", ""),
    )
