"""One flag: look at it, decide, ask the vendor, assign, note."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, send_file
from flask_babel import gettext as _
from werkzeug import Response as BaseResponse

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.acting import acting, looking
from questionnaire.reviewer.done import done
from questionnaire.reviewer.place import Place
from questionnaire.reviewer.showing import FlagPage, flag_page
from questionnaire.reviewer.typing import decision_typed, seen
from questionnaire.services import clarifying, examining, keeping, queueing, reviewing, undoing
from questionnaire.services.faults import Invalid, Refused

Reply = str | BaseResponse | tuple[str, int]


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
        clarifying.ask(session, clock, edge.links(), actor, flag_id, seen(), remark)
        flash(_("The vendor was asked; the question is open for it again."), "success")

    return _done(flag_id, act, onward=True)


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
    session, organisation_id, user_id, _now = looking()
    flag = examining.examine(session, organisation_id, user_id, flag_id).flag
    store = keeping.store_at(edge.settings().evidence_url)
    file, content = keeping.read(session, store, organisation_id, flag.assessment_id, evidence_id)
    return send_file(
        io.BytesIO(content),
        mimetype=file.content_type,
        as_attachment=True,
        download_name=file.name,
        max_age=0,
    )


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


def _page(flag_id: UUID, status: int = 200, faults: Mapping[str, str] | None = None) -> Reply:
    member, place = current(), Place.here()
    page = flag_page(member, flag_id)
    key = page.examined.key
    html = render_template(
        "reviewer/flag.html",
        page=page,
        place=place,
        faults=faults or {},
        typed=request.form,
        meanwhile=_meanwhile(page) if status == 409 else (),
        following=queueing.neighbour(*looking(), place.wanted, key),
        previous=queueing.neighbour(*looking(), place.wanted, key, back=True),
        done=done(request.args.get("done")),
        me=member.user_id,
        today=edge.now().date(),
    )
    return html, status


def _meanwhile(page: FlagPage) -> list[examining.Event]:
    """What happened since the person opened the page, oldest first."""
    return [one for one in reversed(page.history) if one.version >= seen()]
