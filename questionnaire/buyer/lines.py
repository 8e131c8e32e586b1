"""The lines of the board, as pieces that are kept: a line looks the same until its vendor moves on.

A board of a hundred vendors is a hundred pieces, of which one or two have changed since the page
was shown last; the others are joined as they were.
"""

from __future__ import annotations

from functools import lru_cache

from flask import current_app, url_for
from markupsafe import Markup

from questionnaire.buyer import words
from questionnaire.services.boarding import Board
from questionnaire.services.links import Links
from questionnaire.services.vendor_rows import MOST_BOARDS, VendorRow

#: So many lines are kept ready: twenty boards of a hundred vendors, with both of their tables.
KEPT = 4096


def vendor_lines(board: Board, links: Links, language: str) -> Markup:
    """The rows of the board, one for each vendor."""
    rfi = board.rfi
    html = _vendor_lines(str(rfi.id), rfi.state, rfi.time_zone, board.vendors, links, language)
    return Markup(html)  # noqa: S704 - the templates escape


def matrix_lines(board: Board, language: str) -> Markup:
    """The rows of the table of sections, one for each vendor that has submitted."""
    sealed = frozenset(one.id for one in board.bank.sections if one.sealed)
    own_team = any(one.in_house for one in board.vendors)
    of_vendors = board.of_vendors if own_team else frozenset[str]()
    asked = (board.sections, of_vendors, sealed)
    html = _matrix_lines(str(board.rfi.id), asked, board.vendors, language)
    return Markup(html)  # noqa: S704 - the templates escape


@lru_cache(maxsize=MOST_BOARDS)
def _vendor_lines(
    rfi_id: str,
    state: str,
    time_zone: str,
    vendors: tuple[VendorRow, ...],
    links: Links,
    language: str,
) -> str:
    """All rows: while no vendor moves on they are the same ones, and joined already."""
    return "".join(_vendor_line(rfi_id, state, time_zone, one, links, language) for one in vendors)


@lru_cache(maxsize=MOST_BOARDS)
def _matrix_lines(
    rfi_id: str,
    asked: tuple[tuple[str, ...], frozenset[str], frozenset[str]],
    vendors: tuple[VendorRow, ...],
    language: str,
) -> str:
    sections, of_vendors, sealed = asked
    none = frozenset[str]()
    return "".join(
        _matrix_line(rfi_id, sections, of_vendors if one.in_house else none, sealed, one, language)
        for one in vendors
        if one.state == "submitted"
    )


@lru_cache(maxsize=KEPT)
def _vendor_line(
    rfi_id: str, state: str, time_zone: str, row: VendorRow, links: Links, language: str
) -> str:
    address = url_for("buyer.vendor", rfi_id=rfi_id, assessment_id=row.assessment_id)
    template = current_app.jinja_env.get_template("buyer/vendor_line.html")
    return _tight(
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
    rfi_id: str,
    sections: tuple[str, ...],
    left_out: frozenset[str],
    sealed: frozenset[str],
    row: VendorRow,
    language: str,
) -> str:
    counts = dict(row.sections)
    template = current_app.jinja_env.get_template("buyer/matrix_line.html")
    # One address is built and cut, because a line has sixteen of them.
    address = url_for(
        "buyer.answers", rfi_id=rfi_id, assessment_id=row.assessment_id, section_id="~"
    ).partition("~")[0]
    return _tight(
        template.render(
            row=row,
            sections=sections,
            left_out=left_out,
            sealed=sealed,
            counts=counts,
            address=address,
        )
    )


def _tight(html: str) -> str:
    """Without the line breaks and blanks that the template has for its own readability."""
    return " ".join(line.strip() for line in html.splitlines())
