"""Where the pages of the assessment at hand are, and where mails about it lead others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for

from questionnaire import edge
from questionnaire.services.reaching import Reached
from questionnaire.vendor import gate
from questionnaire.vendor.leaving import typed_key


def board_link(reached: Reached) -> str:
    """The board of the RFI."""
    return edge.links().page(url_for("buyer.board", rfi_id=reached.rfi_id))


def flag_link(flag_id: UUID | None) -> str:
    """One flag, or the queue where there is none."""
    if flag_id is None:
        return edge.links().page(url_for("reviewer.queue"))
    return edge.links().page(url_for("reviewer.flag", flag_id=flag_id))


def own_link(reached: Reached) -> str:
    """The vendor's own link, the same at any time."""
    return edge.links().vendor(reached.invitation_id)


def address(endpoint: str, **values: Any) -> str:
    """The address of a page of the assessment at hand."""
    return url_for(endpoint, assessment_id=gate.reached().assessment_id, **values)


def own() -> dict[str, Any]:
    """Where the assessment at hand is, the link by which its vendor came, and the key with which
    its browser locks what it keeps: only who is let in gets it, so that others read nothing there.
    """
    reached = gate.reached()
    return {
        "at": f"/assessment/{reached.assessment_id}",
        "token": edge.links().token("vendor", reached.invitation_id),
        "key": typed_key(),
    }


def elsewhere(to: str) -> str:
    """The page to which a button beside "Save" leads: all answers, whom to ask, or the first."""
    if gate.reached().is_colleague or to == "overview":
        return address("vendor.start")
    if to == "check":
        return address("vendor.check")
    kind, _equals, id = to.removeprefix("ask:").partition("=")
    ticked = {kind: id} if kind in ("section", "question") else {}
    return address("vendor.ask_colleague", **ticked)
