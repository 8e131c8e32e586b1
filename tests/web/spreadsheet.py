"""A downloaded questionnaire in a vendor's hands."""

from __future__ import annotations

import io

import sqlalchemy as sa

from questionnaire.models import Answer
from questionnaire.services.sheet_opening import open_sheets
from tests.harness.workbook import place, written
from tests.services.asked import ask
from tests.web.vera import address


class Sheet:
    """The downloaded file, cell by cell."""

    def __init__(self, content, asked):
        self.content, self.asked = content, asked

    def name(self, question):
        grids = open_sheets(self.content)
        return next(
            one.name
            for one in grids
            if any(at[1] == 0 and cell.text == question.id for at, cell in one.cells.items())
        )

    def put(self, question, value, column=6, part=""):
        name = self.name(question)
        at = place(open_sheets(self.content), name, question.id + part, column)
        self.content = written(self.content, name, {at: value})
        return at

    def put_table(self, question, cells):
        grids = open_sheets(self.content)
        mark = f"questionnaire-sheet:table:{question.id}"
        name = next(one.name for one in grids if one.text(0, 0) == mark)
        self.content = written(self.content, name, cells)
        return name


def few_questions(session, organisation):
    """A vendor that was asked one question of each kind."""
    bank = ask(session, organisation, vendor="Only for the bank").bank
    kinds = {}
    for one in bank.questions.values():
        if one.show_when is None:
            kinds.setdefault(one.kind, one.id)
    return ask(session, organisation, question_ids=list(kinds.values()), vendor="Small")


def send(client, asked, content, name):
    """The file, sent by the form for it."""
    page = client.show(address(asked, "spreadsheet"))
    form = next(one for one in page.forms if one.element.get("enctype"))
    sent = dict(form.values()) | {"file": (io.BytesIO(content), name)}
    return client.post(address(asked, "spreadsheet"), data=sent)


def value(session, question):
    """The row of the answer, or None."""
    session.expire_all()
    return session.scalars(sa.select(Answer).where(Answer.question_id == question.id)).one_or_none()
