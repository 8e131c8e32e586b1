"""A vendor fills in the spreadsheet, sees what it would change, and saves what it chooses."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from questionnaire.models import SheetUpload
from questionnaire.services import sheet_taking
from questionnaire.services.answering import save_section
from questionnaire.services.taking import Typed
from tests.harness.counting import statements
from tests.services.asked import raw_of
from tests.web.spreadsheet import Sheet, few_questions, send, value
from tests.web.vera import address, enter


@pytest.fixture
def small(session, organisation):
    return few_questions(session, organisation)


@pytest.fixture
def vera(client, session, small):
    enter(client, session, small)
    return client


@pytest.fixture
def download(vera, small):
    def download(empty=False):
        url = address(small, "questionnaire.xlsx") + ("?empty=1" if empty else "")
        reply = vera.get(url)
        assert reply.status_code == 200
        assert "attachment" in reply.headers["Content-Disposition"]
        return Sheet(reply.data, small)

    return download


@pytest.fixture
def upload(vera, small):
    def upload(content, name="Filled.xlsx"):
        return send(vera, small, content, name)

    return upload


@pytest.fixture
def look(vera, upload):
    def look(content):
        reply = upload(content)
        assert reply.status_code == 303, reply.get_data(as_text=True)
        return vera.show(reply.headers["Location"])

    return look


@pytest.fixture
def answer(session, clock, small):
    def answer(question, raw=None, version=0, **facts):
        typed = {question.id: Typed(raw=raw, version=version, **facts)}
        done = save_section(session, clock, small.reached(), small.questionnaire, typed)
        assert done.saved == (question.id,)

    return answer


def test_a_filled_cell_is_shown_and_saved_when_it_is_ticked(session, small, vera, download, look):
    number, choice = small.a("number"), small.a("single_choice")
    sheet = download()
    sheet.put(number, 7)
    sheet.put(choice, choice.choices[0].label.en)
    page = look(sheet.content)
    assert "2 answers are new or changed" in page.text
    assert value(session, number) is None
    page = vera.press("Save the ticked answers")
    assert "2 answers were saved" in page.text
    assert "still need" in page.text
    assert value(session, number).value == 7
    assert value(session, choice).value == choice.choices[0].code


def test_only_what_is_ticked_is_saved(session, small, vera, download, look):
    number, text = small.a("number"), small.a("text")
    sheet = download()
    sheet.put(number, 7)
    sheet.put(text, "Amber Call SIA")
    look(sheet.content)
    page = vera.press("Save the ticked answers", {"apply": [text.id]})
    assert "One answer" in page.text or "1 answer was saved" in page.text
    assert "1 answer of the file is not saved" in page.text
    assert value(session, number) is None
    assert value(session, text).value == "Amber Call SIA"


def test_a_file_that_nobody_changed_differs_in_nothing(session, clock, small, vera, download, look):
    typed = {one.id: Typed(raw=raw_of(one)) for one in small.questionnaire.questions.values()}
    save_section(session, clock, small.reached(), small.questionnaire, typed)
    page = look(download().content)
    assert "There is no difference between the file and what is stored." in page.text
    page = look(download(empty=True).content)
    assert "There is no difference between the file and what is stored." in page.text


def test_what_is_wrong_is_told_with_its_cell_and_the_rest_is_saved(
    session, small, vera, download, look
):
    number, day, text = small.a("number"), small.a("date"), small.a("text")
    sheet = download()
    at = sheet.put(number, "about seven")
    sheet.put(day, "03/04/2026")
    sheet.put(text, "Amber Call SIA")
    page = look(sheet.content)
    assert f"Sheet “{sheet.name(number)}”, cell {at}" in page.text
    assert "Write a number in digits only" in page.text
    assert "can be" in page.text
    vera.press("Save all new and changed answers")
    assert value(session, number) is None
    assert value(session, text).value == "Amber Call SIA"


def test_a_formula_is_refused_with_its_cell(session, small, vera, download, look):
    number = small.a("number")
    sheet = download()
    at = sheet.put(number, "=3+4")
    page = look(sheet.content)
    assert f"cell {at}" in page.text
    assert "A formula stands here" in page.text
    assert "Save all" not in page.text


def test_an_emptied_cell_removes_nothing_unless_it_is_ticked(
    session, small, vera, download, look, answer
):
    number, text = small.a("number"), small.a("text")
    answer(number, "5")
    sheet = download()
    sheet.put(number, None)
    sheet.put(text, "Amber Call SIA")
    page = look(sheet.content)
    assert "The stored answer would be removed." in page.text
    vera.press("Save the ticked answers")
    assert value(session, number).value == 5
    look(sheet.content)
    vera.press("Save the ticked answers", {"apply": [number.id]})
    assert value(session, number).state == "blank"


def test_what_was_changed_meanwhile_is_shown_and_never_overwritten_unasked(
    session, small, vera, download, look, answer
):
    number, text = small.a("number"), small.a("text")
    answer(number, "5")
    sheet = download()
    sheet.put(number, 6)
    sheet.put(text, "Amber Call SIA")
    answer(number, "9", version=1)
    page = look(sheet.content)
    assert "1 answer was changed elsewhere meanwhile" in page.text
    vera.press("Save all new and changed answers")
    assert value(session, number).value == 9
    look(sheet.content)
    vera.press("Save the ticked answers", {"apply": [number.id]})
    assert value(session, number).value == 6
    assert value(session, number).version == 3


def test_what_is_changed_between_looking_and_saving_is_not_overwritten(
    session, small, vera, download, look, answer
):
    number = small.a("number")
    answer(number, "5")
    sheet = download()
    sheet.put(number, 6)
    look(sheet.content)
    answer(number, "9", version=1)
    page = vera.press("Save the ticked answers")
    assert "Nothing was saved" in page.text
    assert value(session, number).value == 9


def test_saving_twice_has_one_effect(session, small, vera, download, look):
    number = small.a("number")
    sheet = download()
    sheet.put(number, 7)
    look(sheet.content)
    form = next(one for one in vera.page.forms if "spreadsheet/" in one.element.get("action", ""))
    sent = dict(form.values()) | {"apply": [number.id], "go": "ticked"}
    for _again in range(2):
        assert vera.post(form.element.get("action"), data=sent).status_code == 303
    assert value(session, number).version == 1


def test_ticking_nothing_is_said(small, vera, download, look):
    sheet = download()
    sheet.put(small.a("number"), 7)
    look(sheet.content)
    page = vera.press("Save the ticked answers", {"apply": []}, status=422)
    assert "Tick at least one answer" in page.text


def test_a_table_is_read_from_its_own_sheet_with_its_faults_by_cell(
    session, small, vera, download, look
):
    table = small.a("table")
    number = next(n for n, one in enumerate(table.columns) if one.kind == "choice")
    sheet = download()
    letter = chr(ord("B") + number)
    name = sheet.put_table(table, {f"{letter}7": "Nowhere offered", f"{letter}9": None})
    page = look(sheet.content)
    assert f"Sheet “{name}”, cell {letter}7" in page.text
    assert "is not offered" in page.text


def test_a_hostile_file_comes_back_as_a_sentence_on_the_page(session, upload):
    reply = upload(b"question;answer", "answers.csv")
    assert reply.status_code == 422
    assert "This is not a spreadsheet." in reply.get_data(as_text=True)
    assert session.scalars(sa.select(SheetUpload)).all() == []


def test_a_page_of_changes_takes_a_fixed_number_of_statements(session, small, vera, download, look):
    sheet = download()
    look(sheet.content)
    upload = session.scalars(sa.select(SheetUpload)).first()
    url = address(small, "spreadsheet", str(upload.id))
    with statements(session.connection()) as few:
        vera.show(url)
    for one in (small.a("number"), small.a("percentage")):
        sheet.put(one, 7)
    look(sheet.content)
    newest = session.scalars(sa.select(SheetUpload).order_by(SheetUpload.id.desc())).first()
    url = address(small, "spreadsheet", str(newest.id))
    with statements(session.connection()) as many:
        vera.show(url)
    assert len(many) == len(few)


def test_only_the_newest_are_kept_and_none_for_ever(session, clock, small, vera, download, look):
    sheet = download()
    for _time in range(sheet_taking.MOST_KEPT + 1):
        look(sheet.content)
    assert len(session.scalars(sa.select(SheetUpload)).all()) == sheet_taking.MOST_KEPT
    later = clock().replace(year=clock().year + 1)
    assert sheet_taking.forget(session, later) == sheet_taking.MOST_KEPT


def test_what_was_handed_in_takes_no_spreadsheet(session, small, vera, download, upload):
    sheet = download()
    page = vera.show(address(small, "spreadsheet"))
    form = next(one for one in page.forms if one.element.get("enctype"))
    sent = dict(form.values()) | {"file": (io.BytesIO(sheet.content), "a.xlsx")}
    small.assessment.state = "submitted"
    small.assessment.submitted_at = small.rfi.sent_at
    session.flush()
    assert vera.post(address(small, "spreadsheet"), data=sent).status_code == 409
    assert vera.get(address(small, "questionnaire.xlsx")).status_code == 200
