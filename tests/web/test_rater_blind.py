"""Blind: everything that a rater gets is searched for whose calls they are."""

from __future__ import annotations

import re

import sqlalchemy as sa

from questionnaire.models import Message, PlannedCall
from tests.web.rita import address, all_marked, token_of
from tests.web.vera import code_in_mail


def _every_page(client, session, trial, rita, codes):
    """Everything that a rater gets: pages, addresses, headers and mails."""
    seen = []

    def note(reply):
        seen.append(f"{reply.request.url} {reply.headers} {reply.get_data(as_text=True)}")

    token = token_of(session, rita)
    note(client.get(f"/rating/{token}"))
    client.press("Send me the code")
    note(client.get(f"/rating/{token}/code"))
    client.press("Open the test calls", {"code": code_in_mail(session)})
    for code in codes:
        note(client.get(address(rita, "call", code)))
        note(client.post(address(rita, "call", code), data=_sent(client, go="finish")))
        note(client.get(address(rita, "call", code)))
        client.press("Finish this call", all_marked(trial, "3") | {"comment": "Mine"})
        note(client.get(address(rita, "call", code)))
    note(client.get(address(rita)))
    note(client.get(address(rita, "call", "Z9-999")))
    note(client.get(address(rita, "call", codes[0])))
    changed = dict(client.page.form_with("Save the changes").values()) | {"comment": "Late"}
    trial.open_prices()
    session.commit()
    note(client.get(address(rita)))
    note(client.get(address(rita, "call", codes[0])))
    refused = client.post(address(rita, "call", codes[0]), data=changed)
    assert refused.status_code == 409
    note(refused)
    for one in session.scalars(sa.select(Message).where(Message.to_address.like("rita@%"))):
        seen.append(f"{one.subject} {one.text} {one.html}")
    return seen


def _sent(client, **more):
    form = client.page.form_with("Finish this call")
    return dict(form.values()) | more


def test_nothing_that_a_rater_gets_tells_whose_calls_they_are(
    client, session, clock, trial, rita, codes
) -> None:
    other = trial.appoint("Uldis Ozols")
    noted = {"critical": ["business"], "notes": {"business": "Otherwhat happened"}}
    trial.rate(other, codes[0], 1, comment="Uldis thought so", **noted)
    every = session.scalars(sa.select(PlannedCall.code)).all()
    pages = _every_page(client, session, trial, rita, every)
    assert len(pages) > 30
    secrets = [
        *(one.vendor.name for one in trial.vendors),
        "Zephyrline",
        "Manila",
        "Cobalt",
        "Vera Ozola",
        *(one.contact_email.partition("@")[2] for one in trial.vendors),
        *(str(one.id) for one in trial.vendors),
        *(str(one.vendor_id) for one in trial.vendors),
        str(trial.rfi.id),
        trial.rfi.title,
        *map(str, session.scalars(sa.select(PlannedCall.trial_id).distinct())),
        *map(str, session.scalars(sa.select(PlannedCall.id))),
        "Uldis",
        "Otherwhat",
        "own team",
        "in-house",
        "price",
    ]
    for page in pages:
        for secret in secrets:
            assert not re.search(re.escape(secret), page, re.I), secret


def test_the_order_of_calls_does_not_keep_a_vendors_calls_together(
    phone, session, trial, rita
) -> None:
    shown = re.findall(r"\b[A-Z][2-9]-[2-9]{3}\b", phone.show(address(rita)).text)
    planned = session.scalars(sa.select(PlannedCall.code)).all()
    assert sorted(shown) == sorted(planned)
    assert shown == sorted(shown)


def test_a_member_of_staff_who_rates_sees_no_way_back_to_the_vendors(
    phone, session, ada, rita, codes
) -> None:
    """The same browser may be signed in: a rater's page says nothing of that."""
    with phone.session_transaction() as cookie:
        cookie["_user_id"] = ada.fs_uniquifier
        cookie["_fresh"] = True
    page = phone.show(address(rita, "call", codes[0]))
    assert "/rfis" not in page.html
    assert "Ada Marsh" not in page.html
