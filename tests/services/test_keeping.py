"""Evidence: what is taken, what is refused by name, where it is kept and who may read it."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa

from questionnaire.core.faults import AnswerFault
from questionnaire.models import Answer, Assessment, AuditRow, Evidence
from questionnaire.services import attaching, keeping
from questionnaire.services.attaching import Upload
from questionnaire.services.faults import Missing, Refused
from questionnaire.services.sniffing import ALLOWED, MOST_BYTES, clean_name, content_type

PDF = b"%PDF-1.7\n%a certificate"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 20


def archive(*names, first=b""):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name in names:
            # The time of making would be in the bytes, and so in the names of the tests.
            within = zipfile.ZipInfo(name, date_time=(2026, 11, 23, 9, 0, 0))
            made.writestr(within, first if name == "mimetype" else b"<x/>")
    return kept.getvalue()


DOCX = archive("docProps/app.xml", "[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "_rels/.rels", "docProps/a", "docProps/b", "xl/workbook.xml")
ODT = archive("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.text")
ODS = archive("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet")


@pytest.fixture
def store(tmp_path):
    return keeping.store_at((tmp_path / "evidence").as_uri())


@pytest.fixture
def attach(session, clock, store, asked):
    def attach(question, *uploads, document_type="certificate", issued_on=""):
        return attaching.attach(
            session, clock, store, asked.reached(clock()), asked.questionnaire, question.id,
            [Upload(*one) for one in uploads], document_type=document_type, issued_on=issued_on,
        )  # fmt: skip

    return attach


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF), ("A.PDF", PDF), ("a.png", PNG), ("a.jpg", JPG), ("a.jpeg", JPG),
        ("a.docx", DOCX), ("a.xlsx", XLSX), ("a.odt", ODT), ("a.ods", ODS),
        ("a.txt", "Rīga".encode()), ("a.csv", "\ufeffa;b\n1;2".encode("utf-16")),
        ("b.csv", b"na\xefve;1\r\n"),
    ],
)  # fmt: skip
def test_every_kind_of_the_list_is_taken(name, content) -> None:
    assert content_type(name, content) == ALLOWED["." + name.rpartition(".")[2].lower()]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.exe", b"MZ\x90", "not taken"),
        ("a", PDF, "not taken"),
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"MZ\x90\0 not a pdf", "not what its name says"),
        ("a.pdf", PNG, "not what its name says"),
        ("a.txt", b"\x00\x01\x02", "not what its name says"),
        ("a.txt", PDF, "not what its name says"),
        ("a.docx", XLSX, "not what its name says"),
        ("a.docx", archive("evil.bin"), "not what its name says"),
        ("a.docx", DOCX[:40], "not what its name says"),
        ("a.svg", b"<svg onload='x()'/>", "not taken"),
        ("a.html", b"<script>", "not taken"),
        ("a.pdf", PDF + b"\0" * MOST_BYTES, "larger than 20 MB"),
    ],
)
def test_anything_else_is_refused_by_name(name, content, says) -> None:
    with pytest.raises(AnswerFault, match=says) as fault:
        content_type(name, content)
    assert f"“{name}”" in fault.value.sentence


def test_a_name_loses_its_folders_and_keeps_its_letters() -> None:
    assert clean_name("C:\\Users\\vera\\Sertifikāts ISO.pdf") == "Sertifikāts ISO.pdf"
    assert clean_name("../../etc/passwd.pdf") == "passwd.pdf"
    for bad in ("", "/", "a\x00.pdf", "x" * 300 + ".pdf"):
        with pytest.raises(AnswerFault):
            clean_name(bad)


def test_of_several_files_the_bad_ones_are_named_and_the_others_stay(session, attach, asked):
    question = asked.a("yes_no")
    done = attach(question, ("one.pdf", PDF), ("bad.exe", b"MZ"), ("two.png", PNG), ("no.pdf", b""))
    assert done.kept == ("one.pdf", "two.png")
    assert ["bad.exe" in one or "no.pdf" in one for one in done.refused] == [True, True]
    kept = session.scalars(sa.select(Evidence.name).order_by(Evidence.id)).all()
    assert kept == ["one.pdf", "two.png"]


def test_a_file_is_kept_whole_with_its_digest_type_and_date(session, attach, asked, store):
    attach(asked.a("yes_no"), ("iso.pdf", PDF), issued_on="2026-05-01")
    evidence = session.scalars(sa.select(Evidence)).one()
    assert (evidence.size, evidence.content_type, str(evidence.issued_on)) == (
        len(PDF), "application/pdf", "2026-05-01",
    )  # fmt: skip
    organisation_id, assessment_id = asked.assessment.organisation_id, asked.assessment.id
    found, content = keeping.read_own(session, store, organisation_id, assessment_id, evidence.id)
    assert (found.id, content) == (evidence.id, PDF)


def test_the_same_file_sent_twice_is_kept_once(session, attach, asked) -> None:
    attach(asked.a("yes_no"), ("iso.pdf", PDF))
    attach(asked.a("yes_no"), ("iso.pdf", PDF))
    assert len(session.scalars(sa.select(Evidence)).all()) == 1


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"document_type": ""}, "Choose what the document is"),
        ({"document_type": "selfie"}, "Choose what the document is"),
        ({"issued_on": "soon"}, "date"),
        ({"issued_on": "2027-01-01"}, "future"),
    ],
)
def test_what_is_said_of_a_file_must_hold(facts, says, session, attach, asked) -> None:
    done = attach(asked.a("yes_no"), ("iso.pdf", PDF), **facts)
    assert done.kept == ()
    assert "iso.pdf" in done.refused[0]
    assert says in done.refused[0]


def test_no_more_than_twenty_files_stand_beside_an_answer(attach, asked) -> None:
    question = asked.a("yes_no")
    attach(question, *((f"{n}.pdf", PDF + bytes([n])) for n in range(20)))
    done = attach(question, ("one-more.pdf", PDF))
    assert (done.kept, "one-more.pdf" in done.refused[0]) == ((), True)


def test_where_the_file_is_the_answer_attaching_answers_and_removing_takes_it_back(
    session, clock, attach, asked
) -> None:
    question = asked.a("file")
    attach(question, ("matrix.pdf", PDF), document_type="responsibility_matrix")
    answer = session.scalars(sa.select(Answer).where(Answer.question_id == question.id)).one()
    assert (answer.state, answer.value) == ("answered", "matrix.pdf")
    evidence_id = session.scalars(sa.select(Evidence.id)).one()
    attaching.detach(session, clock, asked.reached(), asked.questionnaire, evidence_id)
    session.refresh(answer)
    assert (answer.state, answer.value) == ("blank", None)
    assert session.get_one(Assessment, asked.assessment.id).answered == 0


def test_removing_hides_a_file_and_keeps_its_bytes(session, clock, attach, asked, store) -> None:
    attach(asked.a("yes_no"), ("iso.pdf", PDF))
    evidence = session.scalars(sa.select(Evidence)).one()
    for _ in range(2):
        attaching.detach(session, clock, asked.reached(), asked.questionnaire, evidence.id)
    session.refresh(evidence)
    assert evidence.removed_at == clock()
    assert (
        keeping.read_own(
            session, store, evidence.organisation_id, evidence.assessment_id, evidence.id
        )[1]
        == PDF
    )
    actions = [one.action for one in session.scalars(sa.select(AuditRow).order_by(AuditRow.id))]
    assert actions == ["attached", "removed"]


def test_staff_read_what_was_handed_in_of_their_own_and_nothing_sealed(
    session, attach, asked, store, stan
) -> None:
    sealed = next(
        one for one in asked.questionnaire.questions.values()
        if one.id in asked.bank.sealed_questions
    )  # fmt: skip
    attach(asked.a("yes_no"), ("iso.pdf", PDF))
    attach(sealed, ("prices.pdf", PDF))
    plain, secret = session.scalars(sa.select(Evidence.id).order_by(Evidence.id)).all()
    ours, assessment = asked.assessment.organisation_id, asked.assessment

    def read(organisation_id, id):
        return keeping.read(session, store, organisation_id, assessment.id, id)[1]

    with pytest.raises(Missing):
        read(ours, plain)
    assessment.submitted_at = asked.rfi.created_at
    session.flush()
    assert read(ours, plain) == PDF
    with pytest.raises(Missing):
        read(ours, secret)
    with pytest.raises(Missing):
        read(stan.memberships[0].organisation_id, plain)


def test_a_lost_file_is_said_and_never_an_empty_download(session, attach, asked, store, tmp_path):
    attach(asked.a("yes_no"), ("iso.pdf", PDF))
    evidence = session.scalars(sa.select(Evidence)).one()
    (tmp_path / "evidence" / evidence.store_key).unlink()
    with pytest.raises(Refused, match="cannot be read"):
        keeping.read_own(
            session, store, evidence.organisation_id, evidence.assessment_id, evidence.id
        )


def test_after_handing_in_no_file_can_be_added_or_removed(session, clock, attach, asked) -> None:
    attach(asked.a("yes_no"), ("iso.pdf", PDF))
    evidence_id = session.scalars(sa.select(Evidence.id)).one()
    asked.assessment.state = "submitted"
    with pytest.raises(Refused):
        attach(asked.a("yes_no"), ("more.pdf", PDF))
    with pytest.raises(Refused):
        attaching.detach(session, clock, asked.reached(), asked.questionnaire, evidence_id)


def test_a_file_of_another_vendor_cannot_be_removed(
    session, clock, attach, asked, organisation
) -> None:
    attach(asked.a("yes_no"), ("iso.pdf", PDF))
    evidence = session.scalars(sa.select(Evidence)).one()
    evidence.assessment_id = other_vendor(session, asked, organisation)
    session.flush()
    with pytest.raises(Missing):
        attaching.detach(session, clock, asked.reached(), asked.questionnaire, evidence.id)


def other_vendor(session, asked, organisation):
    from tests.services.rounds import make_assessment

    return make_assessment(session, organisation, asked.rfi, vendor="Blue Line").id


def test_a_document_of_tomorrow_where_the_vendor_sits_is_taken(attach, asked, clock) -> None:
    tomorrow = (clock() + timedelta(days=1)).date().isoformat()
    assert attach(asked.a("yes_no"), ("iso.pdf", PDF), issued_on=tomorrow).kept == ("iso.pdf",)
