"""The vendor from whom every case begins has no finding at all, and all of them are determined."""

from __future__ import annotations

import pytest

from tests.unit.findings.kit import all_findings


@pytest.mark.parametrize("profiles", [["R"], ["R", "P"], ["H"], ["H", "P"], ["L"], ["L", "P"]])
def test_nothing_is_found_about_the_good_vendor(profiles):
    found = all_findings(brief={"profiles": profiles, "size": "mid"})
    assert {name: (one.status, one.because) for name, one in found.items()
            if one.status != "does_not_fire"} == {}  # fmt: skip
    assert all((one.text, one.figures, one.because, one.replaces) == ("", {}, "", ())
               for one in found.values())  # fmt: skip
