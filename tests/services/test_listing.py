"""Vendors on the list: typed, pasted, corrected, taken off; twins named, nothing half done."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import new_id
from questionnaire.models import Assessment, AuditRow, Organisation, Rfi, User, Vendor
from questionnaire.services import contacts, drafting, listing
from questionnaire.services.auditing import Actor
from questionnaire.services.contacts import WrongRows
from questionnaire.services.faults import Invalid, Missing, Refused
from tests.cast import actor_of
from tests.harness.clock import MovableClock
from tests.services import drafts

AMBER = {"vendor": "Amber Call", "name": "Vera", "email": "vera@amber.example", "language": "lv"}


@pytest.fixture
def actor(organisation: Organisation, ada: User) -> Actor:
    return actor_of(ada, organisation)


@pytest.fixture
def rfi(session: Session, clock: MovableClock, actor: Actor) -> Rfi:
    return drafts.begin(session, clock, actor)


def names(session: Session, rfi: Rfi) -> list[str]:
    return [one.vendor.name for one in listing.vendors_of(session, rfi)]


def pasted(text: str) -> list[tuple[int, str, str]]:
    """Row, column and sentence of every fault."""
    try:
        found, faults = contacts.read_rows(text)
    except WrongRows as fault:
        faults = list(fault.rows)
    else:
        assert faults, f"read as {found}"
    return [(one.row, one.column, one.sentence) for one in faults]


@pytest.mark.parametrize(
    "text",
    [
        "Amber Call\tVera\tvera@amber.example\tlv\nCobalt\t\tc@cobalt.example\t\n",
        "Amber Call;Vera;vera@amber.example;Latvian\r\nCobalt;;c@cobalt.example\r\n",
        "vendor,contact,e-mail,language\nAmber Call,Vera,vera@amber.example,lv\n"
        "Cobalt,,c@cobalt.example,en\n",
        "E-mail;Company;Language;Contact person\n\nvera@amber.example;Amber Call;latviešu;Vera\n"
        "c@cobalt.example;Cobalt;;\n",
        '\ufeff"Amber Call","Vera","vera@amber.example","lv"\n"Cobalt","","c@cobalt.example",""\n',
    ],
    ids=["tabs", "semicolons", "header", "other order", "quoted"],
)
def test_rows_are_read_however_the_spreadsheet_writes_them(text: str) -> None:
    rows, faults = contacts.read_rows(text)
    assert faults == []
    assert [tuple(one) for _, one in rows] == [
        ("Amber Call", "Vera", "vera@amber.example", "lv"),
        ("Cobalt", "", "c@cobalt.example", "en"),
    ]


@pytest.mark.parametrize(
    ("text", "row", "column", "words"),
    [
        ("Amber;Vera;vera.amber.example;en", 1, "email", "e-mail"),
        ("A;;a@a.example\nB;;b@b.example;Klingon", 2, "language", "English"),
        ("A;;a@a.example\n;;b@b.example", 2, "vendor", "name"),
        ("A;;a@a.example;en;5", 1, "", "5 cells"),
        ('A;;a@a.example\n"B;;b@b.example', 2, "", "quotation mark"),
        ("Vendor;Contact;Language\nA;B;en", 1, "", "E-mail"),
        ("Vendor;E-mail\n", 1, "", "no vendor below"),
        ("  \n ", 1, "", "Nothing was pasted"),
        ("x" * 121 + ";;a@a.example", 1, "vendor", "120"),
        ("\n".join(f"V{n};;v{n}@v.example" for n in range(201)), 201, "", "200"),
        ("x" * 60_001, 1, "", "60,000"),
    ],
)
def test_a_fault_names_its_row_and_its_column(text: str, row: int, column: str, words: str) -> None:
    ((at, of, sentence),) = pasted(text)
    assert (at, of) == (row, column)
    assert words in sentence


def test_rows_are_counted_as_they_were_pasted_over_line_ends_in_cells() -> None:
    text = 'Vendor;Contact;E-mail\n"Amber\nCall";;a@a.example\nB;;not-an-address'
    ((row, _column, _sentence),) = pasted(text)
    assert row == 4


def test_pasted_vendors_are_listed_and_what_stands_there_already_is_not_again(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    text = "Amber Call;Vera;vera@amber.example;lv\nCobalt;;c@cobalt.example;en"
    assert listing.paste(session, clock, actor, rfi.id, text) == 2
    assert listing.paste(session, clock, actor, rfi.id, text) == 0
    assert names(session, rfi) == ["Amber Call", "Cobalt"]


def test_one_wrong_row_keeps_every_row_out_and_twins_are_named(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    listing.add(session, clock, actor, rfi.id, AMBER)
    text = (
        "amber  call;;other@amber.example\nCobalt;;vera@amber.example\n"
        "Dune;;d@dune.example\nDUNE;;e@dune.example\nEcho;;D@DUNE.example\nBad;;none"
    )
    with pytest.raises(WrongRows) as caught:
        listing.paste(session, clock, actor, rfi.id, text)
    assert [(one.row, one.column) for one in caught.value.rows] == [
        (1, "vendor"),
        (2, "email"),
        (4, "vendor"),
        (5, "email"),
        (6, "email"),
    ]
    assert str(caught.value.rows[2]) == "Row 4, Vendor: DUNE is in row 3 already."
    assert names(session, rfi) == ["Amber Call"]


def test_the_same_vendor_typed_twice_stands_once(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    first = listing.add(session, clock, actor, rfi.id, AMBER)
    assert listing.add(session, clock, actor, rfi.id, AMBER).id == first.id
    assert session.scalar(sa.select(sa.func.count()).select_from(AuditRow)) == 2


@pytest.mark.parametrize(
    ("change", "column"),
    [({"vendor": "amber call"}, "vendor"), ({"vendor": "Other"}, "email")],
)
def test_a_twin_typed_in_is_refused_at_its_control(
    session: Session,
    clock: MovableClock,
    actor: Actor,
    rfi: Rfi,
    change: dict[str, str],
    column: str,
) -> None:
    listing.add(session, clock, actor, rfi.id, AMBER)
    typed = AMBER | {"name": "Somebody else"} | change
    with pytest.raises(Invalid) as caught:
        listing.add(session, clock, actor, rfi.id, typed)
    assert set(caught.value.faults) == {column}


def test_a_vendor_is_known_over_all_rfis_of_the_organisation_and_to_nobody_else(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi, stan: User
) -> None:
    other = drafts.begin(session, clock, actor)
    stranger = actor_of(stan, stan.memberships[0].organisation)
    theirs = drafts.begin(session, clock, stranger)
    made = [
        listing.add(session, clock, who, one.id, AMBER)
        for who, one in ((actor, rfi), (actor, other), (stranger, theirs))
    ]
    assert made[0].vendor_id == made[1].vendor_id
    assert made[2].vendor_id != made[0].vendor_id
    assert session.scalar(sa.select(sa.func.count()).select_from(Vendor)) == 2


def test_a_vendor_is_corrected_until_it_is_invited(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    one = listing.add(session, clock, actor, rfi.id, AMBER)
    seen = listing.seen_of(one)
    changed = AMBER | {"vendor": "Amber Calls", "email": "new@amber.example"}
    listing.change(session, clock, actor, rfi.id, one.id, changed, seen=seen)
    assert (one.vendor.name, one.contact_email) == ("Amber Calls", "new@amber.example")
    with pytest.raises(drafting.Stale):
        listing.change(session, clock, actor, rfi.id, one.id, AMBER, seen=seen)


def test_a_vendor_of_another_rfi_is_missing(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    other = drafts.begin(session, clock, actor)
    foreign = listing.add(session, clock, actor, other.id, AMBER)
    for id in (foreign.id, new_id()):
        with pytest.raises(Missing):
            listing.remove(session, clock, actor, rfi.id, id)


def test_an_invited_vendor_is_neither_corrected_nor_removed(
    session: Session, clock: MovableClock, actor: Actor
) -> None:
    rfi = drafts.sent(session, clock, actor)
    one = listing.vendors_of(session, rfi)[0]
    with pytest.raises(Refused, match="invited already"):
        listing.remove(session, clock, actor, rfi.id, one.id)
    with pytest.raises(Refused, match="invited already"):
        listing.change(session, clock, actor, rfi.id, one.id, AMBER, seen=listing.seen_of(one))


def test_a_vendor_can_be_taken_off_and_the_trail_says_so(
    session: Session, clock: MovableClock, actor: Actor, rfi: Rfi
) -> None:
    one = listing.add(session, clock, actor, rfi.id, AMBER)
    listing.remove(session, clock, actor, rfi.id, one.id)
    assert session.scalar(sa.select(sa.func.count()).select_from(Assessment)) == 0
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "removed")).one()
    assert row.details == {"vendor": "Amber Call"}


def test_the_list_has_an_end(
    session: Session,
    clock: MovableClock,
    actor: Actor,
    rfi: Rfi,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "MOST_VENDORS", 2)
    text = "\n".join(f"Vendor {n};;v{n}@v.example" for n in range(3))
    with pytest.raises(Invalid, match="room for 2"):
        listing.paste(session, clock, actor, rfi.id, text)
    assert names(session, rfi) == []
