"""The lines of the board, as pieces that are kept: a line looks the same until its vendor moves on.

A board of a hundred vendors is a hundred pieces, of which one or two have changed since the page
was shown last; the others are joined as they were.
"""

from __future__ import annotations

from functools import lru_cache

from flask import current_app, url_for
from markupsafe import Markup

from questionnaire.buyer import words
from questionnaire.services.boarding import Board, RfiHead, VendorRow
from questionnaire.services.links import Links

#: So many lines are kept ready: twenty boards of a hundred vendors, with both of their tables.
KEPT = 4096


def vendor_line(rfi: RfiHead, row: VendorRow, links: Links, language: str) -> Markup:
    """The row of the board for one vendor."""
    return _vendor_line(str(rfi.id), rfi.state, rfi.time_zone, row, links, language)


def matrix_line(board: Board, row: VendorRow, language: str) -> Markup:
    """The row of the table of sections for one vendor that has submitted."""
    return _matrix_line(str(board.rfi.id), board.sections, _sealed(board), row, language)


def _sealed(board: Board) -> frozenset[str]:
    return frozenset(one.id for one in board.bank.sections if one.sealed)


@lru_cache(maxsize=KEPT)
def _vendor_line(
    rfi_id: str, state: str, time_zone: str, row: VendorRow, links: Links, language: str
) -> Markup:
    address = url_for("buyer.vendor", rfi_id=rfi_id, assessment_id=row.assessment_id)
    template = current_app.jinja_env.get_template("buyer/vendor_line.html")
    return Markup(  # noqa: S704 - the template escapes
        template.render(
            row=row,
            open=state == "open",
            zone=time_zone,
            address=address,
            link=links.vendor(row.invitation_id) if row.invitation_id else "",
            states=words.STATES,
            severities=words.SEVERITIES,
            mail_states=words.MAIL_STATES,
            mail_kinds=words.MAIL_KINDS,
        )
    )


@lru_cache(maxsize=KEPT)
def _matrix_line(
    rfi_id: str, sections: tuple[str, ...], sealed: frozenset[str], row: VendorRow, language: str
) -> Markup:
    counts = dict(row.sections)
    template = current_app.jinja_env.get_template("buyer/matrix_line.html")
    # One address is built and cut, because a line has sixteen of them.
    address = url_for(
        "buyer.answers", rfi_id=rfi_id, assessment_id=row.assessment_id, section_id="~"
    ).partition("~")[0]
    return Markup(  # noqa: S704 - the template escapes
        template.render(row=row, sections=sections, sealed=sealed, counts=counts, address=address)
    )
