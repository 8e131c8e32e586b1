"""Mail through a real SMTP server, and what is left of it when something breaks."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from questionnaire import mail
from questionnaire.config import ConfigError
from questionnaire.mail import Server
from questionnaire.services.clock import system_clock
from questionnaire.services.delivering import LEASE
from tests.faults.outbox import jobs_for, outbox
from tests.harness import sink as sinks

__all__ = ("outbox",)

#: Accounts without TLS are what some of these tests are about.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
ACCOUNT = f"{sinks.USER}:{quote(sinks.PASSWORD, safe='')}"


@pytest.fixture
def sink():
    with sinks.running() as sink:
        yield sink


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    return sinks.make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def trusted(certificate, monkeypatch) -> Path:
    """The certificate, among those that this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


def test_a_mail_arrives_as_text_and_html_with_what_it_was_written_with(outbox, sink) -> None:
    (id,) = outbox.write()
    assert jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}").deliver() == 1
    (message,) = sink.taken
    assert message["From"] == "Questionnaires <questionnaires@service.example>"
    assert message["To"] == "Vera Ozola <vera0@ambercall.example>"
    assert message["Reply-To"] == "ada@brightlane.example"
    assert message["Subject"] == "Grüße — ķēde"
    assert message["Message-ID"] == f"<{id}@service.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    text = message.get_body(("plain",)).get_content()
    assert text.splitlines() == ["Plain", ".", "See https://q.example/x"]
    assert "https://q.example/x" in message.get_body(("html",)).get_content()
    assert sink.envelopes[0].mail_from == "questionnaires@service.example"
    (stored,) = outbox.all()
    assert (stored.state, stored.reply) == ("sent", "250 2.0.0 queued as 1")
    assert stored.text == ""


def test_starttls_is_used_where_it_is_offered(outbox, certificate) -> None:
    outbox.write()
    with sinks.running(certificate) as sink:
        jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}").deliver()
        assert sink.encrypted == [True]


def test_user_and_password_go_over_tls_and_may_hold_any_character(outbox, trusted) -> None:
    outbox.write()
    with sinks.running(trusted, accounts=True) as sink:
        jobs_for(outbox, f"smtp+starttls://{ACCOUNT}@127.0.0.1:{sink.port}").deliver()
        assert (sink.encrypted, sink.users) == ([True], [sinks.USER])
    assert outbox.states() == ["sent"]


def test_tls_from_the_start_works_too(outbox, trusted) -> None:
    outbox.write()
    with sinks.running(trusted, from_the_start=True, accounts=True) as sink:
        jobs_for(outbox, f"smtps://{ACCOUNT}@127.0.0.1:{sink.port}").deliver()
        assert len(sink.taken) == 1
    assert outbox.states() == ["sent"]


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls", "smtp with a password"])
def test_nothing_is_handed_to_a_server_whose_certificate_is_not_good(
    outbox, certificate, scheme
) -> None:
    outbox.write()
    scheme, _, account = scheme.partition(" with ")
    with sinks.running(certificate, from_the_start=scheme == "smtps") as sink:
        at = f"{ACCOUNT}@" if account else ""
        jobs_for(outbox, f"{scheme}://{at}127.0.0.1:{sink.port}").deliver()
        assert sink.seen_ids == []
    (stored,) = outbox.all()
    assert stored.state == "waiting"
    assert "certificate is not good" in stored.reply


def test_demanded_encryption_that_is_not_offered_sends_nothing(outbox, sink) -> None:
    outbox.write()
    jobs_for(outbox, f"smtp+starttls://127.0.0.1:{sink.port}").deliver()
    (stored,) = outbox.all()
    assert stored.state == "waiting"
    assert "offers no STARTTLS" in stored.reply
    assert sink.seen_ids == []


def test_a_password_is_not_sent_over_an_open_line(outbox) -> None:
    outbox.write()
    with sinks.running(accounts=True) as sink:
        # 0.0.0.0 leads here as well, but is not known to be this machine.
        jobs_for(outbox, f"smtp://{ACCOUNT}@0.0.0.0:{sink.port}").deliver()
        assert sink.seen_ids == []
    (stored,) = outbox.all()
    assert stored.state == "waiting"
    assert "the password was not sent" in stored.reply


def test_a_wrong_password_is_our_fault_and_tried_again(outbox, trusted) -> None:
    outbox.write()
    with sinks.running(trusted, accounts=True) as sink:
        jobs_for(outbox, f"smtp+starttls://{sinks.USER}:no@127.0.0.1:{sink.port}").deliver()
    (stored,) = outbox.all()
    assert stored.state == "waiting"
    assert stored.reply.startswith("535")


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    ("reply", "state"),
    [
        ("450 4.2.1 mailbox busy", "waiting"),
        ("421 4.3.2 closing down", "waiting"),
        ("550 5.1.1 nobody here", "failed"),
        ("530 5.7.0 authentication needed", "waiting"),
    ],
)
def test_what_the_server_says_decides_what_happens(outbox, sink, step, reply, state) -> None:
    outbox.write()
    sink.replies[step] = reply
    jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}").deliver()
    (stored,) = outbox.all()
    assert (stored.state, stored.reply) == (state, reply)
    assert stored.text != ""


def test_one_refused_mail_does_not_stop_those_behind_it(outbox, sink) -> None:
    outbox.write(3)
    jobs = jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}")
    sink.replies["RCPT"] = "550 5.1.1 nobody here"
    assert jobs.deliver() == 3
    assert outbox.states() == ["failed"] * 3


def test_a_server_that_is_away_is_tried_again_until_it_is_back(outbox) -> None:
    outbox.write()
    with sinks.running() as gone:
        url = f"smtp://127.0.0.1:{gone.port}"
    jobs_for(outbox, url).deliver()
    (stored,) = outbox.all()
    assert stored.state == "waiting"
    assert stored.reply.startswith("No answer from 127.0.0.1")
    with sinks.running() as sink:
        later = jobs_for(outbox, f"smtp://127.0.0.1:{sink.port}", lambda: system_clock() + LEASE)
        assert later.deliver() == 1
        assert len(sink.taken) == 1


def test_without_a_server_mail_is_kept(outbox) -> None:
    outbox.write(2)
    assert jobs_for(outbox, None).deliver() == 2
    assert outbox.states() == ["kept", "kept"]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", Server("smtp", "mail.example", 25)),
        ("smtps://mail.example", Server("smtps", "mail.example", 465)),
        (
            "smtp+starttls://a%40b.example:p%2Fw%3A@mail.example:2525/",
            Server("smtp+starttls", "mail.example", 2525, "a@b.example", "p/w:"),
        ),
        ("smtp://[::1]:25", Server("smtp", "::1", 25)),
    ],
)
def test_the_address_of_the_server_is_read(url, server) -> None:
    assert Server.parse(url) == server


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://h:port", "smtp://h/path", ""]
)
def test_what_is_no_address_of_a_server_is_refused_with_an_example(url) -> None:
    with pytest.raises(ConfigError, match=r"smtp\+starttls://user:password@host:587"):
        Server.parse(url)


def test_a_password_is_not_shown_in_a_trace() -> None:
    assert "secret" not in repr(Server.parse("smtp://u:secret@mail.example"))


def test_a_lease_outlasts_the_slowest_dialogue() -> None:
    assert LEASE.total_seconds() > mail.TIMEOUT * 14
