"""Documents that wait for a review, one after the other; and one of them with its review."""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import groupby
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug import Response as BaseResponse

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.controls import answer_html
from questionnaire.core.sentences import requirement_sentence
from questionnaire.languages import language
from questionnaire.reviewer import blueprint
from questionnaire.reviewer.acting import acting, looking
from questionnaire.reviewer.phrasing import subject, why
from questionnaire.reviewer.proofs import by_control, proof_form
from questionnaire.reviewer.typing import proof_typed, seen
from questionnaire.services import assuring, collecting, inspecting, keeping
from questionnaire.services.collecting import Key, Waiting
from questionnaire.services.editions import bank_of
from questionnaire.services.faults import Invalid, Refused
from questionnaire.services.filtering import id_of
from questionnaire.services.frozen_sets import frozen_set
from questionnaire.services.inspecting import Inspected
from questionnaire.services.reading import typed_answer

Reply = str | BaseResponse | tuple[str, int]


@blueprint.get("/documents")
def documents() -> str:
    """Every document that nobody has reviewed, by vendor."""
    session, organisation_id, user_id, _now = looking()
    page = collecting.page(
        session,
        organisation_id,
        user_id,
        assessment_id=_narrowed(),
        after=Key.read(request.args.get("after")),
        before=Key.read(request.args.get("before")),
    )
    return render_template(
        "reviewer/documents.html",
        page=page,
        groups=[list(group) for _id, group in groupby(page.rows, lambda row: row.assessment_id)],
        named={row.id: _named(row) for row in page.rows},
        count=collecting.count(session, organisation_id, user_id),
        narrowed=_narrowed(),
    )


@blueprint.get("/assessments/<uuid:assessment_id>/documents/<uuid:evidence_id>")
def document(assessment_id: UUID, evidence_id: UUID) -> Reply:
    """One document: what it was attached to, what it has to prove, and its review."""
    return _page(_inspected(assessment_id, evidence_id))


@blueprint.post("/assessments/<uuid:assessment_id>/documents/<uuid:evidence_id>")
def review_document(assessment_id: UUID, evidence_id: UUID) -> Reply:
    """Keep a review, and go on to the next document that waits."""
    inspected = _inspected(assessment_id, evidence_id)
    try:
        review_typed(assessment_id, evidence_id)
    except Invalid as fault:
        return _page(inspected, 422, fault.faults)
    except Refused as refusal:
        return _page(inspected, 409, {"level": refusal.sentence})
    if request.form.get("then") != "next":
        return redirect(_address(inspected.key), 303)
    return redirect(_onward(inspected.key), 303)


@blueprint.get("/assessments/<uuid:assessment_id>/documents/<uuid:evidence_id>/file")
def document_file(assessment_id: UUID, evidence_id: UUID) -> Response:
    """The document itself, to be saved and never shown in place."""
    return sent(assessment_id, evidence_id)


def review_typed(assessment_id: UUID, evidence_id: UUID) -> None:
    """Keep the review that a form holds, and say so on the next page."""
    session, clock, actor = acting()
    ask = request.form.get("ask") == "yes"
    where = (edge.links(), actor, assessment_id, evidence_id)
    proof = proof_typed()
    assuring.review(session, clock, *where, seen(), proof, ask=ask)
    if proof.rejected and ask:
        flash(_("The review is kept, and the vendor was asked for another document."), "success")
    else:
        flash(_("The review is kept."), "success")


def sent(assessment_id: UUID, evidence_id: UUID) -> Response:
    """A vendor's file as a download."""
    store = keeping.store_at(edge.settings().evidence_url)
    organisation_id = current().organisation_id
    where = (edge.database.session, store, organisation_id, assessment_id, evidence_id)
    file, content = keeping.read(*where)
    return send_file(
        io.BytesIO(content),
        mimetype=file.content_type,
        as_attachment=True,
        download_name=file.name,
        max_age=0,
    )


def _inspected(assessment_id: UUID, evidence_id: UUID) -> Inspected:
    session, organisation_id, user_id, _now = looking()
    return inspecting.inspect(session, organisation_id, user_id, assessment_id, evidence_id)


def _page(
    seen_before: Inspected, status: int = 200, faults: Mapping[str, str] | None = None
) -> Reply:
    shown = seen_before
    if status == 409:
        # What somebody else has done meanwhile stands beside what was typed.
        shown = _inspected(shown.assessment_id, shown.id)
    speech, bank = language(), shown.questionnaire.bank
    demanded = frozen_set(edge.database.session, shown.rfi_id, bank).requirements
    about = subject(bank, shown.question.id, speech)
    html = render_template(
        "reviewer/document.html",
        shown=shown,
        subject=about,
        section=bank.sections_by_id[shown.question.section].title.text(speech),
        answer=answer_html(shown.question, typed_answer(shown.question, shown.answer), speech),
        why={one.requirement_id: why(one.explanation, about) for one in shown.against},
        demands={
            one.requirement_id: requirement_sentence(
                demanded[one.requirement_id], bank, shown.questionnaire.brief, speech
            )
            for one in shown.against
            if one.requirement_id in demanded
        },
        document_types={code: name.text(speech) for code, name in bank.document_types.items()},
        form=proof_form(
            shown.id,
            shown.name,
            shown.issued_on,
            shown.review,
            shown.sites,
            typed=status != 200,
            faults=faults,
        ),
        faults=by_control(faults or {}, shown.id),
        stale=status == 409,
        following=_neighbour(shown.key),
        previous=_neighbour(shown.key, back=True),
        address=_address,
        list_address=_list(),
        today=edge.now().date(),
    )
    return html, status


def _named(row: Waiting) -> tuple[str, str, str]:
    """What the document was attached to, its section and what it is, in words."""
    speech, bank = language(), bank_of(edge.database.session, row.edition_digest)
    section = bank.sections_by_id[bank.questions[row.question_id].section]
    kind = bank.document_types.get(row.document_type)
    about = subject(bank, row.question_id, speech)
    return about, section.title.text(speech), kind.text(speech) if kind else row.document_type


def _narrowed() -> UUID | None:
    """The one assessment whose documents are walked through, if the address names one."""
    return id_of(request.args.get("of"))


def _neighbour(key: Key | None, *, back: bool = False) -> Key | None:
    who = looking()[:3]
    return collecting.neighbour(*who, key, assessment_id=_narrowed(), back=back)


def _onward(key: Key) -> str:
    """The next document that waits, round to the first; the list when none does."""
    following = _neighbour(key) or _neighbour(None)
    return _address(following) if following else _list()


def _address(key: Key) -> str:
    return url_for(
        "reviewer.document",
        assessment_id=key.assessment_id,
        evidence_id=key.id,
        of=_narrowed(),
    )


def _list() -> str:
    return url_for("reviewer.documents", of=_narrowed())
