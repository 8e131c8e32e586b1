"""Alike flags together: tick, see what would happen to each, decide, look back, undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug import Response

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.languages import language
from questionnaire.reviewer import blueprint, words
from questionnaire.reviewer.acting import acting
from questionnaire.reviewer.phrasing import titled, why
from questionnaire.reviewer.place import Place
from questionnaire.reviewer.typing import decision_typed, ids_typed
from questionnaire.services import deciding_together, naming, reviewing, undoing
from questionnaire.services.deciding_together import Group
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.flag_rows import FlagRow
from questionnaire.services.settling import Ruling

Reply = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Named:
    """A flag with what it is about, for a list."""

    flag: FlagRow
    vendor: str
    subject: str
    section: str
    why: str

    @property
    def head(self) -> str:
        return f"{self.vendor} · {self.section}"


@blueprint.get("/together")
def together() -> Reply:
    """Choose: the flags of a group, or those that were ticked, and what to do with them."""
    group = _group()
    if group.is_empty:
        flash(_("Tick at least one flag first."), "warning")
        return redirect(Place.here().queue(), 303)
    chosen = deciding_together.choose(edge.database.session, current().organisation_id, group)
    return _choosing(chosen)


@blueprint.post("/together/preview")
def preview() -> Reply:
    """What would happen to each; nothing does."""
    try:
        decision = decision_typed()
        rulings = deciding_together.preview(*acting(), ids_typed("flag"), decision)
    except Invalid as fault:
        return _choosing(_again(), 422, fault.faults)
    return _preview(rulings)


@blueprint.post("/together")
def decide_together() -> Reply:
    """Do what the preview said, and nothing else."""
    seen = {id_: request.form.get(f"v-{id_}", 0, type=int) for id_ in ids_typed("flag")}
    try:
        decision = decision_typed()
        batch = deciding_together.decide(*acting(), seen, decision)
    except Invalid as fault:
        return _choosing(_again(), 422, fault.faults)
    except Refused as refusal:
        rulings = deciding_together.preview(*acting(), seen, decision_typed())
        return _preview(rulings, 409, refusal.sentence, getattr(refusal, "ids", ()))
    return redirect(Place.here().to("reviewer.batch", batch=batch), 303)


@blueprint.post("/together/again")
def choose_again() -> Reply:
    """Back from the preview with everything that was chosen."""
    return _choosing(_again())


@blueprint.get("/batches/<uuid:batch>")
def batch(batch: UUID) -> str:
    """What was done to each, and which of it can still be undone."""
    member, session = current(), edge.database.session
    steps = undoing.steps(session, member.organisation_id, batch)
    named = _named([one.flag for one in steps])
    return render_template(
        "reviewer/batch.html", batch=batch, steps=steps, named=named, place=Place.here()
    )


def _group() -> Group:
    wanted = Place.here().wanted
    match request.args.get("group"):
        case "requirement":
            return Group(rfi_id=wanted.rfi, requirement_id=wanted.requirement or None)
        case "finding":
            return Group(rfi_id=wanted.rfi, finding_id=wanted.finding or None)
        case "section":
            return Group(assessment_id=wanted.assessment, section_id=wanted.section or None)
    return Group(ids=tuple(ids_typed("flag")))


def _again() -> list[FlagRow]:
    """The flags of a page that was sent, to be shown once more."""
    ids = tuple(ids_typed("all"))
    if not ids:
        return []
    session, member = edge.database.session, current()
    return deciding_together.choose(session, member.organisation_id, Group(ids=ids))


def _choosing(
    chosen: Sequence[FlagRow], status: int = 200, faults: Mapping[str, str] | None = None
) -> Reply:
    session, member = edge.database.session, current()
    ticked = set(ids_typed("flag")) if request.method == "POST" else {one.id for one in chosen}
    html = render_template(
        "reviewer/together.html",
        named=list(_named(chosen).values()),
        ticked=ticked,
        typed=request.form,
        faults=faults or {},
        together_actions=words.TOGETHER,
        people=reviewing.reviewers(session, member.organisation_id),
        today=edge.now().date(),
        me=member.user_id,
        place=Place.here(),
    )
    return html, status


def _preview(
    rulings: Sequence[Ruling],
    status: int = 200,
    sentence: str = "",
    changed: Sequence[UUID] = (),
) -> Reply:
    html = render_template(
        "reviewer/preview.html",
        rulings=rulings,
        named=_named([one.flag for one in rulings]),
        typed=request.form,
        sentence=sentence,
        changed=changed,
        everything=ids_typed("all"),
        place=Place.here(),
    )
    return html, status


def _named(flags: Sequence[FlagRow]) -> dict[UUID, Named]:
    session, speech = edge.database.session, language()
    names = naming.names(session, {one.assessment_id for one in flags})
    found = {}
    for one in flags:
        name = names[one.assessment_id]
        about = titled(name.bank, one.finding_id, one.question_id, speech)
        section = name.bank.sections_by_id[one.section_id].title.text(speech)
        found[one.id] = Named(one, name.vendor, about, section, why(one.explanation, about))
    return found
