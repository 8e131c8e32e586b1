"""`questionnaire decision prove`: a stored decision recomputed, without the web application."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import asdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import migrating
from questionnaire.cli.commands import Unable, connected
from questionnaire.config import Config
from questionnaire.models import Decision
from questionnaire.services import proof_lines, recomputing
from questionnaire.services.recomputing import Proof


def prove(asked: Namespace) -> int:
    """Print what recomputing came to; 0 for the same result, 1 otherwise, 2 for no decision."""
    rfi_id = _id(asked.rfi)
    with connected(Config.from_environment()) as engine:
        if migrating.current(engine) != migrating.head():
            raise Unable("The database is not on the newest schema. Run: questionnaire migrate")
        with Session(engine) as session:
            decision = _decision(session, rfi_id, asked.number)
            proof = recomputing.prove(session, decision)
            text = _json(decision, proof) if asked.json else _told(decision, proof)
    print(text)
    return 0 if proof.holds else 1


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise Unable(
            f"{text} is no id of an RFI: it stands in the address of its pages."
        ) from fault


def _decision(session: Session, rfi_id: UUID, number: int | None) -> Decision:
    query = sa.select(Decision).where(Decision.rfi_id == rfi_id)
    if number is not None:
        query = query.where(Decision.number == number)
    found = session.scalars(query.order_by(Decision.number.desc()).limit(1)).one_or_none()
    if found is None:
        named = "" if number is None else f" number {number}"
        raise Unable(f"No decision{named} is stored for the RFI {rfi_id}.")
    return found


def _told(decision: Decision, proof: Proof) -> str:
    whom = f" {decision.vendor}" if decision.vendor else ""
    head = (
        f"Decision {decision.number} ({decision.option.replace('_', ' ')}{whom}) by "
        f"{decision.decider}, {decision.decided_at:%Y-%m-%d %H:%M} UTC, {decision.digest[:12]}"
    )
    lines = [f"  {one}" for one in proof_lines.lines_of(proof)]
    return "\n".join((head, proof_lines.verdict_of(proof), *lines))


def _json(decision: Decision, proof: Proof) -> str:
    told: dict[str, Any] = {
        "decision": str(decision.id),
        "number": decision.number,
        "option": decision.option,
        "vendor": decision.vendor,
        "decided_at": decision.decided_at.isoformat(),
        "digest": decision.digest,
        "same_result": proof.holds,
        "tampered": list(proof.tampered),
        "broken": proof.broken,
        "differences": [asdict(one) for one in proof.differences],
        "rules": asdict(proof.rules),
        "program": {"then": proof.program[0], "now": proof.program[1]},
    }
    return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False)
