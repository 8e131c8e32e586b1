"""What is being tried, as it travels in the address: nothing of a what-if is stored."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from uuid import UUID

from flask import request

from questionnaire.accounts import current
from questionnaire.core.phrases import english, worded
from questionnaire.edge import database
from questionnaire.services import drafting, supposing
from questionnaire.services.faults import Invalid, Missing, Refused
from questionnaire.services.supposing import Present, Wanted

#: Addresses longer than this are refused by servers in between.
_LONGEST = 3_500
#: What an address of that length can hold, with much to spare.
_MOST_BYTES = 200_000
UNREADABLE = english(
    "This address holds no what-if that can be read: it may have been cut. Nothing was stored in "
    "it but what you tried; begin again below."
)
TOO_LONG = english(
    "That is more than one what-if can hold. Publish, or take out, some of what you try first."
)


@dataclass(frozen=True, slots=True)
class Trying:
    """What the address tries over the present requirements; `fault` says why it could not be read.

    `begun_on` is the version that it was begun on.
    """

    now: Present
    wanted: Wanted
    begun_on: int
    fault: str = ""

    @property
    def stale(self) -> bool:
        return bool(self.wanted) and self.begun_on != self.now.number

    @property
    def address(self) -> str | None:
        """The value of `try` in an address; None where nothing is tried."""
        return encoded(self.now, self.wanted)


def trying(rfi_id: UUID) -> Trying:
    """What the request tries; Missing for a draft, another organisation's RFI or nobody's."""
    rfi = drafting.rfi_of(database.session, current().organisation_id, rfi_id)
    if rfi.sent_at is None:
        raise Missing(rfi_id)
    now = supposing.present(database.session, rfi)
    text = request.values.get("try", "")
    if not text:
        return Trying(now, Wanted(), now.number)
    try:
        number, document = decoded(text)
        wanted = supposing.from_document(now, document)
        supposing.refuse_forbidden(now, wanted)
    except Invalid as fault:
        return Trying(now, Wanted(), now.number, " ".join(fault.faults.values()))
    return Trying(now, wanted, number)


def encoded(now: Present, wanted: Wanted) -> str | None:
    """The what-if for an address; Refused where it would be too long for one."""
    if not wanted:
        return None
    document = [now.number, supposing.to_document(now, wanted)]
    plain = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    text = urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")
    if len(text) > _LONGEST:
        raise Refused(TOO_LONG)
    return text


def decoded(text: str) -> tuple[int, object]:
    """Version and document out of an address; Invalid for anything else."""
    try:
        packed = urlsafe_b64decode(text[: 2 * _LONGEST] + "=" * (-len(text) % 4))
        plain = zlib.decompressobj().decompress(packed, _MOST_BYTES)
        number, document = json.loads(plain)
    except (Error, zlib.error, ValueError, TypeError, RecursionError) as fault:
        raise Invalid({"what-if": worded(UNREADABLE)}) from fault
    if not isinstance(number, int):
        raise Invalid({"what-if": worded(UNREADABLE)})
    return number, document
