"""Vera at her browser: follows the link from her mail, enters the code, fills in pages."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.model import Question
from questionnaire.models import Message
from tests.harness.page import Page, text_of
from tests.harness.web import StrictClient
from tests.services.asked import Asked, raw_of

#: What stands under replies, filled in.
ATTESTED = {"name": "Vera Ozola", "role": "Managing director", "agreed": "1"}


def code_in_mail(session: Session) -> str:
    """The code of the newest mail that has one."""
    text = session.scalars(
        sa.select(Message.text).where(Message.kind == "code").order_by(Message.id.desc())
    ).first()
    found = re.search(r"\d{4}\s?\d{4}", text or "")
    assert found is not None
    return re.sub(r"\s", "", found[0])


def enter(client: StrictClient, session: Session, asked: Asked) -> Page:
    """From the link to the first page behind the code."""
    client.show(f"/invitation/{asked.token}")
    client.press("Send me the code")
    return client.press("Open the questionnaire", {"code": code_in_mail(session)})


def address(asked: Asked, *parts: str) -> str:
    return "/".join((f"/assessment/{asked.assessment.id}", *parts))


def section_of(question: Question, asked: Asked) -> str:
    return address(asked, "section", question.section)


def fields(question: Question, raw: Any = None) -> dict[str, Any]:
    """The controls of a question filled in; `raw` as `raw_of` gives it."""
    raw = raw_of(question) if raw is None else raw
    of = f"{question.id}:"
    if question.kind == "money":
        return {f"{of}amount": raw["amount"], f"{of}currency": raw["currency"]}
    if question.kind == "table":
        return {
            f"{of}row:{number}:{name}": cell
            for number, row in enumerate(raw)
            for name, cell in row.items()
        }
    return {f"{of}value": raw}


def post(client: StrictClient, url: str, filled: dict[str, Any], **pressed: str) -> Any:
    """Send the questions of the page shown last, with these controls filled in.

    Unlike `press`, controls that a browser leaves out (unticked boxes) can be filled in.
    """
    assert client.page is not None
    form = next(one for one in client.page.forms if one.element.get("id") == "questions")
    sent: dict[str, Any] = dict(form.values()) | filled | pressed
    return client.post(url, data=sent)


def show_section(client: StrictClient, asked: Asked, question: Question) -> Page:
    """The page that the question stands on."""
    return client.show(section_of(question, asked))


def words_of(page: Page, question: Question) -> str:
    """Everything that is written in a question."""
    return text_of(page.by_id(f"q-{question.id}"))
