"""Mails are written when their cause happens, in words that hold for whoever gets them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from questionnaire.models import Message
from questionnaire.services.composing import KINDS, compose
from questionnaire.services.faults import Invalid
from questionnaire.services.posting import POSTED, post

CONTEXT: dict[str, Any] = {
    "organisation": "Brightlane Retail",
    "title": "Evenings & weekends",
    "vendor": "Amber Call",
    "contact": "Vera Ozola",
    "deadline": datetime(2026, 12, 18, 22, 0, tzinfo=UTC),
    "time_zone": "America/New_York",
    "link": "https://q.example/invitation/abc",
    "owner": "Vera Ozola",
    "colleague": "Marta Liepa",
    "name": "Juris Kalns",
    "message": "You know this best.",
    "note": "Two are open.",
    "questions": 121,
    "minutes": 150,
    "purpose": "We need evenings.\nAnd weekends.",
    "answered": 34,
    "asked": 118,
    "late": False,
    "code": "1234 5678",
    "submitted_at": datetime(2026, 12, 10, 8, 5, tzinfo=UTC),
    "attested_name": "Vera Ozola",
    "attested_role": "Head of Compliance",
    "sections": [
        {
            "title": "Buildings",
            "sealed": False,
            "answers": [{"question": "Who may enter?", "answer": "Staff <only>"}],
        },
        {
            "title": "Money",
            "sealed": True,
            "answers": [{"question": "How much?", "answer": "31.50 an hour"}],
        },
    ],
    "sent_at": datetime(2026, 12, 12, 9, 0, tzinfo=UTC),
    "replies": [
        {
            "question": "Who may enter?",
            "remark": "Since when?",
            "answer": "Staff, since May",
            "documents": ["list.pdf"],
        },
        {"question": "How many?", "remark": "Still so?", "answer": "", "documents": []},
    ],
    "reason": "No seats are free.",
    "question": "How long does recovery take?",
    "remark": "The report says 14 hours.",
    "inviter": "Ada Marsh",
}


@pytest.fixture
def write(session, clock, organisation):
    def write(kind: str = "code", to: str = "vera@ambercall.example", **more: Any):
        more.setdefault("context", CONTEXT)
        return post(
            session, clock, organisation_id=organisation.id, kind=kind, to_address=to, **more
        )

    return write


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", ["en", "lv", "es"])
def test_every_kind_can_be_written_in_every_language(kind, language) -> None:
    letter = compose(kind, language, CONTEXT)
    assert letter.subject.strip()
    assert "\n" not in letter.subject
    assert letter.text.strip()
    assert f'<html lang="{language}">' in letter.html
    assert "{{" not in letter.text + letter.html


@pytest.mark.parametrize("kind", sorted(KINDS - {"code", "withdrawn", "receipt"}))
def test_a_mail_names_who_it_is_about(kind) -> None:
    letter = compose(kind, "en", CONTEXT)
    assert "Amber Call" in letter.text or "Brightlane Retail" in letter.text
    assert CONTEXT["link"] in letter.text
    assert f'href="{CONTEXT["link"]}"' in letter.html


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_mail_loads_nothing_from_anywhere(kind) -> None:
    html = compose(kind, "en", CONTEXT).html
    assert "<img" not in html
    assert "<link" not in html
    assert "src=" not in html


def test_a_deadline_is_told_in_the_zone_of_the_round_with_its_name_and_offset() -> None:
    text = compose("invitation", "en", CONTEXT).text
    assert "Friday, 18 December 2026, 17:00 Eastern Standard Time (UTC-05:00)" in text


def test_a_deadline_in_summer_is_told_in_summer_time() -> None:
    summer = CONTEXT | {"deadline": datetime(2026, 7, 1, 15, 0, tzinfo=UTC)}
    text = compose("invitation", "en", summer | {"time_zone": "Europe/Riga"}).text
    assert "18:00 Eastern European Summer Time (UTC+03:00)" in text


def test_a_latvian_reads_the_date_in_latvian() -> None:
    riga = CONTEXT | {"time_zone": "Europe/Riga"}
    assert "2026. gada 19. decembris, 00:00" in compose("invitation", "lv", riga).text


def test_what_people_typed_is_text_in_the_html_and_quoted_in_the_text() -> None:
    letter = compose("invitation", "en", CONTEXT | {"purpose": "<b>Now</b>\n--\nBye"})
    assert "&lt;b&gt;Now&lt;/b&gt;<br>" in letter.html
    assert "> <b>Now</b>\n> --\n> Bye" in letter.text


def test_a_receipt_repeats_the_answers_and_never_a_sealed_one() -> None:
    letter = compose("receipt", "en", CONTEXT)
    assert "Staff <only>" in letter.text
    assert "Staff &lt;only&gt;" in letter.html
    assert "31.50" not in letter.text + letter.html
    assert "Money" in letter.text


def test_a_mail_of_the_account_pages_is_put_into_the_frame() -> None:
    written = {"subject": "Reset", "text": "Go to /reset", "html": "<p>Go to <b>/reset</b></p>"}
    letter = compose("password_reset", "en", written)
    assert (letter.subject, letter.text) == ("Reset", "Go to /reset\n")
    assert "<b>/reset</b>" in letter.html


def test_a_kind_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="no mail of the kind 'postcard'"):
        compose("postcard", "en", CONTEXT)


def test_a_context_that_lacks_a_name_is_refused_and_not_sent_with_a_hole() -> None:
    with pytest.raises(Exception, match="'code' is undefined"):
        compose("code", "en", {"minutes": 10})


def test_posting_leaves_a_row_that_waits(session, write, clock, organisation) -> None:
    message = write("invitation", to_name="Vera  Ozola", reply_to="ada@brightlane.example")
    session.flush()
    assert (message.state, message.due_at, message.attempts) == ("waiting", clock(), 0)
    assert (message.to_name, message.organisation_id) == ("Vera Ozola", organisation.id)
    assert session.info[POSTED] is True


def test_the_same_key_is_written_once(session, write) -> None:
    assert write(once="reminder:1") is not None
    assert write(once="reminder:1") is None
    assert write(once="reminder:2") is not None
    assert session.scalar(sa.select(sa.func.count()).select_from(Message)) == 2


def test_a_key_that_another_worker_writes_meanwhile_is_written_once(
    session, write, monkeypatch
) -> None:
    from questionnaire.services import posting

    assert write(once="reminder:1") is not None
    looks = iter([False, True])
    # The look before the insert came too early; the one after the clash tells the truth.
    monkeypatch.setattr(posting, "_written", lambda *_key: next(looks))
    assert write(once="reminder:1") is None
    assert session.scalar(sa.select(sa.func.count()).select_from(Message)) == 1


@pytest.mark.parametrize("sort", ["subject", "name"])
def test_a_line_break_never_reaches_a_header(write, sort) -> None:
    broken = "Round\r\nBcc: stan@otherwise.example\x00"
    if sort == "subject":
        message = write("withdrawn", context=CONTEXT | {"title": broken})
        assert message.subject == "Withdrawn: Round Bcc: stan@otherwise.example"
    else:
        message = write(to_name=broken)
        assert message.to_name == "Round Bcc: stan@otherwise.example"


def test_texts_are_composed_and_without_what_no_mail_may_hold(write) -> None:
    message = write("declined_notice", context=CONTEXT | {"reason": "Ri\u0304ga\x00 \ud800ok"})
    assert "> Rīga ok" in message.text


@pytest.mark.parametrize(
    "address",
    [
        "",
        "vera",
        "vera@",
        "@ambercall.example",
        "vera@ambercall.example\r\nBcc: x@y.example",
        "vera@ambercall.example, x@y.example",
        "Vera <vera@ambercall.example>",
        "vera..ozola@ambercall.example",
        "vera@amber..example",
        "vera @ambercall.example",
        "vēra@ambercall.example",
        "v" * 65 + "@ambercall.example",
        "vera@" + "a" * 64 + "ā.example",
    ],
)
def test_what_is_no_address_is_refused_by_name(write, address) -> None:
    with pytest.raises(Invalid) as refused:
        write(to=address)
    assert set(refused.value.faults) == {"to_address"}
    with pytest.raises(Invalid) as refused:
        write(reply_to=address or "-")
    assert set(refused.value.faults) == {"reply_to"}


@pytest.mark.parametrize(
    "address", ["vera@bāka.example", "v.o+rfi@a-b.example", "o'neil@x.example"]
)
def test_what_can_be_written_to_is_taken(write, address) -> None:
    assert write(to=f" {address} ").to_address == address
