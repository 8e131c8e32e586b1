"""What leaves the service is small: our own files are packed once, pages as they leave.

A file's address begins with a stamp of all our files together. Scripts import one another by plain
names, so they stay within one stamp: a script of yesterday never meets one of today, and a browser
asks for none of them twice.

Packing can betray a secret of a page (its token of forms, the key for what a browser keeps) to
somebody who watches the line and can have guesses put into the same page, because a right guess
packs better. So only what a GET of an address without a query shows is packed: what repeats a
search or comes back as it was typed goes as it is. For what a colleague or a vendor has stored
before, the length of each packed page is blurred at random, which makes every guess much dearer.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import secrets
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from questionnaire import paths

#: Shorter ones would hardly become shorter.
SHORTEST = 600
#: Best is 11: a file is packed once. A page is packed while somebody waits.
PAGE_LEVEL = 5
#: So many bytes at most are added to a packed page, so that its length says less.
MOST_BLUR = 100
_YEAR = f"public, max-age={365 * 86400}, immutable"
#: Asked for by a plain name or an old stamp: it may be another one tomorrow.
_NOW = "public, no-cache"
_PACKED_KINDS = ("text/", "application/javascript", "application/json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it is sent; `packed` is empty where packing is no gain."""

    plain: bytes
    packed: bytes
    kind: str
    mark: str


def init(app: Flask) -> None:
    """Serve our files and Bootstrap's so, and pack the pages."""
    bootstrap = Path(str(app.blueprints["bootstrap"].static_folder))

    def ours(filename: str) -> Response:
        stamp, slash, name = filename.partition("/")
        if not (slash and stamp.startswith("~")):
            return _file(paths.static(), filename, _NOW)
        return _file(paths.static(), name, _YEAR if stamp == f"~{_stamp()}" else _NOW)

    def theirs(filename: str) -> Response:
        return _file(bootstrap, filename, _YEAR if "v" in request.args else _NOW)

    def address(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and not values["filename"].startswith("~"):
            values["filename"] = f"~{_stamp()}/{values['filename']}"
        elif endpoint == "bootstrap.static":
            values.setdefault("v", _kept(bootstrap, values["filename"]).mark)

    app.view_functions["static"] = ours
    app.view_functions["bootstrap.static"] = theirs
    app.url_defaults(address)
    app.after_request(_pack)


@cache
def _stamp() -> str:
    """Another one as soon as any of our files is another one."""
    digest = hashlib.sha256()
    for path in sorted(paths.static().iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _file(folder: Path, name: str, lasts: str) -> Response:
    kept = _kept(folder, name)
    packing = bool(kept.packed) and _takes_packed()
    reply = Response(kept.packed if packing else kept.plain, mimetype=kept.kind)
    if packing:
        reply.headers["Content-Encoding"] = "gzip"
    reply.headers["Vary"] = "Accept-Encoding"
    reply.headers["Cache-Control"] = lasts
    reply.set_etag(f"{kept.mark}-{'gzip' if packing else 'plain'}")
    reply.make_conditional(request)
    return reply


def _kept(folder: Path, name: str) -> Kept:
    path = safe_join(str(folder), name)
    if path is None or not Path(path).is_file():
        raise NotFound
    return _read(path)


@cache
def _read(path: str) -> Kept:
    plain = Path(path).read_bytes()
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    packed = gzip.compress(plain, 9, mtime=0) if kind.startswith(_PACKED_KINDS) else b""
    mark = hashlib.sha256(plain).hexdigest()[:12]
    return Kept(plain, packed if len(packed) < len(plain) else b"", kind, mark)


def _takes_packed() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def _pack(reply: Response) -> Response:
    """Pack a page that a GET shows."""
    if (
        request.method != "GET"
        or request.query_string
        or reply.status_code != 200
        or reply.direct_passthrough
        or reply.is_streamed
        or reply.mimetype != "text/html"
        or "Content-Encoding" in reply.headers
    ):
        return reply
    reply.vary.add("Accept-Encoding")
    whole = reply.get_data()
    if len(whole) >= SHORTEST and _takes_packed():
        reply.set_data(_packed(whole))
        reply.headers["Content-Encoding"] = "gzip"
    return reply


def _packed(page: bytes) -> bytes:
    """As gzip; the blur is the name of a file in its head, which nobody looks at."""
    name = secrets.token_hex(MOST_BLUR // 2)[: secrets.randbelow(MOST_BLUR)].encode()
    head = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xff" + name + b"\0"
    packing = zlib.compressobj(PAGE_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packing.compress(page) + packing.flush()
    length = (len(page) & 0xFFFFFFFF).to_bytes(4, "little")
    return head + body + zlib.crc32(page).to_bytes(4, "little") + length
