"""What an upgrade leaves behind is judged anew by the worker, whatever trouble one of it makes."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Flag, FlagEvent, Organisation
from questionnaire.services import judging
from tests.faults.outbox import jobs_for, outbox
from tests.harness.clock import MovableClock
from tests.services.found import SLOWER, slow, slow_rfi

__all__ = ("outbox",)


def test_what_older_rules_judged_is_judged_again_and_one_trouble_costs_the_others_nothing(
    outbox, monkeypatch, capsys
) -> None:
    with Session(outbox.engine) as session, session.begin():
        organisation = session.get_one(Organisation, outbox.organisation_id)
        rfi = slow_rfi(session, organisation)
        names = ("Amber Call", "Birch Line")
        clock = MovableClock()
        ids = [slow(session, clock, organisation, rfi, vendor=name).id for name in names]
        session.execute(sa.update(Assessment).values(rules=0))
        session.execute(sa.delete(FlagEvent))
        session.execute(sa.delete(Flag))
    judge = judging.judge

    def broken(session: Session, clock: MovableClock, assessment_id: UUID) -> None:
        if assessment_id == min(ids):
            raise RuntimeError("It cannot be read.")
        judge(session, clock, assessment_id)

    jobs = jobs_for(outbox, "smtp://127.0.0.1:1", clock)
    monkeypatch.setattr(judging, "judge", broken)
    assert jobs.rejudge() == 1
    # Logs go where this process has been told to put them: that is one of the two.
    assert "rejudge" in "".join(capsys.readouterr())
    monkeypatch.undo()
    assert (jobs.rejudge(), jobs.rejudge()) == (1, 0)
    with Session(outbox.engine) as session:
        found = session.scalars(sa.select(Flag.assessment_id).where(Flag.finding_id == SLOWER))
        assert sorted(found) == sorted(ids)
