"""Two companies with one thing of everything each, for the cells of the roster.

The rows are made by hand, so that the gates are tried even where a use case would not lead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Organisation, User
from tests import cast
from tests.harness.clock import START
from tests.structure import world_colleagues, world_decisions, world_rows

#: Variables of addresses that name no row: they are the same for everybody.
CONTENT = {"filename": "app.css", "token": "nobody-has-this-token", "number": 1}


@dataclass
class World:
    """A company, and for each variable that an address can have its own thing's value."""

    organisation: Organisation
    member: User
    owned: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.owned[name] if name in self.owned else self.content[name]

    def lacks(self, names: Iterable[str]) -> set[str]:
        """The variables that this world has nothing for: they belong in here."""
        return set(names) - set(self.owned) - set(self.content)

    def with_another(self, name: str, value: Any) -> World:
        """The same, with one thing that is not its own."""
        return World(self.organisation, self.member, self.owned | {name: value}, self.content)


class Unknown:
    """Gives every variable a value that nothing answers to."""

    def __getitem__(self, name: str) -> Any:
        return CONTENT.get(name) or new_id()


def worlds(session: Session, folder: Path) -> tuple[World, World]:
    """Ours and a stranger's; their files are in the evidence store in `folder`."""
    return _world(session, folder, "Brightlane Retail"), _world(session, folder, "Otherwise Co")


def neighbour(session: Session, folder: Path, world: World) -> World:
    """What another vendor has in an RFI of the same company."""
    return _of_one_vendor(session, folder, world.member, "Cedar Voice")


def let_in(client: FlaskClient, world: World) -> None:
    """Make this browser the vendor's of this world: its link was opened, the code was right."""
    until = int((START + timedelta(hours=1)).timestamp())
    with client.session_transaction() as cookie:
        entry = [world["invitation_id"].hex, until]
        cookie["invitations"] = {world["assessment_id"].hex: entry}


def let_colleague_in(client: FlaskClient, world: World) -> None:
    """Make this browser that of the one whom this world's vendor has asked for help."""
    until = int((START + timedelta(hours=1)).timestamp())
    with client.session_transaction() as cookie:
        entry = [world["colleague_id"].hex, until]
        cookie["invitations"] = {world["assessment_id"].hex: entry}


def let_rater_in(client: FlaskClient, world: World) -> None:
    """Make this browser that of the world's rater."""
    until = int((START + timedelta(hours=1)).timestamp())
    with client.session_transaction() as cookie:
        cookie["raters"] = {world["rater_id"].hex: [world["link_id"].hex, until]}


def _world(session: Session, folder: Path, name: str) -> World:
    organisation = cast.make_organisation(session, name)
    user = cast.make_member(session, organisation, "Ada Marsh", ("buyer", "reviewer", "admin"))
    return _of_one_vendor(session, folder, user, "Amber Call")


def _of_one_vendor(session: Session, folder: Path, user: User, vendor_name: str) -> World:
    organisation = user.memberships[0].organisation
    mine = {"organisation_id": organisation.id}
    rfi, question = world_rows.make_rfi(session, mine, user)
    assessment = world_rows.make_assessment(session, mine, rfi, vendor_name)
    below = mine | {"assessment_id": assessment.id}
    answered = below | {"question_id": question.id}
    flag = world_rows.make_flag(session, answered, rfi, question)
    made = {
        "rfi_id": rfi,
        "assessment_id": assessment,
        "vendor_id": assessment.vendor,
        "flag_id": flag,
        "decision_id": world_decisions.make_decision(session, mine, rfi, assessment, user),
        "user_id": user,
        "membership_id": user.memberships[0],
        **world_rows.make_beside(session, answered),
        **world_rows.make_letters(session, mine, below),
        **world_rows.make_trial(session, below, rfi),
        "file_id": world_rows.make_report_file(session, mine, rfi),
    }
    owner = made["invitation_id"]
    made["colleague_id"] = world_colleagues.make_colleague(session, below, owner)
    session.flush()
    world_rows.make_debrief(session, below, user)
    store = folder / "evidence"
    store.mkdir(exist_ok=True)
    for name in ("evidence_id", "file_id"):
        (store / made[name].store_key).write_bytes(world_rows.BYTES)
    batch = world_rows.decide_together(session, mine, flag, user)
    return World(
        organisation,
        user,
        {variable: one.id for variable, one in made.items()}
        | mine
        | {"batch": batch, "code": made["call_id"].code, "link_id": made["rater_id"].link_id},
        CONTENT | world_rows.content_of(question),
    )
