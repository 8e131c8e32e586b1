"""Sending one mail through a real SMTP server."""

from __future__ import annotations

import smtplib
import ssl
from base64 import b64encode
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from questionnaire.config import Config, ConfigError
from questionnaire.services.delivering import Mail, Outcome, Result, Transport
from questionnaire.services.posting import ascii_domain

#: For each step of the dialogue; all of them together stay below the lease.
TIMEOUT = 20.0
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
#: Our own settings are at fault, not the mail: worth trying again once they are corrected.
_OUR_FAULT = (530, 534, 535, 538)
_HINT = (
    "QUESTIONNAIRE_SMTP_URL must be like smtp://host:25, smtp+starttls://user:password@host:587 "
    "or smtps://user:password@host:465; characters like @ or / in a password are written %40, %2F."
)


@dataclass(frozen=True, slots=True)
class Server:
    """Where mails are handed in, and how: what a `QUESTIONNAIRE_SMTP_URL` says."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> Server:
        """Read the URL; ConfigError when it cannot be one."""
        try:
            parts = urlsplit(url)
            scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
        except ValueError as fault:
            raise ConfigError(_HINT) from fault
        if scheme not in _PORTS or not host or parts.path not in ("", "/"):
            raise ConfigError(_HINT)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(scheme, host, port or _PORTS[scheme], user, password)

    @property
    def is_this_machine(self) -> bool:
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class _Refusal(Exception):
    """The server said no, in a reply with a number."""

    def __init__(self, code: int, words: bytes) -> None:
        super().__init__(code)
        self.code = code
        self.reply = f"{code} {words.decode('utf-8', 'replace')}"
        self.for_good = code >= 500 and code not in _OUR_FAULT


class _Unwilling(Exception):
    """We will not go on with this server, for a reason that a setting can mend."""


def transport(config: Config) -> Transport | None:
    """What sends mails as `config` says; None when no server is set."""
    if not config.smtp_url:
        return None
    return Smtp(Server.parse(config.smtp_url), config.mail_from)


def sender_domain(config: Config) -> str:
    """The domain that mails come from: it is in their Message-ID, and greets the server."""
    return parseaddr(config.mail_from)[1].rpartition("@")[2] or "localhost"


@dataclass(frozen=True, slots=True)
class Smtp:
    """Sends mails through one server, each over a connection of its own."""

    server: Server
    mail_from: str

    def __call__(self, mail: Mail) -> Outcome:
        """Send one mail; whatever the network does becomes an outcome."""
        try:
            with self._connected() as connection:
                reply = self._hand_in(connection, mail)
        except _Refusal as refusal:
            result = Result.REFUSED if refusal.for_good else Result.LATER
            return Outcome(result, refusal.reply)
        except _Unwilling as fault:
            return Outcome(Result.LATER, str(fault))
        except smtplib.SMTPResponseException as fault:
            words = fault.smtp_error
            said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
            return Outcome(Result.LATER, f"{fault.smtp_code} {said}")
        except (OSError, smtplib.SMTPException) as fault:
            return Outcome(Result.LATER, f"No answer from {self.server.host}: {_words(fault)}")
        return Outcome(Result.TAKEN, reply)

    def _connected(self) -> smtplib.SMTP:
        server, name = self.server, parseaddr(self.mail_from)[1].rpartition("@")[2]
        connection: smtplib.SMTP
        if server.scheme == "smtps":
            connection = smtplib.SMTP_SSL(
                server.host, server.port, name, timeout=TIMEOUT,
                context=ssl.create_default_context(),
            )  # fmt: skip
        else:
            connection = smtplib.SMTP(server.host, server.port, name, timeout=TIMEOUT)
        try:
            self._secure(connection)
            if server.user:
                _log_in(connection, server)
        except BaseException:
            connection.close()
            raise
        return connection

    def _secure(self, connection: smtplib.SMTP) -> None:
        server = self.server
        connection.ehlo_or_helo_if_needed()
        if server.scheme == "smtps":
            return
        if connection.has_extn("starttls"):
            connection.starttls(context=self._context())
            connection.ehlo()
        elif server.scheme == "smtp+starttls":
            raise _Unwilling(f"{server.host} offers no STARTTLS, which the settings demand.")
        elif server.user and not server.is_this_machine:
            raise _Unwilling(
                f"{server.host} offers no encryption, so the password was not sent to it."
            )

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.server.scheme == "smtp" and not self.server.user:
            # Encrypted to an unproven server is still better than the open line that the
            # setting allows; with a password at stake the certificate must be good.
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _hand_in(self, connection: smtplib.SMTP, mail: Mail) -> str:
        message = written(mail, self.mail_from)
        _expect(connection.mail(parseaddr(self.mail_from)[1]))
        _expect(connection.rcpt(ascii_domain(mail.to_address)))
        code, words = connection.data(message.as_bytes())
        if code != 250:
            raise _Refusal(code, words)
        return f"{code} {words.decode('utf-8', 'replace')}"


def _log_in(connection: smtplib.SMTP, server: Server) -> None:
    if (server.user + server.password).isascii():
        connection.login(server.user, server.password)
        return
    # smtplib knows ASCII only; RFC 4616 says how other letters travel.
    token = b64encode(f"\0{server.user}\0{server.password}".encode()).decode()
    code, words = connection.docmd("AUTH", f"PLAIN {token}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, words)


def _expect(reply: tuple[int, bytes]) -> None:
    code, words = reply
    if code not in (250, 251):
        raise _Refusal(code, words)


def _words(fault: Exception) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"its certificate is not good ({fault.verify_message})"
    if isinstance(fault, TimeoutError):
        return "it took too long"
    return str(fault) or type(fault).__name__


def written(mail: Mail, mail_from: str) -> EmailMessage:
    """The message as it goes over the wire: plain text first, the same as HTML beside it."""
    message = EmailMessage(policy=SMTP)
    name, address = parseaddr(mail_from)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(mail.to_name, addr_spec=ascii_domain(mail.to_address))
    if mail.reply_to:
        message["Reply-To"] = Address("", addr_spec=ascii_domain(mail.reply_to))
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.message_id}>"
    message["Content-Language"] = mail.language
    # Nobody's out-of-office reply should go to the buyer for a mail that a machine wrote.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return message
