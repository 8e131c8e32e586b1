"""The vendors of an RFI: typed in or pasted, changed and taken off again until they are invited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from questionnaire.core.phrases import worded
from questionnaire.core.texts import same_text
from questionnaire.models import Assessment, Rfi, Vendor
from questionnaire.services import auditing, contacts, doubling, drafting
from questionnaire.services.auditing import Actor
from questionnaire.services.clock import Clock
from questionnaire.services.contacts import Contact, Place, WrongRows
from questionnaire.services.faults import Invalid, Missing, Refused

MOST_VENDORS = 200
#: What the buyer's own team is called wherever a vendor's name would stand.
OWN_TEAM = "Your own team"


def vendors_of(session: Session, rfi: Rfi) -> list[Assessment]:
    """Every vendor's assessment in the RFI, by the vendor's name."""
    query = (
        sa.select(Assessment)
        .join(Assessment.vendor)
        .options(contains_eager(Assessment.vendor))
        .where(Assessment.rfi_id == rfi.id)
        .order_by(Vendor.name, Assessment.id)
    )
    return list(session.scalars(query))


def assessment_of(session: Session, rfi: Rfi, assessment_id: UUID) -> Assessment:
    """One vendor's assessment in this RFI; Missing when it is another's."""
    found = session.scalar(
        sa.select(Assessment)
        .join(Assessment.vendor)
        .options(contains_eager(Assessment.vendor))
        .where(Assessment.id == assessment_id, Assessment.rfi_id == rfi.id)
    )
    if found is None:
        raise Missing(assessment_id)
    return found


def add(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    typed: Mapping[str, str],
    *,
    own_team: bool = False,
) -> Assessment:
    """Put one vendor on the list, or the buyer's own team; typed in twice it stands there once."""
    rfi = _growing(session, actor, rfi_id)
    contact = contacts.read({**typed, "vendor": OWN_TEAM} if own_team else typed)
    listed = vendors_of(session, rfi)
    for one in listed:
        if _contact_of(one) == contact:
            return one
    if own_team and any(one.in_house for one in listed):
        raise Refused("Your own team takes part already, once. Change its contact instead.")
    _refuse_twin(contact, listed)
    return _put(session, clock, actor, rfi, [contact], len(listed), in_house=own_team)[0]


def paste(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, text: str) -> int:
    """Put every pasted row on the list, or none: WrongRows names the rows and columns at fault.

    Gives how many were added; rows that stand on the list already, letter for letter, are not.
    """
    rfi = _growing(session, actor, rfi_id)
    rows, faults = contacts.read_rows(text)
    listed = vendors_of(session, rfi)
    there = {_contact_of(one) for one in listed}
    fresh = [(line, one) for line, one in rows if one not in there]
    faults += doubling.twins(fresh, listed)
    if faults:
        raise WrongRows(sorted(faults))
    _put(session, clock, actor, rfi, [one for _, one in fresh], len(listed))
    return len(fresh)


def change(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi_id: UUID,
    assessment_id: UUID,
    typed: Mapping[str, str],
    *,
    seen: str,
) -> Assessment:
    """Correct a vendor that has not been invited yet."""
    rfi = _growing(session, actor, rfi_id)
    assessment = _uninvited(session, rfi, assessment_id)
    drafting.unchanged(seen, _contact_of(assessment))
    if assessment.in_house:
        typed = {**typed, "vendor": OWN_TEAM}
    contact = contacts.read(typed)
    if contact == _contact_of(assessment):
        return assessment
    _refuse_twin(contact, [one for one in vendors_of(session, rfi) if one.id != assessment.id])
    if contact.vendor != assessment.vendor.name:
        assessment.vendor = _known(session, actor, [contact.vendor], clock)[contact.vendor]
    assessment.contact_name, assessment.contact_email = contact.name, contact.email
    assessment.language = contact.language
    session.flush()
    _audit(session, clock, actor, "changed", assessment)
    return assessment


def remove(session: Session, clock: Clock, actor: Actor, rfi_id: UUID, assessment_id: UUID) -> None:
    """Take a vendor off the list; only one that has not been invited can go without a trace."""
    rfi = _growing(session, actor, rfi_id)
    assessment = _uninvited(session, rfi, assessment_id)
    _audit(session, clock, actor, "removed", assessment)
    session.delete(assessment)
    session.flush()


def seen_of(assessment: Assessment) -> str:
    """What a page that changes a vendor has shown of it."""
    return drafting.digest(_contact_of(assessment))


def typed_contact(assessment: Assessment) -> dict[str, str]:
    """A vendor as the page's controls hold it."""
    return dict(zip(contacts.COLUMNS, _contact_of(assessment), strict=True))


def _growing(session: Session, actor: Actor, rfi_id: UUID) -> Rfi:
    rfi = drafting.locked(session, actor, rfi_id)
    if rfi.state == "withdrawn":
        raise Refused("This RFI has been withdrawn. Its list of vendors stays as it is.")
    return rfi


def _uninvited(session: Session, rfi: Rfi, assessment_id: UUID) -> Assessment:
    assessment = assessment_of(session, rfi, assessment_id)
    if assessment.state != "not_sent":
        raise Refused(
            "This vendor has been invited already. Withdraw it on the board instead; what it "
            "answered is kept."
        )
    return assessment


def _contact_of(assessment: Assessment) -> Contact:
    return Contact(
        assessment.vendor.name,
        assessment.contact_name,
        assessment.contact_email,
        assessment.language,
    )


def _refuse_twin(contact: Contact, listed: Sequence[Assessment]) -> None:
    faults = {
        fault.column: fault.sentence for fault in doubling.twins([(Place(1), contact)], listed)
    }
    if faults:
        raise Invalid(faults)


def _put(
    session: Session,
    clock: Clock,
    actor: Actor,
    rfi: Rfi,
    fresh: Sequence[Contact],
    there: int,
    *,
    in_house: bool = False,
) -> list[Assessment]:
    if there + len(fresh) > MOST_VENDORS:
        raise Invalid(
            {
                "vendors": worded(
                    "An RFI has room for {most} vendors; {n} stand on the list.",
                    most=MOST_VENDORS,
                    n=there,
                )
            }
        )
    known = _known(session, actor, [one.vendor for one in fresh], clock)
    made = [
        Assessment(
            organisation_id=rfi.organisation_id,
            rfi=rfi,
            vendor=known[one.vendor],
            contact_name=one.name,
            contact_email=one.email,
            language=one.language,
            in_house=in_house,
            created_at=clock(),
        )
        for one in fresh
    ]
    session.add_all(made)
    session.flush()
    for one in made:
        _audit(session, clock, actor, "listed", one)
    return made


def _known(session: Session, actor: Actor, names: Sequence[str], clock: Clock) -> dict[str, Vendor]:
    """The organisation's vendors of these names; those that it does not know yet are made."""
    query = sa.select(Vendor).where(Vendor.organisation_id == actor.organisation_id)
    held = {same_text(one.name): one for one in session.scalars(query)}
    found: dict[str, Vendor] = {}
    for name in names:
        key = same_text(name)
        if key not in held:
            held[key] = Vendor(organisation_id=actor.organisation_id, name=name, created_at=clock())
            session.add(held[key])
        found[name] = held[key]
    session.flush()
    return found


def _audit(
    session: Session, clock: Clock, actor: Actor, action: str, assessment: Assessment
) -> None:
    auditing.append(
        session,
        actor,
        clock(),
        action,
        "vendor",
        assessment.vendor_id,
        rfi_id=assessment.rfi_id,
        assessment_id=assessment.id,
        vendor=assessment.vendor.name,
    )
