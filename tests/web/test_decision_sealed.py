"""What a decision says of prices, on its pages, once they are sealed again."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Decision, Rfi
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.web.buying import buyer, path
from tests.web.deciding import amber, begin, decisions, reasons, rfi

__all__ = ["amber", "buyer", "rfi"]


def test_sealed_again_the_pages_say_that_a_part_is_shown_when_prices_are_open(
    buyer: StrictClient, session: Session, clock: MovableClock, rfi: Rfi, amber: Assessment
) -> None:
    page = begin(buyer, rfi, "Amber Call, for the whole service")
    buyer.press("Write it down, for a second person", reasons(page))
    priced = {"kind": "over_budget", "text": "Too dear.", "points": [], "reason": "Worth it."}
    session.execute(sa.update(Decision).values(against=[priced]))
    session.commit()
    (made,) = decisions(session)
    for address in ("/decision", f"/decision/{made.id}"):
        page = buyer.show(path(rfi, address))
        assert "shown when prices are open" in page.text
        for hidden in ("Too dear.", "Worth it.", "goes against no advice"):
            assert hidden not in page.text
