"""One flag: look at it, decide, ask the vendor, assign, note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Response, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug import Response as BaseResponse

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.acting import acting, looking
from questionnaire.reviewer.document_views import review_typed, sent
from questionnaire.reviewer.done import done
from questionnaire.reviewer.place import Place
from questionnaire.reviewer.proofs import ProofForm, by_control, proof_form
from questionnaire.reviewer.showing import FlagPage, flag_page
from questionnaire.reviewer.typing import decision_typed, seen
from questionnaire.services import announcing, clarifying, examining, queueing, reviewing, undoing
from questionnaire.services.faults import Invalid, Refused

Reply = str | BaseResponse | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The document whose form was sent, and what was wrong with it."""

    evidence_id: UUID
    faults: Mapping[str, str]


@blueprint.get("/<uuid:flag_id>")
def flag(flag_id: UUID) -> Reply:
    return _page(flag_id)


@blueprint.post("/<uuid:flag_id>/decide")
def decide(flag_id: UUID) -> Reply:
    def act() -> UUID:
        return reviewing.decide(*acting(), flag_id, seen(), decision_typed())

    return _done(flag_id, act, onward=request.form.get("then") == "next")


@blueprint.post("/<uuid:flag_id>/ask")
def ask(flag_id: UUID) -> Reply:
    def act() -> None:
        session, clock, actor = acting()
        remark = request.form.get("remark", "")
        about = request.form.get("question", "")
        where = (session, clock, edge.links(), actor, flag_id, seen(), remark)
        if request.form.get("told") != "all":
            _only_one(request.form.get("notice", ""))
            clarifying.ask(*where, question_id=about)
            flash(_("The vendor was asked; the question is open for it again."), "success")
            return
        announcing.ask_and_tell(*where, request.form.get("notice", ""), question_id=about)
        flash(_("The vendor was asked, and every vendor was told what you wrote."), "success")

    return _done(flag_id, act, onward=True)


def _only_one(notice: str) -> None:
    if notice.strip():
        sentence = _("You wrote something for every vendor: say that it goes to all, or empty it.")
        raise Invalid({"notice": sentence})


@blueprint.post("/<uuid:flag_id>/take-back")
def take_back(flag_id: UUID) -> Reply:
    def act() -> None:
        waiting = flag_page(current(), flag_id).waiting
        if waiting is None:
            raise Refused("The vendor is not asked about this at the moment.")
        clarifying.cancel(*acting(), waiting.id)
        flash(_("The question to the vendor is taken back."), "success")

    return _done(flag_id, act)


@blueprint.post("/<uuid:flag_id>/note")
def note(flag_id: UUID) -> Reply:
    def act() -> None:
        reviewing.note(*acting(), flag_id, request.form.get("note", ""))

    return _done(flag_id, act)


@blueprint.post("/batches/<uuid:batch>/undo")
def undo(batch: UUID) -> Reply:
    done_ = undoing.undo(*acting(), batch)
    ids = [one.id for one in (*done_.restored, *done_.kept)]
    place = Place.here()
    if len(ids) == 1:
        return redirect(place.flag(ids[0]), 303)
    return redirect(place.to("reviewer.batch", batch=batch), 303)


@blueprint.get("/<uuid:flag_id>/files/<uuid:evidence_id>")
def evidence(flag_id: UUID, evidence_id: UUID) -> Response:
    return sent(examining.examine(*looking()[:3], flag_id).flag.assessment_id, evidence_id)


@blueprint.post("/<uuid:flag_id>/files/<uuid:evidence_id>/review")
def review_file(flag_id: UUID, evidence_id: UUID) -> Reply:
    """Keep a review of a document beside the answer; what is wrong comes back in its form."""
    flag = examining.examine(*looking()[:3], flag_id).flag
    try:
        review_typed(flag.assessment_id, evidence_id)
    except Invalid as fault:
        return _page(flag_id, 422, reviewed=Reviewed(evidence_id, fault.faults))
    except Refused as refusal:
        return _page(flag_id, 409, reviewed=Reviewed(evidence_id, {"level": refusal.sentence}))
    return redirect(f"{Place.here().flag(flag_id)}#file-{evidence_id}", 303)


def _done(flag_id: UUID, act: Callable[[], UUID | None], *, onward: bool = False) -> Reply:
    """Do it and go on; what is refused comes back on the page with everything typed."""
    place = Place.here()
    key = examining.examine(*looking()[:3], flag_id).key
    try:
        batch = act()
    except Invalid as fault:
        return _page(flag_id, 422, faults=fault.faults)
    except Refused as refusal:
        return _page(flag_id, 409, faults={"flag": refusal.sentence})
    following: UUID | None = flag_id
    if onward:
        following = queueing.neighbour(*looking(), place.wanted, key)
        following = following or queueing.neighbour(*looking(), place.wanted, None)
    if following is None or (onward and following == flag_id):
        return redirect(place.queue(done=batch), 303)
    return redirect(place.flag(following, done=batch), 303)


def _page(
    flag_id: UUID,
    status: int = 200,
    faults: Mapping[str, str] | None = None,
    reviewed: Reviewed | None = None,
) -> Reply:
    member, place = current(), Place.here()
    page = flag_page(member, flag_id)
    key = page.examined.key
    html = render_template(
        "reviewer/flag.html",
        page=page,
        place=place,
        faults=by_control(reviewed.faults, reviewed.evidence_id) if reviewed else faults or {},
        # What was typed into the form of a document is no reason of a decision.
        typed={} if reviewed else request.form,
        forms=_forms(page, reviewed),
        meanwhile=_meanwhile(page) if status == 409 and not reviewed else (),
        following=queueing.neighbour(*looking(), place.wanted, key),
        previous=queueing.neighbour(*looking(), place.wanted, key, back=True),
        done=done(request.args.get("done")),
        me=member.user_id,
        today=edge.now().date(),
    )
    return html, status


def _forms(page: FlagPage, reviewed: Reviewed | None) -> dict[str, ProofForm]:
    """The form of each document, one of them as it was sent."""
    return {
        file.id: proof_form(
            file.id,
            file.name,
            file.issued_on,
            file.review,
            page.sites,
            typed=reviewed is not None and file.id == str(reviewed.evidence_id),
            faults=reviewed.faults
            if reviewed is not None and file.id == str(reviewed.evidence_id)
            else None,
        )
        for file in page.files
    }


def _meanwhile(page: FlagPage) -> list[examining.Event]:
    """What happened since the person opened the page, oldest first."""
    return [one for one in reversed(page.history) if one.version >= seen()]
