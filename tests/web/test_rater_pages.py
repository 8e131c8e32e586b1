"""A rater's pages: link, code, calls by code; and nothing that says whose they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire import door
from questionnaire.models import CallRating, Rater
from questionnaire.services import appointing
from tests.services.drafts import LINKS
from tests.web.rita import address, all_marked, enter, token_of
from tests.web.vera import code_in_mail


def test_a_link_shows_only_that_a_code_will_be_sent(client, session, organisation, rita) -> None:
    page = client.show(f"/rating/{token_of(session, rita)}")
    assert "A code will be sent to the invited address" in page.text
    for secret in (organisation.name, "Rita", "market.example"):
        assert secret not in page.html


def test_the_code_opens_the_calls(client, session, organisation, rita) -> None:
    page = enter(client, session, rita)
    assert page.heading == "Test calls"
    assert organisation.name in page.text
    assert "0 of 9 finished" in page.text


def test_a_wrong_code_is_counted(client, session, rita) -> None:
    client.show(f"/rating/{token_of(session, rita)}")
    client.press("Send me the code")
    wrong = f"{(int(code_in_mail(session)) + 1) % 10**8:08d}"
    assert "4 more times" in client.press("Open the test calls", {"code": wrong}).text
    assert client.get(address(rita)).status_code == 404


def test_a_vendors_code_page_does_not_open_a_raters_calls(client, session, rita) -> None:
    token = token_of(session, rita)
    assert client.get(f"/invitation/{token}").status_code == 404
    assert "about the questionnaire" in client.page.text
    assert client.get("/rating/never-was").status_code == 404
    assert "about the test calls" in client.page.text


def test_every_call_is_listed_by_code_and_situation(phone, codes) -> None:
    page = phone.page
    for code in codes:
        assert code in page.text
    assert "Where is my order?" in page.text


def test_a_call_is_marked_and_finished(phone, session, trial, rita, codes) -> None:
    page = phone.show(address(rita, "call", codes[0]))
    assert "Did not get through or gave up after 3 minutes." in page.text
    page = phone.press("Finish this call", all_marked(trial) | {"comment": "Kind and quick."})
    assert f"{codes[0]} is finished. Thank you." in page.text
    assert "1 of 9 finished" in page.text
    kept = session.scalars(sa.select(CallRating)).one()
    assert (kept.finished, set(kept.marks.values()), kept.comment) == (True, {4}, "Kind and quick.")


def test_a_call_without_every_mark_keeps_what_was_typed(phone, session, trial, rita, codes) -> None:
    phone.show(address(rita, "call", codes[0]))
    first, *rest = trial.scorecard.criteria
    page = phone.press(
        "Finish this call", {f"mark-{first.id}": "2", "comment": "Half way"}, status=422
    )
    assert f"{len(rest)} criteria have no mark yet" in page.text
    assert "Half way" in page.text
    form = page.form_with("Finish this call")
    assert dict(form.values())[f"mark-{first.id}"] == ["2"]
    assert session.scalars(sa.select(CallRating)).all() == []
    assert "is kept for later" in phone.press("Keep for later").text
    assert "kept for later" in phone.show(address(rita)).text


def test_few_missing_marks_are_named(phone, trial, rita, codes) -> None:
    phone.show(address(rita, "call", codes[0]))
    marked = all_marked(trial)
    last = trial.scorecard.criteria[-1]
    marked[f"mark-{last.id}"] = None
    page = phone.press("Finish this call", marked, status=422)
    assert f"“{last.title.en}” has no mark yet" in page.text


def test_the_enter_key_finishes_nothing_and_opens_nothing_again(phone, trial, rita, codes) -> None:
    def pressed_by_enter():
        page = phone.show(address(rita, "call", codes[0]))
        buttons = [one for one in page.root.iter("button") if one.get("type") == "submit"]
        return buttons[0].get("value")

    assert pressed_by_enter() == "later"
    trial.rate(rita, codes[0])
    assert pressed_by_enter() == "finish"
    assert "Keep for later" not in phone.page.text


def test_a_finished_call_is_corrected_and_stays_finished(
    phone, session, trial, rita, codes
) -> None:
    trial.rate(rita, codes[0])
    phone.show(address(rita, "call", codes[0]))
    phone.press("Save the changes", {f"mark-{trial.scorecard.criteria[0].id}": "1"})
    rows = session.scalars(sa.select(CallRating).order_by(CallRating.version)).all()
    assert [one.finished for one in rows] == [True, True]
    assert rows[1].marks[trial.scorecard.criteria[0].id] == 1


def test_two_tabs_never_overwrite_each_other_silently(
    phone, new_client, session, trial, rita, codes
) -> None:
    tablet = new_client()
    enter(tablet, session, rita)
    for browser in (phone, tablet):
        browser.show(address(rita, "call", codes[0]))
    phone.press("Finish this call", all_marked(trial, "5"))
    page = tablet.press(
        "Finish this call", all_marked(trial, "2") | {"comment": "From the tablet"}, status=409
    )
    assert "Nothing was overwritten" in page.text
    assert page.text.count("Saved elsewhere: 5") == len(trial.scorecard.criteria)
    assert "From the tablet" in page.text
    assert session.scalars(sa.select(CallRating.version)).all() == [1]
    tablet.press("Save the changes")
    marks = session.scalars(sa.select(CallRating.marks).order_by(CallRating.version)).all()
    assert [set(one.values()) for one in marks] == [{5}, {2}]


def test_what_was_typed_survives_the_end_of_the_session(
    phone, session, trial, rita, codes, clock
) -> None:
    phone.show(address(rita, "call", codes[0]))
    clock.move(door.LASTS)
    phone.press("Finish this call", all_marked(trial), status=401)
    assert "What you typed is kept" in phone.page.text
    phone.press("Send me the code")
    phone.press("Open the test calls", {"code": code_in_mail(session)})
    assert "is finished" in phone.press("Save what I typed").text


@pytest.mark.parametrize("end", ["revoked", "renewed", "expired", "withdrawn"])
def test_what_is_taken_back_ends_at_the_next_request(
    end, phone, session, clock, trial, rita, codes
) -> None:
    if end == "revoked":
        appointing.revoke(session, clock, trial.actor, trial.rfi.id, rita)
    elif end == "renewed":
        link = session.get_one(Rater, rita).link_id
        appointing.renew(session, clock, LINKS, trial.actor, trial.rfi.id, rita, instead_of=link)
    elif end == "expired":
        clock.move(timedelta(days=400))
    else:
        trial.rfi.state = "withdrawn"
    session.commit()
    assert phone.get(address(rita)).status_code == 404
    assert phone.get(address(rita, "call", codes[0])).status_code == 404


def test_while_prices_are_open_nothing_is_finished_and_nothing_typed_is_lost(
    phone, session, trial, rita, codes
) -> None:
    phone.show(address(rita, "call", codes[0]))
    lock = trial.open_prices()
    session.commit()
    marked = all_marked(trial, "2") | {"comment": "Typed before it closed"}
    page = phone.press("Finish this call", marked, status=409)
    assert "closed" in page.text
    assert "Typed before it closed" in page.text
    assert page.form_with("Keep for later").buttons.keys() == {"Save", "Keep for later"}
    assert "is kept for later" in phone.press("Keep for later").text
    assert "No call can be finished or corrected" in phone.page.text
    page = phone.show(address(rita, "call", codes[0]))
    assert "No call can be finished" in page.text
    assert "Typed before it closed" in page.text
    lock.ended_by, lock.ended_at = lock.opened_by, lock.opened_at
    session.commit()
    phone.show(address(rita, "call", codes[0]))
    assert "is finished" in phone.press("Finish this call").text


def test_while_prices_are_open_a_finished_call_is_only_read(
    phone, session, trial, rita, codes
) -> None:
    trial.rate(rita, codes[0], 4)
    phone.show(address(rita, "call", codes[0]))
    trial.open_prices()
    session.commit()
    page = phone.press("Save the changes", all_marked(trial, "1"), status=409)
    assert page.text.count("What stands: 4") == len(trial.scorecard.criteria)
    assert session.scalars(sa.select(CallRating.version)).all() == [1]
    page = phone.show(address(rita, "call", codes[0]))
    assert "can be read here" in page.text
    assert not [one for one in page.root.iter("button") if one.get("name") == "go"]
