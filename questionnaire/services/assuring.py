"""Reviewing a document: what it proves is kept for ever, and its question is judged at once."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from questionnaire.core.phrases import quoted, say, worded
from questionnaire.models import Assessment, Evidence, EvidenceReview
from questionnaire.services import auditing, flagging, judging, keeping, locking, recalling
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.collecting import sites_of
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Refused
from questionnaire.services.links import Links
from questionnaire.services.proving import Proof
from questionnaire.services.reading import before_asking
from questionnaire.services.recalling import HeldReview
from questionnaire.services.reopening import Saying, may_reopen, open_clarifications, reopen


class Stale(Refused):
    """Somebody else has reviewed the document since the page was made; nothing was stored.

    `stored` is that review, for a page to show beside what was typed.
    """

    def __init__(self, stored: HeldReview) -> None:
        super().__init__(
            worded(
                "Somebody else has reviewed this document since you opened the page. Look at that "
                "review, then keep it or save yours; what you typed is still here."
            )
        )
        self.stored = stored


def review(
    session: Session,
    clock: Clock,
    links: Links,
    actor: Actor,
    assessment_id: UUID,
    evidence_id: UUID,
    seen: int,
    proof: Proof,
    *,
    ask: bool = False,
) -> bool:
    """Keep what a reviewer found in a document whose review they saw in version `seen`.

    Gives whether anything changed: the same review twice is one. With `ask`, the vendor of a
    document that is not accepted is asked for another, and told the reason. Missing for a
    document that the person may not see, Invalid for what was typed, Stale when somebody was
    faster, Refused when the vendor has taken the document away or is asked already.
    """
    flagging.lock(session, [assessment_id])
    evidence = keeping.for_staff(session, actor.organisation_id, assessment_id, evidence_id)
    assessment = session.get_one(Assessment, assessment_id)
    bank = bank_of(session, assessment.rfi.edition_digest)
    made = proof.checked(clock().date(), sites_of(session, assessment_id, bank))
    newest = next(iter(recalling.history(session, evidence_id)), None)
    again = newest is not None and Proof.of(newest) == made
    if newest is not None and not again and newest.version != seen:
        raise Stale(newest)
    saying = _why_not(assessment, evidence, made) if ask and made.rejected else None
    if again and (saying is None or _is_said(session, evidence, saying)):
        return False
    _refuse_when_gone(session, evidence)
    locking.refuse_opened(session, assessment.rfi_id)
    if saying is not None:
        may_reopen(session, assessment, evidence.question_id)
    if not again:
        version = newest.version + 1 if newest else 1
        _store(session, clock, actor, assessment, evidence, made, version)
        judging.judge(session, clock, assessment_id)
    if saying is not None:
        reopen(session, clock, links, actor, assessment, evidence.question_id, saying)
    return True


def _why_not(assessment: Assessment, evidence: Evidence, made: Proof) -> Saying:
    """What the vendor of a document that is not accepted is told: the reason, and nothing else."""
    remark = say(
        assessment.language,
        "{name} was not accepted as evidence: {reason}",
        name=quoted(evidence.name),
        reason=made.reason,
    )
    return Saying(remark)


def _is_said(session: Session, evidence: Evidence, saying: Saying) -> bool:
    """Whether the vendor is asked just that at the moment."""
    return any(
        one.question_id == evidence.question_id and saying.remark in one.remark
        for one in open_clarifications(session, evidence.assessment_id)
    )


def _refuse_when_gone(session: Session, evidence: Evidence) -> None:
    """Staff still see what a vendor takes away in a reply that is not sent yet."""
    if evidence.removed_at is None:
        return
    before = before_asking(session, evidence.assessment_id).get(evidence.question_id)
    if before is None or str(evidence.id) not in {one.id for one in before.files}:
        raise Refused("The vendor has taken this document away: there is nothing to review.")


def _store(
    session: Session,
    clock: Clock,
    actor: Actor,
    assessment: Assessment,
    evidence: Evidence,
    made: Proof,
    version: int,
) -> None:
    now = clock()
    session.add(
        EvidenceReview(
            organisation_id=evidence.organisation_id,
            assessment_id=evidence.assessment_id,
            evidence_id=evidence.id,
            version=version,
            reviewed_at=now,
            reviewed_by=actor.id,
            **made.columns(),
        )
    )
    evidence.reviews = version
    session.flush()
    auditing.append(
        session,
        actor,
        now,
        "rejected" if made.rejected else "reviewed",
        "evidence",
        evidence.id,
        rfi_id=assessment.rfi_id,
        assessment_id=assessment.id,
        question=evidence.question_id,
        document=evidence.name,
        level=made.level,
        version=version,
    )
