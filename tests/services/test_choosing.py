"""A decision is written once, with its reasons and all that it rests on, and never changes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Answer, Assessment, AuditRow, Decision, Organisation, Rfi
from questionnaire.services import choosing, locking
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.justifying import Choice
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import reviewed
from tests.services.chosen import WHY, ada_, choice_of, choose, passing, passing_rfi
from tests.services.locks import decide_all, lock_of, remi_, rosa_
from tests.services.reviewed import MINOR, PRICE, SECRET_PRICE, question_of

__all__ = [
    "ada_", "choice_of", "choose", "decide_all", "passing", "passing_rfi", "remi_", "rosa_",
]  # fmt: skip


def all_of(session: Session) -> list[Decision]:
    return list(session.scalars(sa.select(Decision).order_by(Decision.number)))


def trail(session: Session) -> list[str]:
    query = sa.select(AuditRow.action).where(AuditRow.object_kind == "decision")
    return list(session.scalars(query.order_by(AuditRow.id)))


def spoil(session: Session, assessment: Assessment) -> None:
    """The vendor's answer is another one now."""
    session.execute(
        sa.update(Answer)
        .where(Answer.assessment_id == assessment.id, Answer.question_id == question_of(MINOR))
        .values(value=False, version=Answer.version + 1)
    )


def test_a_decision_holds_who_what_why_when_and_on_which_versions(
    session: Session, clock: MovableClock, passing_rfi: Rfi, passing: Assessment, choose
) -> None:
    made = choose(passing_rfi, "vendor", passing.id)
    assert (made.number, made.option, made.vendor) == (1, "vendor", "Amber Call")
    assert (made.decider, made.reason, made.decided_at) == ("Ada Marsh", WHY, clock())
    assert not made.needs_second
    standing = choosing.in_force(session, passing_rfi.id)
    assert standing is not None
    assert standing.id == made.id
    kept = json.loads(made.snapshot)
    assert kept["basis"]["edition"] == passing_rfi.edition_digest
    assert kept["requirement_set"]["number"] == 1
    assert kept["basis"]["on"] == clock().date().isoformat()
    versions = kept["versions"][str(passing.id)]
    assert versions["answers"][question_of(MINOR)]["version"] == 1
    assert kept["review"]["locked"] is False
    assert kept["rules"]["modules"]["questionnaire.core.tiers"]
    assert kept["decision"]["reason"] == WHY
    assert trail(session) == ["decided"]


def test_every_advice_that_is_gone_against_wants_a_reason_of_its_own(
    session: Session, passing_rfi: Rfi, passing: Assessment, clock, ada_: Actor, choice_of
) -> None:
    bare = choice_of(passing_rfi, "vendor", passing.id, reason=" ", reasons={})
    with pytest.raises(Invalid) as fault:
        choosing.choose(session, clock, ada_, passing_rfi.id, bare)
    assert set(fault.value.faults) >= {"reason", "against-provisional", "against-sealed"}
    assert all_of(session) == []


def test_the_advice_stands_with_the_decision_as_it_was_said(
    passing_rfi: Rfi, passing: Assessment, choose
) -> None:
    made = choose(passing_rfi, "vendor", passing.id)
    by_kind = {one["kind"]: one for one in made.against}
    assert by_kind["conditional"]["text"].startswith("Amber Call is conditional")
    assert by_kind["conditional"]["points"]
    assert by_kind["conditional"]["reason"] == "We know about conditional."
    assert "not_eligible" not in by_kind


@pytest.mark.parametrize("option", ["in_house", "search"])
def test_nobody_for_now_is_a_decision_too(
    passing_rfi: Rfi, passing: Assessment, choose, option: str
) -> None:
    made = choose(passing_rfi, option)
    assert (made.option, made.vendor, made.assessment_id) == (option, "", None)


def test_pressing_twice_decides_once(
    session: Session, clock, passing_rfi: Rfi, passing: Assessment, ada_: Actor, choice_of
) -> None:
    choice = choice_of(passing_rfi, "in_house")
    first = choosing.choose(session, clock, ada_, passing_rfi.id, choice)
    again = choosing.choose(session, clock, ada_, passing_rfi.id, choice)
    assert again.id == first.id
    assert len(all_of(session)) == 1
    assert trail(session) == ["decided"]


def test_what_changed_since_the_page_was_shown_is_refused(
    session: Session, clock, passing_rfi: Rfi, passing: Assessment, ada_: Actor, choice_of
) -> None:
    choice = choice_of(passing_rfi, "vendor", passing.id)
    spoil(session, passing)
    with pytest.raises(Refused, match="has changed"):
        choosing.choose(session, clock, ada_, passing_rfi.id, choice)
    assert all_of(session) == []


def test_another_decision_in_between_is_such_a_change(
    session: Session, clock, passing_rfi: Rfi, passing: Assessment, ada_: Actor, choice_of, choose
) -> None:
    late = choice_of(passing_rfi, "search")
    choose(passing_rfi, "in_house")
    with pytest.raises(Refused, match="has changed"):
        choosing.choose(session, clock, ada_, passing_rfi.id, late)


