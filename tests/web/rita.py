"""Rita at her phone: follows the link from her mail, enters the code, marks calls."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from questionnaire.models import Rater
from tests.harness.page import Page
from tests.harness.web import StrictClient
from tests.services.drafts import LINKS
from tests.services.trials import Trying
from tests.web.vera import code_in_mail


def token_of(session: Session, rater_id: UUID) -> str:
    """The token of the rater's present link."""
    return LINKS.token("rater", session.get_one(Rater, rater_id).link_id)


def enter(client: StrictClient, session: Session, rater_id: UUID) -> Page:
    """From the link to the list of calls."""
    client.show(f"/rating/{token_of(session, rater_id)}")
    client.press("Send me the code")
    return client.press("Open the test calls", {"code": code_in_mail(session)})


def address(rater_id: UUID, *parts: str) -> str:
    return "/".join((f"/rater/{rater_id}", *parts))


def all_marked(trial: Trying, mark: str = "4") -> dict[str, Any]:
    """The controls of a call with one mark everywhere."""
    return {f"mark-{one.id}": mark for one in trial.scorecard.criteria}
