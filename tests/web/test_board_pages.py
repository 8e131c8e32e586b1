"""The board on its page: states, links, what can be done, statements, CSV, history."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.models import Message, Rfi, User
from questionnaire.services import inviting
from questionnaire.services.auditing import Actor
from tests.cast import sign_in
from tests.harness.clock import MovableClock
from tests.harness.counting import statements
from tests.harness.web import StrictClient
from tests.services import drafts
from tests.services.drafts import LINKS
from tests.web.buying import actor, buyer, draft, path, ready, sent, submit, table_lines, vendors

__all__ = ["actor", "buyer", "draft", "ready", "sent"]

ANSWERS = {"resilience.rto": 24, "resilience.rpo": 4, "scripting.pass-mark": 90}


def test_every_vendor_has_its_line_with_state_mail_and_link(
    buyer: StrictClient, session: Session, sent: Rfi
) -> None:
    amber, cobalt, dune = vendors(session, sent)
    amber.state, amber.answered = "in_progress", 7
    amber.changed_at = sent.sent_at
    cobalt.state, cobalt.declined_reason = "declined", "No seats until summer."
    session.commit()
    page = buyer.show(path(sent))
    first, second, third = table_lines(page)
    assert "In progress 7 of 55 answered, last change 23 Nov 2026, 11:00" in first
    assert "Declined No seats until summer." in second
    assert "Sent" in third
    assert "Invitation: waiting to be sent" in third
    invitation = inviting.active(session, dune.id)
    assert invitation is not None
    fields = {
        one.get("aria-label"): one.get("value")
        for one in page.root.iter("input")
        if one.get("readonly") is not None
    }
    assert fields["Link of Dune Voice"] == LINKS.vendor(invitation.id)
    assert "Link of Cobalt Desk" not in fields


def test_a_revoked_link_is_said_in_words(
    buyer: StrictClient, session: Session, clock: MovableClock, actor: Actor, sent: Rfi
) -> None:
    amber, *others = vendors(session, sent)
    inviting.revoke(session, clock, actor, amber)
    session.commit()
    assert ["Link revoked" in one for one in table_lines(buyer.show(path(sent)))] == [
        one is amber for one in (amber, *others)
    ]


def test_who_has_not_submitted_in_time_is_late(
    buyer: StrictClient, session: Session, clock: MovableClock, sent: Rfi
) -> None:
    submit(session, clock, vendors(session, sent)[0], ANSWERS)
    assert [" Late " in one for one in table_lines(buyer.show(path(sent)))] == [False] * 3
    clock.move(timedelta(days=22))
    assert [" Late " in one for one in table_lines(buyer.show(path(sent)))] == [False, True, True]


def test_a_failed_mail_shows_the_servers_word(
    buyer: StrictClient, session: Session, sent: Rfi
) -> None:
    mail = session.scalars(sa.select(Message).order_by(Message.id)).first()
    assert mail is not None
    mail.state, mail.reply = "failed", "550 5.1.1 <b>no such mailbox</b>"
    session.commit()
    assert "failed 550 5.1.1 <b>no such mailbox</b>" in table_lines(buyer.show(path(sent)))[0]


def test_counts_by_section_lead_to_the_answers(
    buyer: StrictClient, session: Session, clock: MovableClock, sent: Rfi
) -> None:
    amber = vendors(session, sent)[0]
    submit(session, clock, amber, ANSWERS)
    page = buyer.show(path(sent))
    (row,) = table_lines(page, 1)
    assert row.startswith("Amber Call")
    assert "1 met 1 gap 15 unknown" in row
    page = buyer.show(page.link("1 met 1 gap 15 unknown"))
    assert page.heading == "Amber Call: Redundant systems"
    assert "24 hours" in page.text.replace("\u00a0", " ")


def test_the_page_takes_as_many_statements_for_fifty_vendors_as_for_five(
    buyer: StrictClient,
    session: Session,
    clock: MovableClock,
    actor: Actor,
    connection: sa.Connection,
) -> None:
    counts = []
    for number in (5, 50):
        rfi = drafts.sent(session, clock, actor, vendors=number)
        for one in vendors(session, rfi)[: number // 2]:
            one.state, one.submitted_at = "submitted", clock()
            one.tally = {"sections": {"resilience": [1, 2, 3, 0]}, "understanding": [5, 4, 3]}
        session.commit()
        with statements(connection) as seen:
            page = buyer.show(path(rfi))
        assert len(table_lines(page)) == number
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def test_the_counts_are_downloaded_as_csv(
    buyer: StrictClient, session: Session, clock: MovableClock, sent: Rfi
) -> None:
    amber = vendors(session, sent)[0]
    amber.vendor.name = "=1+1"
    submit(session, clock, amber, ANSWERS)
    reply = buyer.get(path(sent, "/counts.csv"))
    assert reply.mimetype == "text/csv"
    assert reply.headers["Content-Disposition"] == (
        'attachment; filename="customer-care-2027-counts.csv"'
    )
    rows = list(csv.reader(io.StringIO(reply.get_data(as_text=True))))
    at = rows[0].index("Redundant systems: met")
    assert rows[1][0] == "'=1+1"
    assert rows[1][at : at + 3] == ["1", "1", "15"]


def test_a_link_is_mailed_again_replaced_and_revoked_each_once(
    buyer: StrictClient, session: Session, sent: Rfi
) -> None:
    amber = vendors(session, sent)[0]
    page = buyer.show(path(sent, f"/vendors/{amber.id}"))
    values = page.form_with("Mail it again").values()
    buyer.press("Mail it again")
    buyer.post(path(sent, f"/vendors/{amber.id}/resend"), data=values)
    buyer.show(path(sent, f"/vendors/{amber.id}"))
    mails = sa.select(sa.func.count()).where(Message.assessment_id == amber.id)
    assert session.scalar(mails) == 2
    first = inviting.active(session, amber.id)
    buyer.press("Make a new link and mail it")
    second = inviting.active(session, amber.id)
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert session.scalar(mails) == 3
    page = buyer.press("Revoke the link")
    assert "the vendor cannot open its questionnaire" in page.text
    assert inviting.active(session, amber.id) is None


def test_deadlines_are_moved_for_all_and_for_one(
    buyer: StrictClient, session: Session, sent: Rfi
) -> None:
    before = sent.deadline
    buyer.show(path(sent, "/deadline"))
    page = buyer.press("Change the deadline", {"deadline_day": "2026-11-01"}, status=422)
    assert "The deadline has passed already." in page.text
    assert page.form_with("Change the deadline").values()["deadline_day"] == ["2026-11-01"]
    page = buyer.press("Change the deadline", {"deadline_day": "2026-12-24"})
    assert "Saved. 3 vendors are told." in page.text
    assert sent.deadline > before
    amber = vendors(session, sent)[0]
    buyer.show(path(sent, f"/vendors/{amber.id}"))
    page = buyer.press("Change the deadline", {"deadline_day": "2027-01-10"})
    assert "(of its own)" in page.text
    assert "own deadline 10 Jan 2027" in table_lines(buyer.show(path(sent)))[0]


def test_a_vendor_is_withdrawn_only_with_a_tick(
    buyer: StrictClient, session: Session, sent: Rfi
) -> None:
    amber = vendors(session, sent)[0]
    buyer.show(path(sent, f"/vendors/{amber.id}"))
    page = buyer.press("Withdraw this vendor", status=422)
    assert "Tick that you mean it" in page.text
    page = buyer.press("Withdraw this vendor", {"sure": "yes"})
    assert "Withdrawn" in table_lines(page)[0]


def test_the_history_tells_who_did_what(buyer: StrictClient, session: Session, sent: Rfi) -> None:
    text = buyer.show(path(sent, "/history")).text
    assert "Ada Marsh sent the RFI “Customer care 2027”" in text
    assert "Ada Marsh invited Amber Call" in text
    assert "Ada Marsh put Amber Call on the list" in text
    amber = vendors(session, sent)[0]
    text = buyer.show(path(sent, f"/vendors/{amber.id}")).text
    assert "Ada Marsh invited Amber Call" in text
    assert "Cobalt Desk" not in text


def test_a_strangers_board_is_answered_like_none_at_all(
    buyer: StrictClient, session: Session, sent: Rfi, stan: User
) -> None:
    amber = vendors(session, sent)[0]
    sign_in(buyer, stan)
    unknown = "0192f0c1-0000-7000-8000-000000000000"
    for rest in ("", "/counts.csv", "/history", f"/vendors/{amber.id}", "/vendors", "/brief"):
        foreign = buyer.get(path(sent, rest))
        nothing = buyer.get(f"/rfis/{unknown}{rest}")
        assert (foreign.status_code, nothing.status_code) == (404, 404)
        assert foreign.get_data() == nothing.get_data()


def test_a_reviewer_is_told_that_this_is_not_for_the_role(
    buyer: StrictClient, sent: Rfi, remi: User
) -> None:
    sign_in(buyer, remi)
    assert buyer.get(path(sent)).status_code == 403
