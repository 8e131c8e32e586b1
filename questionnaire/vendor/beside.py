"""What stands beside a question: another's answer, a reviewer's remark, who answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from question_bank.model import Question
from questionnaire import controls
from questionnaire.controls import Asking
from questionnaire.languages import language
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.resuming import Kept, Remark
from questionnaire.services.telling import Told
from questionnaire.vendor import gate


def conflict_html(
    questionnaire: Questionnaire, question_id: str, stored: Kept, asking: Asking
) -> str:
    """Both values of an answer that was changed elsewhere meanwhile; the vendor chooses."""
    return render_template(
        "vendor/conflict.html",
        question=questionnaire.questions[question_id],
        stored=stored,
        who=_name(stored.changed_by),
        answer=shown(questionnaire, question_id, stored, asking.speech),
        time_zone=asking.time_zone,
    )


def notices_html(
    questionnaire: Questionnaire, questions: Sequence[Question], remarks: Mapping[str, Remark]
) -> dict[str, str]:
    """What all vendors were told about these questions, if no remark says the same."""
    told: dict[str, list[Told]] = {}
    for one in questionnaire.told:
        asked = remarks.get(one.question_id)
        if asked is None or one.text not in asked.text:
            told.setdefault(one.question_id, []).append(one)
    return {
        one.id: render_template(
            "vendor/notices.html", told=told[one.id], time_zone=questionnaire.time_zone
        )
        for one in questions
        if one.id in told
    }


def remark_html(questionnaire: Questionnaire, remark: Remark, speech: str) -> str:
    """What a reviewer asks, above the answer as it was handed in."""
    before = remark.before
    kept = Kept(
        before.get("state", "blank"),
        before.get("value"),
        before.get("comment") or "",
        before.get("reason") or "",
    )
    return render_template(
        "vendor/remark.html",
        remark=remark,
        to_all=any(remark.text == one.text for one in questionnaire.told),
        files=before.get("files") or (),
        answer=shown(questionnaire, remark.question_id, kept, speech),
    )


def shown(questionnaire: Questionnaire, question_id: str, kept: Kept, speech: str) -> Markup:
    """A stored answer for reading."""
    question = questionnaire.questions[question_id]
    answers = questionnaire.typed({question_id: kept})
    return controls.answer_html(question, answers[question_id], speech)


def credited() -> Mapping[str, str]:
    """The names of those who answer, by address, for the owner of the answers where there are
    several; nobody otherwise.
    """
    reached = gate.reached()
    if reached.is_colleague:
        return {}
    people = gate.people()
    if len(people) < 2:
        return {}
    return {**people, reached.email: str(_("you"))}


def answered_by(kept: Kept, people: Mapping[str, str]) -> str:
    """`Answered by Marta Liepa, 23 Nov 2026, 14:03`; empty where nobody is to be named."""
    name = people.get(kept.changed_by)
    if name is None or kept.changed_at is None:
        return ""
    when = _moment(kept.changed_at, gate.reached().time_zone)
    if kept.changed_by == gate.reached().email:
        return str(_("Answered by you, %(when)s", when=when))
    return str(_("Answered by %(name)s, %(when)s", name=name, when=when))


def _moment(at: datetime, zone: str) -> str:
    return str(format_datetime(at.astimezone(ZoneInfo(zone)), "d MMM y, HH:mm", locale=language()))


def _name(address: str) -> str:
    """Who saved another answer; empty for oneself, in another window."""
    if address == gate.reached().email:
        return ""
    return gate.people().get(address, address)
