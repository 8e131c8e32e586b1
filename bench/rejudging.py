"""Judging whole assessments out of a database, flags kept in step, against only reading their rows.

One process, SQLite, CPU time. Reading takes the same rows through the same functions of the
services: the assessment, its answers, files, reviews, flags and judgements.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench.seed import case
from question_bank.loader import requirement_to_document
from questionnaire import migrating, models
from questionnaire.core.merging import default_requirements
from questionnaire.db import make_engine
from questionnaire.services import editions, flagging, judging, reading

#: How many assessments there are, and how many of them are judged; the second is the issue's.
SIZES = ((100, 100), (1_000, 1_000), (10_000, 100))
AIM = 5
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
#: Who is judged: each of the demo's vendors in turn.
_CODES = ("PH", "IN", "CR", "DO", "US", "LV")


def report() -> None:
    """Print the ratios at 1,000, and what one assessment takes at every size."""
    print("judging assessments of 121 answers from the database, CPU time for each:")
    print(f"  {'there':>7}{'judged':>8}{'read':>9}{'first':>9}{'again':>9}{'changed':>9}")
    found = {}
    for there, judged in SIZES:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            found[there] = _measure(Path(folder), there, judged)
        figures = "".join(f"{one:>6.1f} ms" for one in found[there])
        print(f"  {there:>7}{judged:>8}{figures}", flush=True)
    read, *times = found[1_000]
    for name, one in zip(("first", "again", "after a changed answer"), times, strict=True):
        print(f"  {name}: {one / read:.1f} times reading (aim: at most {AIM})")
    flat = found[10_000][2] / found[100][2]
    print(f"  of 10,000 one takes {flat:.2f} times what one of 100 takes\n")


def _measure(folder: Path, there: int, judged: int) -> list[float]:
    """Milliseconds for one: read, judged first, judged again, judged after a changed answer."""
    engine = make_engine(f"sqlite:///{folder / 'bench.db'}")
    migrating.upgrade(engine)
    with Session(engine) as session:
        ids = _seed(session, there)
        # Spread over the whole table, and over the vendors.
        sample = ids[:: max(1, there // judged)][:judged]
        first = _each(session, sample, lambda id: judging.judge(session, _clock, id))
        read = _each(session, sample, lambda id: _read(session, id))
        again = _each(session, sample, lambda id: judging.judge(session, _clock, id))
        _change(session, sample)
        changed = _each(session, sample, lambda id: judging.judge(session, _clock, id))
    engine.dispose()
    return [read, first, again, changed]


def _clock() -> datetime:
    return NOW


def _each(session: Session, ids: Sequence[UUID], work: Callable[[UUID], object]) -> float:
    """The median of batches of 20, each in a transaction of its own."""
    times = []
    for start in range(0, len(ids), 20):
        batch = ids[start : start + 20]
        began = time.process_time()
        for one in batch:
            work(one)
        session.commit()
        times.append((time.process_time() - began) * 1000 / len(batch))
    return statistics.median(times)


def _read(session: Session, assessment_id: UUID) -> None:
    session.execute(
        sa.select(models.Assessment.organisation_id, models.Rfi.question_ids, models.Rfi.brief)
        .join(models.Rfi, models.Rfi.id == models.Assessment.rfi_id)
        .where(models.Assessment.id == assessment_id)
    ).one()
    waiting = reading.before_asking(session, assessment_id)
    reading.reviewed(session, assessment_id, reading.held(session, assessment_id) | waiting)
    flagging.rows(session, models.Flag.assessment_id == assessment_id)
    kept = models.Judgement
    columns = (kept.requirement_id, kept.id, kept.severity, kept.status, kept.explanation)
    session.execute(sa.select(*columns).where(kept.assessment_id == assessment_id)).all()


def _change(session: Session, ids: Sequence[UUID]) -> None:
    """One answer of each says something else."""
    changed = {"value": 3, "state": "answered", "version": 2}
    for one in ids:
        session.execute(
            sa.update(models.Answer)
            .where(models.Answer.assessment_id == one, models.Answer.question_id == _QUESTION)
            .values(changed)
        )
    session.commit()


_QUESTION = "culture.hours"


def _seed(session: Session, there: int) -> list[UUID]:
    """So many submitted assessments; the first of each vendor is written, the others copied."""
    bank = editions.current_bank()
    organisation = models.Organisation(name="Bench & Sons", created_at=NOW)
    session.add(organisation)
    session.flush()
    rfi = models.Rfi(
        organisation_id=organisation.id,
        title="Round",
        purpose="",
        reply_to="bench@alderfinch.example",
        state="open",
        deadline=NOW + timedelta(days=30),
        profiles=["general-retail", "card-payments"],
        brief=case()["buyer"],
        question_ids=list(bank.questions),
        edition_digest=editions.keep(session, bank, NOW),
        created_at=NOW,
        sent_at=NOW,
    )
    session.add(rfi)
    session.flush()
    required = default_requirements(bank, rfi.profiles, tuple(bank.questions))
    session.add(
        models.RequirementSetVersion(
            organisation_id=organisation.id,
            rfi_id=rfi.id,
            number=1,
            documents=[requirement_to_document(one) for one in required],
            digest="0" * 64,
            frozen_at=NOW,
        )
    )
    ids = [_assessment(session, rfi, number) for number in range(there)]
    for number, id in enumerate(ids[: len(_CODES)]):
        _answers(session, organisation.id, id, _CODES[number])
    session.commit()
    _copy_answers(session, ids)
    session.execute(sa.text("ANALYZE"))
    session.commit()
    return ids


def _assessment(session: Session, rfi: models.Rfi, number: int) -> UUID:
    vendor = models.Vendor(
        organisation_id=rfi.organisation_id, name=f"Vendor {number}", created_at=NOW
    )
    session.add(vendor)
    session.flush()
    assessment = models.Assessment(
        organisation_id=rfi.organisation_id,
        rfi_id=rfi.id,
        vendor_id=vendor.id,
        state="submitted",
        submitted_at=NOW,
        contact_name="Vera Vendor",
        contact_email=f"v{number}@vendors.example",
        created_at=NOW,
    )
    session.add(assessment)
    session.flush()
    return assessment.id


def _answers(session: Session, organisation_id: UUID, assessment_id: UUID, code: str) -> None:
    said = case()["vendors"][code]["answers"]
    for question_id in editions.current_bank().questions:
        value = said.get(question_id)
        session.add(
            models.Answer(
                organisation_id=organisation_id,
                assessment_id=assessment_id,
                question_id=question_id,
                state="dont_know" if value is None else "answered",
                value=value,
                version=1,
                changed_at=NOW,
                changed_by="v@vendors.example",
            )
        )
    session.flush()


def _copy_answers(session: Session, ids: Sequence[UUID]) -> None:
    """By the database itself, so that ten thousand take a minute and not an hour."""
    copied = [one.name for one in models.Answer.__table__.columns]
    own = {"id": "lower(hex(randomblob(16)))", "assessment_id": ":to"}
    picked = ", ".join(own.get(name, name) for name in copied)
    statement = sa.text(
        f"INSERT INTO answer ({', '.join(copied)}) SELECT {picked} FROM answer "
        "WHERE assessment_id = :of"
    )
    several = len(_CODES)
    for number, id in enumerate(ids[several:]):
        session.execute(statement, {"to": id.hex, "of": ids[number % several].hex})


if __name__ == "__main__":
    report()
