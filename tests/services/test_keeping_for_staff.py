"""Which of a vendor's files staff may read: what was handed in, and nothing before or after it."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import Clarification, Evidence
from questionnaire.services import attaching, keeping
from questionnaire.services.attaching import Upload
from questionnaire.services.faults import Missing
from questionnaire.services.reading import UNTOUCHED


@pytest.fixture
def store(tmp_path):
    return keeping.store_at((tmp_path / "evidence").as_uri())


def test_staff_read_no_file_that_was_taken_away_before_handing_in_or_is_not_sent_yet(
    session, clock, asked, store
) -> None:
    question, assessment = asked.a("yes_no"), asked.assessment

    def kept(name):
        attaching.attach(
            session, clock, store, asked.reached(clock()), asked.questionnaire, question.id,
            [Upload(name, b"%PDF-1.7\n" + name.encode())], document_type="certificate",
        )  # fmt: skip
        clock.move(timedelta(minutes=1))
        return session.scalars(sa.select(Evidence).where(Evidence.name == name)).one()

    def readable():
        found = set()
        for one in (mistaken, good, reply):
            with contextlib.suppress(Missing):
                keeping.read(session, store, assessment.organisation_id, assessment.id, one.id)
                found.add(one.name)
        return found

    mistaken, good = kept("mistaken.pdf"), kept("good.pdf")
    attaching.detach(session, clock, asked.reached(), asked.questionnaire, mistaken.id)
    clock.move(timedelta(minutes=1))
    assessment.state, assessment.submitted_at = "submitted", clock()
    clarification = Clarification(
        organisation_id=assessment.organisation_id, assessment_id=assessment.id,
        question_id=question.id, remark="Newer?", before=UNTOUCHED.to_json(), asked_at=clock(),
    )  # fmt: skip
    session.add(clarification)
    session.flush()
    clock.move(timedelta(minutes=1))
    reply = kept("reply.pdf")
    attaching.detach(session, clock, asked.reached(), asked.questionnaire, good.id)
    assert readable() == {"good.pdf"}
    clarification.answered_at = clock()
    session.flush()
    assert readable() == {"good.pdf", "reply.pdf"}
