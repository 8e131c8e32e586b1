"""What Flask-Security says, in our words: what is wrong and what to do."""

from __future__ import annotations


def _(text: str) -> str:
    """Marks a sentence for translation; Flask-Security translates it when it is said."""
    return text


#: Flask-Security's name of a message -> the sentence and the kind of notice.
SENTENCES: dict[str, tuple[str, str]] = {
    "GENERIC_AUTHN_FAILED": (
        _("E-mail address or password is wrong. Check both, or set a new password."),
        "error",
    ),
    "GENERIC_RECOVERY": (
        _("If there is an account with this address, a link to set a new password is on its way."),
        "info",
    ),
    "PASSWORD_RESET_REQUEST": (
        _("If there is an account with %(email)s, a link to set a new password is on its way."),
        "info",
    ),
    "PASSWORD_RESET_EXPIRED": (
        _("This link was valid for %(within)s. Ask for a new one."),
        "error",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (
        _("This link does not work: it was used already, or is not complete. Ask for a new one."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (
        _("Your new password is set. Sign in with it."),
        "success",
    ),
    "PASSWORD_CHANGE": (_("Your password is changed. Other devices are signed out."), "success"),
    "PASSWORD_INVALID_LENGTH": (_("Use at least %(length)s characters."), "error"),
    "PASSWORD_NOT_PROVIDED": (_("Enter a password."), "error"),
    "PASSWORD_IS_THE_SAME": (_("Choose a password that differs from the present one."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (_("The two passwords differ. Type the same twice."), "error"),
    "INVALID_PASSWORD": (_("This is not your present password."), "error"),
    "EMAIL_NOT_PROVIDED": (_("Enter your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (
        _("This is not a whole e-mail address. It looks like name@company.example."),
        "error",
    ),
    "DISABLED_ACCOUNT": (_("This account is closed. Ask an admin of your organisation."), "error"),
    "ANONYMOUS_USER_REQUIRED": (_("You are signed in already."), "info"),
    "INVALID_REDIRECT": (_("The page to go on to is not ours. Sign in without it."), "error"),
    "REAUTHENTICATION_SUCCESSFUL": (_("Thank you, you can go on."), "success"),
    "REAUTHENTICATION_REQUIRED": (_("Enter your password once more to go on."), "info"),
    "TWO_FACTOR_INVALID_TOKEN": (
        _("This code is not right. Enter the code that your app shows now; each works once."),
        "error",
    ),
    "INVALID_CODE": (_("This code is not right. Check it and try again."), "error"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_("You are signed in."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        _("Your authenticator app is set up. It is asked for at every sign-in."),
        "success",
    ),
    "TWO_FACTOR_PERMISSION_DENIED": (_("Sign in with your password first."), "error"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_("Choose one of the ways on this page."), "error"),
    "TWO_FACTOR_DISABLED": (_("The authenticator app is no longer asked for."), "success"),
    "TWO_FACTOR_SETUP_EXPIRED": (
        _("Setting up took longer than %(within)s. Please start again."),
        "error",
    ),
    "INVALID_RECOVERY_CODE": (
        _("This is none of your recovery codes, or it was used already."),
        "error",
    ),
    "NO_RECOVERY_CODES_SETUP": (_("There are no recovery codes yet. Make some."), "info"),
    "INVALID_INPUT": (_("Use letters, digits, spaces, hyphens and underscores only."), "error"),
    "INVALID_INPUT_LENGTH": (_("Use at most %(length)s characters."), "error"),
    "API_ERROR": (_("That could not be read. Please try again."), "error"),
    "WEBAUTHN_EXPIRED": (_("This took longer than %(within)s. Please start again."), "error"),
    "WEBAUTHN_NAME_REQUIRED": (_("Give the passkey a name, such as the device it is on."), "error"),
    "WEBAUTHN_NAME_INUSE": (_("You have a passkey called %(name)s. Choose another name."), "error"),
    "WEBAUTHN_NAME_NOT_FOUND": (_("You have no passkey called %(name)s."), "error"),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": (
        _("Use letters, digits, spaces, hyphens and underscores only."),
        "error",
    ),
    "WEBAUTHN_CREDENTIAL_DELETED": (_("The passkey %(name)s is removed."), "success"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": (_("The passkey %(name)s is set up."), "success"),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": (_("This passkey is set up already."), "error"),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (
        _("This passkey is not known here. Sign in with your password."),
        "error",
    ),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (
        _("This passkey is not known here. Sign in with your password."),
        "error",
    ),
    "WEBAUTHN_NO_VERIFY": (_("The passkey could not be checked. Please try again."), "error"),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (
        _("This passkey was set up for the other step of signing in."),
        "error",
    ),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (
        _("This passkey belongs to another account. Use your own."),
        "error",
    ),
}
