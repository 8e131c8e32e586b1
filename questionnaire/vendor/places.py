"""Where the mails that a vendor's doing causes lead the buyer and the reviewer."""

from __future__ import annotations

from uuid import UUID

from flask import url_for

from questionnaire import edge
from questionnaire.services.reaching import Reached


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
