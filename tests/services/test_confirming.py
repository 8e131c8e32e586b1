"""What is only to be clarified: listed, asked about, answered; neither list is disclosed."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import (
    Assessment,
    AuditRow,
    Clarification,
    Flag,
    Message,
    Organisation,
    ReviewLock,
    User,
)
from questionnaire.services import confirming
from questionnaire.services.faults import Invalid, Missing, Refused
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.drafts import LINKS
from tests.services.found import (
    CLIENTS,
    FUZZY,
    OUR_RIVAL,
    THEIR_CLIENT,
    alike,
    alike_rfi,
    client_row,
)
from tests.services.rounds import make_invitation

WORDS = "A possible conflict exists. Is any client of yours a maker of furniture?"


@pytest.fixture
def assessment(session: Session, clock: MovableClock, organisation: Organisation) -> Assessment:
    made = alike(session, clock, organisation)
    make_invitation(session, made)
    return made


@pytest.fixture
def listed(session: Session, clock: MovableClock, organisation: Organisation):
    def listed(assessment: Assessment) -> tuple[confirming.ToClarify, ...]:
        session.expire_all()
        return confirming.to_clarify(session, organisation.id, assessment.id, clock().date())

    return listed


@pytest.fixture
def ask(session: Session, clock: MovableClock, organisation: Organisation, remi: User):
    def ask(assessment: Assessment, remark: str = WORDS, **about: Any):
        what = {"finding_id": FUZZY, "question_id": CLIENTS} | about
        actor = actor_of(remi, organisation)
        return confirming.ask(
            session, clock, LINKS, actor, assessment.id, remark=remark, **what
        )  # fmt: skip

    return ask


def test_a_name_like_a_competitors_is_listed_and_raises_no_flag(
    session, assessment: Assessment, listed
) -> None:
    (one,) = listed(assessment)
    assert one.description.id == FUZZY
    assert one.sentence == f"“{THEIR_CLIENT}” may be “{OUR_RIVAL}”. Please confirm."
    assert [each.question.id for each in one.about] == [CLIENTS]
    assert (one.asked, one.waiting) == (None, None)
    about = session.scalars(sa.select(Flag.finding_id).where(Flag.finding_id == FUZZY))
    assert about.all() == []


def test_where_it_counts_it_is_a_flag_and_not_on_the_list(
    session, clock, organisation, listed
) -> None:
    rfi = alike_rfi(session, organisation, profiles=["legal-privileged"])
    made = alike(session, clock, organisation, rfi)
    assert FUZZY in reviewed.flags_of(session, made)
    assert FUZZY not in [one.description.id for one in listed(made)]


def test_what_does_not_fire_or_cannot_be_told_asks_nothing(
    session, clock, organisation, listed
) -> None:
    rfi = alike_rfi(session, organisation)
    for name in ("Quite Another", None):
        made = alike(session, clock, organisation, rfi, vendor=f"V {name}", client=name)
        assert listed(made) == ()


def test_the_vendor_gets_the_words_and_neither_list(session, assessment, ask, listed) -> None:
    ask(assessment)
    (mail,) = session.scalars(sa.select(Message).where(Message.kind == "clarification"))
    for part in (mail.text, mail.html, mail.subject):
        assert OUR_RIVAL not in part
        assert THEIR_CLIENT not in part
    assert "possible conflict" in mail.text
    (one,) = listed(assessment)
    assert one.waiting is not None
    assert (one.waiting.remark, one.waiting.by) == (WORDS, "Remi Okafor")


def test_it_is_in_the_trail(session, assessment, ask) -> None:
    asked = ask(assessment)
    row = session.scalars(
        sa.select(AuditRow).where(AuditRow.object_id == str(asked), AuditRow.action == "asked")
    ).one()
    assert (row.details["question"], row.details["finding"]) == (CLIENTS, FUZZY)


def test_a_page_sent_twice_asks_once_and_another_question_meanwhile_is_refused(
    session, assessment, ask
) -> None:
    assert ask(assessment) == ask(assessment)
    with pytest.raises(Refused):
        ask(assessment, "And one thing more.")
    count = sa.select(sa.func.count()).select_from(Clarification)
    assert session.scalar(count) == 1


def test_after_the_reply_it_says_so_with_the_vendors_comment_and_can_be_asked_again(
    session, clock, assessment, ask, listed
) -> None:
    asked = ask(assessment)
    version = reviewed.answer(
        session, clock, assessment, CLIENTS, [client_row()], comment="No relation to anybody."
    )
    reviewed.reply(session, asked, version)
    (one,) = listed(assessment)
    assert one.waiting is None
    assert one.asked is not None
    assert not one.asked.waits
    assert one.about[0].comment == "No relation to anybody."
    ask(assessment, "Are you sure?")
    (one,) = listed(assessment)
    assert one.waiting is not None


def test_while_the_vendor_writes_nothing_of_it_is_shown(
    session, clock, assessment, ask, listed
) -> None:
    ask(assessment)
    reviewed.answer(session, clock, assessment, CLIENTS, [], comment="Still writing.")
    (one,) = listed(assessment)
    assert one.about[0].comment == ""


def test_it_can_be_taken_back(session, clock, organisation, remi, assessment, ask, listed) -> None:
    asked, actor = ask(assessment), actor_of(remi, organisation)
    other = alike(session, clock, organisation, assessment.rfi, vendor="Other")
    with pytest.raises(Missing):
        confirming.take_back(session, clock, actor, other.id, asked)
    confirming.take_back(session, clock, actor, assessment.id, asked)
    (one,) = listed(assessment)
    assert one.asked is None


@pytest.mark.parametrize(
    ("about", "remark"),
    [
        ({"finding_id": "moon"}, WORDS),
        ({"finding_id": "competitor-conflict"}, WORDS),
        ({"question_id": "company.sites"}, WORDS),
        ({"question_id": ""}, WORDS),
        ({}, "  "),
        ({}, "x" * 2_001),
    ],
)
def test_what_is_not_on_the_list_or_says_nothing_is_refused_in_a_sentence(
    session, assessment, ask, about, remark
) -> None:
    with pytest.raises(Invalid):
        ask(assessment, remark, **about)
    assert session.scalars(sa.select(Clarification.id)).all() == []


def test_under_a_locked_review_nobody_is_asked(session, clock, assessment, ask, remi) -> None:
    session.add(
        ReviewLock(
            organisation_id=assessment.organisation_id,
            rfi_id=assessment.rfi_id,
            proposed_by=remi.id,
            proposed_at=clock(),
            agreed_by=remi.id,
            agreed_at=clock(),
            covers=[str(assessment.id)],
            unlock_reason="",
        )
    )
    session.flush()
    with pytest.raises(Refused, match="locked"):
        ask(assessment)


def test_a_stranger_sees_and_asks_nothing(session, clock, assessment, stan) -> None:
    elsewhere = stan.memberships[0].organisation
    with pytest.raises(Missing):
        confirming.to_clarify(session, elsewhere.id, assessment.id, clock().date())
    with pytest.raises(Missing):
        confirming.ask(
            session, clock, LINKS, actor_of(stan, elsewhere), assessment.id, FUZZY, CLIENTS, WORDS
        )
