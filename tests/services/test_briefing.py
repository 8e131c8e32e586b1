"""The brief: only what is needed, its defaults, every kind of field, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import BriefField
from questionnaire.models import AuditRow, Organisation, User
from questionnaire.services import (
    brief_values,
    briefing,
    drafting,
    editions,
    preparing,
    selecting,
)
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import drafts

FIELDS = {one.name: one for one in editions.current_bank().brief}


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


def fault(name: str, raw: Any) -> brief_values.WrongBriefField:
    with pytest.raises(brief_values.WrongBriefField) as caught:
        brief_values.read(FIELDS[name], raw)
    return caught.value


@pytest.mark.parametrize("field", list(FIELDS.values()), ids=list(FIELDS))
def test_every_field_comes_back_from_its_controls_as_it_was_stated(field: BriefField) -> None:
    stated = brief_values.held(drafts.demo_brief(), field.name)
    if stated is None:
        stated = field.default
    found = brief_values.read(field, brief_values.typed(field, stated))
    same = sorted(found) == sorted(stated) if field.kind == "countries" else found == stated
    assert same
    assert stated is None or brief_values.show(field, stated)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("rto_hours", ""),
        ("permitted_countries", []),
        ("languages", [{"language": "", "min_spoken": "", "agents_needed": "", "hours": ""}]),
        ("competitors", {"names": "  ", "none": ""}),
        ("medicare", ""),
        ("contract_start", " "),
    ],
)
def test_blank_is_not_stated_and_never_no_or_zero(name: str, raw: Any) -> None:
    assert brief_values.read(FIELDS[name], raw) is None


def test_none_to_name_is_stated_by_its_own_tick_only() -> None:
    assert brief_values.read(FIELDS["competitors"], {"names": "", "none": "1"}) == []
    assert "keep one" in fault("competitors", {"names": "Larkspur", "none": "1"}).sentence


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("rto_hours", "eight", "number"),
        ("rto_hours", "-1", "0"),
        ("seats_needed", "1000000", "100,000"),
        ("contract_start", "soon", "2026-11-23"),
        ("sector", "piracy", "not offered"),
        ("permitted_countries", ["US", "Atlantis"], "Atlantis"),
        ("home_market", "Atlantis", "Atlantis"),
        ("competitors", {"names": "x" * 121, "none": ""}, "120"),
        ("competitors", {"names": "\n".join(f"n{n}" for n in range(101)), "none": ""}, "100"),
        ("medicare", "perhaps", "yes or no"),
    ],
)
def test_what_a_field_cannot_hold_is_said_in_a_sentence(name: str, raw: Any, words: str) -> None:
    assert words in fault(name, raw).sentence


def test_names_are_kept_once_each() -> None:
    typed = {"names": "Maple & Main\n\n maple & main \nLarkspur", "none": ""}
    assert brief_values.read(FIELDS["competitors"], typed) == ["Maple & Main", "Larkspur"]


def test_faults_of_languages_are_placed_at_their_cells() -> None:
    rows = [
        {"language": "en", "min_spoken": "B2", "agents_needed": "12", "hours": ""},
        {"language": "", "min_spoken": "", "agents_needed": "", "hours": ""},
        {"language": "en", "min_spoken": "", "agents_needed": "1.5", "hours": ""},
    ]
    assert set(fault("languages", rows).cells) == {
        (2, "language"),
        (2, "min_spoken"),
        (2, "agents_needed"),
    }


def test_only_what_the_choice_refers_to_is_asked(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    bank = editions.current_bank()
    six = {one.name for one in briefing.needed(session, rfi, bank)}
    assert "rto_hours" in six
    assert "languages" not in six
    selecting.use_preset(
        session, clock, actor, rfi.id, "full", seen=drafting.digest(rfi.question_ids)
    )
    full = {one.name for one in briefing.needed(session, rfi, bank)}
    assert full > six
    assert {"languages", "seats_needed", "inhouse.csat"} <= full


def test_what_costs_are_worked_out_from_is_asked_with_prices_and_needs_no_answer(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    bank = editions.current_bank()
    needed = {one.name for one in briefing.needed(session, rfi, bank)}
    first = {one.name for one in briefing.asked(session, rfi, bank)} - needed
    assert first == {"disconnect_points", "reasons"}
    selecting.use_preset(
        session, clock, actor, rfi.id, "full", seen=drafting.digest(rfi.question_ids)
    )
    needed = {one.name for one in briefing.needed(session, rfi, bank)}
    wished = {one.name for one in briefing.asked(session, rfi, bank)} - needed
    assert {"margin", "office.country", "monthly_contacts", "inhouse.aht"} <= wished
    missing = {one.about for one in preparing.points(session, rfi, clock()) if one.step == "brief"}
    assert missing
    assert missing.isdisjoint(wished)


def test_a_default_stands_in_the_control_until_something_is_stated() -> None:
    assert briefing.raw_value(FIELDS["rto_hours"], {}) == "8"
    assert briefing.raw_value(FIELDS["rto_hours"], {"rto_hours": 24}) == "24"


def test_stated_fields_are_kept_nested_and_others_stay(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor, preset="full")
    seen = drafting.digest(rfi.brief)
    typed = {"inhouse.csat": "88", "rto_hours": "6"}
    briefing.state(session, clock, actor, rfi.id, typed, seen=seen)
    assert rfi.brief == {"inhouse": {"csat": 88}, "rto_hours": 6}
    seen = drafting.digest(rfi.brief)
    briefing.state(session, clock, actor, rfi.id, {"rto_hours": ""}, seen=seen)
    assert rfi.brief == {"inhouse": {"csat": 88}}


def test_the_trail_names_fields_and_tells_no_value(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    briefing.state(
        session, clock, actor, rfi.id, {"rto_hours": "6"}, seen=drafting.digest(rfi.brief)
    )
    row = session.scalars(sa.select(AuditRow).where(AuditRow.object_kind == "brief")).one()
    assert row.details == {"fields": ["rto_hours"]}


def test_one_wrong_field_keeps_all_from_being_saved_and_all_are_named(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    typed = {"rto_hours": "eight", "contract_start": "soon", "rpo_hours": "4"}
    with pytest.raises(Invalid) as caught:
        briefing.state(session, clock, actor, rfi.id, typed, seen=drafting.digest(rfi.brief))
    assert set(caught.value.faults) == {"rto_hours", "contract_start"}
    assert rfi.brief == {}


def test_a_smallest_share_above_the_largest_is_refused_at_its_field(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor, preset="full")
    seen = drafting.digest(rfi.brief)
    with pytest.raises(Invalid) as caught:
        briefing.state(
            session, clock, actor, rfi.id, {"min_share": "60", "max_share": "35"}, seen=seen
        )
    (place,) = caught.value.faults
    assert place == "min_share"
    assert "more than “Largest share" in caught.value.faults[place]
    assert "35" in caught.value.faults[place]
    briefing.state(session, clock, actor, rfi.id, {"min_share": "35", "max_share": "35"}, seen=seen)
    assert (rfi.brief["min_share"], rfi.brief["max_share"]) == (35, 35)


def test_a_start_that_has_passed_is_pointed_out_and_can_be_meant(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.ready(session, clock, actor)

    def passed(day: str) -> list[str]:
        briefing.state(
            session, clock, actor, rfi.id, {"contract_start": day}, seen=drafting.digest(rfi.brief)
        )
        points = preparing.points(session, rfi, clock())
        assert [one for one in points if one.blocking] == []
        return [one.sentence for one in points if one.about == "contract_start"]

    (sentence,) = passed("2026-11-22")
    assert "“Start of the service”, 22 November 2026, has passed" in sentence
    assert passed("2026-11-23") == []


def test_two_buyers_at_once_overwrite_nothing(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    seen = drafting.digest(rfi.brief)
    briefing.state(session, clock, actor, rfi.id, {"rto_hours": "6"}, seen=seen)
    with pytest.raises(drafting.Stale):
        briefing.state(session, clock, actor, rfi.id, {"rto_hours": "24"}, seen=seen)
    assert rfi.brief == {"rto_hours": 6}


def test_a_brief_that_lacks_what_requirements_refer_to_blocks_sending(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.ready(session, clock, actor)
    assert [one for one in preparing.points(session, rfi, clock()) if one.blocking] == []
    briefing.state(
        session, clock, actor, rfi.id, {"rto_hours": ""}, seen=drafting.digest(rfi.brief)
    )
    (point,) = [one for one in preparing.points(session, rfi, clock()) if one.blocking]
    assert (point.step, point.about) == ("brief", "rto_hours")
    assert "Longest acceptable outage" in point.sentence
