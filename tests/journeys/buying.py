"""What Ada does: an RFI in seven steps, sent twice by a nervous hand and opened once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.journeys.visitor import Visitor

TITLE = "Customer care 2027"
PURPOSE = "Evenings and weekends for our shops, from spring on."
VERA = "vera@coral.example"
VIK = "vik@dune.example"
#: Beside the preset and the sealed section: a question of each kind that these lack.
MORE = ("privacy.countries", "company.legal-entity", "payments.matrix")
PASTED = """vendor\tcontact\te-mail\tlanguage
Dune Voice\tVik Dune\t{}\ten
Elm Service\tEva Elm\teva@elm.example\ten"""


def begin(ada: Visitor) -> None:
    """The basics: a title that is missing is told, and what was typed stays."""
    ada.go("/rfis")
    ada.look("rfis-empty")
    ada.follow("New RFI")
    ada.arrive("New RFI")
    ada.look("rfi-new")
    ada.fill({"Purpose": PURPOSE})
    ada.page.get_by_label("General retail").check()
    ada.page.get_by_label("Six topics").check()
    with ada.refused(422):
        ada.press("Save and choose questions")
    ada.look("rfi-new-wrong")
    expect(ada.page.get_by_label("Purpose")).to_have_value(PURPOSE)
    ada.fill({"Title": TITLE})
    ada.press("Save and choose questions")
    ada.sees("Now choose what to ask.")


def choose_questions(ada: Visitor) -> None:
    """The six topics are there; a question is found by its words, a section taken whole."""
    ada.look("questions")
    ada.fill({"Search the bank": "responsibility matrix"})
    ada.press("Search")
    ada.page.get_by_label("Attach the responsibility matrix").check()
    ada.look("questions-found")
    ada.press("Save", exact=True)
    ada.sees("Saved.")
    ada.go(ada.page.url.split("?")[0])
    open_fold(ada.page.locator("#section-price"))
    ada.press("Choose all", within=ada.page.locator("#section-price"))
    for question in MORE:
        open_fold(ada.page.locator(f"#section-{question.split('.')[0]}"))
        ada.page.locator(f"[id='q-{question}']").check()
    ada.look("questions-chosen")
    expect(ada.page.locator("[data-count=chosen]")).to_have_text("63")
    ada.press("Save and continue")


def open_fold(fold: Locator) -> None:
    """Open a section that is folded in."""
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()


def state_brief(ada: Visitor) -> None:
    """What the requirements refer to; a number that is none is told and nothing is lost."""
    ada.arrive("Brief")
    ada.look("brief")
    page = ada.page
    page.get_by_label("Your sector").select_option("retail")
    page.get_by_role("radio", name="Mid-size").check()
    for label in ("Mid-size", "Payment-card data"):
        page.get_by_role("checkbox", name=label).check()
    ada.fill({"Seats you need": "45"})
    for country in ("Latvia", "Ireland"):
        ada.fill({"Find a country": country})
        page.get_by_label(country, exact=True).check()
    ada.fill({"Start of the service": "2027-05-01", "Longest acceptable outage": "eight"})
    with ada.refused(422):
        ada.press("Save and continue")
    ada.look("brief-wrong")
    expect(page.get_by_label("Start of the service")).to_have_value("2027-05-01")
    expect(page.get_by_label("Latvia", exact=True)).to_be_checked()
    ada.fill({"Longest acceptable outage": "8"})
    ada.press("Save and continue")


def change_threshold(ada: Visitor) -> None:
    """One requirement demands more than was suggested, and says so in its sentence."""
    ada.arrive("Requirements")
    ada.look("requirements")
    ada.follow("Change", within=ada.page.locator(".req", has_text="Recovery time must"))
    ada.arrive("Change a requirement")
    ada.look("requirement")
    ada.page.get_by_label("A fixed value").check()
    ada.page.get_by_role("textbox", name="Fixed value").fill("6")
    ada.fill({"Because": "Our shops cannot be unreachable for a working day."})
    ada.page.get_by_label("Mandatory:").check()
    ada.look("requirement-changed")
    ada.press("Save the requirement")
    ada.sees("must be at most 6 hours")
    ada.look("requirements-changed")
    ada.follow("Continue to vendors")


def list_vendors(ada: Visitor) -> None:
    """One typed in, two pasted; a faulty row is named and nothing of the rest is lost."""
    ada.arrive("Vendors")
    ada.look("vendors-empty")
    ada.fill({"Vendor": "Coral Contact", "Contact person": "Vera Vendel", "E-mail": VERA})
    ada.press("Add the vendor")
    ada.sees("1 vendor on the list")
    ada.fill({"Rows": PASTED.format("vik at dune.example")})
    with ada.refused(422):
        ada.press("Add these vendors")
    ada.look("vendors-wrong")
    told = ada.page.locator("#pasted-wrong").inner_text()
    assert "Row 2" in told, told
    assert "e-mail" in told.lower(), told
    expect(ada.page.get_by_label("Rows")).to_have_value(PASTED.format("vik at dune.example"))
    ada.sees("1 vendor on the list")
    ada.fill({"Rows": PASTED.format(VIK)})
    ada.press("Add these vendors")
    ada.sees("3 vendors on the list")
    ada.look("vendors")
    ada.follow("Continue to the preview")


def send(ada: Visitor) -> None:
    """Look at what the vendors will see, and press twice: each gets one mail."""
    ada.arrive("Preview")
    ada.look("preview")
    ada.follow("Continue to check and send")
    ada.arrive("Check and send")
    ada.look("check-and-send")
    ada.page.get_by_role("button", name="Send to 3 vendors").dblclick()
    ada.arrive(TITLE)
    ada.sees("0 of 3 submitted")
    ada.look("board-sent")
    ada.go("/mail")
    expect(ada.page.locator("tbody tr", has_text=f"Invitation · {TITLE}")).to_have_count(3)


def row_of(ada: Visitor, vendor: str) -> Locator:
    """A vendor's line of the board."""
    return ada.page.locator(".board tbody tr", has_text=vendor)


