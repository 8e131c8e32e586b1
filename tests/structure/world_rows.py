"""The rows of a world: one RFI with a vendor who has submitted, and what hangs on it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from question_bank.loader import requirement_to_document
from question_bank.model import Bank, Question
from questionnaire.db import new_id
from questionnaire.models import (
    Answer,
    Assessment,
    Clarification,
    Debrief,
    Evidence,
    Flag,
    FlagEvent,
    Invitation,
    Message,
    PlannedCall,
    Rater,
    ReportFile,
    RequirementSetVersion,
    Rfi,
    SheetUpload,
    StaffInvitation,
    Trial,
    User,
    Vendor,
)
from questionnaire.services import editions, flagging
from questionnaire.services.reading import UNTOUCHED
from tests.harness.clock import START

#: What the one evidence file of each world holds.
BYTES = b"%PDF-1.7\n%%EOF\n"


def content_of(question: Question) -> dict[str, str]:
    bank = editions.current_bank()
    requirement = next(one for one in bank.requirements if one.question == question.id)
    return {
        "question_id": question.id,
        "section_id": question.section,
        "requirement_id": requirement.id,
    }


def make_rfi(session: Session, mine: dict[str, Any], user: User) -> tuple[Rfi, Question]:
    bank = editions.current_bank()
    question = next(one for one in bank.questions.values() if _serves(bank, one))
    documents = [requirement_to_document(one) for one in bank.requirements]
    rfi = Rfi(
        **mine,
        title="Customer service in three languages",
        purpose="Evenings and weekends.",
        reply_to=user.email,
        state="open",
        deadline=START + timedelta(days=30),
        profiles=[bank.profiles[0].id],
        brief={},
        question_ids=list(bank.questions),
        edition_digest=editions.keep(session, bank, START),
        created_by=user.id,
        created_at=START,
        sent_at=START,
    )
    session.add(rfi)
    session.flush()
    version = RequirementSetVersion(
        **mine, rfi_id=rfi.id, number=1, documents=documents, digest="0" * 64, frozen_at=START
    )
    session.add(version)
    return rfi, question


def _serves(bank: Bank, question: Question) -> bool:
    """Shown to everybody, judged, and a table, because some addresses are about rows."""
    judged = any(one.question == question.id for one in bank.requirements)
    sealed = question.id in bank.sealed_questions
    return judged and question.kind == "table" and question.show_when is None and not sealed


def make_assessment(session: Session, mine: dict[str, Any], rfi: Rfi, name: str) -> Assessment:
    vendor = Vendor(**mine, name=name, created_at=START)
    session.add(vendor)
    session.flush()
    assessment = Assessment(
        **mine,
        rfi_id=rfi.id,
        vendor=vendor,
        state="submitted",
        contact_name="Vera Ozola",
        contact_email="vera@ambercall.example",
        submitted_at=START,
        created_at=START,
    )
    session.add(assessment)
    session.flush()
    return assessment


def make_flag(session: Session, answered: dict[str, Any], rfi: Rfi, question: Question) -> Flag:
    bank = editions.current_bank()
    requirement = next(one for one in bank.requirements if one.question == question.id)
    flag = Flag(
        **answered,
        rfi_id=rfi.id,
        requirement_id=requirement.id,
        section_id=question.section,
        severity="major",
        severity_rank=1,
        status="unknown",
        explanation="Nothing was answered.",
        basis={},
        raised_at=START,
        changed_at=START,
    )
    session.add(flag)
    session.flush()
    return flag


def make_beside(session: Session, answered: dict[str, Any]) -> dict[str, Any]:
    answer = Answer(
        **answered, state="dont_know", version=1, changed_at=START, changed_by="vera", reason=""
    )
    evidence_id = new_id()
    evidence = Evidence(
        id=evidence_id,
        **answered,
        name="certificate.pdf",
        document_type="certificate",
        content_type="application/pdf",
        size=len(BYTES),
        sha256=sha256(BYTES).hexdigest(),
        store_key=str(evidence_id),
        uploaded_at=START,
        uploaded_by="vera@ambercall.example",
    )
    clarification = Clarification(
        **answered, remark="Which one?", before=UNTOUCHED.to_json(), asked_at=START
    )
    upload = SheetUpload(
        **{name: value for name, value in answered.items() if name != "question_id"},
        name="a.xlsx",
        reading={"filled": [], "refused": []},
        applied=[],
        uploaded_at=START,
        uploaded_by="vera@ambercall.example",
        expires_at=START + timedelta(days=36_500),
    )
    session.add_all([answer, evidence, clarification, upload])
    return {"evidence_id": evidence, "clarification_id": clarification, "upload_id": upload}


def make_letters(session: Session, mine: dict[str, Any], below: dict[str, Any]) -> dict[str, Any]:
    lasting = {"created_at": START, "expires_at": START + timedelta(days=60)}
    address = {"email": "vera@ambercall.example", "name": "Vera Ozola"}
    invitation = Invitation(**below, **address, **lasting, token_hash=new_id().hex)
    staff = StaffInvitation(**mine, **address, **lasting, roles=["buyer"], token_hash=new_id().hex)
    message = Message(
        **below,
        kind="invitation",
        to_address="vera@ambercall.example",
        subject="An invitation",
        text="Please answer.",
        message_id=f"<{new_id()}@service.example>",
        state="kept",
        due_at=START,
        created_at=START,
    )
    session.add_all([invitation, staff, message])
    return {"invitation_id": invitation, "staff_invitation_id": staff, "message_id": message}


def make_trial(session: Session, below: dict[str, Any], rfi: Rfi) -> dict[str, Any]:
    mine = {"organisation_id": below["organisation_id"], "rfi_id": rfi.id}
    trial = Trial(**mine, assessment_id=below["assessment_id"], created_at=START)
    rater = Rater(
        **mine,
        name="Rita Kask",
        email="rita@market.example",
        languages=[],
        link_id=new_id(),
        token_hash=new_id().hex,
        created_at=START,
        expires_at=START + timedelta(days=60),
    )
    session.add_all([trial, rater])
    session.flush()
    call = PlannedCall(
        **mine,
        trial_id=trial.id,
        code=f"K7-{str(trial.id)[-6:]}",
        scenario_id="S1",
        language="en",
        time_band="peak",
        created_at=START,
    )
    session.add(call)
    return {"trial_id": trial, "rater_id": rater, "call_id": call}


def decide_together(session: Session, mine: dict[str, Any], flag: Flag, user: User) -> Any:
    (before,) = flagging.rows(session, Flag.id == flag.id)
    flag.state = "gap_confirmed"
    session.flush()
    event = FlagEvent(
        **mine,
        flag_id=flag.id,
        at=START,
        by=user.id,
        action="confirm",
        from_state="open",
        to_state="gap_confirmed",
        batch=new_id(),
        before=before.before(),
    )
    session.add(event)
    session.flush()
    return event.batch


def make_report_file(session: Session, mine: dict[str, Any], rfi: Rfi) -> ReportFile:
    """A report that was made, whose bytes are in the store."""
    id = new_id()
    made = ReportFile(
        **mine,
        id=id,
        rfi_id=rfi.id,
        kind="pdf",
        state="made",
        progress=100,
        asked_at=START,
        due_at=START,
        made_at=START,
        as_of=START.date(),
        name="report.pdf",
        size=len(BYTES),
        sha256=sha256(BYTES).hexdigest(),
        store_key=str(id),
        expires_at=START + timedelta(days=30),
    )
    session.add(made)
    return made


def make_debrief(session: Session, below: dict[str, Any], user: User) -> None:
    """What the vendor of the world was told."""
    told = {"title": "Company", "good": ["Accounts"], "missing": [], "papers": []}
    debrief = Debrief(
        **below, document={"sections": [told]}, released_by=user.id, released_at=START
    )
    session.add(debrief)
    session.flush()
