"""What keeps replies to clarifications from being sent, by question and in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from questionnaire.core.answers import BLANK, incomplete
from questionnaire.core.phrases import say
from questionnaire.services.questionnaires import Questionnaire
from questionnaire.services.resuming import UNTOUCHED, Attached, Kept, Remark


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page showed of one question: the answer's version, and the digest of the remark."""

    version: int
    remark: str


def unseen(
    asked: Mapping[str, Remark], kept: Mapping[str, Kept], shown: Mapping[str, Shown], speech: str
) -> dict[str, str]:
    """By question, why whoever attests has not seen what would be sent: nobody stands for that."""
    faults = {}
    for id, one in asked.items():
        page = shown.get(id)
        if page is None or page.remark != one.digest:
            faults[id] = say(
                speech, "More was asked here after you opened this page. Read it, then send."
            )
        elif page.version != kept.get(id, UNTOUCHED).version:
            faults[id] = say(
                speech,
                "Somebody changed this answer after you opened this page. Read it as it is now, "
                "then send.",
            )
    return faults


def differs(asked: Remark, now: Kept, files: Mapping[str, tuple[Attached, ...]]) -> bool:
    """Whether anything was said since it was asked: another answer, a comment, a document."""
    before = asked.before
    same = (now.state, now.value, now.comment, now.reason) == (
        before.get("state"),
        before.get("value"),
        before.get("comment") or "",
        before.get("reason") or "",
    )
    beside = {str(one.id) for one in files.get(asked.question_id, ())}
    return not same or beside != {one["id"] for one in before.get("files") or ()}


def unreplied(asked: Mapping[str, Remark], replied: Collection[str], speech: str) -> dict[str, str]:
    """By question: no reply and no word that there is none to come, or both at once."""
    waits = say(
        speech,
        "This still waits for your reply: change the answer, write a comment or attach a document, "
        "or say that you have nothing to add.",
    )
    both = say(
        speech,
        "You replied, and said as well that you have nothing to add: take one of the two back.",
    )
    return {
        id: both if one.nothing_to_add else waits
        for id, one in asked.items()
        if one.nothing_to_add == (id in replied)
    }


def unexplained(
    asked: Mapping[str, Remark],
    replied: Collection[str],
    kept: Mapping[str, Kept],
    files: Mapping[str, tuple[Attached, ...]],
    speech: str,
) -> dict[str, str]:
    """Another answer than the one that was handed in needs a reason (brief 5.7)."""
    faults = {}
    for id in replied:
        now, before = kept.get(id, UNTOUCHED), asked[id].before
        beside = {str(file.id) for file in files.get(id, ())}
        same = (now.state, now.value) == (before.get("state"), before.get("value"))
        told = now.comment != (before.get("comment") or "") or now.state == "not_applicable"
        added = beside - {file["id"] for file in before.get("files") or ()}
        if not (same or told or added):
            faults[id] = say(
                speech,
                "This is another answer than the one you handed in: say in the comment why it "
                "changed, or attach a document that shows it.",
            )
    return faults


def lacking(
    questionnaire: Questionnaire, kept: Mapping[str, Kept], replied: Collection[str], speech: str
) -> dict[str, str]:
    """By question: an answer that was emptied and must be given, or lacks its reason."""
    answers = questionnaire.typed(kept)
    return {
        id: why
        for id in replied
        if (why := incomplete(questionnaire.questions[id], answers.get(id, BLANK), speech))
    }
