"""Settings: read once from `QUESTIONNAIRE_*` into a frozen object."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

PREFIX = "QUESTIONNAIRE_"
MODES = ("embedded", "production")
EVIDENCE_FILE_LIMIT = 20 * 1024 * 1024
MOST_PROXIES = 9


class ConfigError(ValueError):
    """Every fault of the settings in one message, one a line."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a running service needs to know about where it runs.

    `mode` is `embedded` (one process, SQLite, mail kept and readable) or `production`.
    `smtp_url` is `smtp://` (STARTTLS when offered), `smtp+starttls://` (STARTTLS demanded) or
    `smtps://` (TLS), with user and password in the URL; None keeps every message.
    `trusted_proxies` is how many proxies of one's own stand before the service, one behind the
    other: from the last of them the address of whoever asks is believed, from nobody else.
    """

    mode: str = "embedded"
    folder: Path = Path("var")
    database_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    secret_key: str = field(default="", repr=False)
    password_salt: str = field(default="", repr=False)
    totp_secret: str = field(default="", repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "Questionnaires <questionnaires@service.example>"
    evidence_url: str = ""
    demo: bool = False
    testing: bool = False
    worker: bool = True
    trusted_proxies: int = 0

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")

    @classmethod
    def for_tests(cls, *, database_url: str, folder: Path, **changes: object) -> Config:
        """Settings of a test: fixed secrets, no worker thread of its own."""
        values: dict[str, object] = {
            "database_url": database_url,
            "folder": folder,
            "evidence_url": (folder / "evidence").as_uri(),
            "base_url": "http://localhost",
            "secret_key": "t" * 40,
            "password_salt": "s" * 40,
            "totp_secret": "k" * 43,
            "testing": True,
            "worker": False,
        }
        return cls(**(values | changes))  # type: ignore[arg-type]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ, **changes: object) -> Config:
        """Read every `QUESTIONNAIRE_*` setting; ConfigError names all that is missing or wrong."""
        known = {f"{PREFIX}{one.name.upper()}": one.name for one in fields(cls)}
        values: dict[str, object] = {}
        for key, name in known.items():
            if environ.get(key):
                values[name] = _typed(name, environ[key])
        values |= changes
        return _completed(cls(**values))  # type: ignore[arg-type]


def _typed(name: str, text: str) -> object:
    if name == "folder":
        return Path(text)
    if name in ("demo", "testing", "worker"):
        return text.strip().lower() in ("1", "true", "yes", "on")
    if name == "trusted_proxies":
        return _count(name, text.strip())
    return text


def _count(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_PROXIES):
        raise ConfigError(
            f"{PREFIX}{name.upper()} must be a whole number from 0 to {MOST_PROXIES}."
        )
    return int(text)


def _completed(config: Config) -> Config:
    if config.mode not in MODES:
        raise ConfigError(f"{PREFIX}MODE must be one of: {', '.join(MODES)}.")
    if config.mode == "production":
        _refuse_incomplete_production(config)
    folder = config.folder.resolve()
    changes: dict[str, object] = {"folder": folder}
    changes["database_url"] = config.database_url or f"sqlite:///{folder / 'questionnaire.db'}"
    changes["evidence_url"] = config.evidence_url or (folder / "evidence").as_uri()
    for name in ("secret_key", "password_salt", "totp_secret"):
        changes[name] = getattr(config, name) or _kept_secret(folder, name)
    values = {one.name: getattr(config, one.name) for one in fields(config)}
    return Config(**(values | changes))


def _refuse_incomplete_production(config: Config) -> None:
    faults = [
        f"{PREFIX}{name.upper()} is missing."
        for name in ("database_url", "smtp_url", "evidence_url")
        if not getattr(config, name)
    ]
    faults += [
        f"{PREFIX}{name.upper()} must be at least 32 random characters."
        for name in ("secret_key", "password_salt", "totp_secret")
        if len(getattr(config, name)) < 32 or len(set(getattr(config, name))) < 8
    ]
    if not config.base_url.startswith("https://"):
        faults.append(f"{PREFIX}BASE_URL must be the public https:// address.")
    if config.demo:
        faults.append(f"{PREFIX}DEMO cannot be used in production: its passwords are public.")
    if faults:
        raise ConfigError("\n".join(faults))


def _kept_secret(folder: Path, name: str) -> str:
    """A secret made at the first start and kept beside the database, so that sessions survive."""
    path = folder / f"{name}.txt"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
