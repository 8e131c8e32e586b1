"""Looking at what a vendor handed in before leaves nothing behind in this process."""

from __future__ import annotations

from datetime import timedelta

from questionnaire.services import questionnaires
from questionnaire.services.recollecting import recollect
from tests.services.earlier import ask_again


def test_what_is_looked_at_once_is_not_kept_ready(
    session, clock, organisation, small, answer_all, submit, monkeypatch
) -> None:
    answer_all()
    submit()
    clock.move(timedelta(days=30))
    again = ask_again(session, organisation, small)
    asked, triggers = again.questionnaire.questions, again.questionnaire.triggers
    kept = []

    def get(key, make):
        kept.append(key)
        return make()

    monkeypatch.setattr(questionnaires._answers, "get", get)
    assert recollect(session, again.assessment.id, asked, clock(), triggers)
    assert kept == []
