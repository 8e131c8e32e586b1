"""A real SMTP server on the loopback that keeps what it takes, and misbehaves as it is told."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "questionnaire", "p@ss/word: ünïcode?"


class Sink:
    """What the server does and what it has seen; change the answers while it runs.

    `replies` maps "RCPT" or "DATA" to what it says instead of taking the mail. While `hold` is
    set, the reply to the finished mail is held back; `holding` tells that a mail has come so far.
    """

    def __init__(self) -> None:
        self.replies: dict[str, str] = {}
        self.taken: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.encrypted: list[bool] = []
        self.users: list[str | None] = []
        self.hold = False
        self.holding = threading.Event()
        self.seen_ids: list[str] = []
        self.port = 0

    async def handle_RCPT(
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if "RCPT" in self.replies:
            return self.replies["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: Any, session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(cast(bytes, envelope.original_content), policy=default)
        self.seen_ids.append(message["Message-ID"])
        self.holding.set()
        while self.hold:
            await asyncio.sleep(0.02)
        if "DATA" in self.replies:
            return self.replies["DATA"]
        self.taken.append(message)
        self.envelopes.append(envelope)
        self.encrypted.append(session.ssl is not None)
        user: Any = session.auth_data
        self.users.append(user.login.decode() if isinstance(user, LoginPassword) else None)
        return f"250 2.0.0 queued as {len(self.taken)}"


def _authenticate(
    _server: Any, _session: Any, _envelope: Any, _kind: str, found: Any
) -> AuthResult:
    good = found == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False, auth_data=found if good else None)


@contextmanager
def running(
    certificate: Path | None = None, *, from_the_start: bool = False, accounts: bool = False
) -> Iterator[Sink]:
    """The server, with TLS by STARTTLS or from the start where a certificate is given."""
    sink = Sink()
    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    options: dict[str, Any] = {}
    if accounts:
        options = {"authenticator": _authenticate, "auth_required": True}
        options["auth_require_tls"] = context is not None and not from_the_start
    controller = Controller(
        sink,
        hostname="127.0.0.1",
        port=_free_port(),
        ssl_context=context if from_the_start else None,
        tls_context=None if from_the_start else context,
        **options,
    )
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        sink.hold = False
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def make_certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file
