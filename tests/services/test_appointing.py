"""Raters: named once, mailed links that say nothing, let in by a code, and turned away again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.models import AuditRow, CallRating, Code, Message, Rater
from questionnaire.services import admitting, appointing, codes
from questionnaire.services.codes import WrongCode
from questionnaire.services.faults import Invalid, Missing, Refused
from tests.cast import actor_of
from tests.services.drafts import LINKS


@pytest.fixture
def actor(organisation, ada):
    return actor_of(ada, organisation)


@pytest.fixture
def planned(trial):
    """The codes of some calls on the first vendor."""
    begun = trial.begin(trial.vendors[0])
    trial.plan(begun)
    return [one.code for one in trial.calls(begun)]


def token_of(session, rater_id):
    return LINKS.token("rater", session.get_one(Rater, rater_id).link_id)


def letters(session):
    query = sa.select(Message).where(Message.kind == "rater_invitation").order_by(Message.id)
    return session.scalars(query).all()


def test_a_rater_is_mailed_a_link_that_says_nothing_of_the_round(session, trial) -> None:
    rater_id = trial.appoint()
    (letter,) = letters(session)
    assert letter.to_address == "rita@market.example"
    assert f"http://localhost/rating/{token_of(session, rater_id)}" in letter.text
    for secret in ("Amber", "Cobalt", trial.rfi.title):
        assert secret not in letter.text + letter.html + letter.subject


def test_the_same_address_is_one_rater(session, trial) -> None:
    assert trial.appoint() == trial.appoint(email="RITA@market.example")
    assert len(letters(session)) == 1


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": "rita"}, "email"),
        ({"language": "xx"}, "language"),
        ({"languages": "Quenya"}, "languages"),
    ],
)
def test_a_rater_that_cannot_be_is_refused_by_control(trial, typed, wrong) -> None:
    with pytest.raises(Invalid) as refused:
        trial.appoint(**typed)
    assert set(refused.value.faults) == {wrong}


def test_a_link_is_mailed_again_once_for_each_press(session, clock, actor, trial) -> None:
    rater_id = trial.appoint()
    for _ in range(2):
        appointing.mail_again(session, clock, LINKS, actor, trial.rfi.id, rater_id, after=1)
    first, second = letters(session)
    assert first.text == second.text
    (row,) = appointing.raters(session, trial.rfi.id)
    assert (row.mails, row.mail_state) == (2, "waiting")


def test_a_new_link_ends_the_one_before(session, clock, actor, trial) -> None:
    rater_id = trial.appoint()
    before, link = token_of(session, rater_id), session.get_one(Rater, rater_id).link_id
    for _ in range(2):
        appointing.renew(session, clock, LINKS, actor, trial.rfi.id, rater_id, instead_of=link)
    assert [one.state for one in letters(session)] == ["cancelled", "waiting"]
    with pytest.raises(Missing):
        admitting.find(session, before, clock())
    found = admitting.find(session, token_of(session, rater_id), clock())
    assert found.rater_id == rater_id


def test_a_revoked_link_opens_nothing_and_the_marks_stay(
    session, clock, actor, trial, planned
) -> None:
    rater_id = trial.appoint()
    trial.rate(rater_id, planned[0])
    for _ in range(2):
        appointing.revoke(session, clock, actor, trial.rfi.id, rater_id)
    with pytest.raises(Missing):
        trial.admitted(rater_id)
    with pytest.raises(Refused, match="Make a new link"):
        appointing.mail_again(session, clock, LINKS, actor, trial.rfi.id, rater_id, after=1)
    assert session.scalar(sa.select(sa.func.count()).select_from(CallRating)) == 1
    actions = session.scalars(
        sa.select(AuditRow.action).where(AuditRow.object_kind == "rater").order_by(AuditRow.id)
    ).all()
    assert actions == ["appointed", "revoked"]


@pytest.mark.parametrize("end", ["expired", "withdrawn"])
def test_a_link_ends_with_its_time_and_with_its_round(session, clock, trial, end) -> None:
    rater_id = trial.appoint()
    if end == "expired":
        clock.move(timedelta(days=400))
    else:
        trial.rfi.state = "withdrawn"
        session.flush()
    with pytest.raises(Missing):
        admitting.find(session, token_of(session, rater_id), clock())


def test_a_code_from_the_mail_lets_a_rater_in(session, clock, trial) -> None:
    found = trial.admitted(trial.appoint())
    browser = codes.new_browser()
    admitting.send_code(session, clock, found, browser)
    session.flush()
    mail = session.scalars(sa.select(Message).where(Message.kind == "code")).one()
    assert mail.subject == "Your code for rating test calls"
    (code,) = re.findall(r"\d{8}", mail.text)
    assert admitting.tries_left(session, found, browser, clock()) == 5
    with pytest.raises(WrongCode):
        admitting.verify(session, clock, found, browser, "00000000")
    with pytest.raises(WrongCode):
        admitting.verify(session, clock, found, codes.new_browser(), code)
    admitting.verify(session, clock, found, browser, code)
    session.flush()
    assert session.scalars(sa.select(Code.rater_id)).one() == found.rater_id
    assert session.get_one(Rater, found.rater_id).last_used_at == clock()


def test_a_raters_code_opens_no_vendors_link(session, clock, trial) -> None:
    """Both sorts of codes lie in one table: each opens its own door only."""
    found = trial.admitted(trial.appoint())
    browser = codes.new_browser()
    admitting.send_code(session, clock, found, browser)
    session.flush()
    box = codes.Mailbox(
        "invitation_id", found.rater_id, found.organisation_id, "", "", "en", found.rfi_id
    )
    assert codes.tries_left(session, box, browser, clock()) == 0


def test_fifty_raters_are_the_most(trial, monkeypatch) -> None:
    monkeypatch.setattr(appointing, "MOST_RATERS", 1)
    trial.appoint()
    with pytest.raises(Invalid):
        trial.appoint("Uldis Ozols")
