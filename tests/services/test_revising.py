"""Editing requirements: shown as sentences, linted, gates guarded, the law untouched."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import DocumentRule, Reference, RowRule
from questionnaire.core.sentences import requirement_sentence
from questionnaire.models import AuditRow, Organisation, Rfi, User
from questionnaire.services import drafting, editions, requiring, revising
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.requiring import Held
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import drafts

MAJOR, GATE, LAW = "resilience.rto#1", "quality.csat#1", "privacy.countries#1"
ROWS = "resilience.outages#1"


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


@pytest.fixture
def rfi(session: Session, clock: MovableClock, actor: Actor) -> Rfi:
    return drafts.begin(session, clock, actor, preset="full")


class Edits:
    """Edits of one draft, each begun from what the page showed."""

    def __init__(self, session: Session, clock: MovableClock, actor: Actor, rfi: Rfi) -> None:
        self.session, self.clock, self.actor, self.rfi = session, clock, actor, rfi

    def now(self, id: str) -> Held:
        return drafts.held(self.session, self.rfi, id)

    def revise(self, id: str, **changes: Any) -> Held:
        one = self.now(id)
        wanted = {
            "threshold": one.requirement.threshold,
            "severity": one.requirement.severity,
            "assurance": one.requirement.assurance,
            "off": one.off,
            "rationale": one.requirement.rationale.en,
            "seen": drafting.digest(one.to_document()),
        }
        return revising.revise(
            self.session, self.clock, self.actor, self.rfi.id, id, **(wanted | changes)
        )

    def add(self, **changes: Any) -> Held:
        wanted: dict[str, Any] = {
            "question_id": "culture.hours",
            "operator": "at_least",
            "threshold": 40,
            "severity": "major",
            "rationale": "Our customers are particular.",
        }
        return revising.add(self.session, self.clock, self.actor, self.rfi.id, **(wanted | changes))

    def trail(self) -> list[AuditRow]:
        query = sa.select(AuditRow).where(AuditRow.object_kind == "requirement")
        return list(self.session.scalars(query.order_by(AuditRow.id)))


@pytest.fixture
def edits(session: Session, clock: MovableClock, actor: Actor, rfi: Rfi) -> Edits:
    return Edits(session, clock, actor, rfi)


def test_a_requirement_reads_as_a_sentence_with_the_briefs_figure(edits: Edits) -> None:
    one = edits.now(MAJOR).requirement
    sentence = requirement_sentence(one, editions.current_bank(), {"rto_hours": 8})
    assert sentence.replace("\u00a0", " ") == (
        "Recovery time must be at most 8 hours (your brief)."
    )


def test_threshold_severity_and_reason_are_changed_and_kept(edits: Edits, rfi: Rfi) -> None:
    version = rfi.version
    edits.revise(MAJOR, threshold=6, severity="mandatory", rationale="We cannot wait.")
    one = edits.now(MAJOR)
    assert one.changed
    assert (one.requirement.threshold, one.requirement.severity) == (6, "mandatory")
    assert one.requirement.rationale.en == "We cannot wait."
    assert rfi.version == version + 1
    (row,) = edits.trail()
    assert (row.action, row.object_id) == ("changed", MAJOR)
    assert "6" in row.details["says"]


def test_switching_off_what_is_no_gate_needs_no_yes(edits: Edits) -> None:
    assert edits.revise(MAJOR, off=True).off
    assert [row.action for row in edits.trail()] == ["switched_off"]
    assert not edits.revise(MAJOR, off=False).off


@pytest.mark.parametrize(
    ("change", "words", "action"),
    [
        ({"off": True}, "switched off", "switched_off"),
        ({"severity": "minor"}, "lower severity", "weakened"),
        ({"threshold": 70}, "ask less", "weakened"),
        ({"threshold": Reference("buyer", "inhouse.csat")}, "ask less", "weakened"),
    ],
    ids=["off", "severity", "threshold", "incomparable"],
)
def test_a_gate_asks_less_only_with_a_yes_and_the_trail_says_so(
    edits: Edits, change: dict[str, Any], words: str, action: str
) -> None:
    before = edits.now(GATE)
    with pytest.raises(revising.Unconfirmed, match=words):
        edits.revise(GATE, **change)
    assert edits.now(GATE) == before
    assert edits.trail() == []
    edits.revise(GATE, **change, confirmed=True)
    (row,) = edits.trail()
    assert (row.action, row.actor_name) == (action, "Ada Marsh")
    assert "75" in row.details["said"]


@pytest.mark.parametrize(
    "change", [{"threshold": 80}, {"rationale": "Another reason."}], ids=["stricter", "reason"]
)
def test_a_gate_may_ask_more_without_a_yes(edits: Edits, change: dict[str, Any]) -> None:
    edits.revise(GATE, **change)
    assert [row.action for row in edits.trail()] == ["changed"]


@pytest.mark.parametrize(
    ("change", "control"), [({"off": True}, "off"), ({"severity": "major"}, "severity")]
)
def test_what_the_law_demands_stays_on_and_as_severe_whatever_is_confirmed(
    edits: Edits, change: dict[str, Any], control: str
) -> None:
    with pytest.raises(Invalid) as caught:
        edits.revise(LAW, **change, confirmed=True)
    assert set(caught.value.faults) == {control}
    assert "law" in caught.value.faults[control]
    assert not edits.now(LAW).changed


def test_another_threshold_for_what_the_law_demands_needs_a_yes(edits: Edits) -> None:
    anywhere = ("US", "KP")
    with pytest.raises(revising.Unconfirmed, match="law"):
        edits.revise(LAW, threshold=anywhere)
    assert edits.revise(LAW, threshold=anywhere, confirmed=True).requirement.never_waivable


@pytest.mark.parametrize(
    ("id", "threshold", "words"),
    [
        (GATE, 101, "go up to 100"),
        (GATE, "many", "a number"),
        (MAJOR, Reference("buyer", "no_such_field"), "names nothing"),
        (MAJOR, Reference("answer", "no.such-question"), "names nothing"),
        (MAJOR, Reference("buyer", "sector"), "a number is needed"),
        (MAJOR, Reference("answer", "resilience.rto"), "with itself"),
        ("services.channels#1", ("voice", "smoke"), "no such choice"),
        ("services.channels#1", (), "empty"),
        (ROWS, RowRule("sum", {}, "cause", "at_most", 5), "numbers"),
        ("company.legal-entity#1", DocumentRule(("no_such_type",)), "no_such_type"),
    ],
)
def test_what_refers_to_nothing_or_can_never_be_met_is_refused(
    edits: Edits, id: str, threshold: Any, words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        edits.revise(id, threshold=threshold, confirmed=True)
    assert not edits.now(id).changed


@pytest.mark.parametrize("rationale", ["", "  ", "x" * 501])
def test_a_reason_is_needed_and_has_an_end(edits: Edits, rationale: str) -> None:
    with pytest.raises(Invalid) as caught:
        edits.revise(MAJOR, rationale=rationale)
    assert set(caught.value.faults) == {"rationale"}


def test_a_stale_edit_of_the_same_requirement_overwrites_nothing(edits: Edits) -> None:
    seen = drafting.digest(edits.now(MAJOR).to_document())
    edits.revise(MAJOR, threshold=6)
    with pytest.raises(drafting.Stale):
        edits.revise(MAJOR, threshold=24, seen=seen)
    assert edits.now(MAJOR).requirement.threshold == 6


def test_two_people_can_edit_two_requirements(edits: Edits) -> None:
    seen = drafting.digest(edits.now("resilience.rpo#1").to_document())
    edits.revise(MAJOR, threshold=6)
    edits.revise("resilience.rpo#1", threshold=2, seen=seen)
    assert edits.now(MAJOR).requirement.threshold == 6
    assert edits.now("resilience.rpo#1").requirement.threshold == 2


def test_a_requirement_is_put_back_as_suggested(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, edits: Edits
) -> None:
    edits.revise(MAJOR, threshold=6, severity="minor")
    revising.restore(session, clock, actor, rfi.id, MAJOR)
    assert not edits.now(MAJOR).changed


def test_a_requirement_of_ones_own_is_added_once_edited_and_taken_out(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, edits: Edits
) -> None:
    one = edits.add()
    assert edits.add().id == one.id
    assert one.own
    assert edits.revise(one.id, threshold=Decimal("40.5")).requirement.threshold == Decimal("40.5")
    with pytest.raises(Refused, match="nothing to put it back to"):
        revising.restore(session, clock, actor, rfi.id, one.id)
    revising.remove(session, clock, actor, rfi.id, one.id)
    with pytest.raises(Missing):
        edits.now(one.id)
    assert [row.action for row in edits.trail()] == ["added", "changed", "removed"]


def test_a_suggested_one_is_switched_off_and_not_taken_out(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    with pytest.raises(Refused, match="switch it off"):
        revising.remove(session, clock, actor, rfi.id, MAJOR)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"operator": "includes_all"}, "does not fit"),
        ({"question_id": "no.such-question"}, "question of the bank"),
        ({"severity": "grave"}, "mandatory, major or minor"),
        ({"threshold": -4}, "Every answer meets it"),
    ],
)
def test_what_does_not_fit_the_question_is_not_added(
    edits: Edits, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        edits.add(**change)
    assert edits.trail() == []


def test_requirements_on_questions_that_are_not_asked_wait(
    session: Session, edits: Edits, rfi: Rfi
) -> None:
    bank = editions.current_bank()
    held = requiring.held(session, rfi, bank)
    forced = requiring.in_force(held, ["resilience.rto"])
    assert [one.id for one in forced] == [MAJOR]
    edits.revise(MAJOR, off=True)
    assert requiring.in_force(requiring.held(session, rfi, bank), ["resilience.rto"]) == []
