"""Saving answers: typed, versioned, once, counted, and never over somebody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.core.faults import AnswerFault
from questionnaire.models import AnswerChange, AuditRow
from questionnaire.services import answering
from questionnaire.services.answering import Stale
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.taking import Typed
from tests.services.asked import ask, counters, invite, raw_of, stored

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    "kind",
    [
        "yes_no", "single_choice", "multi_choice", "number", "percentage", "money", "date", "text",
        "long_text", "countries", "table",
    ],
)  # fmt: skip
def test_an_answer_of_every_kind_is_kept_and_read_back(kind, session, asked, save) -> None:
    question = asked.a(kind)
    saved = save(question, raw_of(question))
    assert (saved.state, saved.version) == ("answered", 1)
    kept = answering.stored(session, asked.assessment.id, question.id)
    assert asked.questionnaire.typed({question.id: kept})[question.id].state == "answered"
    assert kept.value is not None


def test_a_first_save_puts_the_assessment_in_progress_and_counts(session, asked, save) -> None:
    before, _, _ = counters(session, asked)
    save(asked.a("number"), "5")
    assert counters(session, asked) == (before, 1, "in_progress")


def test_every_state_counts_as_answered_and_a_blank_does_not(session, asked, save) -> None:
    question = asked.a("number")
    save(question, said="dont_know")
    assert counters(session, asked)[1] == 1
    save(question, said="not_applicable", reason="We have none.", version=1)
    assert counters(session, asked)[1] == 1
    save(question, "", version=2)
    assert counters(session, asked)[1] == 0
    assert (stored(session, question).state, stored(session, question).value) == ("blank", None)


def test_blank_zero_and_no_stay_three_different_things(session, asked, save) -> None:
    number, choice = asked.a("number", minimum=0), asked.a("yes_no")
    save(number, "0")
    save(choice, "no")
    assert stored(session, number).value == 0
    assert stored(session, choice).value is False
    assert save(asked.a("percentage"), "").version == 0


def test_the_history_keeps_every_value_and_the_trail_none(session, asked, save) -> None:
    question = asked.a("text")
    for version, text in enumerate(("Amber Call SIA", "Amber Call AS")):
        save(question, text, version=version)
    history = session.scalars(sa.select(AnswerChange.value).order_by(AnswerChange.version)).all()
    assert history == ["Amber Call SIA", "Amber Call AS"]
    trail = session.execute(sa.select(AuditRow.details, AuditRow.object_id)).all()
    assert "Amber" not in repr(trail)
    assert trail[0].object_id == question.id


def test_saves_within_a_minute_share_a_row_of_the_trail_and_later_ones_do_not(
    session, asked, save, clock
) -> None:
    question = asked.a("text")
    save(question, "a", version=0)
    clock.move(10 * SECOND)
    save(question, "b", version=1)
    clock.move(MINUTE)
    save(question, "c", version=2)
    versions = [row.details["version"] for row in session.scalars(sa.select(AuditRow))]
    assert versions == [1, 3]


def test_another_person_gets_a_row_of_the_trail_of_its_own(session, asked, save, clock) -> None:
    question = asked.a("text")
    save(question, "a")
    asked.invitation = invite(session, asked.assessment, email="second@ambercall.example")
    save(question, "b", version=1)
    assert len(session.scalars(sa.select(AuditRow)).all()) == 2


def test_a_repeated_save_has_one_effect_and_the_same_result(session, asked, save) -> None:
    question = asked.a("number")
    first = save(question, "5", key="k1")
    again = save(question, "5", key="k1")
    assert (again.version, again.state, again.saved_at) == (
        first.version, first.state, first.saved_at,
    )  # fmt: skip
    assert counters(session, asked)[1] == 1
    assert len(session.scalars(sa.select(AnswerChange)).all()) == 1


def test_a_repeat_that_comes_late_does_not_bring_the_old_value_back(session, asked, save) -> None:
    question = asked.a("number")
    save(question, "5", key="k1")
    save(question, "6", version=1, key="k2")
    assert save(question, "5", key="k1").version == 1
    assert stored(session, question).value == 6


def test_a_stale_save_shows_what_is_stored_and_overwrites_nothing(session, asked, save) -> None:
    question = asked.a("number")
    save(question, "5")
    with pytest.raises(Stale) as fault:
        save(question, "7", version=0, key="other browser")
    assert (fault.value.stored.value, fault.value.stored.version) == (5, 1)
    assert stored(session, question).value == 5
    save(question, "7", version=1)
    assert stored(session, question).value == 7


def test_the_same_value_on_an_old_version_is_no_conflict(session, asked, save) -> None:
    question = asked.a("number")
    save(question, "5")
    assert save(question, "5.0", version=0).version == 1


def test_an_unchanged_answer_is_not_written_again(session, asked, save) -> None:
    question = asked.a("multi_choice")
    save(question, [question.choices[1].code, question.choices[0].code])
    same = save(question, [question.choices[0].code, question.choices[1].code], version=1)
    assert same.version == 1
    assert len(session.scalars(sa.select(AnswerChange)).all()) == 1


def test_what_cannot_be_read_is_refused_with_a_sentence_and_not_stored(asked, save) -> None:
    with pytest.raises(AnswerFault, match="digits"):
        save(asked.a("number"), "about five")


def test_none_beside_an_answer_is_a_contradiction(asked, save) -> None:
    question = asked.a("table")
    with pytest.raises(AnswerFault, match="none"):
        save(question, raw_of(question), none=True)
    assert save(question, [{}], none=True).state == "answered"


def test_a_value_typed_beside_an_old_dont_know_is_meant(session, asked, save) -> None:
    question = asked.a("number")
    save(question, said="dont_know")
    assert save(question, "5", said="dont_know", version=1).state == "answered"
    assert save(question, "5", said="dont_know", version=2).state == "dont_know"


@pytest.mark.parametrize("kind", ["number", "table", "multi_choice", "countries", "money"])
@pytest.mark.parametrize("said", ["dont_know", "not_applicable"])
def test_what_was_answered_is_set_aside_and_comes_back(kind, said, session, asked, save) -> None:
    question = asked.a(kind)
    raw = raw_of(question)
    save(question, raw)
    before = stored(session, question).value
    session.expire_all()
    save(question, raw, said=said, reason="Not at this site.", version=1)
    row = stored(session, question)
    assert (row.state, row.value) == (said, before)
    kept = answering.stored(session, asked.assessment.id, question.id)
    assert asked.questionnaire.typed({question.id: kept})[question.id].value is None
    save(question, raw, version=2)
    session.expire_all()
    row = stored(session, question)
    assert (row.state, row.value) == ("answered", before)


def test_another_value_beside_a_new_dont_know_is_a_contradiction(session, asked, save) -> None:
    question = asked.a("number")
    save(question, "8")
    with pytest.raises(AnswerFault, match="take one of the two back"):
        save(question, "4", said="dont_know", version=1)
    assert stored(session, question).value == 8


def test_what_was_set_aside_is_gone_when_the_answer_is_emptied(session, asked, save) -> None:
    question = asked.a("number")
    save(question, "8")
    save(question, said="dont_know", version=1)
    save(question, "", version=2)
    assert (stored(session, question).state, stored(session, question).value) == ("blank", None)


def test_a_question_that_is_not_asked_cannot_be_answered(session, organisation, clock) -> None:
    bank_ids = list(ask(session, organisation).bank.questions)
    asked = ask(session, organisation, question_ids=bank_ids[:3], vendor="Blue Line")
    with pytest.raises(Missing):
        answering.save(
            session, clock, asked.reached(), asked.questionnaire, bank_ids[5], Typed(raw="5")
        )


def test_after_handing_in_nothing_can_be_changed(session, asked, save) -> None:
    asked.assessment.state = "submitted"
    with pytest.raises(Refused, match="handed in"):
        save(asked.a("number"), "5")
