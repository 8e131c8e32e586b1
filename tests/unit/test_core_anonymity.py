"""A text that every vendor reads names none of them."""

from __future__ import annotations

import pytest

from questionnaire.core.anonymity import Known, named_in

KNOWN = [
    Known("Amber Call", "Vera Ozola", "vera@ambercall.example"),
    Known("Cobalt Desk", "Mark Li", "m.li@cobalt.example"),
]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("As AMBER  CALL asked: both sites count.", "Amber Call"),
        ("Vera asked about it.", "Vera"),
        ("Ms Ozola asked about it.", "Ozola"),
        ("Ask vera@ambercall.example about it.", "vera@ambercall.example"),
        ("It is on www.ambercall.example, too.", "ambercall.example"),
        ("Both sites count.", ""),
        ("Please mark the box; a reliable site counts.", ""),
        ("An ambercaller is nobody.", ""),
        ("Li is too short to tell anything.", ""),
    ],
)
def test_a_name_or_an_address_is_found_and_a_word_is_not(text: str, named: str) -> None:
    assert named_in(text, KNOWN) == named
