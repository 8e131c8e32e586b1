"""Members of the organisation: who they are, inviting, other roles, goodbye."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.admin.gate import blueprint
from questionnaire.edge import database
from questionnaire.services import joining, staffing
from questionnaire.services.faults import Invalid, Refused

Page = str | tuple[str, int] | Response


@blueprint.get("/members")
def members() -> str:
    """Everybody of the organisation, and who is invited."""
    return _list({}, {})


@blueprint.post("/members/invitations")
def invite() -> Page:
    """Mail an invitation to a new member."""
    typed = request.form.to_dict() | {"roles": request.form.getlist("roles")}
    try:
        invitation = joining.invite_member(
            database.session,
            edge.clock(),
            edge.links(),
            current().actor(),
            email=request.form.get("email", ""),
            name=request.form.get("name", ""),
            roles=request.form.getlist("roles"),
        )
    except Invalid as fault:
        return _list(typed, fault.faults), 422
    flash(_("%(email)s is invited by mail.", email=invitation.email), "success")
    return redirect(url_for("admin.members"))


@blueprint.post("/members/invitations/<uuid:staff_invitation_id>/revoke")
def revoke(staff_invitation_id: UUID) -> Page:
    """Take an invitation back."""
    joining.revoke_invitation(
        database.session, edge.clock(), current().actor(), staff_invitation_id
    )
    flash(_("The invitation is revoked: its link no longer works."), "success")
    return redirect(url_for("admin.members"))


@blueprint.get("/members/<uuid:membership_id>")
def member(membership_id: UUID) -> str:
    """One member: roles, and the end of the membership."""
    return _one(membership_id, None, {})


@blueprint.post("/members/<uuid:membership_id>")
def change_roles(membership_id: UUID) -> Page:
    """Give a member other roles."""
    roles = request.form.getlist("roles")
    try:
        staffing.change_roles(
            database.session, edge.clock(), current().actor(), membership_id, roles
        )
    except Invalid as fault:
        return _one(membership_id, roles, fault.faults), 422
    except Refused as fault:
        return _one(membership_id, roles, {"roles": fault.sentence}), 409
    flash(_("The roles are changed."), "success")
    return redirect(url_for("admin.members"))


@blueprint.post("/members/<uuid:membership_id>/end")
def end(membership_id: UUID) -> Page:
    """Let a member go."""
    try:
        staffing.end_membership(database.session, edge.clock(), current().actor(), membership_id)
    except Refused as fault:
        return _one(membership_id, None, {"end": fault.sentence}), 409
    flash(_("The membership has ended; the person has no access any more."), "success")
    return redirect(url_for("admin.members"))


def _list(typed: Mapping[str, object], faults: Mapping[str, str]) -> str:
    me, session = current(), database.session
    return render_template(
        "admin/members.html",
        me=me,
        colleagues=staffing.colleagues(session, me.organisation_id),
        pending=staffing.pending(session, me.organisation_id, edge.now()),
        links=edge.links(),
        typed=typed,
        faults=faults,
    )


def _one(membership_id: UUID, roles: list[str] | None, faults: Mapping[str, str]) -> str:
    me = current()
    one = staffing.colleague(database.session, me.organisation_id, membership_id)
    return render_template(
        "admin/member.html",
        me=me,
        one=one,
        roles=one.roles if roles is None else roles,
        faults=faults,
    )
