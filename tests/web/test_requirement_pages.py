"""Requirements on pages: sentences by section, one edited, gates confirmed, one's own added."""

from __future__ import annotations

from urllib.parse import quote

from sqlalchemy.orm import Session

from question_bank.model import RowRule
from questionnaire.models import Rfi
from tests.harness.web import StrictClient
from tests.services import drafts
from tests.web.buying import actor, buyer, draft, path, ready, sent

__all__ = ["actor", "buyer", "draft", "ready", "sent"]

MAJOR, GATE, LAW = "resilience.rto#1", "resilience.carriers#1", "resilience.data-centres#4"
#: A gate that demands a review of its evidence.
PROVEN = "security.access#1"
SAVE = "Save the requirement"


def one(rfi: Rfi, id: str) -> str:
    return path(rfi, f"/requirements/{quote(id)}")


def test_every_requirement_stands_there_as_a_sentence_with_its_reason(
    buyer: StrictClient, ready: Rfi
) -> None:
    page = buyer.show(path(ready, "/requirements"))
    text = page.text.replace("\u00a0", " ")
    assert "Recovery time must be at most 8 hours (your brief). Major because:" in text
    assert "The buyer's customers set the tolerance, not the provider's plan." in text
    assert "63 more requirements of your profiles wait behind questions" in text
    sections = [one.get("id") for one in page.root.iter("section")]
    assert sections[0] == "s-clients"
    assert "s-price" not in sections


