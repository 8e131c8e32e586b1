"""Vera's second questionnaire from the same buyer: her first was handed in two months ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from questionnaire import migrating
from questionnaire.app import create_app
from questionnaire.config import Config
from questionnaire.edge import database
from questionnaire.models import Clarification
from questionnaire.services import announcing, answering, resuming, submitting
from questionnaire.services.clock import system_clock
from questionnaire.services.submitting import Attestation
from questionnaire.services.taking import Typed
from tests.cast import actor_of, make_member, make_organisation
from tests.harness.listening import listening
from tests.harness.service import free_port
from tests.journeys.vera import Office
from tests.services.asked import LINKS, Asked, ask, invite, raw_of
from tests.services.earlier import ask_again
from tests.services.rounds import make_assessment

NOTICE = "Every site counts that could take calls, the alternate one too."
VERA = Attestation("Vera Ozola", "Managing director", True)


def offices(empty_database_url: str, tmp_path: Path) -> Iterator[dict[str, Office]]:
    """By name: `first`, handed in and asked back; `again`, a year on; `other`, a competitor."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    config = Config.for_tests(database_url=empty_database_url, folder=tmp_path, base_url=address)
    with listening(port, lambda: _with_rounds(config, address)) as made:
        yield made


def _with_rounds(config: Config, address: str) -> tuple[Flask, dict[str, Office]]:
    app = create_app(config)
    with app.app_context():
        engine = database.engine
    migrating.upgrade(engine)
    with Session(engine) as session:
        found = _rounds(session)
        made = {
            name: Office(
                address, LINKS.token("vendor", one.invitation.id), str(one.assessment.id), engine
            )
            for name, one in found.items()
        }
        session.commit()
    return app, made


def _rounds(session: Session) -> dict[str, Asked]:
    now = system_clock()
    then = now - timedelta(days=61)
    organisation = make_organisation(session)
    remi = make_member(session, organisation, "Remi Reviewer", ["reviewer"])
    bank = ask(session, organisation, vendor="Only for the bank").bank
    ids = [one.id for one in bank.sections[0].questions]
    values = {"title": "Customer care 2026", "deadline": now + timedelta(days=9)}
    first = ask(session, organisation, question_ids=ids, rfi_values=values)
    _hand_in(session, first, lambda: then)
    again = ask_again(session, organisation, first, title="Customer care 2027")
    again.rfi.deadline = now + timedelta(days=20)
    late = make_assessment(session, organisation, first.rfi, vendor="Dune Voice", answered=0)
    late.asked = len(ids)
    other = Asked(session, first.rfi, late, invite(session, late), bank)
    for one in (first, again, other):
        one.invitation.expires_at = now + timedelta(days=200)
    _ask_back(session, first, remi.id)
    by_remi = actor_of(remi, organisation)
    question = first.a("table")
    announcing.publish(session, lambda: now, LINKS, by_remi, first.rfi.id, question.id, NOTICE)
    return {"first": first, "again": again, "other": other}


def _hand_in(session: Session, asked: Asked, clock) -> None:
    typed = {one.id: Typed(raw=raw_of(one)) for one in asked.questionnaire.questions.values()}
    answering.save_section(session, clock, asked.reached(clock()), asked.questionnaire, typed)
    session.expire_all()
    reached = asked.reached(clock())
    submitting.submit(
        session, clock, reached, asked.questionnaire, VERA,
        seen=reached.changed_at, link="http://localhost/l", board_link="http://localhost/b",
    )  # fmt: skip
    session.flush()
    session.expire_all()


def _ask_back(session: Session, asked: Asked, asked_by) -> None:
    question = asked.a("text")
    kept = resuming.draft(session, asked.assessment.id)[question.id]
    session.add(
        Clarification(
            organisation_id=asked.assessment.organisation_id,
            assessment_id=asked.assessment.id,
            question_id=question.id,
            remark="Which company would sign, exactly?",
            asked_by=asked_by,
            asked_at=system_clock(),
            before={
                "state": kept.state, "value": kept.value, "comment": kept.comment,
                "reason": kept.reason, "version": kept.version, "files": [],
            },
        )
    )  # fmt: skip
    session.flush()
