"""The parts of Flask-Security that we put in the place of its own."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import (
    MailUtil,
    PasswordUtil,
    Security,
    Totp,
    UserMixin,
    WebauthnUtil,
)
from flask_wtf import FlaskForm
from passlib.totp import TotpMatch
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from werkzeug import Response as BaseResponse

from questionnaire import edge
from questionnaire.accounts import forms, mailing
from questionnaire.accounts.settings import LONGEST_PASSWORD
from questionnaire.accounts.staff import Staff


class PostedMail(MailUtil):
    """Flask-Security's mails, by our outbox; addresses in lower case."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **context: Any,
    ) -> None:
        mailing.post(context["user"], subject=str(subject), text=body or "", html=html or "")

    def normalize(self, email: str) -> str:
        return str(super().normalize(email.strip())).lower()

    def validate(self, email: str) -> str:
        return str(super().validate(email.strip())).lower()


class LimitedPassword(PasswordUtil):
    """A password has an upper limit as well."""

    def validate(
        self, password: str, is_register: bool, **context: Any
    ) -> tuple[list[str] | None, str]:
        if len(password) > LONGEST_PASSWORD:
            too_long = _("Use at most %(number)s characters.", number=LONGEST_PASSWORD)
            return [too_long], password
        faults, normalized = super().validate(password, is_register, **context)
        return faults, normalized


class OnceTotp(Totp):
    """A code of the authenticator app works once (RFC 6238, 5.2)."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        return cast(Staff, user).tf_last_counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        cast(Staff, user).tf_last_counter = tmatch.counter


class PasskeyRules(WebauthnUtil):
    """A passkey that signs in alone is kept on the device and asks for finger, face or PIN."""

    def origin(self) -> str:
        # Behind a proxy the public address is what the browser sees; in a demo on one's own
        # machine it may have several names.
        public = edge.settings().base_url.rstrip("/")
        return public if urlsplit(public).netloc == request.host else super().origin()

    def authenticator_selection(
        self, user: UserMixin, usage: str
    ) -> AuthenticatorSelectionCriteria:
        alone = usage == "first"
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED
            if alone
            else ResidentKeyRequirement.DISCOURAGED,
            user_verification=self._verification(alone),
        )

    def user_verification(
        self, user: UserMixin | None, usage: list[str]
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
        "login_form": forms.SignInForm,
        "two_factor_setup_form": forms.SecondFactorForm,
        "two_factor_rescue_form": forms.RescueForm,
        "wan_register_form": forms.PasskeyForm,
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
    # Its only offer besides recovery codes is a mail to whoever runs the service.
    app.view_functions["security.two_factor_rescue"] = lambda: redirect(
        url_for("security.mf_recovery")
    )
    app.before_request(_refuse_what_no_page_of_ours_sends)
    app.before_request(_keep_signed_in)
    app.after_request(_faults_are_422)


def _render(template: str, **context: Any) -> str:
    if template.startswith("security/email/"):
        # A mail speaks its reader's language, not that of the browser that asked for it.
        with force_locale(context["user"].language):
            return render_template(template, **context, full_address=edge.links().page)
    g.form_faults = any(
        isinstance(one, FlaskForm) and one.is_submitted() and one.errors for one in context.values()
    )
    return render_template(template, **context)


def _refuse_what_no_page_of_ours_sends() -> None:
    if request.blueprint != "security":
        return
    if request.is_json:
        abort(415)
    if any("\x00" in value for values in request.values.lists() for value in values[1]):
        abort(422)


def _keep_signed_in() -> BaseResponse | None:
    """Without a code to check, this page of Flask-Security's would sign out whoever opens it."""
    checking = session.get("tf_state") == "validating_profile"
    if request.endpoint != "security.two_factor_token_validation" or checking:
        return None
    return redirect(url_for("admin.account")) if current_user.is_authenticated else None


def _faults_are_422(response: Response) -> Response:
    if request.method == "POST" and response.status_code == 200 and g.pop("form_faults", False):
        response.status_code = 422
    return response


def _demo_people() -> dict[str, Any]:
    """The people whose password everybody may know; `app` puts them there in the demo only."""
    if not edge.settings().demo:
        return {"demo_people": ()}
    parts = current_app.extensions["questionnaire"]
    return {
        "demo_people": parts.get("demo_people", ()),
        "demo_password": parts.get("demo_password", ""),
    }
