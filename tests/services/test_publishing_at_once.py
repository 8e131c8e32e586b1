"""Publishing other requirements while vendors save and hand in: nobody is refused, nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db
from questionnaire.models import (
    Answer,
    Assessment,
    AuditRow,
    Flag,
    FlagEvent,
    Judgement,
    RequirementSetVersion,
    Rfi,
)
from questionnaire.services import anticipating, judging, publishing, readying, supposing
from questionnaire.services.faults import Refused
from tests.services.changing import WHY, document
from tests.services.hurried import Round, round_
from tests.services.reviewed import MAJOR, RTO, question_of

__all__ = ["round_"]

#: Nobody waits longer than this for anybody; a deadlock would, and SQLite refuses a writer that
#: waited for ten seconds.
SECONDS = 60


def everybody_is_in_step(round_: Round) -> None:
    """All three are judged on version 2, and judging them again finds nothing to write."""
    with Session(round_.engine) as session:
        judged = session.execute(
            sa.select(Judgement.assessment_id, Judgement.severity).filter_by(requirement_id=MAJOR)
        ).all()
        everybody = {*round_.submitted, round_.last}
        assert {tuple(one) for one in judged} == {(one, "mandatory") for one in everybody}
        states = session.scalars(sa.select(Assessment.state)).all()
        assert states == ["submitted"] * 3
        before = rows(session)
        for one in everybody:
            judging.judge(session, round_.clock, one)
        session.flush()
        assert rows(session) == before


def rows(session: Session) -> list[int]:
    models = (Judgement, Flag, FlagEvent, AuditRow)
    counts = [session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in models]
    return [*counts, session.scalar(sa.select(sa.func.sum(Flag.version))) or 0]


def test_while_everybody_is_judged_ahead_a_vendor_saves_and_hands_in(round_: Round) -> None:
    with ThreadPoolExecutor(1) as vendor, Session(round_.engine) as session:
        with db.read_only():
            known = round_.ahead(session)
            # The reading is not over yet, and nobody has to wait for it.
            vendor.submit(round_.save, 1, "30").result(SECONDS)
            vendor.submit(round_.hand_in).result(SECONDS)
            session.rollback()
        made = round_.publish(session, known)
        assert made.number == 2
        assert made.effects is not None
        told = [one["vendor"] for one in made.effects["vendors"]]
        assert told == ["Amber Call", "Birch Voice", "Cedar Line"]
        saved = session.scalars(
            sa.select(Answer.value).filter_by(
                assessment_id=round_.last, question_id=question_of(RTO)
            )
        ).one()
        assert saved == 30
    everybody_is_in_step(round_)


def test_what_was_judged_ahead_is_taken_unless_it_moved(round_: Round) -> None:
    amber, birch = round_.submitted
    with Session(round_.engine) as session:
        known = round_.ahead(session)
        flag = session.scalars(sa.select(Flag).filter_by(assessment_id=birch).limit(1)).one()
        flag.reopened_why = "For a reason of its own."
        session.commit()
        now = supposing.present(session, session.get_one(Rfi, round_.rfi_id))
        wanted = supposing.from_document(now, round_.wanted)
        version = readying.frozen(session, now, wanted, round_.clock())
        found = readying.ready(session, round_.clock, now, version, wanted, known)
        assert found.judged[amber] is known.judged[amber]
        assert found.judged[birch] is not known.judged[birch]
        session.expunge_all()
        assert readying.ready(session, round_.clock, now, version, wanted, found) is found


def test_judged_ahead_or_not_a_version_does_the_same(round_: Round) -> None:
    told = []
    for is_ahead in (True, False):
        with Session(round_.engine) as session:
            known = round_.ahead(session) if is_ahead else None
            made = publishing.propose(
                session, round_.clock, round_.ada, round_.rfi_id, round_.wanted, WHY,
                seen=1, known=known,
            )  # fmt: skip
            session.flush()
            flags = session.execute(
                sa.select(
                    Flag.assessment_id, Flag.requirement_id, Flag.severity, Flag.state
                ).order_by(Flag.assessment_id, Flag.requirement_id)
            ).all()
            told.append((made.effects, [tuple(one) for one in flags], rows(session)))
            session.rollback()
    assert told[0] == told[1]
    assert told[0][0]


def test_what_was_worked_out_ahead_on_another_what_if_is_not_taken(round_: Round) -> None:
    with Session(round_.engine) as session:
        rfi = session.get_one(Rfi, round_.rfi_id)
        other = document(session, rfi, {RTO: {"severity": "minor"}}, off=[MAJOR])
        known = anticipating.ahead(session, round_.clock, round_.ada, round_.rfi_id, other)
        assert known is not None
        made = round_.publish(session, known)
        assert made.number == 2
        judged = sa.select(Judgement.severity).filter_by(requirement_id=MAJOR).distinct()
        assert session.scalars(judged).all() == ["mandatory"]


@pytest.mark.parametrize("turn", range(3))
def test_publishing_and_handing_in_at_the_same_moment_both_succeed(
    round_: Round, turn: int
) -> None:
    together = Barrier(2)

    def publish() -> None:
        with Session(round_.engine) as session:
            with db.read_only():
                known = round_.ahead(session)
                session.rollback()
            together.wait(SECONDS)
            # In one turn everything is judged under the lock: the longest that it can take.
            round_.publish(session, None if turn == 1 else known)

    def hand_in() -> None:
        together.wait(SECONDS)
        round_.hand_in()

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(publish), pool.submit(hand_in)]:
            one.result(SECONDS)
    everybody_is_in_step(round_)


def test_of_two_who_publish_at_the_same_moment_one_is_told(round_: Round) -> None:
    together = Barrier(2)

    def publish(_place: int) -> str:
        with Session(round_.engine) as session:
            with db.read_only():
                known = round_.ahead(session)
                session.rollback()
            together.wait(SECONDS)
            try:
                round_.publish(session, known)
            except Refused:
                return "told"
            return "published"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(publish, range(2), timeout=SECONDS)) == ["published", "told"]
    with Session(round_.engine) as session:
        numbers = sa.select(RequirementSetVersion.number).order_by(RequirementSetVersion.number)
        assert session.scalars(numbers).all() == [1, 2]
