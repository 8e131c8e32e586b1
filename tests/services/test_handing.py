"""Handing a part over: who gets what, by which mail, how often, until when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.services import (
    answering,
    calling,
    ending,
    handing,
    replying,
    submitting,
)
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.links import hash_of
from questionnaire.services.submitting import Attestation
from questionnaire.services.taking import Typed
from questionnaire.services.wishing import Wish
from tests.services.asked import LINKS, raw_of
from tests.services.colleagues import (
    JURIS,
    MARTA,
    at_work,
    hand_over,
    mails,
    one_question_handed,
    part,
    row,
)

DAY = timedelta(days=1)


@pytest.fixture
def sections(asked):
    return [one.id for one in asked.questionnaire.sections if not one.sealed]


@pytest.fixture
def question(asked):
    return asked.a("text")


marta = pytest.fixture(one_question_handed)


def test_a_colleague_gets_a_mail_with_a_link_of_its_own(session, asked, marta) -> None:
    (mail,) = mails(session)
    assert (mail.to_address, mail.reply_to, mail.state) == (
        MARTA["email"], asked.invitation.email, "waiting",
    )  # fmt: skip
    link = LINKS.vendor(marta.colleague_id)
    for text in (mail.text, mail.html):
        assert link in text
        assert "You know this best." in text
        assert asked.token not in text
    assert row(session, marta).token_hash == hash_of(LINKS.token("vendor", marta.colleague_id))


@pytest.mark.parametrize(("language", "wanted"), [("", "en"), ("lv", "lv"), ("xx", "en")])
def test_a_mail_is_in_the_assessments_language_or_the_chosen_one(
    session, clock, asked, question, language, wanted
) -> None:
    handed = hand_over(session, clock, asked, questions=[question.id], language=language)
    assert mails(session)[0].language == wanted
    assert at_work(session, asked, handed).language == wanted


def test_a_colleague_answers_what_was_handed_over_and_nothing_else(
    session, clock, asked, marta, question
) -> None:
    reached = at_work(session, asked, marta)
    typed = Typed(raw=raw_of(question))
    answering.save(session, clock, reached, part(asked, reached), question.id, typed)
    other = asked.a("number")
    for questionnaire in (part(asked, reached), asked.questionnaire):
        with pytest.raises(Missing):
            answering.save(session, clock, reached, questionnaire, other.id, Typed(raw="4"))
        with pytest.raises(Missing):
            answering.save_section(
                session, clock, reached, questionnaire, {other.id: Typed(raw="4")}
            )


def test_an_answer_of_a_colleague_counts_for_the_whole(session, clock, asked, pair, save) -> None:
    """Its part decides which questions of others are asked, too."""
    waiting, trigger, other, shown = pair
    save(trigger, shown if trigger.kind == "single_choice" else [shown])
    handed = hand_over(session, clock, asked, questions=[trigger.id])
    reached = at_work(session, asked, handed)
    before = reached.asked
    raw = other if trigger.kind == "single_choice" else [other]
    saved = answering.save(
        session, clock, reached, part(asked, reached), trigger.id, Typed(raw=raw, version=1)
    )
    assert waiting.id in saved.counted.gone
    assert saved.counted.asked < before
    assert saved.counted.answered == 1


def test_a_colleague_hands_nothing_in_declines_nothing_and_hands_nothing_on(
    session, clock, asked, marta, question
) -> None:
    reached = at_work(session, asked, marta)
    attested = Attestation("Marta Liepa", "Team lead", True)
    tries = [
        lambda: submitting.submit(
            session, clock, reached, asked.questionnaire, attested,
            seen=reached.changed_at, link="", board_link="",
        ),
        lambda: ending.decline(session, clock, reached, "No", board_link="", speech="en"),
        lambda: replying.send_replies(
            session, clock, reached, asked.questionnaire, attested,
            flag_link=lambda _one: "", link="",
        ),
        lambda: handing.hand_over(
            session, clock, LINKS, reached,
            Wish(asked.questionnaire, **JURIS, questions=[question.id]),
        ),
        lambda: handing.change(
            session, clock, LINKS, reached, marta.colleague_id,
            Wish(asked.questionnaire, sections=[question.section]),
        ),
        lambda: handing.send_again(session, clock, LINKS, reached, marta.colleague_id, after=1),
        lambda: handing.revoke(session, clock, reached, marta.colleague_id),
    ]  # fmt: skip
    for one in tries:
        with pytest.raises(Refused, match="Only the person who was invited"):
            one()
    assert len(mails(session)) == 1


def test_the_same_address_again_is_the_same_colleague_with_something_else(
    session, clock, asked, marta, sections
) -> None:
    again = hand_over(session, clock, asked, email="MARTA@AmberCall.example", sections=sections[:2])
    assert (again.colleague_id, again.new) == (marta.colleague_id, False)
    assert row(session, marta).handed_over == {"sections": sorted(sections[:2]), "questions": []}
    assert len(mails(session)) == 2


def test_ones_own_address_is_refused_in_words(session, clock, asked, question) -> None:
    with pytest.raises(Invalid) as fault:
        hand_over(
            session, clock, asked, email=asked.invitation.email.upper(), questions=[question.id]
        )
    assert "your own address" in fault.value.faults["email"]
    assert mails(session) == []


def test_what_is_wrong_is_said_field_by_field(session, clock, asked) -> None:
    with pytest.raises(Invalid) as fault:
        hand_over(
            session, clock, asked, name=" ", email="marta@", message="x" * 1_001,
            sections=["no-such-section"], questions=["no.such.question"],
        )  # fmt: skip
    assert set(fault.value.faults) == {"name", "email", "message", "parts"}


def test_fifty_colleagues_are_the_most(session, clock, asked, question, monkeypatch) -> None:
    assert handing.MOST_COLLEAGUES == 50
    monkeypatch.setattr(handing, "MOST_COLLEAGUES", 2)
    first = hand_over(session, clock, asked, questions=[question.id])
    hand_over(session, clock, asked, **JURIS, questions=[question.id])
    third = {"name": "Ilze", "email": "ilze@ambercall.example", "questions": [question.id]}
    with pytest.raises(Refused, match="the most"):
        hand_over(session, clock, asked, **third)
    handing.revoke(session, clock, asked.reached(), first.colleague_id)
    assert hand_over(session, clock, asked, **third).new


def test_one_address_gets_five_mails_a_day_and_all_together_a_hundred(
    session, clock, asked, marta, question, monkeypatch
) -> None:
    for after in range(1, 5):
        assert handing.send_again(
            session, clock, LINKS, asked.reached(), marta.colleague_id, after=after
        )
    with pytest.raises(Refused, match="to this address"):
        handing.send_again(session, clock, LINKS, asked.reached(), marta.colleague_id, after=5)
    monkeypatch.setattr(calling, "MOST_MAILS", 5)
    with pytest.raises(Refused, match="to colleagues"):
        hand_over(session, clock, asked, **JURIS, questions=[question.id])
    clock.move(DAY)
    hand_over(session, clock, asked, **JURIS, questions=[question.id])


def test_a_part_is_changed_though_no_more_mails_may_go_out(
    session, clock, asked, marta, sections, monkeypatch
) -> None:
    monkeypatch.setattr(calling, "MOST_MAILS_EACH", 1)
    wish = Wish(asked.questionnaire, sections=sections[:1])
    told = handing.change(session, clock, LINKS, asked.reached(), marta.colleague_id, wish)
    assert not told
    assert len(mails(session)) == 1
    assert (row(session, marta).handed_over or {})["sections"] == sections[:1]


def test_pressing_send_again_twice_sends_once(session, clock, asked, marta) -> None:
    sent = [
        handing.send_again(session, clock, LINKS, asked.reached(), marta.colleague_id, after=1)
        for _press in range(2)
    ]
    assert sent == [True, False]
    assert len(mails(session)) == 2


def test_more_is_told_by_mail_and_less_is_not(session, clock, asked, marta, question) -> None:
    def change(**ticked):
        return handing.change(
            session, clock, LINKS, asked.reached(), marta.colleague_id,
            Wish(asked.questionnaire, **ticked),
        )  # fmt: skip

    assert change(sections=[question.section]) is True
    assert change(questions=[question.id]) is False
    assert change(questions=[question.id]) is False
    assert len(mails(session)) == 2
    with pytest.raises(Invalid):
        change()


def test_what_is_taken_away_is_gone_at_once(session, clock, asked, sections) -> None:
    handed = hand_over(session, clock, asked, sections=sections[:2])
    handing.change(
        session, clock, LINKS, asked.reached(), handed.colleague_id,
        Wish(asked.questionnaire, sections=sections[:1]),
    )  # fmt: skip
    questionnaire = part(asked, at_work(session, asked, handed))
    assert list(questionnaire.sections_by_id) == sections[:1]
