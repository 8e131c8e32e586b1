"""Frames and pieces that are kept: what is one person's or has changed is never out of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation, Rfi, User
from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests import cast
from tests.harness.clock import MovableClock
from tests.harness.web import StrictClient
from tests.services.asked import ask
from tests.services.reviewed import RTO, flag_of
from tests.web.buying import actor, sent
from tests.web.reviewing import assessment, reviewer, rfi, second
from tests.web.vera import address

__all__ = ["actor", "assessment", "reviewer", "rfi", "second", "sent"]


def test_the_frame_of_the_queue_is_everybodys_and_the_links_are_ones_own(
    reviewer: StrictClient,
    second: StrictClient,
    assessment: Assessment,
    remi: User,
    rosa: User,
) -> None:
    for client, me, other in ((reviewer, remi, rosa), (second, rosa, remi)):
        for _turn in range(2):
            page = client.show("/flags")
            assert me.name in page.text
            assert other.name not in page.text


def test_the_board_shows_each_buyer_its_own_name_and_token(
    new_client, session: Session, organisation: Organisation, sent: Rfi
) -> None:
    names, tokens = [], set()
    for name in ("Aina Buyer", "Bert Buyer"):
        client = new_client()
        cast.sign_in(client, cast.make_member(session, organisation, name, ["buyer"]))
        page = client.show(f"/rfis/{sent.id}")
        names.append([one for one in ("Aina Buyer", "Bert Buyer") if one in page.text])
        tokens |= {
            one.get("value") for one in page.root.iter("input") if one.get("name") == "csrf_token"
        }
    assert names == [["Aina Buyer"], ["Bert Buyer"]]
    assert len(tokens) == 2


def test_a_flag_in_the_queue_changes_as_soon_as_it_is_another(
    reviewer: StrictClient, session: Session, assessment: Assessment, clock: MovableClock
) -> None:
    before = reviewer.show("/flags").text
    flag = flag_of(session, assessment, RTO)
    flag.explanation = "The answer is 77 hours."
    session.commit()
    clock.move(timedelta(days=2))
    page = reviewer.show("/flags")
    assert "77 hours" not in before
    assert "77 hours" in page.text
    assert "2 days" in page.text


@pytest.mark.parametrize("page", ["section", "check"])
def test_an_answer_is_shown_as_it_is_now_to_its_own_vendor_alone(
    page, vera, session, clock, asked, organisation
) -> None:
    question = asked.a("text")
    parts = ["section", question.section] if page == "section" else ["check"]
    other = ask(session, organisation, vendor="Beside")
    answering.save(
        session, clock, other.reached(), other.questionnaire, question.id, Typed(raw="Theirs")
    )
    for version, said in enumerate(("Ours", "Ours, better")):
        typed = Typed(raw=said, version=version)
        answering.save(session, clock, asked.reached(), asked.questionnaire, question.id, typed)
        shown = vera.show(address(asked, *parts)).html
        assert said in shown
        assert "Theirs" not in shown
