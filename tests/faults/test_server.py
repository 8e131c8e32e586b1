"""The server killed while a vendor types, and asked to end while a request is on its way."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db
from questionnaire.config import Config
from questionnaire.models import AnswerChange, Assessment, Invitation, Message
from questionnaire.services.links import Links
from tests.harness import sink as sinks
from tests.harness.served import Browser, Service, serving

pytestmark = pytest.mark.slow
#: Asked in both rounds of the demo, answered with a text.
QUESTION = "clients.best-clients"
KILLS = 3


@pytest.fixture
def service(tmp_path, empty_database_url):
    with serving(tmp_path, empty_database_url) as service:
        yield service


@dataclass
class Typist:
    """A vendor in its browser, who changes one answer again and again."""

    service: Service
    assessment_id: object
    browser: Browser
    token: str
    version: int = 0
    #: What the page called saved: version -> the text.
    acknowledged: dict[int, str] = field(default_factory=dict)
    #: The save that got no answer: its key and text.
    unanswered: tuple[str, str] | None = None

    def type_on(self) -> None:
        """Save until there is no answer any more."""
        for number in range(100_000):
            text = f"Version {self.version + 1}, change {number}: they ask their team lead."
            key = f"key-{self.version}-{number}-{time.monotonic_ns()}"
            try:
                self.save(key, text)
            except (OSError, http.client.HTTPException):
                self.unanswered = (key, text)
                return

    def save(self, key: str, text: str) -> None:
        status, told = self.browser.post(
            f"/assessment/{self.assessment_id}/answer/{QUESTION}",
            {
                f"{QUESTION}:said": "answered",
                f"{QUESTION}:value": text,
                f"{QUESTION}:version": str(self.version),
                "save-key": key,
            },
            self.token,
        )
        assert status == 200, told
        self.version = json.loads(told)["version"]
        self.acknowledged[self.version] = text


@pytest.fixture
def engine_of_service(service):
    engine = db.make_engine(service.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def typist(service, engine_of_service) -> Typist:
    """Prairie Bell in the round under way: link, code, section page."""
    settings = {"QUESTIONNAIRE_FOLDER": str(service.folder), "QUESTIONNAIRE_BASE_URL": service.url}
    config = Config.from_environment(settings)
    with Session(engine_of_service) as session:
        invitation, assessment_id = session.execute(
            sa.select(Invitation.id, Assessment.id)
            .join(Assessment, Assessment.id == Invitation.assessment_id)
            .where(Assessment.state == "sent")
        ).one()
    browser = Browser(service)
    page = browser.show(Links(config.base_url, config.secret_key).vendor(invitation))
    page = browser.press(page, "Send me the code")
    with Session(engine_of_service) as session:
        mail = session.scalars(
            sa.select(Message.text).where(Message.kind == "code").order_by(Message.id.desc())
        ).first()
    found = re.search(r"\b\d{8}\b", mail or "")
    assert found is not None
    browser.press(page, "Open the questionnaire", code=found.group())
    section = QUESTION.partition(".")[0]
    page = browser.show(f"/assessment/{assessment_id}/section/{section}")
    token = page.form_with("Save").values()["csrf_token"][0]
    return Typist(service, assessment_id, browser, token)


def kept_texts(engine, assessment_id) -> dict[int, str]:
    with Session(engine) as session:
        rows = session.execute(
            sa.select(AnswerChange.version, AnswerChange.value).where(
                AnswerChange.assessment_id == assessment_id, AnswerChange.question_id == QUESTION
            )
        )
        return {row[0]: row[1] for row in rows}


def test_nothing_that_the_page_called_saved_is_lost_when_the_server_is_killed(
    service, typist, engine_of_service
) -> None:
    for round_ in range(KILLS):
        before = len(typist.acknowledged)
        typing = threading.Thread(target=typist.type_on)
        typing.start()
        end = time.monotonic() + 30
        while len(typist.acknowledged) < before + 10 + 7 * round_:
            assert time.monotonic() < end, "nothing was saved"
            time.sleep(0.002)
        service.kill()
        typing.join(30)
        assert typist.unanswered is not None
        engine_of_service.dispose()
        service.start()
        kept = kept_texts(engine_of_service, typist.assessment_id)
        assert typist.acknowledged.items() <= kept.items()
        assert len(kept) - len(typist.acknowledged) <= 1, "only the unanswered save may be more"
        # The page sends the unanswered save again, with the same key, and it counts once.
        typist.save(*typist.unanswered)
        kept = kept_texts(engine_of_service, typist.assessment_id)
        assert kept == typist.acknowledged
        assert sorted(kept) == list(range(1, len(kept) + 1))
    last = typist.acknowledged[typist.version]
    section = QUESTION.partition(".")[0]
    page = typist.browser.show(f"/assessment/{typist.assessment_id}/section/{section}")
    assert last in page.html, "the page shows what was saved last, without another code"


def test_a_request_that_has_come_is_answered_before_the_server_ends(service) -> None:
    body = b"email=nobody%40alderfinch.example&password=wrong"
    with socket.create_connection(("127.0.0.1", service.port), timeout=30) as line:
        line.sendall(
            b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body) + body[:10]
        )
        time.sleep(0.5)
        ended: list[int] = []
        ending = threading.Thread(target=lambda: ended.append(service.stop()))
        ending.start()
        time.sleep(1)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", service.port), timeout=5)
        assert ended == []
        line.sendall(body[10:])
        assert line.recv(65536).startswith(b"HTTP/1.1 400 ")
    ending.join(30)
    assert ended == [0]


def test_a_browser_that_only_keeps_its_line_open_does_not_hold_the_server_up(service) -> None:
    line = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    line.request("GET", "/healthz")
    assert line.getresponse().read() == b"ok"
    began = time.monotonic()
    assert service.stop() == 0
    assert time.monotonic() - began < 10
    line.close()


def test_the_first_start_says_where_to_click_and_as_whom(tmp_path, empty_database_url) -> None:
    service = Service(Path(tmp_path), empty_database_url)
    service.start()
    process = service.process
    assert process is not None
    assert process.stdout is not None
    said = "".join(iter(process.stdout.readline, f"  Data is in {tmp_path}. Stop with Ctrl+C.\n"))
    assert service.stop() == 0
    assert service.url in said
    for name in ("ada", "remi", "rosa"):
        assert f"{name}@alderfinch.example" in said
    assert f"{service.url}/mail" in said


def test_a_mail_that_a_page_causes_goes_out_at_once(tmp_path, empty_database_url) -> None:
    with sinks.running() as sink:
        url = f"smtp://127.0.0.1:{sink.port}"
        with serving(tmp_path, empty_database_url, QUESTIONNAIRE_SMTP_URL=url) as service:
            browser = Browser(service)
            page = browser.show(browser.show("/sign-in").link("I have forgotten my password"))
            (button,) = [one for form in page.forms for one in form.buttons]
            browser.press(page, button, email="ada@alderfinch.example")
            # The worker would look by itself within 5 seconds; the bell is quicker.
            assert sink.holding.wait(3), "no mail came"
            assert service.stop() == 0
    (message,) = sink.taken
    assert message["To"] == "Ada Alder <ada@alderfinch.example>"
    body = message.get_body(("plain",))
    assert body is not None
    assert service.url in body.get_content()
