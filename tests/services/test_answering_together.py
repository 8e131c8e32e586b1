"""Answers that depend on each other: conditions, whole sections, and what a save costs."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from questionnaire.models import Answer
from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests.harness.counting import statements
from tests.services.asked import counters, raw_of, stored

MINUTE = timedelta(minutes=1)


def test_an_answer_says_which_questions_went_and_came(session, asked, save, pair) -> None:
    waiting, trigger, hiding, showing = pair
    total = counters(session, asked)[0]
    gone = save(trigger, hiding)
    assert (gone.counted.gone, gone.counted.appeared) == ((waiting.id,), ())
    assert counters(session, asked)[:2] == (total - 1, 1)
    back = save(trigger, showing, version=1)
    assert (back.counted.gone, back.counted.appeared) == ((), (waiting.id,))
    assert counters(session, asked)[:2] == (total, 1)


def test_the_answer_to_a_hidden_question_is_kept_and_not_counted(
    session, asked, save, pair
) -> None:
    waiting, trigger, hiding, showing = pair
    save(waiting, raw_of(waiting))
    save(trigger, hiding)
    assert counters(session, asked)[1] == 1
    save(waiting, said="dont_know", version=1)
    assert counters(session, asked)[1] == 1
    save(trigger, showing, version=1)
    assert counters(session, asked)[1] == 2
    assert stored(session, waiting).state == "dont_know"


def test_a_save_takes_at_most_eight_statements_whatever_was_answered_before(
    session, connection, asked, save, clock, pair
) -> None:
    question = asked.a("number")
    counts = []
    for version in range(2):
        with statements(connection) as seen:
            save(question, str(5 + version), version=version)
        counts.append(len(seen))
        for other in asked.questionnaire.questions.values():
            if version == 0 and other.kind == "text":
                save(other, "x")
        clock.move(MINUTE)
    assert counts[0] == counts[1] <= 8
    waiting, trigger, hiding, _ = pair
    save(waiting, raw_of(waiting))
    with statements(connection) as seen:
        save(trigger, hiding)
    assert len(seen) <= 8


def test_a_section_takes_as_many_statements_for_ten_changes_as_for_one(
    session, connection, asked, clock
) -> None:
    section = max(asked.questionnaire.sections, key=lambda one: len(one.questions))
    asked_for = [one for one in section.questions if one.kind != "file"]
    counts = []
    for chosen in (asked_for[:1], asked_for[1:]):
        typed = {one.id: Typed(raw=raw_of(one)) for one in chosen}
        with statements(connection) as seen:
            done = answering.save_section(
                session, clock, asked.reached(), asked.questionnaire, typed
            )
        assert set(done.saved) == set(typed)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def save_section(session, clock, asked, **typed):
    return answering.save_section(
        session, clock, asked.reached(), asked.questionnaire,
        {one.id: value for one, value in typed.pop("pairs")},
    )  # fmt: skip


def test_a_wrong_answer_keeps_no_right_one_of_its_section_from_being_saved(
    session, asked, clock
) -> None:
    good, bad = asked.a("yes_no"), asked.a("number")
    pairs = [(good, Typed(raw="yes")), (bad, Typed(raw="many"))]
    done = save_section(session, clock, asked, pairs=pairs)
    assert (done.saved, set(done.faults)) == ((good.id,), {bad.id})
    assert [one.question_id for one in session.scalars(sa.select(Answer))] == [good.id]


def test_a_section_page_that_is_old_overwrites_only_what_was_typed_on_it(
    session, asked, save, clock
) -> None:
    mine, theirs = asked.a("yes_no"), asked.a("number")
    save(theirs, "5")
    pairs = [(mine, Typed(raw="yes")), (theirs, Typed(raw="5", version=1))]
    save(theirs, "6", version=1)
    done = save_section(session, clock, asked, pairs=pairs)
    assert (done.saved, done.conflicts) == ((mine.id,), {})
    assert stored(session, theirs).value == 6


def test_a_section_page_that_is_old_shows_both_values_where_both_typed(
    session, asked, save, clock
) -> None:
    question = asked.a("number")
    save(question, "5")
    save(question, "6", version=1)
    done = save_section(session, clock, asked, pairs=[(question, Typed(raw="7", version=1))])
    assert (done.saved, done.conflicts[question.id].value) == ((), 6)
    assert stored(session, question).value == 6


def test_an_empty_page_beside_somebody_elses_first_answer_is_no_conflict(
    session, asked, save, clock
) -> None:
    question = asked.a("number")
    save(question, "5")
    done = save_section(session, clock, asked, pairs=[(question, Typed(raw="", version=0))])
    assert (done.saved, done.conflicts) == ((), {})
    assert stored(session, question).value == 5
