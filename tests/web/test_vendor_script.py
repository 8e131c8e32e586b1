"""What the script of a section page asks for, and what it is told."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
import sqlalchemy as sa

from questionnaire.models import Answer, AuditRow, Evidence
from questionnaire.services import answering
from questionnaire.services.taking import Typed
from tests.harness.counting import statements
from tests.harness.page import parse
from tests.services.asked import ask, counters, raw_of, stored
from tests.web.vera import address, fields, show_section

PDF = b"%PDF-1.7\n%a certificate"


@pytest.fixture
def ask_server(vera, asked):
    """POST like the script: with its headers, to a path below the assessment."""
    form = show_section(vera, asked, asked.a("text")).forms[0].values()
    headers = {"Accept": "application/json", "X-CSRFToken": form["csrf_token"][0]}

    def ask_server(*parts, **data):
        return vera.post(address(asked, *parts), data=data, headers=headers)

    return ask_server


@pytest.fixture
def save(ask_server):
    def save(question, raw=None, *, version=0, key="", **more):
        filled = fields(question, raw) | {f"{question.id}:version": str(version)}
        return ask_server("answer", question.id, **filled, **{"save-key": key}, **more)

    return save


def test_a_save_tells_version_time_and_counts(save, asked, clock) -> None:
    reply = save(asked.a("number"), "5")
    assert reply.status_code == 200
    told = reply.json
    assert (told["state"], told["version"], told["answered"]) == ("answered", 1, 1)
    assert told["saved_at"] == clock().isoformat(timespec="seconds")
    assert (told["appeared"], told["gone"]) == ([], [])


def test_the_same_save_sent_again_is_told_the_same(save, session, asked) -> None:
    question = asked.a("number")
    first = save(question, "5", key="abc").json
    second = save(question, "5", key="abc").json
    assert (first["version"], first["saved_at"]) == (second["version"], second["saved_at"])
    assert counters(session, asked)[1] == 1


def test_a_save_tells_what_the_answer_still_needs(save, asked) -> None:
    question = asked.a("number")
    said = {f"{question.id}:said": "not_applicable"}
    assert "Say why" in save(question, "", **said).json["lacking"]
    said[f"{question.id}:reason"] = "We have no night shift."
    assert save(question, "", version=1, **said).json["lacking"] == ""


def test_a_question_that_went_is_named(save, asked) -> None:
    waiting = asked.questionnaire.questions[asked.questionnaire.waiting[0]]
    trigger = asked.questionnaire.questions[waiting.show_when.question]
    hiding = next(one.code for one in trigger.choices if one.code not in waiting.show_when.value)
    assert save(trigger, hiding).json["gone"] == [waiting.id]
    back = save(trigger, waiting.show_when.value[0], version=1).json
    assert back["appeared"] == [waiting.id]


def test_what_cannot_be_read_is_told_by_cell(save, session, asked) -> None:
    table = asked.a("table")
    number = next(one.name for one in table.columns if one.kind in ("number", "money"))
    reply = save(table, [raw_of(table)[0] | {number: "lots"}])
    assert reply.status_code == 422
    (cell,) = reply.json["cells"]
    assert (cell["row"], cell["column"]) == (0, number)
    assert "Row 1" in reply.json["sentence"]
    assert session.scalars(sa.select(Answer)).all() == []


def test_a_stale_save_gets_both_values(save, session, asked, clock) -> None:
    question = asked.a("number")
    answering.save(
        session, clock, asked.reached(), asked.questionnaire, question.id, Typed(raw="41")
    )
    reply = save(question, "42")
    assert reply.status_code == 409
    assert "changed elsewhere" in reply.json["conflict"]
    assert "41" in reply.json["conflict"]
    assert reply.json["version"] == 1
    assert 'value="41"' in reply.json["stored"]
    assert stored(session, question).value == 41


def test_an_answer_that_is_closed_is_refused_with_a_sentence(save, session, asked) -> None:
    asked.assessment.state = "submitted"
    reply = save(asked.a("number"), "5")
    assert reply.status_code == 409
    assert "handed in" in reply.json["sentence"]


def test_an_unknown_question_is_missing(ask_server) -> None:
    assert ask_server("answer", "no.such").status_code == 404
    assert ask_server("rows", "no.such").status_code == 404
    assert ask_server("attach", "no.such").status_code == 404
    assert ask_server("files", str(uuid4()), "remove").status_code == 404


def test_without_its_token_nothing_is_saved(vera, session, asked) -> None:
    question = asked.a("number")
    reply = vera.post(
        address(asked, "answer", question.id), data=fields(question, "5"),
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert reply.status_code == 400
    assert session.scalars(sa.select(Answer)).all() == []


def test_a_save_costs_at_most_eight_statements_in_all(save, connection, asked) -> None:
    question = asked.a("number")
    save(question, "5")
    with statements(connection) as seen:
        assert save(question, "6", version=1).json["version"] == 2
    assert len(seen) <= 8


def test_neither_trail_nor_log_holds_a_value(save, session, asked, capsys, caplog) -> None:
    save(asked.a("text"), "Zanzibar Holdings")
    save(asked.a("money"), {"amount": "731.25", "currency": ""})
    save(asked.a("number"), "seven hundred")
    written = repr([one.details for one in session.scalars(sa.select(AuditRow))])
    written += caplog.text + "".join(capsys.readouterr())
    for value in ("Zanzibar", "731", "seven hundred"):
        assert value not in written


def test_pasted_rows_come_back_in_the_boxes_and_are_not_stored(ask_server, session, asked):
    table = asked.a("table")
    head = "\t".join(one.name for one in table.columns)
    line = "\t".join("x" if one.kind == "text" else "" for one in table.columns)
    reply = ask_server("rows", table.id, **{f"{table.id}:paste": f"{head}\n{line}\n{line}"})
    assert reply.json["faults"] is False
    page = parse(f"<!doctype html><title>x</title><form>{reply.json['html']}</form>")
    cards = [one for one in page.iter("fieldset") if one.get("class") == "row-card"]
    assert len(cards) == 3  # two rows, and the empty one for the script
    assert session.scalars(sa.select(Answer)).all() == []


def test_what_a_browser_kept_comes_back_in_the_boxes_and_is_not_stored(ask_server, session, asked):
    question = asked.a("number")
    kept = {f"{question.id}:value": "eight <b>", f"{question.id}:version": "0"}
    page = parse(
        "<!doctype html><title>x</title><form>"
        f"{ask_server('typed', question.id, **kept).json['html']}</form>"
    )
    assert "eight <b>" in [one.get("value") for one in page.iter("input")]
    assert session.scalars(sa.select(Answer)).all() == []
    assert ask_server("typed", "nobody.asked-this").status_code == 404


def test_files_are_attached_one_by_one_and_refused_by_name(ask_server, session, asked) -> None:
    question = asked.a("yes_no")

    def attach(name, content, kind="certificate"):
        return ask_server(
            "attach", question.id,
            **{f"{question.id}:file": (io.BytesIO(content), name),
               f"{question.id}:document-type": kind},
        ).json  # fmt: skip

    told = attach("iso.pdf", PDF)
    assert (told["kept"], told["refused"]) == (["iso.pdf"], [])
    assert "iso.pdf" in told["files"]
    assert "“bad.exe”" in attach("bad.exe", b"MZ")["refused"][0]
    assert "Choose what the document is" in attach("a.pdf", PDF, "")["refused"][0]
    evidence_id = session.scalars(sa.select(Evidence.id)).one()
    assert ask_server("files", str(evidence_id), "remove").json["files"] == ""


def test_an_attached_answer_is_told_with_its_new_version(ask_server, asked) -> None:
    question = asked.a("file")
    told = ask_server(
        "attach", question.id,
        **{f"{question.id}:file": (io.BytesIO(PDF), "matrix.pdf"),
           f"{question.id}:document-type": "responsibility_matrix"},
    ).json  # fmt: skip
    assert (told["state"], told["version"]) == ("answered", 1)


def test_another_vendors_file_is_missing_like_an_unknown_one(
    vera, ask_server, session, asked, organisation
) -> None:
    other = ask(session, organisation, vendor="Blue Line")
    evidence = Evidence(
        organisation_id=organisation.id, assessment_id=other.assessment.id,
        question_id=asked.a("text").id, name="theirs.pdf", document_type="certificate",
        content_type="application/pdf", size=4, sha256="0" * 64, store_key="x",
        uploaded_at=asked.rfi.created_at, uploaded_by="x@y.example",
    )  # fmt: skip
    session.add(evidence)
    session.flush()
    theirs = vera.get(address(asked, "files", str(evidence.id)))
    unknown = vera.get(address(asked, "files", str(uuid4())))
    assert (theirs.status_code, theirs.get_data()) == (404, unknown.get_data())
    assert ask_server("files", str(evidence.id), "remove").status_code == 404
