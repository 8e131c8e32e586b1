"""How Flask-Security is set up: what is on, where its pages are, how long things last."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timedelta
from typing import Any

from questionnaire import edge
from questionnaire.accounts.sentences import SENTENCES
from questionnaire.config import Config

#: Passwords are long rather than odd; the upper limit keeps a hash from being made of a novel.
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200

_FEATURES: dict[str, Any] = {
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "WEBAUTHN": True,
    # No hints before sign-in: they would tell who has an account.
    "WAN_ALLOW_USER_HINTS": False,
    "WAN_RP_NAME": "Vendor questionnaires",
    "RETURN_GENERIC_RESPONSES": True,
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "API_ENABLED_METHODS": ["session"],
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
}

_ADDRESSES = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "RESET_URL": "/password/reset",
    "CHANGE_URL": "/account/password",
    "VERIFY_URL": "/account/verify",
    "TWO_FACTOR_SETUP_URL": "/account/second-factor",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
    "TWO_FACTOR_SELECT_URL": "/sign-in/method",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
    "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
    "WAN_REGISTER_URL": "/account/passkeys",
    "WAN_DELETE_URL": "/account/passkeys/remove",
    "WAN_SIGNIN_URL": "/sign-in/passkey",
    "WAN_VERIFY_URL": "/account/verify/passkey",
    "POST_LOGIN_VIEW": "home",
    "POST_LOGOUT_VIEW": "security.login",
    "POST_RESET_VIEW": "security.login",
    "POST_CHANGE_VIEW": "admin.account",
    "POST_VERIFY_VIEW": "admin.account",
    "TWO_FACTOR_POST_SETUP_VIEW": "admin.account",
    "WAN_POST_REGISTER_VIEW": "admin.account",
}

_TIMES = {
    "RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "FRESHNESS": timedelta(minutes=30),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
    # A code of the authenticator counts 30 s before and after its own half minute.
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
}


def of(config: Config) -> dict[str, Any]:
    """Flask's settings for Flask-Security on `config`."""
    values = _FEATURES | _ADDRESSES | _TIMES | {f"MSG_{key}": one for key, one in SENTENCES.items()}
    values |= {
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SALT": config.password_salt,
        "PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "PASSWORD_HASH_PASSLIB_OPTIONS": _hash_cost(config),
        "TOTP_SECRETS": {"1": config.totp_secret},
        "TOTP_ISSUER": "Vendor questionnaires",
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [_key("recovery", config.totp_secret)],
        "DATETIME_FACTORY": _now,
    }
    return {f"SECURITY_{key}": value for key, value in values.items()}


def _hash_cost(config: Config) -> dict[str, int]:
    # Real hashes take a tenth of a second by design; a suite of tests signs in hundreds of times.
    return {"argon2__rounds": 1, "argon2__memory_cost": 64} if config.testing else {}


def _key(purpose: str, secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}:{secret}".encode()).digest())


def _now() -> datetime:
    return edge.now()
