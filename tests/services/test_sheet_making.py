"""The questionnaire as a spreadsheet: everything that is asked is in it, and nothing else is."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from questionnaire.core.sheet import keys
from questionnaire.services import resuming, sheet_making
from questionnaire.services.answering import save_section
from questionnaire.services.taking import Typed
from tests.services.asked import ask, raw_of


def _parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {one: archive.read(one).decode() for one in archive.namelist()}


@pytest.fixture
def make(session, clock):
    def make(asked):
        kept = resuming.draft(session, asked.assessment.id)
        return sheet_making.make(asked.reached(), asked.questionnaire, kept, clock())

    return make


@pytest.fixture
def answered(session, clock, asked):
    typed = {
        one.id: Typed(raw=raw_of(one), comment=f"About {one.id}")
        for one in asked.questionnaire.questions.values()
    }
    done = save_section(session, clock, asked.reached(), asked.questionnaire, typed)
    assert not done.faults
    return asked


def test_every_question_is_on_the_sheet_of_its_section_and_every_table_has_its_own(make, asked):
    book = CalamineWorkbook.from_filelike(io.BytesIO(make(asked)))
    first = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        first |= {row[0]: row for row in rows if row and isinstance(row[0], str)}
    questionnaire = asked.questionnaire
    assert questionnaire.questions.keys() <= first.keys()
    for one in questionnaire.questions.values():
        assert first[one.id][3] == one.text.en
        assert (keys.table_mark(one.id) in first) == (one.kind == "table")
    assert [keys.section_mark(one.id) in first for one in questionnaire.sections]


@pytest.mark.parametrize("language", ["en", "lv", "es"])
def test_nothing_that_the_buyer_demands_is_inside(session, organisation, make, language):
    asked = ask(session, organisation, language=language)
    told = "\n".join(_parts(make(asked)).values())
    sections = asked.questionnaire.sections
    assert all(one.title.text(language) in told for one in sections if "&" not in one.title.en)
    for one in asked.bank.requirements:
        assert one.id not in told
        for wording in (one.rationale.en, one.rationale.lv, one.rationale.es):
            assert not wording or wording not in told
    assert not re.search(r"mandatory|severity|threshold|weight", told, re.I)


def test_of_another_vendor_nothing_is_inside(session, organisation, make, asked):
    ask(session, organisation, vendor="Zephyrline Manila")
    assert "Zephyrline" not in "".join(_parts(make(asked)).values())


def test_no_text_becomes_a_formula_or_a_link(session, clock, make, asked):
    question = asked.a("long_text")
    typed = Typed(raw="=HYPERLINK(1)\nhttps://evil.example", comment="@SUM(1)")
    save_section(session, clock, asked.reached(), asked.questionnaire, {question.id: typed})
    parts = _parts(make(asked))
    assert not [name for name, told in parts.items() if "<f>" in told or "<f " in told]
    links = [told for name, told in parts.items() if name.endswith(".rels")]
    assert "evil.example" not in "".join(links)


def test_answers_stand_in_cells_of_their_kind(make, answered):
    book = CalamineWorkbook.from_filelike(io.BytesIO(make(answered)))
    found = {}
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False):
            if row and row[0] in answered.questionnaire.questions:
                found[row[0]] = row
    a = answered.a
    assert found[a("number").id][6] == float(raw_of(a("number")))
    assert str(found[a("date").id][6]) == "2026-01-31"
    assert found[a("yes_no").id][6] == "Yes"
    assert found[a("money").id][6] == 12.5
    assert found[a("text").id][9] == f"About {a('text').id}"
    assert {row[1] for row in found.values()} == {1.0}


def test_what_is_read_again_is_locked_and_what_is_answered_is_not(make, asked):
    parts = _parts(make(asked))
    sheets = [told for name, told in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3 + len(asked.questionnaire.sections) + sum(
        one.kind == "table" for one in asked.questionnaire.questions.values()
    )
    assert all("<sheetProtection" in one for one in sheets)
    assert 'locked="0"' in parts["xl/styles.xml"]
    assert parts["xl/workbook.xml"].count('state="hidden"') == 2
