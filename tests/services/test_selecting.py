"""Choosing questions: presets, ticks, search, and what other answers need."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Organisation, User
from questionnaire.services import drafting, editions, preparing, requiring, selecting
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import drafts


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


def found(search: str, language: str = "en") -> set[str]:
    bank = editions.current_bank()
    shown = selecting.offered(bank, (), bank.requirements, search=search, language=language)
    return {one.question.id for section in shown for one in section.questions}


def test_the_choice_is_kept_in_the_banks_order_whatever_order_it_came_in(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    seen = drafting.digest(rfi.question_ids)
    wanted = ["resilience.rto", "company.sites", "no.such-question", "company.sites"]
    selecting.choose(session, clock, actor, rfi.id, wanted, seen=seen)
    assert rfi.question_ids == ["company.sites", "resilience.rto"]


def test_what_a_search_did_not_show_stays_chosen(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    before = set(rfi.question_ids)
    seen = drafting.digest(rfi.question_ids)
    shown = ["resilience.rto", "company.sites"]
    selecting.choose(session, clock, actor, rfi.id, ["company.sites"], seen=seen, shown=shown)
    assert set(rfi.question_ids) == (before - {"resilience.rto"}) | {"company.sites"}


def test_nothing_chosen_is_refused_and_nothing_changed(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    before = list(rfi.question_ids)
    with pytest.raises(Invalid, match="at least one"):
        selecting.choose(session, clock, actor, rfi.id, [], seen=drafting.digest(rfi.question_ids))
    assert rfi.question_ids == before


def test_a_stale_choice_overwrites_nothing(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    seen = drafting.digest(rfi.question_ids)
    selecting.use_preset(session, clock, actor, rfi.id, "full", seen=seen)
    with pytest.raises(drafting.Stale):
        selecting.choose(session, clock, actor, rfi.id, ["resilience.rto"], seen=seen)
    assert len(rfi.question_ids) == 121


def test_an_unknown_preset_is_refused(session: Session, clock: MovableClock, actor: Actor) -> None:
    rfi = drafts.begin(session, clock, actor)
    with pytest.raises(Invalid):
        selecting.use_preset(
            session, clock, actor, rfi.id, "none-such", seen=drafting.digest(rfi.question_ids)
        )


def test_search_looks_into_wording_choices_columns_standards_and_titles() -> None:
    assert "security.encryption" in found("encryption")
    assert "company.sites" in found("GENERATOR")
    assert "resilience.rto" in found("ISO22301 recovery")
    assert found("Physical security") >= {"physical.entry", "physical.cctv-days"}
    assert found("no such words anywhere") == set()
    assert len(found("")) == 121


def test_search_forgives_missing_diacritics() -> None:
    assert "resilience.rto" in found("dublētas sistēmas", "lv")
    assert found("dubletas sistemas", "lv") == found("dublētas sistēmas", "lv")


def test_a_conditional_question_names_its_parents_and_the_missing_ones() -> None:
    bank = editions.current_bank()
    chosen = {"physical.home-controls", "resilience.alternate-site"}
    shown = selecting.offered(bank, chosen, bank.requirements)
    one = next(
        one
        for section in shown
        for one in section.questions
        if one.question.id == "physical.home-controls"
    )
    parents = [parent.id for parent in one.parents]
    assert parents == ["people.home-working", "resilience.alternate-site"]
    assert [parent.id for parent in one.missing_parents] == ["people.home-working"]
    assert one.severity == "mandatory"


def test_answers_that_others_need_are_named_until_they_are_asked(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.begin(session, clock, actor)
    bank = editions.current_bank()
    forced = requiring.in_force(requiring.held(session, rfi, bank), rfi.question_ids)
    needed = preparing.companions(bank, rfi.question_ids, forced)
    assert needed["company.sites"] == ("security.certifications",)
    assert needed["people.home-working"] == ("physical.home-controls",)
    assert preparing.companions(bank, [*rfi.question_ids, *needed], forced) == {}
