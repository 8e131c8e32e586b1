"""What reaches the log, and what never does."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
import structlog

from questionnaire import logs
from questionnaire.models import Answer
from tests.harness.clock import START
from tests.services.rounds import make_assessment

SECRET = "31.50 an hour"


@pytest.fixture
def log():
    logs.set_up()
    return structlog.get_logger("test")


def test_a_refused_row_is_told_without_what_was_in_it(session, organisation, log, capsys) -> None:
    assessment = make_assessment(session, organisation)
    row = {
        "organisation_id": organisation.id,
        "assessment_id": assessment.id,
        "question_id": "a.question",
        "state": "perhaps",
        "value": SECRET,
        "comment": "",
        "reason": "",
        "version": 1,
        "changed_at": START,
        "changed_by": "vera",
    }
    try:
        with session.begin_nested():
            session.execute(sa.insert(Answer), row)
    except sa.exc.IntegrityError:
        log.exception("unexpected", path="vendor.save_answer")
    said = capsys.readouterr().err
    assert "IntegrityError" in said
    assert "vendor.save_answer" in said
    assert "test_logs.py" in said
    assert SECRET not in said


def test_a_traceback_shows_no_variables(log, capsys) -> None:
    def fail(answer: str) -> None:
        raise RuntimeError("it broke")

    try:
        fail(SECRET)
    except RuntimeError:
        log.exception("unexpected")
    said = capsys.readouterr().err
    assert "it broke" in said
    assert SECRET not in said
