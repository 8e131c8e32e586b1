"""What a reviewer sees: the queue of flags, each flag, and alike ones together."""

from flask import Blueprint

from questionnaire.accounts import require
from questionnaire.reviewer import words

blueprint = Blueprint("reviewer", __name__, url_prefix="/flags")
blueprint.before_request(require("reviewer"))
blueprint.context_processor(
    lambda: {
        "states": words.STATES,
        "actions": words.ACTIONS,
        "finding_actions": words.FINDING_ACTIONS,
        "proposals": words.PROPOSALS,
        "events": words.EVENTS,
        "proofs": words.PROOFS,
    }
)

from questionnaire.reviewer import (  # noqa: E402 - views put themselves on the blueprint
    assessment_views,
    change_views,
    confirm_views,
    decision_views,
    document_views,
    flag_views,
    lock_views,
    queue_views,
    together_views,
)

__all__ = [
    "assessment_views",
    "blueprint",
    "change_views",
    "confirm_views",
    "decision_views",
    "document_views",
    "flag_views",
    "lock_views",
    "queue_views",
    "together_views",
]