def to_board(ada: Visitor) -> None:
    ada.go("/rfis")
    ada.look("rfis")
    ada.follow(TITLE)
    ada.page.locator(".board").wait_for()


def copied_link(ada: Visitor, vendor: str) -> str:
    """The link that the board puts on the clipboard."""
    ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    to_board(ada)
    ada.press("Copy link", within=row_of(ada, vendor))
    ada.page.get_by_text("✓ Copy link").wait_for()
    return str(ada.page.evaluate("navigator.clipboard.readText()"))


def follow_answers(ada: Visitor) -> None:
    """The board says what came in and what it came to; a cell leads to the answers."""
    to_board(ada)
    ada.sees("2 of 3 submitted")
    expect(row_of(ada, "Coral Contact")).to_contain_text("Submitted")
    expect(row_of(ada, "Elm Service")).to_contain_text("Sent")
    ada.look("board-submitted")
    with ada.page.expect_download() as coming:
        ada.follow("Download as CSV")
    counts = coming.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert any("Coral Contact" in line for line in counts), counts
    cells = ada.page.locator(".matrix tbody tr", has_text="Coral Contact")
    cells.locator("a[href$='/resilience']").click()
    ada.sees("12 hours", "Not met")
    ada.look("answers-resilience")
    ada.page.locator(".preview-sections a", has_text="sealed").click()
    ada.sees("Sealed until the review is locked.")
    ada.look("answers-price")


def look_around(ada: Visitor) -> None:
    """Every other page of an RFI that was sent, and what an admin has."""
    for name in ("Vendors", "Requirements", "Brief", "Questionnaire", "History"):
        to_board(ada)
        ada.page.locator(".tabs").get_by_role("link", name=name).click()
        ada.arrive(name)
        ada.look(f"sent-{name.lower()}")
    to_board(ada)
    ada.follow("Manage", within=row_of(ada, "Coral Contact"))
    ada.arrive("Coral Contact")
    ada.look("vendor-submitted")
    to_board(ada)
    ada.follow("Manage", within=row_of(ada, "Elm Service"))
    ada.arrive("Elm Service")
    ada.look("vendor-sent")
    to_board(ada)
    ada.follow("Deadline or withdraw")
    ada.arrive("Deadline")
    ada.look("deadline")
    for path in ("/audit", "/account", "/members"):
        ada.go(path)
        ada.look(path.strip("/"))
