"""Frozen copies of the bank: kept once per content digest, read back as a Bank."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from threading import Lock

import sqlalchemy as sa
from sqlalchemy.orm import Session

from question_bank.loader import bank_from_documents, load_bank, read_documents
from question_bank.model import Bank
from questionnaire.models import Edition
from questionnaire.services.faults import Missing

_banks: dict[str, Bank] = {}
_lock = Lock()


@cache
def current_bank() -> Bank:
    """The bank that this program was shipped with, read once."""
    bank = load_bank()
    _banks[bank.digest] = bank
    return bank


def keep(session: Session, bank: Bank, now: datetime) -> str:
    """Keep the shipped bank as an edition if it is not kept yet; returns its digest."""
    held = session.scalar(sa.select(Edition.digest).where(Edition.digest == bank.digest))
    if held is None:
        session.add(Edition(digest=bank.digest, documents=dict(read_documents()), created_at=now))
        session.flush()
    return bank.digest


def bank_of(session: Session, digest: str) -> Bank:
    """The bank of the edition `digest`; built once per process, since editions never change."""
    if (bank := _banks.get(digest)) is not None:
        return bank
    documents = session.scalar(sa.select(Edition.documents).where(Edition.digest == digest))
    if documents is None:
        raise Missing(digest)
    with _lock:
        return _banks.setdefault(digest, bank_from_documents(documents))
