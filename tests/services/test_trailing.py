"""Reading the audit trail: the newest first, by pages, never over the fence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from questionnaire.models import Assessment, Organisation
from questionnaire.services import auditing
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Missing
from questionnaire.services.trailing import subjects, trail
from tests.cast import make_organisation
from tests.harness.clock import MovableClock
from tests.services.rounds import make_assessment


@dataclass
class Company:
    """An organisation with one RFI and one vendor in it, and Ada at work."""

    organisation: Organisation
    assessment: Assessment

    def __getitem__(self, name: str) -> UUID:
        return self.assessment.id if name == "assessment_id" else self.assessment.rfi_id

    def actor(self) -> Actor:
        return Actor("staff", uuid4(), "Ada Marsh", self.organisation.id)


@pytest.fixture
def two_worlds(session: Session) -> tuple[Company, Company]:
    """Ours and a stranger's."""
    made = [make_organisation(session, name) for name in ("Brightlane Retail", "Otherwise Co")]
    ours, theirs = (Company(one, make_assessment(session, one)) for one in made)
    return ours, theirs


def _write(
    session: Session, clock: MovableClock, company: Company, action: str, **about: UUID
) -> None:
    auditing.append(session, company.actor(), clock(), action, "rfi", company["rfi_id"], **about)
    session.flush()


def _actions(session: Session, organisation: Organisation, **narrowed: Any) -> list[str]:
    return [step.action for step in trail(session, organisation.id, **narrowed).steps]


def test_the_newest_change_comes_first_and_names_what_it_was_about(
    session: Session, clock: MovableClock, two_worlds: tuple[Company, Company]
) -> None:
    ours, _theirs = two_worlds
    _write(session, clock, ours, "created", rfi_id=ours["rfi_id"])
    _write(
        session,
        clock,
        ours,
        "sent",
        rfi_id=ours["rfi_id"],
        assessment_id=ours["assessment_id"],
    )
    first, second = trail(session, ours.organisation.id).steps
    assert (first.action, first.rfi_title, first.vendor) == (
        "sent",
        "Evenings and weekends",
        "Amber Call",
    )
    assert (second.action, second.vendor, second.actor_name) == ("created", None, "Ada Marsh")


def test_a_trail_is_narrowed_to_an_rfi_or_an_assessment(
    session: Session, clock: MovableClock, two_worlds: tuple[Company, Company]
) -> None:
    ours, _theirs = two_worlds
    about = {"rfi_id": ours["rfi_id"], "assessment_id": ours["assessment_id"]}
    _write(session, clock, ours, "joined")
    _write(session, clock, ours, "created", rfi_id=ours["rfi_id"])
    _write(session, clock, ours, "opened", **about)
    assert _actions(session, ours.organisation) == ["opened", "created", "joined"]
    assert _actions(session, ours.organisation, rfi_id=ours["rfi_id"]) == ["opened", "created"]
    assert _actions(session, ours.organisation, assessment_id=ours["assessment_id"]) == ["opened"]


def test_a_strangers_changes_are_not_ours_even_by_their_ids(
    session: Session, clock: MovableClock, two_worlds: tuple[Company, Company]
) -> None:
    ours, theirs = two_worlds
    _write(session, clock, theirs, "created", rfi_id=theirs["rfi_id"])
    assert _actions(session, ours.organisation) == []
    assert _actions(session, ours.organisation, rfi_id=theirs["rfi_id"]) == []


def test_pages_of_the_trail_follow_on_without_gap_or_repeat(
    session: Session, clock: MovableClock, two_worlds: tuple[Company, Company]
) -> None:
    ours, _theirs = two_worlds
    for number in range(7):
        _write(session, clock, ours, f"step{number}")
    seen: list[str] = []
    before: UUID | None = None
    sizes = []
    while True:
        page = trail(session, ours.organisation.id, before=before, limit=3)
        seen += [step.action for step in page.steps]
        sizes.append(len(page.steps))
        before = page.before
        if before is None:
            break
    assert seen == [f"step{number}" for number in reversed(range(7))]
    assert sizes == [3, 3, 1]


def test_what_a_trail_can_be_narrowed_to_is_ones_own(
    session: Session, two_worlds: tuple[Company, Company]
) -> None:
    ours, theirs = two_worlds
    found = subjects(session, ours.organisation.id, assessment_id=ours["assessment_id"])
    assert found.rfis == [(ours["rfi_id"], "Evenings and weekends")]
    assert found.assessments == [(ours["assessment_id"], "Amber Call")]
    assert found.rfi_id == ours["rfi_id"]
    for rfi_id in (theirs["rfi_id"], uuid4()):
        with pytest.raises(Missing):
            subjects(session, ours.organisation.id, rfi_id=rfi_id)
    for assessment_id in (theirs["assessment_id"], uuid4()):
        with pytest.raises(Missing):
            subjects(session, ours.organisation.id, assessment_id=assessment_id)
