"""Tables and files by buttons alone: rows, pasting, attaching, refusing by name."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from questionnaire.models import Answer, Evidence
from tests.harness.page import text_of
from tests.services.asked import raw_of, stored
from tests.web.vera import fields, post, section_of, show_section, words_of

PDF = b"%PDF-1.7\n%a certificate"


@pytest.fixture
def table(asked):
    return asked.a("table")


def kept_rows(session, question):
    return len(stored(session, question).value or ())


def rows(page, question):
    return [
        one for one in page.by_id(f"q-{question.id}-value").iter("fieldset")
        if "row-card" in (one.get("class") or "") and "__n__" not in (one.get("id") or "")
    ]  # fmt: skip


def test_rows_are_added_and_removed_by_buttons(vera, session, asked, table) -> None:
    page = show_section(vera, asked, table)
    assert len(rows(page, table)) == 1
    post(vera, section_of(table, asked), fields(table), **{"add-row": table.id})
    assert len(rows(vera.page, table)) == 2
    second = {name.replace(":0:", ":1:"): cell for name, cell in fields(table).items()}
    post(vera, section_of(table, asked), second)
    assert kept_rows(session, table) == 2
    show_section(vera, asked, table)
    post(vera, section_of(table, asked), {}, **{"remove-row": f"{table.id}:0"})
    assert kept_rows(session, table) == 1


def test_none_to_report_is_an_answer(vera, session, asked, table) -> None:
    show_section(vera, asked, table)
    post(vera, section_of(table, asked), {f"{table.id}:none": "1"})
    assert (stored(session, table).state, stored(session, table).value) == ("answered", [])
    page = show_section(vera, asked, table)
    assert rows(page, table) == []


def pasted(table, *lines):
    columns = [column.name for column in table.columns]
    raw = raw_of(table)[0]
    cells = [";".join(raw[one]) if isinstance(raw[one], list) else raw[one] for one in columns]
    return "\n".join(["\t".join(columns), "\t".join(cells), *lines])


def test_pasted_rows_are_put_into_the_table(vera, session, asked, table) -> None:
    show_section(vera, asked, table)
    post(vera, section_of(table, asked), {f"{table.id}:paste": pasted(table)}, paste=table.id)
    assert kept_rows(session, table) == 1


def test_a_fault_in_pasted_rows_names_row_and_column_and_loses_nothing(
    vera, session, asked, table
) -> None:
    show_section(vera, asked, table)
    amount = next(n for n, one in enumerate(table.columns) if one.kind == "money")
    bad = "\t".join("lots" if n == amount else "" for n in range(len(table.columns)))
    reply = post(
        vera, section_of(table, asked), {f"{table.id}:paste": pasted(table, bad)}, paste=table.id
    )
    assert reply.status_code == 422
    cell = vera.page.by_id(f"q-{table.id}-row-1-{table.columns[amount].name}")
    assert (cell.get("value"), cell.get("aria-invalid")) == ("lots", "true")
    assert len(rows(vera.page, table)) == 2
    assert session.scalars(sa.select(Answer)).all() == []


def test_what_a_table_has_no_place_for_is_named_and_the_rest_is_saved(
    vera, session, asked, table
) -> None:
    show_section(vera, asked, table)
    named = "\t".join([*(one.name for one in table.columns), "Phone"])
    text = f"{named}\n{pasted(table).splitlines()[1]}\t+371 2000"
    reply = post(vera, section_of(table, asked), {f"{table.id}:paste": text}, paste=table.id)
    assert reply.status_code == 303
    assert kept_rows(session, table) == 1
    page = show_section(vera, asked, table)
    assert "No column is called “Phone”; it was left out." in page.text


def test_a_fault_in_a_paste_is_placed_in_the_sentence_on_top(vera, asked, table) -> None:
    show_section(vera, asked, table)
    amount = next(n for n, one in enumerate(table.columns) if one.kind == "money")
    bad = "\t".join("lots" if n == amount else "" for n in range(len(table.columns)))
    text = {f"{table.id}:paste": pasted(table, bad)}
    post(vera, section_of(table, asked), text, paste=table.id)
    label = table.columns[amount].label.en
    assert f"Row 2, “{label}”: " in text_of(vera.page.by_id("error-summary"))


def attached(question, *files, kind="certificate"):
    return {
        f"{question.id}:file": [(io.BytesIO(content), name) for name, content in files],
        f"{question.id}:document-type": kind,
        f"{question.id}:issued-on": "2026-05-01",
    }


def test_files_are_attached_listed_read_and_removed(vera, session, asked) -> None:
    question = asked.a("yes_no")
    page = show_section(vera, asked, question)
    assert "at most 20 MB each" in page.text
    filled = fields(question) | attached(question, ("iso.pdf", PDF), ("soc.pdf", PDF + b"2"))
    assert post(vera, section_of(question, asked), filled, attach=question.id).status_code == 303
    page = show_section(vera, asked, question)
    assert "Certificate · 1 May 2026" in words_of(page, question)
    assert stored(session, question).state == "answered"
    reply = vera.get(page.link("iso.pdf"))
    assert (reply.get_data(), reply.mimetype) == (PDF, "application/pdf")
    assert "attachment" in reply.headers["Content-Disposition"]
    first = session.scalars(sa.select(Evidence.id).order_by(Evidence.id)).first()
    show_section(vera, asked, question)
    post(vera, section_of(question, asked), {}, **{"remove-file": str(first)})
    names = [text for text, _ in show_section(vera, asked, question).links]
    assert ("iso.pdf" in names, "soc.pdf" in names) == (False, True)


def test_a_refused_file_is_named_and_everything_else_stays(vera, session, asked) -> None:
    question = asked.a("yes_no")
    show_section(vera, asked, question)
    files = (("good.pdf", PDF), ("bad.exe", b"MZ"), ("empty.pdf", b""))
    reply = post(vera, section_of(question, asked), fields(question) | attached(question, *files))
    assert reply.status_code == 200
    assert "“bad.exe” is of a kind that is not taken" in vera.page.text
    assert "no answer that you changed" not in vera.page.text
    assert "“empty.pdf” is empty" in vera.page.text
    assert session.scalars(sa.select(Evidence.name)).all() == ["good.pdf"]
    assert stored(session, question).state == "answered"


def test_a_good_file_stays_although_an_answer_beside_it_was_wrong(vera, session, asked) -> None:
    question = asked.a("number")
    show_section(vera, asked, question)
    filled = fields(question, "many") | attached(question, ("good.pdf", PDF))
    post(vera, section_of(question, asked), filled)
    assert vera.page.by_id(f"q-{question.id}-box").get("value") == "many"
    assert session.scalars(sa.select(Evidence.name)).all() == ["good.pdf"]
    assert session.scalars(sa.select(Answer)).all() == []
