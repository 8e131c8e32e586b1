"""The demo in the service comes to the verdicts of `questionnaire judge` on the same case.

The command takes all evidence as reviewed. So here every answer comes with a paper that is
reviewed, every flag is decided, and the prices are opened, all through the use cases of the pages.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import DocumentRule
from questionnaire import db, migrating
from questionnaire.config import Config
from questionnaire.core.answers import kept_answer
from questionnaire.core.case_reading import read_case
from questionnaire.core.conditions import shown_questions
from questionnaire.core.verdict import reach_all
from questionnaire.core.verdict_documents import document_of, verdict_document
from questionnaire.demo import answering_vendor, loading, reviewing_papers, rounds, stage
from questionnaire.models import Assessment, Flag, Membership, Rfi, User, Vendor
from questionnaire.services import (
    concluding,
    deciding_together,
    editions,
    locking,
    standing,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.concluding import Conclusion
from questionnaire.services.ruling import Decision
from tests.harness.clock import MovableClock

pytestmark = pytest.mark.sqlite_only

JUDGED = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
ISSUED = "2026-11-10"
TELLING = (
    "quality.csat", "quality.fcr", "language.repeat-rate", "culture.attitude-complaints",
)  # fmt: skip


def papers_for(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A paper for each answer that something has to stand behind, of the sort that is asked for."""
    wanted: dict[str, str] = dict.fromkeys(TELLING, "statement")
    for one in editions.current_bank().requirements:
        if isinstance(one.threshold, DocumentRule):
            wanted[one.question] = one.threshold.types[0]
        elif one.assurance:
            wanted.setdefault(one.question, "statement")
    bank = editions.current_bank()
    typed = {
        name: kept_answer(bank.questions[name], "blank" if said is None else "answered", said)
        for name, said in answers.items()
    }
    brief = {"currency": "USD", **stage.the_case()["buyer"]}
    shown = {one.id for one in shown_questions(bank, brief, typed, list(bank.questions))}
    return [
        {
            "question": question,
            "type": sort,
            "issued": ISSUED,
            "name": f"{question}.pdf",
            "says": ["Everything is as it was answered."],
            "review": {"level": 4},
        }
        for question, sort in wanted.items()
        if question in shown and answers.get(question) is not None
    ]


@pytest.fixture(scope="module")
def proven(databases, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """The demo with every paper, reviewed; its flags decided, its prices open."""
    told = copy.deepcopy(dict(stage.what_vendors_did()))
    for code, vendor in told.items():
        vendor["documents"] = papers_for(stage.the_case()["vendors"][code]["answers"])
        vendor["submitted"] = min(vendor["submitted"], "2026-11-19T12:00:00+00:00")
    folder, url = tmp_path_factory.mktemp("proven"), databases.create()
    engine = db.make_engine(url)
    migrating.upgrade(engine)
    with pytest.MonkeyPatch.context() as patch:
        for module in (answering_vendor, reviewing_papers, rounds):
            patch.setattr(module, "what_vendors_did", lambda: told)
        with Session(engine) as session, session.begin():
            loading.load(
                session,
                Config.for_tests(database_url=url, folder=folder),
                hash_password=lambda text: text,
                clock=lambda: datetime(2027, 2, 3, 10, tzinfo=UTC),
            )
    with Session(engine) as session:
        rfi = session.scalars(sa.select(Rfi).order_by(Rfi.id)).first()
        assert rfi is not None
        _decide_and_open(session, rfi)
        found = concluding.conclude(session, rfi.organisation_id, rfi.id, JUDGED)
        names = dict(session.execute(sa.select(Assessment.id, Vendor.name).join(Vendor)).all())
        yield SimpleNamespace(found=found, names=names)
    engine.dispose()
    databases.drop(url)


def _decide_and_open(session: Session, rfi: Rfi) -> None:
    """Confirm whatever is open, lock by two people, open: nothing of it settles a gap."""
    clock = MovableClock()
    clock.present = JUDGED
    rows = session.execute(
        sa.select(User.id, User.name).join(Membership, Membership.user_id == User.id)
    )
    people = {name: Actor("staff", id, name, rfi.organisation_id) for id, name in rows}
    remi, rosa, ada = people["Remi Finch"], people["Rosa Birch"], people["Ada Alder"]
    for assessment_id in session.scalars(sa.select(Assessment.id).filter_by(rfi_id=rfi.id)):
        _confirm(session, clock, remi, assessment_id)
    locking.propose(session, clock, remi, rfi.id)
    lock = standing.lock_of(session, rfi.id)
    assert lock is not None
    clock.move(timedelta(minutes=5))
    locking.agree(session, clock, rosa, rfi.id, lock.id)
    locking.open_prices(session, clock, ada, rfi.id)
    session.flush()


def _confirm(session: Session, clock: MovableClock, remi: Actor, assessment_id: UUID) -> None:
    still = sa.select(Flag.id, Flag.version).where(
        Flag.assessment_id == assessment_id, Flag.state == "open"
    )
    seen = {row.id: row.version for row in session.execute(still)}
    if seen:
        deciding_together.decide(session, clock, remi, seen, Decision("confirm"))


@pytest.fixture(scope="module")
def judged() -> dict[str, Any]:
    told = copy.deepcopy(dict(stage.the_case()))
    # The form keeps countries in the order of their codes; their sentences too.
    told["buyer"]["permitted_countries"].sort()
    # The demo's people enter that a drill was not done; the case leaves open why it has no hours.
    for one in told["vendors"].values():
        if one["trial"]["drill_h"] is None:
            del one["trial"]["drill_h"]
            one["trial"]["drill"] = "not_done"
    case = read_case(told, editions.current_bank())
    return document_of(case.basis, reach_all(case.basis, case.offers))


def by_code(found: Conclusion, code: str) -> dict[str, Any]:
    name = stage.the_case()["vendors"][code]["name"]
    (verdict,) = (one for one in found.verdicts if one.name == name)
    return verdict_document(verdict)


@pytest.mark.parametrize("code", ["PH", "IN", "CR", "DO", "US", "LV"])
def test_the_verdict_is_that_of_the_command_field_by_field(proven, judged, code: str) -> None:
    here, there = by_code(proven.found, code), judged["vendors"][code]
    different = {name: (one, there[name]) for name, one in here.items() if one != there[name]}
    assert different == {}
    assert here.keys() == there.keys()


def test_the_order_inside_the_tiers_is_that_of_the_command(proven, judged) -> None:
    codes = {one["name"]: code for code, one in stage.the_case()["vendors"].items()}
    order = {
        tier: [codes[one.name] for one in proven.found.tiers[tier]]
        for tier in ("recommended", "conditional")
    }
    assert order == judged["order"]
    assert order["recommended"] == ["CR", "US"]
