"""Opening a link: one code for one browser, few tries, few codes, and nothing told before."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import Assessment, AuditRow, Code, Message
from questionnaire.services import opening
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.opening import WrongCode
from questionnaire.services.reaching import reach

MINUTE = timedelta(minutes=1)


@pytest.fixture
def reader():
    return opening.new_browser()


@pytest.fixture
def send(session, clock, asked):
    """Ask for a code in a browser; gives the code that was mailed."""

    def send(reader):
        opening.send_code(session, clock, asked.reached(clock()), reader)
        session.flush()
        text = session.scalars(
            sa.select(Message.text).where(Message.kind == "code").order_by(Message.id.desc())
        ).first()
        return "".join(re.findall(r"\b(\d{4})\s?(\d{4})\b", text or "")[0])

    return send


@pytest.fixture
def enter(session, clock, asked):
    def enter(reader, code):
        opening.verify(session, clock, asked.reached(clock()), reader, code)
        session.flush()
        session.expire_all()

    return enter


def wrong(code):
    return f"{(int(code) + 1) % 10**8:08d}"


def test_the_right_code_opens_and_is_noted(session, asked, send, enter, reader) -> None:
    enter(reader, send(reader))
    found = session.get_one(Assessment, asked.assessment.id)
    assert (found.state, found.opened_at is not None) == ("opened", True)
    assert [one.action for one in session.scalars(sa.select(AuditRow))] == ["opened"]


def test_a_code_may_be_typed_with_spaces(send, enter, reader) -> None:
    code = send(reader)
    enter(reader, f" {code[:4]} {code[4:]} ")


def test_nothing_readable_of_a_code_or_a_browser_is_kept(session, send, reader) -> None:
    code = send(reader)
    kept = session.scalars(sa.select(Code)).one()
    assert code not in repr(vars(kept))
    assert reader not in repr(vars(kept))


def test_a_code_works_in_the_browser_that_asked_for_it_only(send, enter, reader) -> None:
    code = send(reader)
    with pytest.raises(WrongCode):
        enter(opening.new_browser(), code)
    enter(reader, code)


def test_a_code_works_once(send, enter, reader) -> None:
    code = send(reader)
    enter(reader, code)
    with pytest.raises(WrongCode):
        enter(reader, code)


def test_a_code_works_for_ten_minutes(send, enter, reader, clock) -> None:
    code = send(reader)
    clock.move(9 * MINUTE)
    enter(reader, code)
    code = send(reader)
    clock.move(10 * MINUTE)
    with pytest.raises(WrongCode) as fault:
        enter(reader, code)
    assert fault.value.left == 0


def test_after_five_wrong_codes_the_right_one_is_wrong_too(send, enter, reader) -> None:
    code = send(reader)
    left = []
    for _ in range(5):
        with pytest.raises(WrongCode) as fault:
            enter(reader, wrong(code))
        left.append(fault.value.left)
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(WrongCode):
        enter(reader, code)


def test_an_older_code_still_works_when_its_mail_came_late(send, enter, reader) -> None:
    first = send(reader)
    send(reader)
    enter(reader, first)


def test_a_sixth_code_within_an_hour_is_refused_and_says_when(send, clock) -> None:
    for _ in range(5):
        send(opening.new_browser())
        clock.move(MINUTE)
    with pytest.raises(Refused, match="in 55 minutes"):
        send(opening.new_browser())
    clock.move(56 * MINUTE)
    send(opening.new_browser())


@pytest.mark.parametrize(
    "end",
    ["revoked", "expired", "withdrawn assessment", "withdrawn RFI", "not sent", "another link"],
)
def test_a_link_that_does_not_work_is_missing_whatever_the_reason(
    end, session, asked, clock
) -> None:
    token = asked.token
    assert opening.find(session, token, clock()).assessment_id == asked.assessment.id
    match end:
        case "revoked":
            asked.invitation.revoked_at = clock()
        case "expired":
            clock.present = asked.invitation.expires_at
        case "withdrawn assessment":
            asked.assessment.state = "withdrawn"
        case "withdrawn RFI":
            asked.rfi.state = "withdrawn"
        case "not sent":
            asked.assessment.state = "not_sent"
        case _:
            token = token[:-1] + ("A" if token[-1] != "A" else "B")
    session.flush()
    with pytest.raises(Missing):
        opening.find(session, token, clock())
    if end != "another link":
        with pytest.raises(Missing):
            reach(session, asked.invitation.id, asked.assessment.id, clock())


def test_opening_again_leaves_the_state_and_the_first_time(
    session, asked, send, enter, reader, clock
) -> None:
    enter(reader, send(reader))
    first = asked.assessment.opened_at
    asked.assessment.state = "in_progress"
    clock.move(MINUTE)
    enter(reader, send(reader))
    session.expire_all()
    assert (asked.assessment.opened_at, asked.assessment.state) == (first, "in_progress")
