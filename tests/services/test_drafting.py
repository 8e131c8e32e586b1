"""Beginning an RFI and changing its basics: limits, deadlines, two people at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import AuditRow, Edition, Organisation, Rfi, User
from questionnaire.services import drafting, editions, requiring
from questionnaire.services.auditing import Actor
from questionnaire.services.basics import Basics, read_basics, typed_basics
from questionnaire.services.faults import Invalid, Missing, Refused
from tests.cast import actor_of
from tests.harness.clock import START, MovableClock
from tests.services import drafts


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


TYPED: dict[str, Any] = {
    "title": "Customer care 2027",
    "purpose": "Evenings.",
    "reply_to": "ada@brightlane.example",
    "deadline_day": "2026-12-14",
    "deadline_time": "17:00",
    "time_zone": "Europe/Riga",
    "base": "general-retail",
    "add_ons": ["card-payments"],
}


def test_what_was_typed_becomes_basics_with_the_deadline_in_utc() -> None:
    found = read_basics(TYPED, editions.current_bank(), START)
    assert found.deadline == datetime(2026, 12, 14, 15, 0, tzinfo=UTC)
    assert found.profiles == ("general-retail", "card-payments")


@pytest.mark.parametrize(
    ("change", "control", "words"),
    [
        ({"title": "  "}, "title", "title"),
        ({"title": "x" * 121}, "title", "120"),
        ({"purpose": "x" * 2001}, "purpose", "2000"),
        ({"title": "a\x00b"}, "title", "character"),
        ({"reply_to": "ada"}, "reply_to", "address"),
        ({"deadline_day": "14.12."}, "deadline_day", "year-month-day"),
        ({"deadline_time": "5 pm"}, "deadline_time", "17:00"),
        ({"deadline_day": "2026-11-22"}, "deadline_day", "passed"),
        ({"deadline_day": "2036-11-22"}, "deadline_day", "two years"),
        ({"deadline_day": "9999-12-31"}, "deadline_day", "year"),
        ({"deadline_day": "0001-01-01"}, "deadline_day", "year"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "list"),
        ({"base": ""}, "base", "one profile"),
        ({"base": "card-payments"}, "base", "one profile"),
        (
            {"deadline_day": "2027-03-28", "deadline_time": "03:30"},
            "deadline_time",
            "Clocks go forward",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence_at_its_control(
    change: dict[str, Any], control: str, words: str
) -> None:
    with pytest.raises(Invalid) as fault:
        read_basics(TYPED | change, editions.current_bank(), START)
    assert list(fault.value.faults) == [control]
    assert words in fault.value.faults[control]


def test_basics_come_back_into_the_controls_as_they_were_typed(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    wanted = read_basics(TYPED, editions.current_bank(), START)
    rfi = drafting.create(session, clock, actor, wanted)
    assert typed_basics(rfi) == TYPED


def test_a_new_rfi_has_the_presets_questions_and_its_profiles_requirements(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    six = drafts.begin(session, clock, actor)
    full = drafts.begin(session, clock, actor, preset="full")
    bank = editions.current_bank()
    sections = {bank.questions[one].section for one in six.question_ids}
    assert sections == {"resilience", "security", "physical", "scripting", "clients", "culture"}
    assert full.question_ids == list(bank.questions)
    held = requiring.held(session, full, bank)
    assert {one.requirement.severity for one in held} == {"mandatory", "major", "minor"}
    assert session.get(Edition, six.edition_digest) is not None


def test_the_same_page_sent_twice_begins_one_rfi(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    id = new_id()
    for _ in range(2):
        drafting.create(session, clock, actor, drafts.basics(), id=id)
    assert session.scalar(sa.select(sa.func.count()).select_from(Rfi)) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(AuditRow)) == 1


def test_an_id_that_a_stranger_has_begins_another_rfi(
    session: Session, clock: MovableClock, actor: Actor, stan: User
) -> None:
    theirs = drafts.begin(session, clock, actor)
    stranger = actor_of(stan, stan.memberships[0].organisation)
    mine = drafting.create(session, clock, stranger, drafts.basics(), id=theirs.id)
    assert mine.id != theirs.id
    assert mine.organisation_id == stranger.organisation_id


def test_another_organisations_rfi_is_missing_like_none_at_all(
    session: Session, clock: MovableClock, actor: Actor, stan: User
) -> None:
    rfi = drafts.begin(session, clock, actor)
    stranger = actor_of(stan, stan.memberships[0].organisation)
    for id in (rfi.id, new_id()):
        with pytest.raises(Missing):
            drafting.draft(session, stranger, id)
        with pytest.raises(Missing):
            drafting.rfi_of(session, stranger.organisation_id, id)


def test_basics_are_changed_and_the_change_is_in_the_trail(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    version = rfi.version
    seen = drafting.digest(Basics.of(rfi).columns())
    drafting.state_basics(
        session, clock, actor, rfi.id, drafts.basics(title="Another title"), seen=seen
    )
    assert (rfi.title, rfi.version) == ("Another title", version + 1)
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "changed")).one()
    assert row.details == {"changed": ["title"]}


def test_a_stale_save_overwrites_nothing(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    both_saw = drafting.digest(Basics.of(rfi).columns())
    drafting.state_basics(
        session, clock, actor, rfi.id, drafts.basics(title="The first"), seen=both_saw
    )
    with pytest.raises(drafting.Stale):
        drafting.state_basics(
            session, clock, actor, rfi.id, drafts.basics(title="The second"), seen=both_saw
        )
    assert rfi.title == "The first"


def test_other_profiles_bring_their_requirements_and_keep_the_buyers_own(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    bank = editions.current_bank()
    held = requiring.held(session, rfi, bank)
    off = next(one for one in held if one.id == "quality.asa#1")
    requiring.store(session, rfi, requiring.with_off(off, True), bank)
    seen = drafting.digest(Basics.of(rfi).columns())
    health = drafts.basics(profiles=("health-hipaa", "card-payments"))
    drafting.state_basics(session, clock, actor, rfi.id, health, seen=seen)
    after = {one.id: one for one in requiring.held(session, rfi, bank)}
    assert "privacy.baa#1" in after
    assert "payments.aoc#1" in after
    assert "culture.hours#1" not in after
    assert after["quality.asa#1"].off


def test_a_sent_rfi_cannot_be_edited(session: Session, clock: MovableClock, actor: Actor) -> None:
    rfi = drafts.sent(session, clock, actor)
    with pytest.raises(Refused, match="as they were sent"):
        drafting.draft(session, actor, rfi.id)
    clock.move(timedelta(days=1))
    seen = drafting.digest(Basics.of(rfi).columns())
    with pytest.raises(Refused):
        drafting.state_basics(
            session, clock, actor, rfi.id, drafts.basics(title="Too late"), seen=seen
        )
    assert rfi.title == "Customer care 2027"
