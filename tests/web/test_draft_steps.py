"""The steps of a draft: basics, questions, brief; stale pages show both, nothing typed is lost."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from questionnaire.models import Rfi
from tests.harness.web import StrictClient
from tests.web.buying import actor, buyer, draft, path, ready, sent, vendors

__all__ = ["actor", "buyer", "draft", "ready", "sent"]


def steps(client: StrictClient) -> dict[str, str]:
    """Title of each step -> what the page says about it."""
    assert client.page is not None
    nav = next(
        one for one in client.page.root.iter("nav") if one.get("aria-label", "").startswith("Steps")
    )
    found = {}
    for one in nav.iter("a"):
        words = {part.get("class"): "".join(part.itertext()) for part in one.iter("span")}
        found[words["step-title"]] = words.get("step-state", "")
    return found


def test_the_steps_say_what_is_missing(buyer: StrictClient, draft: Rfi) -> None:
    page = buyer.show(path(draft))
    assert page.url == path(draft, "/brief")
    assert steps(buyer) == {
        "Basics": "complete",
        "Questions": "complete",
        "Brief": "14 missing",
        "Requirements": "complete",
        "Vendors": "1 missing",
        "Preview": "",
        "Send": "",
    }


def test_basics_are_saved_and_lead_on(buyer: StrictClient, session: Session, draft: Rfi) -> None:
    buyer.show(path(draft, "/basics"))
    page = buyer.press("Save and continue", {"title": "Another title"})
    assert page.url == path(draft, "/questions")
    buyer.show(path(draft, "/basics"))
    page = buyer.press("Save", {"purpose": "Evenings only."})
    assert page.url == path(draft, "/basics")
    assert (draft.title, draft.purpose) == ("Another title", "Evenings only.")


def test_two_buyers_at_once_see_both_values_and_nothing_is_overwritten(
    buyer: StrictClient, new_client: Any, session: Session, draft: Rfi, ada: Any
) -> None:
    from tests.cast import sign_in

    other = new_client()
    sign_in(other, ada)
    buyer.show(path(draft, "/basics"))
    other.show(path(draft, "/basics"))
    other.press("Save", {"title": "The other's title"})
    page = buyer.press("Save", {"title": "My title"}, status=409)
    assert "Somebody else has changed this" in page.text
    assert "The other's title" in page.text
    assert page.form_with("Save").values()["title"] == ["My title"]
    assert draft.title == "The other's title"
    buyer.press("Save")
    session.refresh(draft)
    assert draft.title == "My title"


def test_questions_are_found_ticked_and_counted_without_javascript(
    buyer: StrictClient, session: Session, draft: Rfi
) -> None:
    page = buyer.show(path(draft, "/questions?q=generator"))
    values = page.form_with("Save").values()
    assert values["shown"] == ["company.sites"]
    assert "questions" not in values or values["questions"] == []
    page = buyer.press("Save", {"questions": ["company.sites"]})
    assert "56 of 121 questions chosen" in page.text
    assert page.url == path(draft, "/questions?q=generator")


def test_a_whole_section_is_chosen_and_left_out_by_its_buttons(
    buyer: StrictClient, draft: Rfi
) -> None:
    buyer.show(path(draft, "/questions"))
    page = buyer.press("Choose all in Language")
    assert "61 of 121 questions chosen" in page.text
    page = buyer.press("Choose none in Language")
    assert "55 of 121 questions chosen" in page.text


def test_a_preset_replaces_the_choice(buyer: StrictClient, draft: Rfi) -> None:
    buyer.show(path(draft, "/questions"))
    page = buyer.press("Full questionnaire")
    assert "121 of 121 questions chosen" in page.text


def test_what_other_answers_need_is_named_and_added_by_one_press(
    buyer: StrictClient, draft: Rfi
) -> None:
    page = buyer.show(path(draft, "/questions"))
    assert "“Sites” is needed for Certificates and attestations." in page.text
    page = buyer.press("Ask these 2 too")
    assert "57 of 121 questions chosen" in page.text
    assert "cannot be judged well" not in page.text


def test_nothing_chosen_is_refused_with_the_page_as_it_was(buyer: StrictClient, draft: Rfi) -> None:
    buyer.show(path(draft, "/questions"))
    page = buyer.press("Save", {"questions": None}, status=422)
    assert "Choose at least one question" in page.text
    assert len(draft.question_ids) == 55


def test_a_stale_choice_is_shown_and_not_saved(
    buyer: StrictClient, session: Session, draft: Rfi
) -> None:
    page = buyer.show(path(draft, "/questions"))
    values = page.form_with("Save").values()
    buyer.press("Full questionnaire")
    reply = buyer.post(path(draft, "/questions"), data=values)
    assert reply.status_code == 409
    assert len(draft.question_ids) == 121


def test_the_brief_asks_with_defaults_and_reasons(buyer: StrictClient, draft: Rfi) -> None:
    page = buyer.show(path(draft, "/brief"))
    values = page.form_with("Save").values()
    assert values["rto_hours"] == ["8"]
    assert "What stands here is our suggestion." in page.text
    assert "Data in any other country rules a provider out." in page.text
    assert "languages.0.language" not in values


def test_a_brief_is_saved_in_part_and_says_what_is_still_missing(
    buyer: StrictClient, draft: Rfi
) -> None:
    buyer.show(path(draft, "/brief"))
    page = buyer.press("Save and continue", {"rto_hours": "6"})
    assert page.url == path(draft, "/brief")
    assert "6 more to state before the RFI can be sent." in page.text
    assert draft.brief["rto_hours"] == 6


def test_a_whole_brief_leads_on(buyer: StrictClient, draft: Rfi) -> None:
    buyer.show(path(draft, "/brief"))
    typed = {
        "sector": "retail",
        "size": "small",
        "size_band_list": ["small", "mid"],
        "seats_needed": "45",
        "permitted_countries": ["US", "LV"],
        "contract_start": "2027-03-01",
    }
    page = buyer.press("Save and continue", typed)
    assert page.url == path(draft, "/requirements")
    assert draft.brief["permitted_countries"] == ["LV", "US"]


def test_a_wrong_brief_comes_back_whole_and_nothing_is_saved(
    buyer: StrictClient, draft: Rfi
) -> None:
    buyer.show(path(draft, "/brief"))
    typed = {"rto_hours": "eight", "permitted_countries": ["US", "LV"], "sector": "retail"}
    page = buyer.press("Save", typed, status=422)
    assert "Longest acceptable outage after a disaster: Write a number in digits only" in page.text
    assert "our suggestion" not in page.text
    values = page.form_with("Save").values()
    assert values["rto_hours"] == ["eight"]
    assert values["permitted_countries"] == ["LV", "US"]
    assert values["sector"] == ["retail"]
    assert draft.brief == {}


def test_languages_are_rows_with_faults_at_their_cells(buyer: StrictClient, draft: Rfi) -> None:
    buyer.show(path(draft, "/questions"))
    buyer.press("Full questionnaire")
    page = buyer.show(path(draft, "/brief"))
    typed = {"languages.0.language": "en", "languages.2.agents_needed": "few"}
    page = buyer.press("Save", typed, status=422)
    assert "Choose the lowest level that you accept." in page.text
    page.by_id("languages.0.min_spoken-wrong")
    page.by_id("languages.2.language-wrong")
    assert "Languages your customers speak, row 3: Choose the language." in page.text
    values = page.form_with("Save").values()
    assert values["languages.2.agents_needed"] == ["few"]
    typed = {
        "languages.0.language": "en",
        "languages.0.min_spoken": "B2",
        "languages.0.agents_needed": "12",
        "languages.2.agents_needed": "",
    }
    buyer.press("Save", typed)
    assert draft.brief["languages"] == [{"language": "en", "min_spoken": "B2", "agents_needed": 12}]


def test_what_only_costs_need_says_so_and_its_faults_are_named(
    buyer: StrictClient, draft: Rfi
) -> None:
    assert "costs are then not known" not in buyer.show(path(draft, "/brief")).text
    buyer.show(path(draft, "/questions"))
    buyer.press("Full questionnaire")
    page = buyer.show(path(draft, "/brief"))
    assert "can stay empty: costs are then not known" in page.text
    page = buyer.press("Save", {"monthly_contacts": "many", "inhouse.aht": "long"}, status=422)
    assert page.text.count("Write a number in digits only") >= 3, "at the field, and on top by name"
    buyer.press("Save", {"monthly_contacts": "9000", "inhouse.aht": "300"})
    assert draft.brief["monthly_contacts"] == 9000
    assert draft.brief["inhouse"] == {"aht": 300}


def test_a_stale_brief_shows_what_the_other_said(
    buyer: StrictClient, session: Session, draft: Rfi
) -> None:
    page = buyer.show(path(draft, "/brief"))
    values = page.form_with("Save").values()
    buyer.press("Save", {"rto_hours": "6"})
    values["rto_hours"] = ["24"]
    reply = buyer.post(path(draft, "/brief"), data=values)
    assert reply.status_code == 409
    assert buyer.page is not None
    assert "Saved by somebody else meanwhile: 6 hours" in buyer.page.text.replace("\u00a0", " ")
    assert buyer.page.form_with("Save").values()["rto_hours"] == ["24"]
    assert draft.brief["rto_hours"] == 6


def test_a_sent_rfi_leads_from_its_steps_to_its_board(buyer: StrictClient, sent: Rfi) -> None:
    for step in ("basics", "questions", "send", "new-requirement"):
        assert buyer.show(path(sent, f"/{step}")).url == path(sent)
    assert "As it was stated" in buyer.show(path(sent, "/brief")).text
    page = buyer.show(path(sent, "/requirements"))
    assert "All versions, with their reasons" in page.text
    assert "Change" not in [words for words, _ in page.links]


def test_the_history_of_a_draft_is_one_press_away(buyer: StrictClient, ready: Rfi) -> None:
    page = buyer.show(path(ready, "/brief"))
    page = buyer.show(page.link("History of this draft"))
    assert "Ada Marsh began the RFI “Customer care 2027”" in page.text
    assert "Ada Marsh changed the brief of “Customer care 2027”" in page.text


def test_pages_of_a_sent_rfi_lead_back_to_the_draft_before(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    one = vendors(session, ready)[0]
    assert buyer.show(path(ready, "/deadline")).url == path(ready, "/basics")
    assert buyer.show(path(ready, f"/vendors/{one.id}")).url == path(ready, "/vendors")
