"""Short words for a flag, where its page or list has said the rest."""

from __future__ import annotations

from question_bank.model import Bank


def subject(bank: Bank, question_id: str, speech: str) -> str:
    """What a question is about in a few words."""
    question = bank.questions[question_id]
    return (question.subject or question.text).text(speech)


def titled(bank: Bank, finding_id: str | None, question_id: str, speech: str) -> str:
    """What a flag is called: by its finding, else by what its question is about."""
    for one in bank.findings:
        if one.id == finding_id:
            return one.title.text(speech)
    return subject(bank, question_id, speech)


def why(explanation: str, about: str) -> str:
    """The explanation without the subject before it."""
    rest = explanation.removeprefix(f"{about}: ")
    return rest[:1].upper() + rest[1:]
