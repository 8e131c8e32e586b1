"""Flask-Security's forms where ours differ; labels and pages are in `templates/security/`."""

from __future__ import annotations

from flask_security import (
    LoginForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    WebAuthnRegisterForm,
)
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice


class SignInForm(LoginForm):
    """Without `remember`: a session ends after 12 hours or with the browser."""

    remember = None


# The three below only declare their choices in the way that WTForms will keep.


class SecondFactorForm(TwoFactorSetupForm):
    """Setting up the authenticator app, or taking it off."""

    setup: RadioField = RadioField(choices=[], validate_choice=False)


class RescueForm(TwoFactorRescueForm):
    """Nothing to choose: the page links to the recovery codes."""

    help_setup: RadioField = RadioField(choices=[])


class PasskeyForm(WebAuthnRegisterForm):
    """A passkey's name, and what it is for."""

    usage: RadioField = RadioField(
        choices=[SelectChoice("first"), SelectChoice("secondary")], default="first"
    )
