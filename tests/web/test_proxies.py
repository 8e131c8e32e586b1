"""Behind a proxy: tries are counted for whoever makes them; nobody can claim another address."""

from __future__ import annotations

import threading
from http.client import HTTPConnection

import pytest
from flask import Flask, request

from questionnaire.app import create_app
from questionnaire.cli.serving import Server
from questionnaire.config import Config, ConfigError


@pytest.fixture
def address_seen(database_url, tmp_path):
    """Call it with settings and headers: the address that the application takes for the asker's."""

    def see(trusted_proxies: int, forwarded: str) -> str | None:
        app = create_app(
            Config.for_tests(
                database_url=database_url, folder=tmp_path, trusted_proxies=trusted_proxies
            )
        )
        app.add_url_rule("/seen", "seen", lambda: f"{request.remote_addr} {request.host_url}")
        reply = app.test_client().get(
            "/seen",
            headers={
                "X-Forwarded-For": forwarded,
                "X-Forwarded-Host": "evil.example",
                "X-Forwarded-Proto": "https",
            },
        )
        address, host = reply.text.split()
        assert host == "http://localhost/"
        return address

    return see


def test_without_the_setting_no_header_is_believed(address_seen):
    assert address_seen(0, "203.0.113.7") == "127.0.0.1"


def test_the_address_is_what_the_trusted_proxies_say_and_not_what_was_sent_to_them(address_seen):
    assert address_seen(1, "198.51.100.1, 203.0.113.7") == "203.0.113.7"
    assert address_seen(2, "198.51.100.1, 203.0.113.7") == "198.51.100.1"


@pytest.mark.parametrize(("proxied", "told"), [(False, "None"), (True, "203.0.113.7")])
def test_the_server_hands_the_header_on_only_where_proxies_are_trusted(proxied, told):
    app = Flask("echo")
    app.add_url_rule("/", "seen", lambda: str(request.headers.get("X-Forwarded-For")))
    server = Server(app, "127.0.0.1", 0, proxied=proxied)
    thread = threading.Thread(target=server.serve)
    thread.start()
    line = HTTPConnection("127.0.0.1", server._server.effective_port, timeout=10)
    try:
        line.request("GET", "/", headers={"X-Forwarded-For": "203.0.113.7"})
        assert line.getresponse().read().decode() == told
    finally:
        line.close()
        server._end()
        thread.join(timeout=30)
    assert not thread.is_alive()


@pytest.mark.parametrize("wrong", ["yes", "-1", "10", "1.5", "²"])
def test_a_number_of_proxies_that_is_none_is_refused_by_name(wrong, tmp_path):
    with pytest.raises(ConfigError, match="QUESTIONNAIRE_TRUSTED_PROXIES must be a whole number"):
        Config.from_environment(
            {"QUESTIONNAIRE_TRUSTED_PROXIES": wrong, "QUESTIONNAIRE_FOLDER": str(tmp_path)}
        )


def test_the_number_of_proxies_is_read(tmp_path):
    environ = {"QUESTIONNAIRE_TRUSTED_PROXIES": " 2 ", "QUESTIONNAIRE_FOLDER": str(tmp_path)}
    assert Config.from_environment(environ).trusted_proxies == 2
