"""What customers need of a service, and where agents and customers may talk past each other."""

from __future__ import annotations

from dataclasses import dataclass

from question_bank.asked import Wording


@dataclass(frozen=True, slots=True)
class Told:
    """What a customer would meet where one of a need's findings fires, in place of the usual."""

    finding: str
    meets: Wording


@dataclass(frozen=True, slots=True)
class Need:
    """One need in the customer's words, what it is filled from, and what a customer would meet.

    `met`, `partly` and `weak` say what happens to customers then. `sections` stand for all of
    their questions; `drill` says that the failover drill belongs to it. `told` are sentences
    for findings of its own; the first that fires is said.
    """

    id: str
    title: Wording
    met: Wording
    partly: Wording
    weak: Wording
    sections: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    drill: bool = False
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Disconnect:
    """One place where agent and customer may talk past each other, and what trains for it."""

    id: str
    title: Wording
    topic: str


@dataclass(frozen=True, slots=True)
class Needs:
    needs: tuple[Need, ...]
    disconnects: tuple[Disconnect, ...]
    #: The criterion of the trial that says how it sounded to callers.
    heard: str