def test_the_list_is_narrowed_by_severity_and_state(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    def shown(only: str) -> int:
        return len(list(buyer.show(path(ready, f"/requirements?only={only}")).root.iter("li")))

    everything, gates = shown(""), shown("mandatory")
    assert 0 < gates < everything
    assert "No requirement is like that." in buyer.show(path(ready, "/requirements?only=off")).text
    buyer.show(one(ready, MAJOR))
    buyer.press(SAVE, {"on": None})
    page = buyer.show(path(ready, "/requirements?only=off"))
    assert "Switched off" in page.text
    assert "Recovery time must be" in page.text


def test_one_requirement_is_edited_and_put_back(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    page = buyer.show(one(ready, MAJOR))
    values = page.form_with(SAVE).values()
    assert values["source"] == ["@buyer.rto_hours"]
    page = buyer.press(
        SAVE, {"source": "value", "value": "6", "severity": "mandatory", "rationale": "We said so."}
    )
    assert page.url == path(ready, "/requirements")
    text = page.text.replace("\u00a0", " ")
    assert "Recovery time must be at most 6 hours. Mandatory Changed because: We said so." in text
    buyer.show(one(ready, MAJOR))
    buyer.press("Put it back as suggested")
    assert not drafts.held(session, ready, MAJOR).changed


def test_the_buyer_says_what_must_stand_behind_an_answer(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    buyer.show(one(ready, MAJOR))
    page = buyer.press(SAVE, {"assurance": "3"})
    assert "with independently attested evidence." in page.text
    assert drafts.held(session, ready, MAJOR).requirement.assurance == 3
    page = buyer.show(one(ready, MAJOR))
    assert page.form_with(SAVE).values()["assurance"] == ["3"]
    buyer.press(SAVE, {"assurance": ""})
    assert not drafts.held(session, ready, MAJOR).changed
    page = buyer.show(one(ready, MAJOR))
    sent = page.form_with(SAVE).values() | {"assurance": "5"}
    assert buyer.post(one(ready, MAJOR), data=sent).status_code == 422


def test_a_gate_that_would_ask_for_less_proof_wants_a_yes(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    buyer.show(one(ready, PROVEN))
    page = buyer.press(SAVE, {"assurance": "1"}, status=422)
    assert "may ask less than before" in page.text
    assert page.form_with(SAVE).values()["assurance"] == ["1"]
    buyer.press(SAVE, {"confirmed": "yes"})
    assert drafts.held(session, ready, PROVEN).requirement.assurance == 1


def test_a_gate_is_switched_off_only_after_a_yes_on_the_same_page(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    buyer.show(one(ready, GATE))
    page = buyer.press(SAVE, {"on": None, "rationale": "One line is enough."}, status=422)
    assert "a vendor that fails here can still be recommended" in page.text
    values = page.form_with(SAVE).values()
    assert values["rationale"] == ["One line is enough."]
    assert "on" not in values or values["on"] == []
    assert not drafts.held(session, ready, GATE).off
    buyer.press(SAVE, {"confirmed": "yes"})
    assert drafts.held(session, ready, GATE).off
    page = buyer.show(path(ready, "/send"))
    assert "1 mandatory requirement differs from what was suggested." in page.text


def test_what_the_law_demands_stays_on(buyer: StrictClient, session: Session, ready: Rfi) -> None:
    page = buyer.show(one(ready, LAW))
    assert "can never be waived" in page.text
    page = buyer.press(SAVE, {"on": None, "severity": "minor"}, status=422)
    assert "it cannot be switched off" in page.text
    assert "its severity cannot be lowered" in page.text
    assert "confirmed" not in page.form_with(SAVE).values()
    assert not drafts.held(session, ready, LAW).changed


def test_a_threshold_that_no_answer_can_meet_comes_back_with_its_sentence(
    buyer: StrictClient, ready: Rfi
) -> None:
    buyer.show(one(ready, "scripting.pass-mark#1"))
    page = buyer.press(SAVE, {"value": "101"}, status=422)
    assert "answers go up to 100" in page.text
    assert page.form_with(SAVE).values()["value"] == ["101"]


def test_a_gate_that_contradicts_another_comes_back_with_both_in_words(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    add = path(ready, "/new-requirement?question=culture.hours&operator=")
    typed = {"severity": "mandatory", "rationale": "So that we are sure."}
    buyer.show(f"{add}at_least")
    buyer.press("Add the requirement", typed | {"value": "40"})
    buyer.show(f"{add}at_most")
    page = buyer.press("Add the requirement", typed | {"value": "20"}, status=422)
    assert "each of them is mandatory" in page.text, page.text
    assert "together, and each of them is mandatory" in page.text
    assert page.form_with("Add the requirement").values()["value"] == ["20"]


def test_a_stale_edit_overwrites_nothing(buyer: StrictClient, session: Session, ready: Rfi) -> None:
    page = buyer.show(one(ready, MAJOR))
    values = page.form_with(SAVE).values()
    buyer.press(SAVE, {"severity": "minor"})
    reply = buyer.post(one(ready, MAJOR), data=values | {"severity": ["mandatory"]})
    assert reply.status_code == 409
    assert buyer.page is not None
    assert "Somebody else has changed this" in buyer.page.text
    assert drafts.held(session, ready, MAJOR).requirement.severity == "minor"


def test_a_requirement_is_added_in_steps_without_javascript(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    buyer.show(path(ready, "/new-requirement"))
    buyer.press("Next", {"question": "resilience.outages"})
    buyer.press("Next", {"operator": "row"})
    buyer.press("Next", {"quantifier": "count"})
    page = buyer.press("Next", {"op": "at_most", "where": "cause"})
    page = buyer.press("Next", {"where_value": "weather"})
    assert "What it demands" in page.text
    typed = {"value": "2", "severity": "major", "rationale": "Storms are no surprise."}
    page = buyer.press("Add the requirement", typed)
    held = drafts.held(session, ready, "resilience.outages#own1")
    assert held.own
    assert "Storms are no surprise." in page.text
    buyer.show(one(ready, held.id))
    page = buyer.press("Take it out")
    assert "Storms are no surprise." not in page.text


def test_the_figures_of_two_groups_of_rows_are_compared(
    buyer: StrictClient, session: Session, ready: Rfi
) -> None:
    ready.question_ids = [*ready.question_ids, "people.staff"]
    session.commit()
    buyer.show(path(ready, "/new-requirement?question=people.staff&operator=row&quantifier=ratio"))
    page = buyer.press("Next", {"column": "headcount", "where": "role", "per": "role"})
    assert "What it demands" not in page.text
    buyer.press("Next", {"where_value": "agent", "per_value": "trainer", "op": "at_most"})
    typed = {"value": "40", "severity": "minor", "rationale": "New starters need a trainer."}
    page = buyer.press("Add the requirement", typed)
    assert "divided by" in page.text
    held = drafts.held(session, ready, "people.staff#own1").requirement
    assert isinstance(held.threshold, RowRule)
    assert (held.threshold.numerator, held.threshold.denominator) == (
        {"role": "agent"},
        {"role": "trainer"},
    )


def test_what_is_added_is_held_to_the_same_rules(buyer: StrictClient, ready: Rfi) -> None:
    buyer.show(path(ready, "/new-requirement?question=scripting.pass-mark&operator=at_least"))
    typed = {"value": "101", "severity": "major", "rationale": ""}
    page = buyer.press("Add the requirement", typed, status=422)
    assert "Say why" in page.text
    page = buyer.press("Add the requirement", {"rationale": "So."}, status=422)
    assert "answers go up to 100" in page.text
    assert page.form_with("Add the requirement").values()["value"] == ["101"]


def test_only_operators_that_fit_the_question_are_offered(buyer: StrictClient, ready: Rfi) -> None:
    page = buyer.show(path(ready, "/new-requirement?question=security.segregation"))
    select = page.by_id("operator")
    assert [one.get("value") for one in select.iter("option")] == [
        "",
        "equals",
        "evidence_required",
    ]


def test_an_unknown_requirement_is_not_there(buyer: StrictClient, ready: Rfi) -> None:
    assert buyer.get(one(ready, "resilience.rto#99")).status_code == 404
    assert buyer.get(path(ready, "/requirements/none")).status_code == 404


def test_a_sent_rfi_takes_no_edit(buyer: StrictClient, sent: Rfi, session: Session) -> None:
    buyer.show(path(sent, "/requirements"))
    page = buyer.show(path(sent))
    token = page.form_with("Sign out").values()["csrf_token"]
    reply = buyer.post(one(sent, MAJOR), data={"csrf_token": token, "severity": "minor"})
    assert reply.status_code in (409, 422)
    assert drafts.held(session, sent, MAJOR).requirement.severity == "major"
