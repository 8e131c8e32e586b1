"""The demo: what a stranger finds after `make run`."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, migrating
from questionnaire.config import Config
from questionnaire.demo import loading
from questionnaire.demo.papers import paper
from questionnaire.demo.people import PEOPLE
from questionnaire.demo.stage import the_case, what_vendors_did
from questionnaire.models import (
    Answer,
    Assessment,
    AuditRow,
    Evidence,
    EvidenceReview,
    Flag,
    Judgement,
    Membership,
    Message,
    Rfi,
    User,
    Vendor,
)
from questionnaire.services import (
    collecting,
    editions,
    keeping,
    sniffing,
    trialling,
    weighing,
)

NOW = datetime(2027, 2, 3, 10, 0, tzinfo=UTC)
PASSES = {"Coral Lantern", "Quetzal Bridge", "Prairie Bell"}


@pytest.fixture(scope="module")
def demo(databases, tmp_path_factory):
    """The demo, loaded once; the tests only read it."""
    folder, url = tmp_path_factory.mktemp("demo"), databases.create()
    config = Config.for_tests(database_url=url, folder=folder)
    engine = db.make_engine(url)
    migrating.upgrade(engine)
    # Its own work alone: how busy the machine is says nothing about the demo.
    began = time.process_time()
    with Session(engine) as session, session.begin():
        loading.load(
            session, config, hash_password=lambda text: f"hash of {text}", clock=lambda: NOW
        )
    took = time.process_time() - began
    with Session(engine) as session:
        yield SimpleNamespace(session=session, config=config, took=took)
    engine.dispose()
    databases.drop(url)


def _flags(demo) -> list[tuple[str, str]]:
    """Every flag that is open and counts: whose, and how severe."""
    rows = demo.session.execute(
        sa.select(Vendor.name, Flag.severity)
        .join(Flag.assessment)
        .join(Assessment.vendor)
        .where(Flag.state == "open", Flag.covered.is_(False))
    )
    short = {one["name"]: one["short"] for one in the_case()["vendors"].values()}
    return [(short[row[0]], row[1]) for row in rows]


def test_it_loads_in_seconds(demo) -> None:
    assert demo.took < 20


def test_it_goes_into_an_empty_database_only(demo, session) -> None:
    assert loading.is_empty(session)
    assert not loading.is_empty(demo.session)


def test_three_people_share_one_password_and_hold_every_role(demo) -> None:
    rows = demo.session.execute(
        sa.select(User.email, Membership.roles, User.password).join(Membership.user)
    ).all()
    assert {row[0]: tuple(row[1]) for row in rows} == {one.email: one.roles for one in PEOPLE}
    assert {role for one in PEOPLE for role in one.roles} == {"buyer", "reviewer", "admin"}
    assert len({row[2] for row in rows}) == 1


def test_everybody_is_plainly_fictional() -> None:
    domains = [one["domain"] for one in the_case()["vendors"].values()]
    assert all(one.endswith(".example") for one in domains)
    assert all(one.email.endswith("@alderfinch.example") for one in PEOPLE)
    assert "fictional" in loading.ORGANISATION


def test_one_round_is_judged_and_one_is_under_way(demo) -> None:
    rows = demo.session.execute(
        sa.select(Rfi.title, Rfi.deadline, Rfi.state, Assessment.state, Assessment.late).join(
            Assessment.rfi
        )
    ).all()
    states: dict[str, Counter[str]] = {}
    for row in rows:
        states.setdefault(row[0], Counter())[row[3]] += 1
    judged, under_way = states.values()
    assert judged == {"submitted": 6}
    assert under_way == {"in_progress": 2, "opened": 1, "sent": 1, "declined": 1}
    assert sum(row[4] for row in rows) == 1
    assert {row[2] for row in rows} == {"open"}
    assert max(row[1] for row in rows) > NOW


def test_the_trials_tell_the_story_of_the_six_vendors(demo) -> None:
    judged, under_way = demo.session.scalars(sa.select(Rfi).order_by(Rfi.id))
    short = {one["name"]: one["short"] for one in the_case()["vendors"].values()}
    weighed = weighing.weigh_all(demo.session, judged)
    results = {
        short[one.vendor]: weighed[one.trial_id].outcome.result
        for one in trialling.tried(demo.session, judged.id)
        if one.vendor and one.trial_id
    }
    assert results == {
        "Quetzal Bridge": "passed",
        "Prairie Bell": "passed",
        "Coral Lantern": "soft",
        "Baltā Bāka": "soft",
        "Palma Clara": "hard_fail",
        "Saffron Kite": "hard_fail",
    }
    assert {one.source for one in weighed.values()} == {"summary"}
    planned = weighing.weigh_all(demo.session, under_way).values()
    assert sorted(len(one.gathered.calls) for one in planned) == [40, 43]
    assert {one.outcome.result for one in planned} == {"not_held"}


def test_the_flags_tell_the_story_of_the_six_vendors(demo) -> None:
    flags = _flags(demo)
    assert 185 <= len(flags) <= 205
    by_vendor = Counter(vendor for vendor, _severity in flags)
    assert 95 <= by_vendor["Saffron Kite"] <= 110
    assert set(by_vendor) == {one["short"] for one in the_case()["vendors"].values()}
    gates = Counter(vendor for vendor, severity in flags if severity == "mandatory")
    assert not PASSES & set(gates)
    assert all(gates[vendor] >= 3 for vendor in set(by_vendor) - PASSES)


def test_what_the_story_needs_is_proven_and_the_rest_waits_for_the_guest(demo) -> None:
    reviews = demo.session.execute(
        sa.select(EvidenceReview.level, User.name, Vendor.name)
        .join(User, User.id == EvidenceReview.reviewed_by)
        .join(Assessment, Assessment.id == EvidenceReview.assessment_id)
        .join(Assessment.vendor)
    ).all()
    assert {row[1] for row in reviews} == {"Remi Finch"}
    assert Counter(row[0] for row in reviews) == {2: 32, 3: 14, 0: 1}
    organisation_id, remi = demo.session.execute(
        sa.select(Membership.organisation_id, User.id)
        .join(Membership.user)
        .where(User.name == "Remi Finch")
    ).one()
    assert 20 <= collecting.count(demo.session, organisation_id, remi) <= 40
    closed = demo.session.scalars(sa.select(Flag.severity).where(Flag.state == "closed")).all()
    assert Counter(closed) == {"mandatory": 36}


def test_nothing_sealed_is_told_anywhere(demo) -> None:
    sealed = editions.current_bank().sealed_questions
    assert sealed
    for table in (Flag, Judgement):
        told = set(demo.session.scalars(sa.select(table.question_id)))
        assert told
        assert not told & sealed
    texts = [
        *demo.session.scalars(sa.select(Message.text)),
        *(str(one) for one in demo.session.scalars(sa.select(AuditRow.details))),
        *demo.session.scalars(sa.select(Flag.explanation)),
    ]
    questions = editions.current_bank().questions
    for id in sealed:
        assert not [one for one in texts if questions[id].text.en in one]


def test_every_shown_question_of_the_judged_round_has_an_answer(demo) -> None:
    rows = demo.session.execute(
        sa.select(Assessment.asked, Assessment.answered).where(Assessment.state == "submitted")
    ).all()
    assert all(asked == answered >= 107 for asked, answered in rows)
    states = Counter(demo.session.scalars(sa.select(Answer.state)))
    assert states["dont_know"] > 0
    assert states["blank"] == 0


def test_every_document_is_attached_and_can_be_opened(demo) -> None:
    store = keeping.store_at(demo.config.evidence_url)
    rows = demo.session.execute(
        sa.select(Evidence, Assessment)
        .join(Assessment, Assessment.id == Evidence.assessment_id)
        .where(Assessment.state == "submitted")
    ).all()
    names = {one["name"] for vendor in what_vendors_did().values() for one in vendor["documents"]}
    assert {evidence.name for evidence, _ in rows} == names
    assert len(rows) == len(names)
    for evidence, assessment in rows:
        assert evidence.issued_on < assessment.submitted_at.date()
        found, content = keeping.read(
            demo.session, store, assessment.organisation_id, assessment.id, evidence.id
        )
        assert found is evidence
        assert len(content) == evidence.size
        assert sniffing.content_type(evidence.name, content) == evidence.content_type


def test_a_paper_is_a_whole_pdf_whose_table_of_places_is_right() -> None:
    document = {
        "name": "a.pdf",
        "issued": "2026-01-02",
        "says": ["Brackets (and \\ strokes) are text.", "word " * 60],
    }
    content = paper("Baltā Bāka", "Certificate", document)
    assert content.startswith(b"%PDF-1.4\n")
    assert content.endswith(b"%%EOF\n")
    table = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    lines = content[table:].split(b"\n")
    assert lines[0] == b"xref"
    for number, line in enumerate(lines[3:9], 1):
        assert content[int(line[:10]) :].startswith(b"%d 0 obj\n" % number)
    assert b"Brackets \\(and \\\\ strokes\\) are text." in content
    assert b"Balta Baka" in content


def test_no_mail_of_the_demo_waits_to_be_sent(demo) -> None:
    states = Counter(demo.session.scalars(sa.select(Message.state)))
    assert set(states) == {"kept"}
    kinds = Counter(demo.session.scalars(sa.select(Message.kind)))
    assert kinds["receipt"] == kinds["submitted_notice"] == 6
    assert kinds["invitation"] == 11
