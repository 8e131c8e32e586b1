"""What goes over the wire: our files packed, at addresses that name their content; pages packed."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask

from questionnaire import wire
from tests.harness.web import StrictClient
from tests.services.asked import Asked
from tests.web.vera import address

PACKED = {"Accept-Encoding": "gzip, br"}
IMMUTABLE = "public, max-age=31536000, immutable"


def test_files_of_ours_are_kept_for_good_and_changed_ones_have_another_address(
    client: StrictClient, app: Flask
) -> None:
    with app.test_request_context():
        own = app.url_for("static", filename="app.css")
        theirs = app.url_for("bootstrap.static", filename="css/bootstrap.min.css")
    assert re.fullmatch(r"/static/~[0-9a-f]{12}/app\.css", own)
    for one in (own, theirs):
        with client.get(one) as reply:
            assert reply.headers["Cache-Control"] == IMMUTABLE
            assert reply.headers["X-Content-Type-Options"] == "nosniff"
            assert reply.mimetype == "text/css"


def test_a_script_finds_those_that_it_imports_beside_it_under_the_same_stamp(
    client: StrictClient, app: Flask
) -> None:
    with app.test_request_context():
        own = app.url_for("static", filename="vendor.js")
    imported = re.findall(r'from "\./([^"]+)"', client.get(own).get_data(as_text=True))
    assert imported
    for one in imported:
        reply = client.get(own.replace("vendor.js", one))
        assert (reply.status_code, reply.headers["Cache-Control"]) == (200, IMMUTABLE)


@pytest.mark.parametrize(
    "path", ["/static/vendor-saver.js", "/static/~000000000000/vendor-saver.js"]
)
def test_by_a_plain_name_or_an_old_stamp_a_file_is_asked_for_again(
    client: StrictClient, path: str
) -> None:
    reply = client.get(path)
    assert reply.headers["Cache-Control"] == "public, no-cache"
    again = client.get(path, headers={"If-None-Match": reply.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_goes_packed_to_who_can_unpack_and_as_it_is_to_others(client: StrictClient) -> None:
    plain = client.get("/static/app.css")
    packed = client.get("/static/app.css", headers=PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    # Not by cookie: then it would be asked for again after each new signature of a session.
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert packed.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize("path", ["/static/nothing.css", "/static/~1/../config.py", "/static/~1/"])
def test_what_is_no_file_of_ours_is_not_there(client: StrictClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_page_goes_packed_and_its_length_is_blurred(vera: StrictClient, asked: Asked) -> None:
    at = address(asked, "section", asked.bank.sections[0].id)
    plain, packed = vera.get(at), [vera.get(at, headers=PACKED) for _turn in range(12)]
    assert "Content-Encoding" not in plain.headers
    for one in packed:
        assert one.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in one.headers["Vary"]
        assert int(one.headers["Content-Length"]) == len(one.data)
        assert gzip.decompress(one.data) == plain.data
    lengths = {len(one.data) for one in packed}
    assert len(lengths) > 3
    assert max(lengths) - min(lengths) <= wire.MOST_BLUR


def test_what_repeats_something_sent_beside_a_secret_goes_as_it_is(
    vera: StrictClient, asked: Asked
) -> None:
    number = next(one for one in asked.bank.questions.values() if one.kind == "number")
    at = address(asked, "section", number.section)
    assert "Content-Encoding" not in vera.get(f"{at}?guess=a", headers=PACKED).headers
    page = vera.show(at)
    token = page.form_with("Save").values()["csrf_token"][0]
    typed = {"csrf_token": token, f"{number.id}:value": "lots", f"{number.id}:version": "0"}
    back = vera.post(at, data=typed, headers=PACKED)
    assert back.status_code == 422
    assert "Content-Encoding" not in back.headers
