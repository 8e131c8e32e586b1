"""The board: states, lateness, mail, counts; a fixed number of statements; its CSV."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, Message, Organisation, User
from questionnaire.services import boarding, exporting, inviting, listing, rounds
from questionnaire.services.auditing import Actor
from questionnaire.services.faults import Missing
from questionnaire.services.vendor_rows import VendorRow
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.services import drafts

TALLY = {
    "sections": {"resilience": [9, 2, 1, 0], "security": [14, 0, 0, 2]},
    "understanding": [54, 50, 11],
}


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


def rows(session: Session, clock: MovableClock, rfi: Any) -> list[VendorRow]:
    return list(boarding.board(session, rfi.organisation_id, rfi.id, clock()).vendors)


def submit(session: Session, clock: MovableClock, one: Assessment, **changes: Any) -> None:
    """As submitting and judging leave a row."""
    values = {
        "state": "submitted",
        "submitted_at": clock(),
        "answered": one.asked,
        "tally": TALLY,
        "open_mandatory": 1,
        "open_major": 2,
    }
    for name, value in (values | changes).items():
        setattr(one, name, value)
    session.flush()


def test_every_state_shows_with_what_belongs_to_it(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=3)
    amber, cobalt, _dune = listing.vendors_of(session, rfi)
    amber.state, amber.answered, amber.changed_at = "in_progress", 7, clock()
    submit(session, clock, cobalt)
    session.flush()
    first, second, third = rows(session, clock, rfi)
    assert (first.vendor, first.state) == ("Amber Call", "in_progress")
    assert (first.answered, first.asked, first.changed_at) == (7, 55, clock())
    assert (second.state, second.open_flags) == ("submitted", (1, 2, 0))
    assert dict(second.sections)["resilience"] == (9, 2, 1)
    assert second.understanding == (54, 50, 11, 0)
    assert (third.state, third.sections, third.understanding) == ("sent", (), None)
    assert (third.mail_kind, third.mail_state, third.mailed) == ("invitation", "waiting", 1)


def test_late_is_computed_for_who_has_not_submitted_and_kept_for_who_has(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=3)
    amber, cobalt, dune = listing.vendors_of(session, rfi)
    submit(session, clock, amber, late=False)
    dune.due_at = rfi.deadline + timedelta(days=7)
    session.flush()
    assert [one.late for one in rows(session, clock, rfi)] == [False, False, False]
    clock.move(timedelta(days=21, seconds=1))
    assert [one.late for one in rows(session, clock, rfi)] == [False, True, False]
    submit(session, clock, cobalt, late=True)
    assert [one.late for one in rows(session, clock, rfi)] == [False, True, False]
    clock.move(timedelta(days=7))
    assert [one.late for one in rows(session, clock, rfi)] == [False, True, True]
    for one in (amber, cobalt, dune):
        one.state = "declined"
    session.flush()
    assert not any(one.late for one in rows(session, clock, rfi))


def test_the_newest_mail_to_the_vendor_shows_with_the_servers_word(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=1)
    (one,) = listing.vendors_of(session, rfi)
    inviting.resend(session, clock, drafts.LINKS, actor, one, after=1)
    mail = session.scalars(sa.select(Message).order_by(Message.id.desc())).first()
    assert mail is not None
    mail.state, mail.reply = "failed", "550 5.1.1 no such mailbox"
    session.flush()
    (row,) = rows(session, clock, rfi)
    assert (row.mail_state, row.mail_reply, row.mailed) == (
        "failed",
        "550 5.1.1 no such mailbox",
        2,
    )


def test_only_the_link_that_works_shows(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=1)
    (one,) = listing.vendors_of(session, rfi)
    first = inviting.active(session, one.id)
    assert first is not None
    second = inviting.reissue(session, clock, drafts.LINKS, actor, one, instead_of=first.id)
    assert second is not None
    (row,) = rows(session, clock, rfi)
    assert row.invitation_id == second.id
    inviting.revoke(session, clock, actor, one)
    (row,) = rows(session, clock, rfi)
    assert row.invitation_id is None


def test_a_row_is_the_same_object_until_something_about_its_vendor_changes(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=2)
    before = rows(session, clock, rfi)
    assert [one is two for one, two in zip(before, rows(session, clock, rfi), strict=True)] == [
        True,
        True,
    ]
    listing.vendors_of(session, rfi)[0].answered = 1
    session.flush()
    after = rows(session, clock, rfi)
    assert [one is two for one, two in zip(before, after, strict=True)] == [False, True]


@pytest.mark.parametrize("found", [boarding.head, boarding.board])
def test_a_strangers_rfi_is_missing_like_none_at_all(
    session: Session, clock: MovableClock, actor: Actor, stan: User, found: Any
) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=1)
    theirs = stan.memberships[0].organisation_id
    more = (clock(),) if found is boarding.board else ()
    for organisation_id, id in ((theirs, rfi.id), (actor.organisation_id, new_id())):
        with pytest.raises(Missing):
            found(session, organisation_id, id, *more)


def test_the_number_of_statements_does_not_depend_on_the_number_of_vendors(
    session: Session, clock: MovableClock, actor: Actor, connection: sa.Connection
) -> None:
    counts = []
    for number in (5, 50):
        rfi = drafts.sent(session, clock, actor, vendors=number)
        for one in listing.vendors_of(session, rfi):
            submit(session, clock, one)
        with statements(connection) as seen:
            found = rows(session, clock, rfi)
        assert len(found) == number
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 2


def test_the_list_counts_in_one_statement_and_pages_by_key(
    session: Session, clock: MovableClock, actor: Actor, connection: sa.Connection, stan: User
) -> None:
    sent = drafts.sent(session, clock, actor, vendors=2)
    submit(session, clock, listing.vendors_of(session, sent)[0])
    draft = drafts.begin(session, clock, actor)
    session.flush()
    with statements(connection) as seen:
        lines, older = rounds.rfis(session, actor.organisation_id)
    assert len(seen) == 1
    assert [one.id for one in lines] == [draft.id, sent.id]
    assert (lines[1].vendors, lines[1].submitted, lines[1].open_flags) == (2, 1, 3)
    assert (lines[0].vendors, lines[0].created_by, older) == (0, "Ada Marsh", None)
    first, older = rounds.rfis(session, actor.organisation_id, limit=1)
    second, end = rounds.rfis(session, actor.organisation_id, before=older, limit=1)
    assert ([one.id for one in first + second], end) == ([draft.id, sent.id], None)
    assert rounds.rfis(session, stan.memberships[0].organisation_id) == ([], None)


def exported(session: Session, clock: MovableClock, rfi: Any) -> list[list[str]]:
    board = boarding.board(session, rfi.organisation_id, rfi.id, clock())
    text = exporting.counts_csv(board)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_csv_has_a_row_a_vendor_and_three_columns_an_open_section(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=2, preset="full")
    submit(session, clock, listing.vendors_of(session, rfi)[0])
    head, first, second = exported(session, clock, rfi)
    assert len(head) == 9 + 15 * 3
    assert not any("Price" in cell for cell in head)
    at = head.index("Redundant systems: met")
    assert first[:2] == ["Amber Call", "submitted"]
    assert first[at : at + 3] == ["9", "2", "1"]
    assert second[at : at + 3] == ["", "", ""]


@pytest.mark.parametrize(
    "name", ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", " =1+1", "\t=1", "＝1+1"]
)
def test_no_cell_of_the_csv_can_be_a_formula(
    session: Session, clock: MovableClock, actor: Actor, name: str
) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=1)
    listing.vendors_of(session, rfi)[0].vendor.name = name
    session.flush()
    _head, row = exported(session, clock, rfi)
    assert row[0] == f"'{name}"


@pytest.mark.parametrize("cell", [-3, "Amber, Call", 'Say "hello"', "1-2", ""])
def test_what_is_no_formula_stays_as_it_is(cell: Any) -> None:
    assert exporting.harmless(cell) == cell


def test_the_files_name_is_plain(session: Session, clock: MovableClock, actor: Actor) -> None:
    rfi = drafts.sent(session, clock, actor, vendors=1, title='Ā/../"x"\r\nSet-Cookie: a=b')
    board = boarding.board(session, rfi.organisation_id, rfi.id, clock())
    assert exporting.file_name(board) == "x-set-cookie-a-b-counts.csv"
