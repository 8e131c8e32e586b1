"""Two browsers at the same moment, on a database of their own: nothing is lost or counted twice."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, migrating
from questionnaire.models import AnswerChange, Assessment
from questionnaire.services import answering
from questionnaire.services.answering import Stale
from questionnaire.services.questionnaires import questionnaire_of
from questionnaire.services.reaching import reach
from questionnaire.services.taking import Typed
from tests.cast import make_organisation
from tests.services.asked import ask


@pytest.fixture
def own_engine(empty_database_url):
    engine = db.make_engine(empty_database_url)
    migrating.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def vendor(own_engine):
    """Ids of an invitation, an assessment and an RFI, and questions that take a number."""
    with Session(own_engine) as session:
        asked = ask(session, make_organisation(session))
        numbers = [one.id for one in asked.questionnaire.questions.values() if one.kind == "number"]
        session.commit()
        return asked.invitation.id, asked.assessment.id, asked.rfi.id, numbers


def at_once(own_engine, vendor, clock, saves):
    """Run every save in a thread of its own, all let go together; results or Stale."""
    invitation_id, assessment_id, rfi_id, _ = vendor
    start = threading.Barrier(len(saves))

    def run(save):
        question_id, raw, version, key = save
        start.wait()
        with Session(own_engine) as session:
            reached = reach(session, invitation_id, assessment_id, clock(), to_change=True)
            questionnaire = questionnaire_of(session, rfi_id, reached.rfi_version)
            try:
                done = answering.save(
                    session, clock, reached, questionnaire, question_id,
                    Typed(raw=raw, version=version), save_key=key,
                )  # fmt: skip
            except Stale as fault:
                return fault
            session.commit()
            return done

    with ThreadPoolExecutor(len(saves)) as pool:
        return list(pool.map(run, saves))


def test_of_two_first_answers_one_is_kept_and_the_other_is_told(own_engine, vendor, clock) -> None:
    question_id = vendor[3][0]
    results = at_once(own_engine, vendor, clock, [(question_id, str(n), 0, None) for n in (5, 6)])
    stale = [one for one in results if isinstance(one, Stale)]
    assert len(stale) == 1
    with Session(own_engine) as session:
        assert len(session.scalars(sa.select(AnswerChange)).all()) == 1
        assert session.get_one(Assessment, vendor[1]).answered == 1


def test_one_save_sent_many_times_at_once_has_one_effect(own_engine, vendor, clock) -> None:
    question_id = vendor[3][0]
    results = at_once(own_engine, vendor, clock, [(question_id, "5", 0, "one key")] * 4)
    assert [one.version for one in results] == [1] * 4
    with Session(own_engine) as session:
        assert len(session.scalars(sa.select(AnswerChange)).all()) == 1


def test_many_questions_at_once_are_all_kept_and_counted(own_engine, vendor, clock) -> None:
    saves = [(one, "5", 0, None) for one in vendor[3][:8]]
    results = at_once(own_engine, vendor, clock, saves)
    assert [one.version for one in results] == [1] * 8
    with Session(own_engine) as session:
        assert session.get_one(Assessment, vendor[1]).answered == 8
