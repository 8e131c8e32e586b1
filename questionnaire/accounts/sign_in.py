"""The parts of Flask-Security that we put in the place of its own."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, g, render_template, request
from flask_security import LoginForm, MailUtil, PasswordUtil, Security, Totp, WebauthnUtil
from flask_wtf import FlaskForm
from passlib.totp import TotpMatch
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from questionnaire import edge
from questionnaire.accounts.settings import LONGEST_PASSWORD
from questionnaire.accounts.staff import Staff


class SignInForm(LoginForm):  # type: ignore[misc]
    """Without `remember`: a session ends after 12 hours or with the browser."""

    remember = None


class PostedMail(MailUtil):  # type: ignore[misc]
    """Flask-Security's mails, by our outbox; addresses in lower case."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str,
        sender: object,
        body: str | None,
        html: str | None,
        **context: Any,
    ) -> None:
        from questionnaire.accounts.mailing import post

        post(context["user"], subject=str(subject), text=body or "", html=html or "")

    def normalize(self, email: str) -> str:
        return str(super().normalize(email)).lower()

    def validate(self, email: str) -> str:
        return str(super().validate(email)).lower()


class LimitedPassword(PasswordUtil):  # type: ignore[misc]
    """A password has an upper limit as well."""

    def validate(
        self, password: str, is_register: bool, **context: Any
    ) -> tuple[list[str] | None, str]:
        from flask_babel import gettext as _

        if len(password) > LONGEST_PASSWORD:
            too_long = _("Use at most %(number)s characters.", number=LONGEST_PASSWORD)
            return [too_long], password
        faults, normalized = super().validate(password, is_register, **context)
        return faults, normalized


class OnceTotp(Totp):  # type: ignore[misc]
    """A code of the authenticator app works once (RFC 6238, 5.2)."""

    def get_last_counter(self, user: Staff) -> int | None:
        return user.tf_last_counter

    def set_last_counter(self, user: Staff, tmatch: TotpMatch) -> None:
        user.tf_last_counter = tmatch.counter


class PasskeyRules(WebauthnUtil):  # type: ignore[misc]
    """A passkey that signs in alone is kept on the device and asks for finger, face or PIN."""

    def origin(self) -> str:
        return edge.settings().base_url.rstrip("/")

    def authenticator_selection(self, user: Staff, usage: str) -> AuthenticatorSelectionCriteria:
        alone = usage == "first"
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED
            if alone
            else ResidentKeyRequirement.DISCOURAGED,
            user_verification=self._verification(alone),
        )

    def user_verification(
        self, user: Staff | None, usage: list[str]
    ) -> UserVerificationRequirement:
        return self._verification("secondary" not in usage)

    @staticmethod
    def _verification(alone: bool) -> UserVerificationRequirement:
        if alone:
            return UserVerificationRequirement.REQUIRED
        return UserVerificationRequirement.DISCOURAGED


def parts() -> dict[str, Any]:
    """What `Security(...)` is given besides the app and the datastore."""
    return {
        "login_form": SignInForm,
        "mail_util_cls": PostedMail,
        "password_util_cls": LimitedPassword,
        "totp_cls": OnceTotp,
        "webauthn_util_cls": PasskeyRules,
        "render_template": _render,
    }


def init(app: Flask, security: Security) -> None:
    """Pages only: no JSON in or out; a form with faults answers 422."""
    security.want_json(lambda _request: False)
    security.login_context_processor(_demo_people)
    app.before_request(_refuse_json)
    app.after_request(_faults_are_422)


def _render(template: str, **context: Any) -> str:
    g.form_faults = any(
        isinstance(one, FlaskForm) and one.is_submitted() and one.errors for one in context.values()
    )
    return render_template(template, **context)


def _refuse_json() -> None:
    if request.blueprint == "security" and request.is_json:
        abort(415)


def _faults_are_422(response: Response) -> Response:
    if request.method == "POST" and response.status_code == 200 and g.pop("form_faults", False):
        response.status_code = 422
    return response


def _demo_people() -> dict[str, Any]:
    from flask import current_app

    if not edge.settings().demo:
        return {"demo_people": ()}
    return {"demo_people": current_app.extensions["questionnaire"].get("demo_people", ())}
