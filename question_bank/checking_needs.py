"""Faults of the customers' needs: names that stand twice, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.checking_questions import twins
from question_bank.faults import Fault
from question_bank.model import Bank
from question_bank.needs import Needs

#: The part that the subjects of cultural training play.
TOPICS = "topics"
#: The field of the brief in which the buyer chooses where customers may be misunderstood.
POINTS = "disconnect_points"


def needs_faults(bank: Bank) -> Iterator[Fault]:
    """Everything that is wrong with needs whose shape is right."""
    if bank.customers is not None:
        for place, message in _faults(bank.customers, bank):
            yield Fault("needs.yaml", "", place, message)


def _faults(customers: Needs, bank: Bank) -> Iterator[tuple[str, str]]:
    for name, ids in (
        ("needs", [one.id for one in customers.needs]),
        ("disconnects", [one.id for one in customers.disconnects]),
    ):
        for twin in twins(ids):
            yield name, f"{twin} stands here twice."
    findings = {one.id for one in bank.findings}
    # Without a scorecard that can be read nothing is blamed for naming a criterion of it.
    card = bank.scorecard
    criteria = set(card.criteria_by_id) if card else {customers.heard, *_marked(customers)}
    for one in customers.needs:
        place = f"needs[{one.id}]"
        if not (one.sections or one.questions or one.findings):
            yield place, "is filled from nothing."
        for field, names, known in (
            ("sections", one.sections, bank.sections_by_id),
            ("questions", one.questions, bank.questions),
            ("findings", one.findings, findings),
            ("criteria", one.criteria, criteria),
        ):
            for name in names:
                if name not in known:
                    yield f"{place}.{field}", f"there is no {name}."
                elif _is_sealed(name, bank):
                    yield f"{place}.{field}", f"{name} is sealed: no price meets a need."
        for told in one.told:
            if told.finding not in findings:
                yield f"{place}.told", f"there is no {told.finding}."
    if customers.heard not in criteria:
        yield "heard", f"there is no criterion {customers.heard}."
    yield from _disconnects(customers, bank)


def _marked(customers: Needs) -> Iterator[str]:
    for one in customers.needs:
        yield from one.criteria


def _is_sealed(name: str, bank: Bank) -> bool:
    section = bank.sections_by_id.get(name)
    return name in bank.sealed_questions or (section is not None and section.sealed)


def _disconnects(customers: Needs, bank: Bank) -> Iterator[tuple[str, str]]:
    """The buyer chooses among these very points, and each has its subject of training."""
    question = bank.questions.get(bank.part(TOPICS).question) if TOPICS in bank.roles else None
    for one in customers.disconnects:
        if question is not None and question.choice(one.topic) is None:
            yield f"disconnects[{one.id}].topic", f"there is no subject {one.topic}."
    asked = next((one for one in bank.brief if one.name == POINTS), None)
    ids = [one.id for one in customers.disconnects]
    if asked is not None and [one.code for one in asked.choices] != ids:
        yield "disconnects", f"must be the choices of {POINTS} in the brief, in their order."
