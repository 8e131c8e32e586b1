"""A stored decision comes out the same, or it is said what does not and which rule has changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.core import rulebook
from questionnaire.models import Answer, AuditRow, Decision, Edition
from questionnaire.services import proof_lines, recomputing, snapshotting
from questionnaire.services.recomputing import Proof
from tests.services.chosen import ada_, choice_of, choose, passing, passing_rfi
from tests.services.reviewed import MINOR, question_of

__all__ = ["ada_", "choice_of", "choose", "passing", "passing_rfi"]


@pytest.fixture
def made(passing_rfi, passing, choose) -> Decision:
    found: Decision = choose(passing_rfi, "vendor", passing.id)
    return found


def proof_of(session: Session, made: Decision) -> Proof:
    session.flush()
    session.expire_all()
    return recomputing.prove(session, session.get_one(Decision, made.id))


def tamper(session: Session, made: Decision, change: Any, *, digest: bool = False) -> None:
    """Change the stored document; with `digest` as somebody would who covers it up."""
    document = json.loads(made.snapshot)
    change(document)
    text = snapshotting.text_of(document)
    values: dict[str, Any] = {"snapshot": text}
    if digest:
        values["digest"] = snapshotting.named(text)
    session.execute(sa.update(Decision).values(**values))


def test_an_untouched_decision_gives_the_same_result(session: Session, made: Decision) -> None:
    proof = proof_of(session, made)
    assert proof.holds
    assert (proof.tampered, proof.differences, bool(proof.rules)) == ((), (), False)
    assert proof_lines.verdict_of(proof).startswith("Same result")
    assert proof_lines.lines_of(proof) == []


def test_it_stays_the_same_whatever_the_vendor_says_later(
    session: Session, made: Decision, passing
) -> None:
    session.execute(sa.update(Answer).values(value=False, version=Answer.version + 1))
    assert proof_of(session, made).holds


def test_a_rule_that_judges_otherwise_is_found_with_all_that_it_moves(
    session: Session, made: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("questionnaire.core.gaps.compare", lambda *_args: False)
    then = dict(rulebook.modules())
    now = then | {"questionnaire.core.operators": "0" * 64}
    monkeypatch.setattr(rulebook, "modules", lambda: now)
    proof = proof_of(session, made)
    assert not proof.holds
    lines = proof_lines.lines_of(proof)
    assert f"Amber Call: requirement {MINOR} was met, is now not met." in lines
    assert "Rules that have changed since: questionnaire.core.operators." in lines
    assert proof.tampered == ()


def test_a_changed_rule_that_moves_nothing_is_told_and_the_result_holds(
    session: Session, made: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = dict(rulebook.modules())
    now = {name: one for name, one in then.items() if name != "questionnaire.core.trial"}
    monkeypatch.setattr(rulebook, "modules", lambda: now | {"questionnaire.core.moon": "1" * 64})
    proof = proof_of(session, made)
    assert proof.holds
    assert proof_lines.lines_of(proof) == [
        "Rules that are new since: questionnaire.core.moon.",
        "Rules that are gone since: questionnaire.core.trial.",
    ]


def better(document: dict[str, Any]) -> None:
    document["offers"][0]["answers"][question_of(MINOR)]["value"] = False


def test_a_changed_answer_is_found_and_named(session: Session, made: Decision) -> None:
    tamper(session, made, better)
    proof = proof_of(session, made)
    assert not proof.holds
    assert "The stored document does not have the digest that was stored with it." in proof.tampered
    assert (
        f"Amber Call: the answer to {question_of(MINOR)} is not the one that was stored."
        in proof.tampered
    )
    assert f"Amber Call: requirement {MINOR} was met, is now not met." in proof_lines.lines_of(
        proof
    )


def test_who_covers_it_up_with_another_digest_is_told_by_the_trail(
    session: Session, made: Decision
) -> None:
    tamper(session, made, lambda one: one["told"].clear(), digest=True)
    proof = proof_of(session, made)
    assert proof.tampered == ("The audit trail has another digest than the one that is stored.",)
    assert proof.differences == ()
    assert not proof.holds


def test_what_is_stored_beside_the_document_is_held_against_it(
    session: Session, made: Decision
) -> None:
    session.execute(sa.update(Decision).values(reason="Somebody else wrote this."))
    assert proof_of(session, made).tampered == (
        "What is stored as reason is not what the document says.",
    )


def test_a_decision_that_the_trail_does_not_know_is_told(session: Session, made: Decision) -> None:
    session.execute(sa.delete(AuditRow).where(AuditRow.object_kind == "decision"))
    assert proof_of(session, made).tampered == ("The audit trail does not know this decision.",)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}', '{"format": 1}'])
def test_a_document_that_is_none_is_no_crash(session: Session, made: Decision, text: str) -> None:
    session.execute(sa.update(Decision).values(snapshot=text))
    proof = proof_of(session, made)
    assert not proof.holds
    assert proof.broken
    assert proof_lines.verdict_of(proof)


def test_another_edition_under_the_same_name_is_told(session: Session, made: Decision) -> None:
    digest = json.loads(made.snapshot)["basis"]["edition"]
    edition = session.get_one(Edition, digest)
    edition.documents = dict(edition.documents) | {"bank.yaml": {}}
    assert "is not what its digest names" in proof_of(session, made).broken