def test_a_later_decision_says_why_and_keeps_the_former(
    session: Session, clock, passing_rfi: Rfi, passing: Assessment, ada_: Actor, choice_of, choose
) -> None:
    first = choose(passing_rfi, "in_house")
    kept = first.snapshot, first.digest
    silent = choice_of(passing_rfi, "search", superseding_reason="")
    with pytest.raises(Invalid) as fault:
        choosing.choose(session, clock, ada_, passing_rfi.id, silent)
    assert set(fault.value.faults) == {"superseding"}
    spoil(session, passing)
    second = choose(passing_rfi, "search")
    assert (second.number, second.supersedes) == (2, 1)
    assert [one.number for one in all_of(session)] == [1, 2]
    session.refresh(first)
    assert (first.snapshot, first.digest) == kept
    assert choosing.in_force(session, passing_rfi.id) is second


def test_a_vendor_that_is_not_eligible_waits_for_a_second_person(
    session: Session, clock, passing_rfi, passing, ada_: Actor, rosa_: Actor, choice_of, choose
) -> None:
    spoil(session, passing)
    passing_rfi.brief = {"rto_hours": 8}
    make_mandatory(session, passing_rfi)
    made = choose(passing_rfi, "vendor", passing.id)
    assert made.needs_second
    assert {one["kind"] for one in made.against} >= {"nobody", "not_eligible"}
    assert choosing.in_force(session, passing_rfi.id) is None
    with pytest.raises(Refused, match="two people"):
        choosing.agree(session, clock, ada_, passing_rfi.id, made.id)
    other = choice_of(passing_rfi, "in_house")
    with pytest.raises(Refused, match="waits for a second person"):
        choosing.choose(session, clock, ada_, passing_rfi.id, other)
    clock.move(timedelta(days=2))
    choosing.agree(session, clock, rosa_, passing_rfi.id, made.id)
    assert (made.second, made.agreed_at) == ("Rosa Lind", clock())
    assert choosing.in_force(session, passing_rfi.id) is made
    assert trail(session) == ["decision_proposed", "decision_agreed"]


def test_what_was_declined_never_stands_and_stays(
    session: Session, clock, passing_rfi, passing, ada_: Actor, rosa_: Actor, choose
) -> None:
    spoil(session, passing)
    make_mandatory(session, passing_rfi)
    made = choose(passing_rfi, "vendor", passing.id)
    choosing.end(session, clock, rosa_, passing_rfi.id, made.id)
    assert choosing.in_force(session, passing_rfi.id) is None
    with pytest.raises(Refused, match="faster"):
        choosing.agree(session, clock, rosa_, passing_rfi.id, made.id)
    again = choose(passing_rfi, "search")
    assert (again.number, again.supersedes) == (2, None)
    assert trail(session) == ["decision_proposed", "decision_declined", "decided"]


def test_nobody_agrees_to_what_no_longer_rests_on_the_same(
    session: Session, clock, passing_rfi, passing, rosa_: Actor, choose
) -> None:
    spoil(session, passing)
    make_mandatory(session, passing_rfi)
    made = choose(passing_rfi, "vendor", passing.id)
    spoil(session, passing)
    session.execute(
        sa.update(Answer).where(Answer.question_id == question_of(MINOR)).values(comment="Hm.")
    )
    with pytest.raises(Refused, match="has changed since it was made"):
        choosing.agree(session, clock, rosa_, passing_rfi.id, made.id)


def test_no_sealed_price_is_in_it_and_an_opened_one_is(
    session: Session, clock, organisation: Organisation, passing_rfi, passing, ada,
    decide_all, remi_, rosa_, choose,
) -> None:  # fmt: skip
    sealed = choose(passing_rfi, "in_house")
    assert str(SECRET_PRICE) not in sealed.snapshot
    assert (
        question_of(PRICE)
        not in json.loads(sealed.snapshot)["versions"][str(passing.id)]["answers"]
    )
    decide_all(passing)
    locking.propose(session, clock, remi_, passing_rfi.id)
    locking.agree(session, clock, rosa_, passing_rfi.id, lock_of(session, passing_rfi).id)
    locking.open_prices(session, clock, actor_of(ada, organisation), passing_rfi.id)
    opened = choose(passing_rfi, "vendor", passing.id)
    kept = json.loads(opened.snapshot)
    assert str(SECRET_PRICE) in opened.snapshot
    assert (kept["review"]["locked"], kept["review"]["opener"]) == (True, "Ada Marsh")
    assert "provisional" not in {one["kind"] for one in opened.against}


@pytest.mark.parametrize(("option", "code"), [("moon", ""), ("vendor", ""), ("hybrid", "x")])
def test_an_option_that_is_not_there_is_told(
    session: Session, clock, passing_rfi, passing, ada_: Actor, choice_of, option: str, code: str
) -> None:
    usual = choice_of(passing_rfi, "in_house")
    typed = Choice(option, code, WHY, seen=usual.seen, key=usual.key)
    with pytest.raises(Invalid) as fault:
        choosing.choose(session, clock, ada_, passing_rfi.id, typed)
    assert set(fault.value.faults) == {"option"}


def test_a_stranger_reaches_nothing(
    session: Session, clock, passing_rfi, passing, stan, choice_of, choose
) -> None:
    (membership,) = stan.memberships
    stranger = actor_of(stan, membership.organisation)
    with pytest.raises(Missing):
        choosing.choose(
            session, clock, stranger, passing_rfi.id, choice_of(passing_rfi, "in_house")
        )
    made = choose(passing_rfi, "in_house")
    with pytest.raises(Missing):
        choosing.end(session, clock, stranger, passing_rfi.id, made.id)


def make_mandatory(session: Session, rfi: Rfi) -> None:
    """The next version of the requirements makes the easy question a gate."""
    (wanted,) = reviewed.documents(MINOR)
    reviewed.freeze(session, rfi, 2, [wanted | {"severity": "mandatory"}])
