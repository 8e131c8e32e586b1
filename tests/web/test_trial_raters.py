"""The raters on a buyer's pages: named, sent links, followed, compared."""

from __future__ import annotations

import sqlalchemy as sa

from questionnaire.models import Rater
from tests.services.drafts import LINKS
from tests.web.buying import buyer, path, table_lines

__all__ = ["buyer"]


def test_a_rater_is_named_and_the_link_can_be_copied(buyer, session, trial) -> None:
    buyer.show(path(trial.rfi, "/trial/raters"))
    page = buyer.press(
        "Add and mail the link",
        {"name": "Rita Kask", "email": "rita@market.example", "languages": "Spanish"},
    )
    assert "Rita Kask can rate now" in page.text
    rater = session.scalars(sa.select(Rater)).one()
    assert (rater.languages, rater.email) == (["es"], "rita@market.example")
    fields = {one.get("aria-label"): one.get("value") for one in page.root.iter("input")}
    assert fields["Link of Rita Kask"] == LINKS.rater(rater.link_id)
    assert "waiting to be sent" in page.text


def test_a_rater_that_cannot_be_comes_back_as_typed(buyer, trial) -> None:
    buyer.show(path(trial.rfi, "/trial/raters"))
    page = buyer.press("Add and mail the link", {"name": "Rita", "email": "rita"}, status=422)
    assert "This is not an e-mail address" in page.text
    assert dict(page.form_with("Add and mail the link").values())["name"] == ["Rita"]


def test_links_of_raters_are_mailed_renewed_and_revoked(buyer, session, trial) -> None:
    rater_id = trial.appoint()
    before = session.get_one(Rater, rater_id).link_id
    buyer.show(path(trial.rfi, "/trial/raters"))
    assert "on its way again" in buyer.press("Mail again").text
    assert "There is a new link" in buyer.press("New link").text
    assert session.get_one(Rater, rater_id).link_id != before
    page = buyer.press("Revoke")
    assert "Link revoked" in page.text
    assert "What was rated is kept" in page.text


def test_raters_are_followed_and_compared(buyer, trial, amber) -> None:
    practice = [one.code for one in trial.calls(amber) if one.calibration]
    for name, mark in (("Rita Kask", 5), ("Uldis Ozols", 3)):
        rater_id = trial.appoint(name)
        for code in practice:
            trial.rate(rater_id, code, mark)
    page = buyer.show(path(trial.rfi, "/trial/raters"))
    assert "3 of 23 calls" in table_lines(page)[0]
    assert "3 of 3 calibration calls are finished by several people" in page.text
    assert "over all trials: 2.00 points" in page.text
    assert f"{practice[0]} Getting through: Rita Kask 5, Uldis Ozols 3" in page.text
